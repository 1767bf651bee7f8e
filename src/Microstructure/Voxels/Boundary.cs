namespace Cell3D.Microstructure.Voxels;

/// <summary>What lies around an image.</summary>
public enum BoundaryKind
{
    /// <summary>Fixed potentials on the two ends in the direction of transport, no flux through the sides.</summary>
    Ends,

    /// <summary>The image repeats itself in all directions.</summary>
    Periodic,
}
