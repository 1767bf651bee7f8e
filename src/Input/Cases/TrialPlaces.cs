using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Places all over a layer at which what varies in space is tried before there is a mesh.</summary>
public sealed class TrialPlaces
{
    private const int PerExtent = 8, SidesOfFoil = 2;

    private static readonly int Inputs = PositionKey.Variables.Count;
    private readonly LayerPlace[] _places = new LayerPlace[Count];

    /// <summary>The variables of every place, one after the other.</summary>
    private readonly double[] _inputs = new double[Inputs * Count];

    /// <summary>Spreads the places over a layer.</summary>
    /// <param name="outline">Form, extents and pairs.</param>
    /// <param name="layers">Those of one pair.</param>
    /// <param name="layer">One of them.</param>
    public TrialPlaces(CellGeometry outline, IReadOnlyList<CellLayer> layers, CellLayer layer)
    {
        double start = layers.TakeWhile(before => before.Name != layer.Name).Sum(before => before.Thickness);
        for (int i = 0; i < Count; i++)
        {
            (double depth, double along, double z) = (Share(i % PerExtent), Share(i / PerExtent % PerExtent), outline.OutlineHeight * Share(i / (PerExtent * PerExtent)));
            _places[i] = outline.Winding is { } winding
                ? Wound(winding, layer, depth, along, z, 1 + (i % (SidesOfFoil * winding.Shape.Rolls)))
                : new(start + (depth * layer.Thickness), outline.OutlineWidth * along, z, depth, 1 + (i % outline.ElectrodePairs), null);
            _places[i].Write(layer, _inputs, i);
        }

        static double Share(int i) => (i + 0.5) / PerExtent;
    }

    /// <summary>How many.</summary>
    public static int Count => PerExtent * PerExtent * PerExtent;

    /// <summary>The factor at every place.</summary>
    public double[] Evaluate(LayerVariation variation)
    {
        double[] factors = new double[Count];
        variation.Factor.Evaluate(_inputs, factors, new double[Inputs * Count]);
        return factors;
    }

    /// <summary>A place in words.</summary>
    public string Words(int place)
    {
        LayerPlace at = _places[place];
        return FormattableString.Invariant($"depth {at.Depth:G4}, {(at.Wound is { } wound ? FormattableString.Invariant($"turn {wound.Turn:G4}") : FormattableString.Invariant($"y = {at.Y:G4} m"))}, z = {at.Z:G4} m");
    }

    /// <summary>A place in one of the rolls, on one side of the foil.</summary>
    private static LayerPlace Wound(Winding winding, CellLayer layer, double depth, double share, double z, int pair)
    {
        RollSpec roll = winding.Shape;
        int[] turn = [.. Enumerable.Range(0, roll.Layers.Layers.Count).Where(i => roll.Layers.Layers[i].Kind == layer.Kind)];
        int side = (pair - 1) % SidesOfFoil, before = (pair - 1) / SidesOfFoil, own = turn[side % turn.Length];
        (double first, double last) = roll.Turns(own);
        double turns = first + (share * (last - first)), along = roll.Line.Along(turns), thickness = roll.Layers.Layers[own].Thickness;
        double below = roll.Layers.Layers.Take(own).Sum(inner => inner.Thickness), within = roll.Layers.IsTurned(own) ? 1 - depth : depth;
        (double x, double y) = roll.Line.Around(roll.CentreOf(before)).At(along).At(below + (within * thickness));
        return new(x, y, z, depth, (before * turn.Length) + (side % turn.Length) + 1, (turns, roll.AlongFoil(layer.Kind.Polarity(), turns)));
    }
}
