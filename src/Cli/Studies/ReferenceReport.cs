using System.Text;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Simulation.Reference;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Studies;

/// <summary>The figures of a reference for people: of the whole run, resistances, what reduced models miss.</summary>
internal static class ReferenceReport
{
    private const string Unknown = "unknown", None = "–";

    /// <summary>Rows of the table of resistances: right after the switch and at tenths of the run.</summary>
    private const int Tenths = 10;

    private static readonly (string Name, string Title)[] Resistances = [("resistance", "Resistance [mOhm]"), ("network_resistance", "Collectors, tabs, contacts [mOhm]")];

    /// <summary>All of it as a text.</summary>
    public static string Markdown(SimulationCase simulation, ReferencePack pack, RunTrace trace, IReadOnlyList<ModelDifference> models)
    {
        StringBuilder text = new($"# {simulation.Title}\n\n{trace.Cells} control volumes, {trace.Steps} time steps; {trace.End.Detail}. Figures are those of the simulated part.\n");
        text.Append("\n| Figure | Value | Error bar |\n|---|---:|---:|\n");
        foreach ((string name, string value, string error) in Figures(pack, trace))
            text.Append($"| {name} | {value} | {error} |\n");
        text.Append($"\nTab-to-tab resistance, (V − U_oc)/I, and the part of it in collectors, tabs, welds and contacts, P/I²:\n\n| Time [s] | State of charge | {string.Join(" | ", Resistances.Select(resistance => $"{resistance.Title} | Error bar"))} |\n|---:|---:|---:|---:|---:|---:|\n");
        foreach (IReadOnlyList<string> row in Rows(pack))
            text.Append($"| {string.Join(" | ", row)} |\n");
        if (models.Count > 0)
            text.Append($"\nWhat models in fewer dimensions miss (model minus this run; [models.csv](models.csv)):\n\n{ModelDifference.Markdown(models, value => Quantity.Text(value, 3))}\n![Voltages and their differences](models.png)\n");
        return text.ToString();
    }

    /// <summary>The same on the screen.</summary>
    public static void Tell(ReferencePack pack, RunTrace trace)
    {
        Screen.Heading("Figures of the simulated part");
        Screen.Table([new("", IsText: true), new("value"), new("error bar")], Figures(pack, trace).Select(figure => (IReadOnlyList<string>)[figure.Name, figure.Value, figure.Error]));
        Screen.Heading("Tab-to-tab resistance and the part of collectors, tabs and contacts");
        Screen.Table([new("time\n[s]"), new("SOC"), new("whole\n[mOhm]"), new("error\nbar"), new("network\n[mOhm]"), new("error\nbar")], Rows(pack));
        if (pack.Known.Count > 0)
            Screen.Out.WriteLine($"  error bars known: {string.Join(", ", pack.Known.Select(group => FormattableString.Invariant($"{100 * group.Value:F0} % of {group.Key}")))}");
    }

    private static IEnumerable<(string Name, string Value, string Error)> Figures(ReferencePack pack, RunTrace trace)
    {
        for (int i = 0; i < RefinementStudy.Quantities.Count; i++)
            if (RefinementStudy.Quantities[i] is var figure && figure.Of(trace) is var value && double.IsFinite(value))
                yield return ($"{figure.Name} [{figure.Unit}]", Quantity.Text(value, 6), Error(pack, pack.ErrorOf(i).Error));
        yield return ("Voltage, largest error bar of the curve [V]", "", Error(pack, pack.LargestError("voltage")));
        yield return ("Mean temperature, largest error bar of the curve [K]", "", Error(pack, pack.LargestError("mean_temperature")));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(ReferencePack pack)
    {
        int[] rows = [.. pack.Curves.Where((_, i) => i == 0 || i == pack.Curves.Count - 1 || i % Math.Max(1, pack.Curves.Count / Tenths) == 0).Where(row => double.IsFinite(pack.Curve("resistance", row).Value))];
        foreach (int row in rows)
            yield return
            [
                Quantity.Text(pack.CurveTimes[row], 5), Quantity.Text(pack.Curve("state_of_charge", row).Value, 4),
                .. Resistances.SelectMany(resistance => pack.Curve(resistance.Name, row) is var (value, error) ? new[] { Quantity.Text(1e3 * value, 5), Error(pack, 1e3 * error) } : []),
            ];
    }

    private static string Error(ReferencePack pack, double error) => pack.Known.Count == 0 ? None : double.IsNaN(error) ? Unknown : Quantity.Text(error, 2);
}
