using System.Globalization;
using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>The pulses of a run: rest voltage and resistances, of a half cell the diffusivity.</summary>
internal static class PulseTable
{
    private const int MostRows = 30;

    /// <summary>Shows the first of them; all are in the file.</summary>
    public static void Show(IReadOnlyList<PulseSummary> pulses)
    {
        bool hasDiffusivity = pulses.Any(pulse => double.IsFinite(pulse.Diffusivity));
        (Column Title, Func<PulseSummary, string> Text)[] columns =
        [
            (new("start\n[s]"), pulse => Number(pulse.Start, "F0")),
            (new("SOC\n[%]"), pulse => Number(100 * pulse.StateOfCharge, "F1")),
            (new("I\n[A]"), pulse => Quantity.Text(pulse.Current, 3)),
            (new("for\n[s]"), pulse => Quantity.Text(pulse.Duration, 4)),
            (new("at rest\n[V]"), pulse => Number(pulse.VoltageBefore, "F4")),
            (new("R: 0 s\n[mΩ]"), pulse => Resistance(pulse.ResistanceAtOnce)),
            (new("1 s\n[mΩ]"), pulse => Resistance(pulse.ResistanceAt1)),
            (new("10 s\n[mΩ]"), pulse => Resistance(pulse.ResistanceAt10)),
            .. hasDiffusivity ? [] : new (Column, Func<PulseSummary, string>)[] { (new("30 s\n[mΩ]"), pulse => Resistance(pulse.ResistanceAt30)) },
            (new("end\n[mΩ]"), pulse => Resistance(pulse.ResistanceAtEnd)),
            .. hasDiffusivity ? new (Column, Func<PulseSummary, string>)[] { (new("D\n[m2/s]"), pulse => Number(pulse.Diffusivity, "0.00e+0")) } : [],
        ];
        Screen.Out.WriteLine();
        Screen.Heading("Pulses (current and resistance of the whole cell)");
        Screen.Table([.. columns.Select(column => column.Title)], [.. pulses.Take(MostRows).Select(pulse => columns.Select(column => column.Text(pulse)).ToArray())]);
        if (pulses.Count > MostRows) Screen.Out.WriteLine($"  {pulses.Count - MostRows} more in {OutputFolder.PulsesName}");
    }

    private static string Resistance(double ohms) => double.IsFinite(ohms) ? Quantity.Text(1e3 * ohms, 4) : "–";

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
