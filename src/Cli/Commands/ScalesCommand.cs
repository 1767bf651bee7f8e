using System.CommandLine;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Simulation.Reports;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d scales: lengths, times and energies of a case, and what rests on their being far apart.</summary>
internal static class ScalesCommand
{
    private const long Forecast = 1 << 20;
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of the picture; nothing is written when left out", HelpName = "FOLDER" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replaces earlier results in that folder" };

    public static Command Create()
    {
        Command command = new("scales", "Shows lengths, times and energies of a case and which assumptions they bear") { CommandLine.Case, CommandLine.Settings, Folder, Overwrite };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Folder)?.Tokens is [{ Value: "" }]) parsed.AddError($"{Folder.Name} takes a name.");
        });
        command.SetAction(parsed => Show(CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings)), parsed.GetValue(Folder), parsed.GetValue(Overwrite)));
        return command;
    }

    private static int Show(SimulationCase simulation, string? output, bool overwrite)
    {
        ScaleSeparation scales = ScaleSeparation.Of(simulation);
        Screen.Heading(FormattableString.Invariant($"Scales of {simulation.Title}, state of charge {simulation.InitialStateOfCharge:G4}, {simulation.Thermal.InitialTemperature:G5} K"));
        ShowScales("Lengths [m]", scales.Lengths);
        ShowScales("Times [s]", scales.Times);
        ShowScales("Energies per charge [V]", scales.Energies);
        ShowRelations("What the model rests on", scales.Relations.Where(relation => relation.IsNeeded));
        ShowRelations("What only reduced models or habits rest on", scales.Relations.Where(relation => !relation.IsNeeded));
        Screen.Out.WriteLine("  Ratios of the nearest values; a relation holds up to 0.1 (λ_D: 0.01, ≲: 1),");
        Screen.Out.WriteLine("  is weak up to ten times as much, and fails beyond.");
        if (output is null || Launcher.Rank > 0) return ExitCode.Done;
        using OutputFolder folder = OutputFolder.Create(output, overwrite, Forecast);
        ScalesPicture.Write([("Length [m]", Bars(scales.Lengths)), ("Time [s]", Bars(scales.Times)), ("Energy per charge [V]", Bars(scales.Energies))], folder.ForWriting(OutputFolder.ScalesPictureName));
        Screen.Out.WriteLine($"Wrote {Path.Combine(output, OutputFolder.ScalesPictureName)}");
        return ExitCode.Done;
    }

    private static (string, double, double)[] Bars(IEnumerable<Scale> scales) => [.. scales.Select(scale => ($"{scale.Name} {scale.Symbol}", scale.Least, scale.Largest))];

    private static void ShowScales(string title, IEnumerable<Scale> scales)
    {
        Screen.Out.WriteLine();
        Screen.Heading(title);
        Screen.Table([new("Scale", true), new("Symbol", true), new("Least"), new("Largest"), new("From, and what is assumed", true)], scales.Select(scale => new[]
        {
            scale.Name, scale.Symbol, Quantity.Text(scale.Least, 3), scale.Values.Count > 1 ? Quantity.Text(scale.Largest, 3) : "", scale.Assumed.Length > 0 ? $"{scale.Formula}; {scale.Assumed}" : scale.Formula,
        }));
    }

    private static void ShowRelations(string title, IEnumerable<ScaleRelation> relations)
    {
        Screen.Out.WriteLine();
        Screen.Heading(title);
        Screen.Table([new("Relation", true), new("Ratio"), new("Verdict", true), new("Guards", true), new("In its place", true), new("Cost", true)], relations.Select(relation => new[]
        {
            // Both sides stay on one line with what stands between them.
            relation.Relation.Replace(" ≪ ", "\u00A0≪\u00A0", StringComparison.Ordinal).Replace(" ≲ ", "\u00A0≲\u00A0", StringComparison.Ordinal), Quantity.Text(relation.Ratio, 2), relation.Verdict.ToString().ToLowerInvariant(), relation.Guards, relation.Law, relation.Cost,
        }));
    }
}
