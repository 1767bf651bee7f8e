namespace Cell3D.Mesh;

/// <summary>Where layers of a stack do not reach all over its plane.</summary>
/// <param name="Overhang">How far the positive layers end short of the outline on all sides [m]; their foil goes on to its tabs.</param>
/// <param name="Missing">Rectangles in which single layers are missing; those of one layer do not overlap.</param>
public sealed record LayerCoverage(double Overhang, IReadOnlyList<MissingLayer> Missing)
{
    /// <summary>All layers reach everywhere.</summary>
    public static LayerCoverage Full { get; } = new(0, []);
}

/// <summary>A rectangle in which a layer is missing.</summary>
/// <param name="Layer">Its place in the stack or in the turn of a roll.</param>
/// <param name="Rectangle">Where.</param>
public readonly record struct MissingLayer(int Layer, PlaneExtent Rectangle);
