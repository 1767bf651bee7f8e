using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>A place in a layer, as factors of its properties know it.</summary>
/// <param name="X">x [m].</param>
/// <param name="Y">y [m].</param>
/// <param name="Z">z [m].</param>
/// <param name="Depth">0 at the layer's face of lower x, 1 at the other.</param>
/// <param name="Pair">Number of its pair.</param>
/// <param name="Wound">In a roll turns from the inner end, and the distance along the foil from there [m].</param>
public readonly record struct LayerPlace(double X, double Y, double Z, double Depth, int Pair, (double Turn, double Along)? Wound)
{
    /// <summary>Writes the variables of <see cref="PositionKey"/> to the inputs of a function, one point of many.</summary>
    /// <param name="layer">Whose place it is.</param>
    /// <param name="inputs">All values of the first variable, then those of the second …</param>
    /// <param name="point">Which point.</param>
    public void Write(CellLayer layer, Span<double> inputs, int point)
    {
        (double turn, double along) = Wound ?? (0, 0);
        double random = layer.Scatter?.Normal(layer.Kind, Pair, Depth, Wound is null ? Y : along, Z) ?? 0;
        ReadOnlySpan<double> values = [X, Y, Z, Depth, Pair, turn, along, random];
        for (int variable = 0; variable < values.Length; variable++)
            inputs[(variable * (inputs.Length / values.Length)) + point] = values[variable];
    }
}
