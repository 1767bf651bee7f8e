using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>Resistance by mechanism as a table.</summary>
internal static class ResistanceTables
{
    /// <summary>One row per mechanism and their sum.</summary>
    /// <param name="items">The mechanisms.</param>
    /// <param name="charge">State of charge they hold for.</param>
    /// <param name="temperature">Temperature they hold for [K].</param>
    /// <param name="simulatedArea">Electrode area of the simulated part [m²]; null without a case.</param>
    /// <param name="cellArea">Electrode area of the whole cell [m²].</param>
    public static void Show(IReadOnlyList<ResistanceItem> items, double charge, double temperature, double? simulatedArea, double cellArea)
    {
        double total = items.Sum(item => item.AreaResistance);
        Screen.Out.WriteLine();
        Screen.Heading($"Resistance by mechanism at rest, state of charge {Quantity.Text(charge)}, {Quantity.Text(temperature, 5)} K (estimates for a small current, before concentrations move)");
        List<Column> columns = [new("Place", true), new("Mechanism", true), new("[Ω cm²]")];
        if (simulatedArea is not null) columns.Add(new("Simulated [mΩ]"));
        columns.AddRange([new("Cell [mΩ]"), new("Share [%]"), new("Estimate", true)]);
        IEnumerable<ResistanceItem> rows = [.. items, new("Sum", "", total, "")];
        Screen.Table(columns, rows.Select(item => Row(item, total, simulatedArea, cellArea)));
    }

    private static IReadOnlyList<string> Row(ResistanceItem item, double total, double? simulatedArea, double cellArea)
    {
        List<string> row = [item.Place, item.Mechanism, Quantity.Text(1e4 * item.AreaResistance)];
        if (simulatedArea is double area) row.Add(Quantity.Text(1e3 * item.Over(area)));
        row.AddRange([Quantity.Text(1e3 * item.Over(cellArea)), Quantity.Text(100 * item.AreaResistance / total, 3), item.Formula]);
        return row;
    }
}
