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
        Screen.Heading($"Resistance at rest by mechanism, state of charge {Quantity.Text(charge)}, {Quantity.Text(temperature, 5)} K");
        List<Column> columns = [new("Place", true), new("Mechanism", true), new("per area\n[Ω cm²]")];
        if (simulatedArea is not null) columns.Add(new("Simulated\n[mΩ]"));
        columns.AddRange([new("Cell\n[mΩ]"), new("Share\n[%]")]);
        IEnumerable<ResistanceItem> rows = [.. items, new("Sum", "", total, "")];
        Screen.Table(columns, rows.Select(item => Row(item, total, simulatedArea, cellArea)));
        Screen.Out.WriteLine("  Estimates for a small current, before concentrations move:");
        foreach (IGrouping<string, ResistanceItem> alike in items.GroupBy(item => item.Mechanism))
            Screen.Out.WriteLine($"    {alike.Key.PadRight(items.Max(item => item.Mechanism.Length))}  {string.Join(", ", alike.Select(item => item.Formula).Distinct())}");
    }

    private static IReadOnlyList<string> Row(ResistanceItem item, double total, double? simulatedArea, double cellArea)
    {
        List<string> row = [item.Place, item.Mechanism, Quantity.Text(1e4 * item.AreaResistance)];
        if (simulatedArea is double area) row.Add(Quantity.Text(1e3 * item.Over(area)));
        row.AddRange([Quantity.Text(1e3 * item.Over(cellArea)), Quantity.Text(100 * item.AreaResistance / total, 3)]);
        return row;
    }
}
