using System.CommandLine;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d mesh: size and quality of a case's mesh.</summary>
internal static class MeshCommand
{
    public static Command Create()
    {
        Command command = new("mesh", "Shows size and quality of a case's mesh, its memory and into how many ranks it can be split") { CommandLine.Case, CommandLine.Settings };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings)));
        return command;
    }

    private static int Show(string path, string[] settings)
    {
        SimulationCase simulation = CaseSource.Load(path, settings);
        RunForecast forecast = RunLimits.Forecast(simulation, ranks: 1);
        CellDomain domain = CaseSource.Domain(simulation);
        MeshStatistics statistics = MeshStatistics.Of(domain);
        Screen.Heading($"Mesh of {simulation.File}");
        Screen.Table([new("Region", true), new("Control\nvolumes"), new("Through"), new("Thickness of\na cell [µm]"), new("Volume\n[cm³]")],
            statistics.Regions.Select(Row));
        Screen.Figures(
        [
            ("Columns", $"{Quantity.Count(statistics.Columns)} in the plane, {Quantity.Count(statistics.Segments)} segments between collectors"),
            ("In-plane spacing", double.IsNaN(statistics.SmallestSpacing) ? null : Range(1e3 * statistics.SmallestSpacing, 1e3 * statistics.LargestSpacing) + " mm"),
            ("Faces", $"{Quantity.Count(statistics.Faces)} inside, {Quantity.Count(statistics.BoundaryFaces)} outside"),
            ("Largest aspect ratio", $"{Quantity.Text(statistics.LargestAspectRatio, 3)} (in-plane size over thickness)"),
            ("Outer surface", $"{Quantity.Text(1e4 * statistics.OuterArea)} cm²"),
            ("Ranks", $"1 to {Quantity.Count(Partition.MostRanks(domain))}"),
            .. Forecasts.Figures(simulation, forecast),
        ]);
        return ExitCode.Done;
    }

    private static string[] Row(RegionStatistics region) =>
    [
        region.Region.Name, Quantity.Count(region.Cells), Quantity.Count(region.Through),
        Range(1e6 * region.SmallestThickness, 1e6 * region.LargestThickness), Quantity.Text(1e6 * region.Volume),
    ];

    private static string Range(double smallest, double largest) =>
        largest - smallest < 1e-6 * largest ? Quantity.Text(smallest) : $"{Quantity.Text(smallest)} – {Quantity.Text(largest)}";
}
