using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Input.FreeEnergies;
using Cell3D.Output;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d ocp: open-circuit potential of a host from its free energy.</summary>
internal static class OcpCommand
{
    private const long Forecast = 1 << 21;
    private const int Rows = 400, MostSpinodals = 4;
    private static readonly double[] Shown = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98];
    private static readonly Argument<string> File = CommandLine.Path("FILE", "A free energy: JSON, or CSV with a header line");
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of table, picture and case fragment; nothing is written when left out", HelpName = "FOLDER" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replaces earlier results in that folder" };
    private static readonly Option<double?> Temperature = Number("--temperature", "Temperature at which the potential is wanted, in place of the file's", "K", 1, 10000);
    private static readonly Option<double?> Noise = Number("--noise", "Rms error of the table, which is smoothed away", "J/mol", 0, 1e6);
    private static readonly Option<double?> Reference = Number("--reference", "Potential that is added to −μ/F", "V", -100, 100);

    public static Command Create()
    {
        Command command = new("ocp", "Makes an open-circuit potential of a free energy: plateaus, stability, entropy") { File, Folder, Overwrite, Temperature, Noise, Reference };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Folder)?.Tokens is [{ Value: "" }]) parsed.AddError($"{Folder.Name} takes a name.");
        });
        command.SetAction(parsed =>
        {
            FreeEnergyOptions options = new(parsed.GetValue(Temperature), parsed.GetValue(Noise), parsed.GetValue(Reference));
            return Show(parsed.GetRequiredValue(File), options, parsed.GetValue(Folder), parsed.GetValue(Overwrite));
        });
        return command;
    }

    private static Option<double?> Number(string name, string description, string unit, double least, double most) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most) return number;
            argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}, not '{text}'."));
            return null;
        },
    };

    private static int Show(string path, FreeEnergyOptions options, string? output, bool overwrite)
    {
        FreeEnergySource source = CaseSource.LoadFreeEnergy(path, options);
        HostEquilibrium equilibrium = new(source.Host, source.Temperature, source.ReferencePotential);
        Screen.Heading(source.Title.Length > 0 ? source.Title : source.File);
        ShowFigures(source, equilibrium);
        ShowRegions(equilibrium);
        ShowCurve(equilibrium);
        if (output is null || Launcher.Rank > 0) return ExitCode.Done;
        using OutputFolder folder = OutputFolder.Create(output, overwrite, Forecast);
        Write(source, equilibrium, folder);
        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"  Wrote {OutputFolder.PotentialName}, {OutputFolder.PotentialPictureName} and {OutputFolder.PotentialFragmentName} to");
        Screen.Out.WriteLine($"  {folder.Path}");
        return ExitCode.Done;
    }

    private static void ShowFigures(FreeEnergySource source, HostEquilibrium equilibrium)
    {
        SmoothingEffect? smoothing = source.Host.Smoothing;
        Screen.Figures([
            ("Free energy", source.Kind),
            ("Temperature", $"{Quantity.Text(source.Temperature, 5)} K"),
            ("x", source.Host.Range(source.Temperature) is var (lowest, highest) ? $"{Quantity.Text(lowest)} to {Quantity.Text(highest)}" : null),
            ("Convexity", equilibrium.IsConvex ? "convex: one phase at every x" : equilibrium.Spinodals.Count == 0 ? "convex, but straight where two phases coexist: the slope of the table jumps" : $"not convex in {equilibrium.Spinodals.Count} stretch{(equilibrium.Spinodals.Count > 1 ? "es" : "")} of x: spinodal"),
            .. equilibrium.Spinodals.Take(MostSpinodals).Select(unstable => ("Spinodal", (string?)$"x from {Quantity.Text(unstable.Lower, 6)} to {Quantity.Text(unstable.Upper, 6)}")),
            ("", equilibrium.Spinodals.Count > MostSpinodals ? $"and {equilibrium.Spinodals.Count - MostSpinodals} more, as noise makes them: --noise smooths a table" : null),
            ("Smoothing", smoothing is null ? null : smoothing.Residual > 1e-6 ? $"points {Quantity.Text(smoothing.Residual, 3)} J/mol rms away; U changes by" : "none: the curve passes through all points"),
            ("", smoothing is { Residual: > 1e-6 } ? $"{Quantity.Text(1e3 * smoothing.RmsPotential, 3)} mV rms, {Quantity.Text(1e3 * smoothing.LargestPotential, 3)} mV at most" : null),
            ("Left out", smoothing is { LeftOut: > 0 } ? $"{smoothing.LeftOut} points within 4 times the noise of 0" : null),
        ]);
    }

    private static void ShowRegions(HostEquilibrium equilibrium)
    {
        if (equilibrium.Regions.Count == 0) return;
        Screen.Out.WriteLine();
        Screen.Heading("Two phases (common tangent)");
        Screen.Table([new("Binodal\nfrom x"), new("Binodal\nto x"), new("Plateau\n[V]"), new("dU/dT\n[mV/K]"), new("Barrier\n[J/mol]"), new("Ends", true)],
            equilibrium.Regions.Select(region => new[]
            {
                Quantity.Text(region.Lower, 6), Quantity.Text(region.Upper, 6), Fixed(equilibrium.Plateau(region), 6),
                Fixed(-1e3 * region.PotentialByTemperature / Physics.PhysicalConstants.Faraday, 5), Quantity.Text(region.Barrier), region.Barrier == 0 ? "jump of slope" : region.IsClosed ? "tangent" : "end of range",
            }));
    }

    private static void ShowCurve(HostEquilibrium equilibrium)
    {
        Screen.Out.WriteLine();
        Screen.Heading("Open-circuit potential");
        Screen.Table([new("x"), new("U at rest\n[V]"), new("U, uniform\n[V]"), new("dU/dT\n[mV/K]"), new("Thermodynamic\nfactor")],
            Shown.Where(place => place >= equilibrium.Range.Lowest && place <= equilibrium.Range.Highest).Select(place => (place, equilibrium.AtRest(place)) is var (x, (potential, slope))
                ? new[] { Fixed(x, 2), Fixed(potential, 6), Fixed(equilibrium.UniformPotential(x), 6), Fixed(1e3 * slope, 5), Fixed(equilibrium.ThermodynamicFactor(x), 4) } : []));
    }

    private static string Fixed(double value, int decimals) => double.IsFinite(value) ? (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture) : "–";

    private static void Write(FreeEnergySource source, HostEquilibrium equilibrium, OutputFolder folder)
    {
        double[] places = equilibrium.Samples(Rows), uniform = [.. places.Select(equilibrium.UniformPotential)], factor = [.. places.Select(equilibrium.ThermodynamicFactor)];
        (double Potential, double ByTemperature)[] rest = [.. places.Select(equilibrium.AtRest)];
        double[] potential = [.. rest.Select(point => point.Potential)], entropic = [.. rest.Select(point => point.ByTemperature)];
        CsvText.Write(folder.ForWriting(OutputFolder.PotentialName), ["x / 1", "U at rest / V", "U uniform / V", "dU/dT / V.K-1", "Thermodynamic factor / 1"], [places, potential, uniform, entropic, factor]);
        PotentialPicture.Write(places, potential, uniform, entropic, factor, [.. equilibrium.Regions.Select(region => (region.Lower, region.Upper, equilibrium.Plateau(region)))], folder.ForWriting(OutputFolder.PotentialPictureName));
        AtomicFile.Write(folder.ForWriting(OutputFolder.PotentialFragmentName), PotentialFragment.Write(source, equilibrium));
        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"  {OutputFolder.PotentialFragmentName} holds {(PotentialFragment.IsExpression(source, equilibrium) ? "expressions" : "tables")} for an electrode of a case, at T_ref = {Quantity.Text(source.Temperature, 5)} K.");
        if (PotentialFragment.IsExpression(source, equilibrium)) return;
        double error = PotentialFragment.InterpolationError(source, equilibrium);
        Screen.Out.WriteLine($"  Straight lines between its rows miss U by {Quantity.Text(1e3 * error, 2)} mV at most");
        Screen.Out.WriteLine("  for x from 0.01 to 0.99; dU/dT jumps at a binodal within one row.");
    }
}
