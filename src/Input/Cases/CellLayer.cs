using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>A layer with everything the equations need.</summary>
public sealed record CellLayer
{
    /// <summary>What the layer is made for; both casings are of one kind.</summary>
    public required LayerKind Kind { get; init; }

    /// <summary>Name of the layer in the case file and of its region in the mesh, e.g. "Negative casing".</summary>
    public required string Name { get; init; }

    /// <summary>Simulated thickness [m]: for a casing shared by the pairs, the simulated pairs' share.</summary>
    public required double Thickness { get; init; }

    /// <summary>What it is made of.</summary>
    public required LayerMaterial Material { get; init; }

    /// <summary>What of it varies in space.</summary>
    public IReadOnlyList<LayerVariation> Variations { get; init; } = [];

    /// <summary>Patches that differ at random; null where none do.</summary>
    public Scatter? Scatter { get; init; }

    /// <summary>Where the values come from, in the case author's words.</summary>
    public string Source { get; init; } = "";
}
