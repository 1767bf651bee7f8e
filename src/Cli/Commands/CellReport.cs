using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Physics.Materials;
using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>Figures of a cell, from its BPX file alone.</summary>
internal static class CellReport
{
    /// <summary>Shows all of them.</summary>
    public static int Show(BpxCell cell)
    {
        CellFigures figures = CellFigures.Of(cell);
        Screen.Heading(cell.Title.Length > 0 ? cell.Title : cell.File);
        Screen.Figures(
            ("BPX version", cell.Version),
            ("Electrode pairs", FormattableString.Invariant($"{cell.ElectrodePairs} × {Quantity.Text(1e4 * cell.ElectrodeArea)} cm² = {Quantity.Text(figures.ElectrodeArea)} m²")),
            ("Form", Form(CellShape.Of(cell))),
            ("State at the start", $"state of charge {Quantity.Text(cell.InitialStateOfCharge)}, {Quantity.Text(cell.InitialTemperature, 5)} K"),
            ("Measured curves", cell.Validation.Count == 0 ? null : string.Join(", ", cell.Validation.Select(curve => $"{curve.Name} ({curve.Time.Count} points)"))));
        ShowCapacity(cell, figures);
        Screen.Out.WriteLine();
        Screen.Heading("Layers");
        LayerTables.Show(LayerFigures.Of(cell));
        ShowMaterials(cell);
        double charge = cell.InitialStateOfCharge, temperature = cell.InitialTemperature;
        ResistanceTables.Show(ResistanceEstimate.Of(cell, charge, temperature), charge, temperature, null, figures.ElectrodeArea);
        return ExitCode.Done;
    }

    private static string Form(CellShape shape)
    {
        string outside = shape.ExternalSurface is double given ? $"outer surface {Quantity.Text(1e4 * given)} cm²" : "no outer surface given";
        return shape.IsFlat ? $"taken as flat; {outside}" : $"wound or folded: {outside}, a flat cell would have {Quantity.Text(1e4 * shape.FlatSurface)} cm²";
    }

    /// <summary>Capacity, energy, mass and voltages of the whole cell.</summary>
    public static void ShowCapacity(BpxCell cell, CellFigures figures)
    {
        Screen.Out.WriteLine();
        Screen.Heading("Whole cell");
        Screen.Figures(
            ("Nominal capacity", $"{Quantity.Text(figures.NominalCapacity)} A h;  1C = {Quantity.Text(figures.NominalCapacity)} A = {Quantity.Text(figures.OneCCurrentDensity)} A/m²"),
            ("Capacity of the window", $"{Quantity.Text(figures.WindowCapacity, 5)} A h  (negative {Quantity.Text(figures.NegativeWindowCapacity, 5)}, positive {Quantity.Text(figures.PositiveWindowCapacity, 5)})"),
            ("N/P ratio", Quantity.Text(figures.NegativeToPositiveRatio)),
            ("Cut-offs", $"{Quantity.Text(cell.LowerCutOff)} V and {Quantity.Text(cell.UpperCutOff)} V"),
            ("Open-circuit voltage", string.Join(", ", new[] { 1, 0.5, 0 }.Select(charge => FormattableString.Invariant($"{Quantity.Text(cell.Balance.OpenCircuitVoltage(charge), 5)} V at {100 * charge:F0} %")))),
            ("Open-circuit energy", $"{Quantity.Text(figures.OpenCircuitEnergy)} W h"),
            ("Mass", Quantity.Text(figures.Mass, "kg")),
            ("Volume", Quantity.Text(1000 * figures.Volume, "L")),
            ("Specific energy", Quantity.Text(figures.SpecificEnergy, "W h/kg")),
            ("Energy density", Quantity.Text(figures.EnergyDensity, "W h/L")),
            ("Heat capacity", Quantity.Text(figures.HeatCapacity, "J/K")));
    }

    private static void ShowMaterials(BpxCell cell)
    {
        Screen.Out.WriteLine();
        Screen.Heading("Active materials");
        Column[] columns =
        [
            new("Electrode", true), new("Material", true), new("Volume\nshare"), new("Radius\n[µm]"), new("c_max\n[mol/m³]"), new("Least\nx"), new("Most\nx"),
            new("k_r\n[mol/\nm²/s]"), new("E_k\n[kJ/\nmol]"),
        ];
        string[][] rows = [.. Rows("Negative", cell.NegativeElectrode), .. Rows("Positive", cell.PositiveElectrode)];
        bool named = rows.Any(row => row[1].Length > 0);
        Screen.Table([.. columns.Where((_, i) => named || i != 1)], rows.Select(row => row.Where((_, i) => named || i != 1).ToArray()));
    }

    private static IEnumerable<string[]> Rows(string name, PorousElectrode electrode)
    {
        foreach (ActiveMaterial material in electrode.ActiveMaterials)
        {
            yield return
            [
                name, material.Name, Quantity.Text(material.ActiveVolumeFraction), Quantity.Text(1e6 * material.ParticleRadius),
                Quantity.Text(material.MaximumConcentration, 5), Quantity.Text(material.MinimumStoichiometry, 3), Quantity.Text(material.MaximumStoichiometry, 3),
                Quantity.Text(material.ReactionRateConstant, 3), Quantity.Text(1e-3 * material.ReactionActivationEnergy),
            ];
        }
    }
}
