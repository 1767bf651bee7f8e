using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>A conductor through a separator.</summary>
/// <param name="Name">Its name in the case.</param>
/// <param name="Pair">Electrode pair, from 1 at the negative face; in a roll 1 inside and 2 outside of the positive foil, and so on in further rolls.</param>
/// <param name="Body">Number of the layers that it is in: 0, or that of one of several rolls.</param>
/// <param name="Along">Distance of the place along the line of the layers [m]: y in a flat cell, in a roll along the inner side of the ribbon.</param>
/// <param name="Z">z of the place [m].</param>
/// <param name="Resistance">Between the two electrodes [Ω].</param>
public sealed record ShortCircuit(string Name, int Pair, int Body, double Along, double Z, double Resistance);

/// <summary>A rectangle in which a layer is missing.</summary>
/// <param name="Name">Its name in the case.</param>
/// <param name="Layer">Kind of the layer.</param>
/// <param name="Pair">Electrode pair, as of a short; null for all.</param>
/// <param name="Rectangle">Where [m]; in a roll left and right are turns from its inner end.</param>
public sealed record MissingPatch(string Name, LayerKind Layer, int? Pair, PlaneExtent Rectangle);

/// <summary>What of a cell is not as it should be, beside properties that vary.</summary>
/// <param name="Shorts">Conductors through separators.</param>
/// <param name="Missing">Rectangles in which layers are missing.</param>
public sealed record CellDefects(IReadOnlyList<ShortCircuit> Shorts, IReadOnlyList<MissingPatch> Missing)
{
    public static CellDefects None { get; } = new([], []);
}
