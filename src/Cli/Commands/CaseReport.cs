using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>Figures of a case: its cell, the simulated part, layers, heat capacity, resistance.</summary>
internal static class CaseReport
{
    /// <summary>Shows all of them.</summary>
    public static int Show(SimulationCase simulation)
    {
        CaseFigures figures = CaseFigures.Of(simulation);
        Screen.Heading(simulation.Title);
        Screen.Figures(
            ("Case", simulation.File),
            ("Cell", $"{simulation.Cell.File} (BPX {simulation.Cell.Version})"),
            ("State at the start", $"state of charge {Quantity.Text(simulation.InitialStateOfCharge)}, {Quantity.Text(simulation.Thermal.InitialTemperature, 5)} K, open-circuit voltage {Quantity.Text(figures.OpenCircuitVoltage, 6)} V"),
            ("Protocol", simulation.Protocol.InWords));
        CellReport.ShowCapacity(simulation.Cell, figures.Cell);
        ShowSimulated(simulation, figures);
        Screen.Out.WriteLine();
        Screen.Heading("Layers");
        LayerTables.Show(figures.Layers);
        ResistanceTables.Show(figures.Resistances, simulation.InitialStateOfCharge, simulation.Thermal.InitialTemperature, figures.SimulatedArea, figures.Cell.ElectrodeArea);
        double total = figures.Resistances.Sum(item => item.AreaResistance);
        Screen.Out.WriteLine($"  At 1C the voltage drops at once by at most {Quantity.Text(1e3 * total * figures.Cell.OneCCurrentDensity)} mV, since");
        Screen.Out.WriteLine("  charge transfer grows less than linearly.");
        return ExitCode.Done;
    }

    private static void ShowSimulated(SimulationCase simulation, CaseFigures figures)
    {
        CellGeometry outline = simulation.Geometry;
        Screen.Out.WriteLine();
        Screen.Heading("Simulated part");
        Screen.Figures(
        [
            .. Forecasts.Part(simulation),
            ("Outline", outline.Winding is { } roll ? Roll(roll) : $"{outline.Form.ToString().ToLowerInvariant()}, {Quantity.Text(1e3 * outline.Width)} mm × {Quantity.Text(1e3 * outline.Height)} mm × {Quantity.Text(1e6 * simulation.StackThickness)} µm{Around(simulation)}"),
            .. outline.Seam is { } seam ? new[] { ("Seam", Seam(seam, outline)) } : [],
            ("Mass of the layers", $"{Quantity.Text(1e3 * figures.SimulatedMass)} g; a cell of such layers {Quantity.Text(figures.MassFromLayers)} kg, {Quantity.Text(figures.SpecificEnergyFromLayers)} W h/kg"),
            ("Heat capacity", HeatCapacity(figures)),
        ]);
    }

    /// <summary>The can of a stack by its thickness, width and height.</summary>
    private static string Around(SimulationCase simulation) =>
        simulation.Geometry.Can?.Spec.Outside(simulation.StackThickness, simulation.Geometry.OutlineWidth, simulation.Geometry.OutlineHeight) is var (x, y, z)
            ? $", in a can of {Quantity.Text(1e3 * x)} mm × {Quantity.Text(1e3 * y)} mm × {Quantity.Text(1e3 * z)} mm" : "";

    private static string Seam(SeamSpec seam, CellGeometry outline) =>
        $"left {Quantity.Text(1e3 * seam.Left)} mm, right {Quantity.Text(1e3 * seam.Right)} mm, bottom {Quantity.Text(1e3 * seam.Bottom)} mm, top {Quantity.Text(1e3 * seam.Top)} mm; {Quantity.Text(1e4 * outline.SeamArea)} cm² on each side";

    private static string Roll(Winding roll)
    {
        RollSpec shape = roll.Shape;
        string core = shape.Line.Core > 0 ? $"{Quantity.Text(1e3 * shape.Line.Core)} mm long core with edges of {Quantity.Text(2e3 * shape.Line.Radius)} mm" : $"{Quantity.Text(2e3 * shape.Line.Radius)} mm core";
        return FormattableString.Invariant($"{(shape.Rolls == 1 ? "roll" : $"{shape.Rolls} rolls")} of {shape.PairedTurns:F2} turns around a {core}, {Quantity.Text(2e3 * shape.OuterRadius)} mm thick, {Quantity.Text(1e3 * shape.Height)} mm high; positive collector {Quantity.Text(shape.FoilLength(Polarity.Positive))} m, negative {Quantity.Text(shape.FoilLength(Polarity.Negative))} m long");
    }

    private static string HeatCapacity(CaseFigures figures)
    {
        string layers = $"layers {Quantity.Text(figures.LayersHeatCapacity)} J/K";
        return figures.LumpedHeatCapacity is double lumped
            ? FormattableString.Invariant($"{layers}, lumped cell {Quantity.Text(lumped)} J/K for the same area ({100 * (figures.LayersHeatCapacity / lumped - 1):+0.0;-0.0;0} %)")
            : layers;
    }
}
