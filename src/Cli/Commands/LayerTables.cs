using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>The layers of a cell as a table.</summary>
internal static class LayerTables
{
    private const double PerSquareCentimetre = 0.1;

    /// <summary>One row per layer.</summary>
    public static void Show(IReadOnlyList<LayerFigures> layers)
    {
        bool sources = layers.Any(layer => layer.Source.Length > 0);
        List<Column> columns =
        [
            new("Layer", true), new("Thickness [µm]"), new("Porosity"), new("B = ε/τ"), new("σ_eff [S/m]"), new("Active"),
            new("Capacity [mA h/cm²]"), new("Mass [mg/cm²]"), new("Heat cap. [J/m²/K]"),
        ];
        if (sources) columns.Add(new("Source", true));
        Screen.Table(columns, layers.Select(layer => Row(layer, sources)));
    }

    private static IReadOnlyList<string> Row(LayerFigures layer, bool sources)
    {
        string[] row =
        [
            layer.Name, Quantity.Text(1e6 * layer.Thickness), Quantity.OrDash(layer.Pores?.Porosity), Quantity.OrDash(layer.Pores?.TransportEfficiency), Quantity.OrDash(layer.Conductivity),
            layer.ActiveVolumeFraction > 0 ? Quantity.Text(layer.ActiveVolumeFraction) : "–",
            layer.ArealCapacity > 0 ? Quantity.Text(PerSquareCentimetre * layer.ArealCapacity) : "–",
            Quantity.OrDash(layer.ArealMass, 100), Quantity.OrDash(layer.ArealHeatCapacity),
        ];
        return sources ? [.. row, layer.Source] : row;
    }
}
