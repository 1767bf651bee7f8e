using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>The layers of a cell as a table.</summary>
internal static class LayerTables
{
    private const double PerSquareCentimetre = 0.1;

    /// <summary>One row per layer.</summary>
    public static void Show(IReadOnlyList<LayerFigures> layers)
    {
        List<Column> columns =
        [
            new("Layer", true), new("Thickness [µm]"), new("Porosity"), new("B = ε/τ"), new("σ_eff [S/m]"), new("Active"),
            new("Capacity [mA h/cm²]"), new("Mass [mg/cm²]"), new("Heat cap. [J/m²/K]"),
        ];
        Screen.Table(columns, layers.Select(Row));
        LayerFigures[] sourced = [.. layers.Where(layer => layer.Source.Length > 0)];
        if (sourced.Length == 0) return;
        Screen.Out.WriteLine();
        Screen.Heading("Where the values come from");
        Screen.Figures([.. sourced.Select(layer => (layer.Name, (string?)layer.Source))]);
    }

    private static string[] Row(LayerFigures layer) =>
    [
        layer.Name, Quantity.Text(1e6 * layer.Thickness), Quantity.OrDash(layer.Pores?.Porosity), Quantity.OrDash(layer.Pores?.TransportEfficiency), Quantity.OrDash(layer.Conductivity),
        layer.ActiveVolumeFraction > 0 ? Quantity.Text(layer.ActiveVolumeFraction) : "–",
        layer.ArealCapacity > 0 ? Quantity.Text(PerSquareCentimetre * layer.ArealCapacity) : "–",
        Quantity.OrDash(layer.ArealMass, 100), Quantity.OrDash(layer.ArealHeatCapacity),
    ];
}
