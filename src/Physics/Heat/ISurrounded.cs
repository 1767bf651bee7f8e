namespace Cell3D.Physics.Heat;

/// <summary>A term that exchanges heat with the surroundings.</summary>
public interface ISurrounded
{
    /// <summary>Temperature of the surroundings in place of each surface's own [K]; null for these. Plates keep theirs.</summary>
    double? Ambient { get; set; }
}
