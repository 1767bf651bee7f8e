namespace Cell3D.Mesh;

/// <summary>Side of the cell.</summary>
public enum Polarity
{
    /// <summary>Neither side.</summary>
    None,

    /// <summary>The side whose tab is the zero of the potential.</summary>
    Negative,

    /// <summary>The side whose terminal carries the cell voltage.</summary>
    Positive,
}
