using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>The layers of a cell as tables.</summary>
internal static class LayerTables
{
    private const double PerSquareCentimetre = 0.1;

    /// <summary>One row per layer.</summary>
    public static void Show(IReadOnlyList<LayerFigures> layers)
    {
        Screen.Table(
            [
                new("Layer", true), new("Thick-\nness\n[µm]"), new("Poro-\nsity ε"), new("Trans-\nport\nε/τ"), new("σ_eff\n[S/m]"), new("Active\nshare"),
                new("Capacity\n[mA h/\ncm²]"),
            ],
            layers.Select(Row));
        if (layers.Any(layer => layer.Thermal is not null))
        {
            Screen.Out.WriteLine();
            Screen.Table([new("Layer", true), new("Mass\n[mg/cm²]"), new("Heat capacity\n[J/m²/K]")], layers.Select(layer =>
                new[] { layer.Name, Quantity.OrDash(layer.ArealMass, 100), Quantity.OrDash(layer.ArealHeatCapacity) }));
        }
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
    ];
}
