using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Places all over a layer at which what varies in space is tried before there is a mesh.</summary>
public sealed class TrialPlaces
{
    private const int PerExtent = 8;

    private static readonly int Inputs = PositionKey.Variables.Count;

    /// <summary>x, y, z [m], depth and pair of every place, one after the other.</summary>
    private readonly double[] _inputs = new double[Inputs * Count];

    /// <summary>Spreads the places over a layer.</summary>
    /// <param name="outline">Width, height and pairs.</param>
    /// <param name="start">x of the layer's lower face [m].</param>
    /// <param name="thickness">Of the layer [m].</param>
    public TrialPlaces(CellGeometry outline, double start, double thickness)
    {
        for (int i = 0; i < Count; i++)
        {
            double depth = Share(i % PerExtent);
            _inputs[i] = start + (depth * thickness);
            _inputs[Count + i] = outline.OutlineWidth * Share(i / PerExtent % PerExtent);
            _inputs[(2 * Count) + i] = outline.OutlineHeight * Share(i / (PerExtent * PerExtent));
            _inputs[(3 * Count) + i] = depth;
            _inputs[(4 * Count) + i] = 1 + (i % outline.ElectrodePairs);
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
    public string Words(int place) => FormattableString.Invariant(
        $"depth {_inputs[(3 * Count) + place]:G4}, y = {_inputs[Count + place]:G4} m, z = {_inputs[(2 * Count) + place]:G4} m");
}
