using System.Text;

namespace Cell3D.Campaigns.Parsers;

/// <summary>Texts that are nearly, or quite, what a parser expects.</summary>
internal static class Grammar
{
    private static readonly string[] Functions = ["exp", "tanh", "cosh", "sinh", "log", "log10", "sqrt", "abs", "sin", "cos", "tan", "arcsinh", "atan", "pow", "max", "e", "np.exp", ""];
    private static readonly string[] Verbs = ["Charge", "Discharge", "Rest", "Hold", "charge", "DISCHARGE", "Run", "", "Rest Rest", "Charge at 1C and then discharge"];
    private static readonly string[] CurrentUnits = ["C", "A", "mA", "W", "V", "c", " C", "", "Ohm", "kA"];
    private static readonly string[] TimeUnits = [" s", " seconds", " min", " minutes", " hour", " hours", "h", " days", "", " weeks", " ms"];
    private static readonly string[] TimeHeadings = ["Time [s]", "Test Time / s", "time", "Time (h)", "t/min", "time_s", "Elapsed", "", "Voltage"];
    private static readonly string[] VoltageHeadings = ["Voltage [V]", "Voltage / V", "Terminal voltage [V]", "U/V", "V (mV)", "ecell/v", "Voltage", "\e[31mV", "\"Volt,age\""];

    /// <summary>An expression in x, seldom wrong.</summary>
    public static string Expression(Draws draws, int depth = 0)
    {
        int kind = depth > 6 ? draws.Whole(0, 2) : draws.Whole(0, 9);
        return kind switch
        {
            0 or 1 => "x",
            2 => draws.Chance(0.9) ? draws.Of("1", "2.5", "-3", "1e-4", "0.5", "1000", "0", ".1", "3.") : Damage.Extreme(draws),
            3 => $"({Expression(draws, depth + 1)})",
            4 => $"-{Expression(draws, depth + 1)}",
            5 or 6 => $"{draws.Of<string>(Functions)}({Expression(draws, depth + 1)}{(draws.Chance(0.1) ? ", 2" : "")})",
            _ => $"{Expression(draws, depth + 1)}{draws.Of(" ", "")}{draws.Of("+", "-", "*", "/", "**", "**", "^", "//", "%")}{draws.Of(" ", "")}{Expression(draws, depth + 1)}",
        };
    }

    /// <summary>A step of a protocol, often wrong.</summary>
    public static string Sentence(Draws draws)
    {
        StringBuilder text = new(draws.Of("", "", " ", "\t\n"));
        text.Append(draws.Of<string>(Verbs));
        int clauses = draws.Of(1, 2, 2, 3, 3, 4, 200);
        for (int i = 0; i < clauses; i++)
            text.Append(draws.Whole(0, 6) switch
            {
                0 or 1 => $" at {Number(draws)}{draws.Of<string>(CurrentUnits)}",
                2 => $" at C/{Number(draws)}",
                3 => $" for {Number(draws)}{draws.Of<string>(TimeUnits)}",
                4 => $" until {Number(draws)} {draws.Of("V", "mV", "A", "C/50", "")}",
                5 => $" or until {Number(draws)} V",
                _ => draws.Of(" (1 minute period)", " for", " at", " until", " or", "    ", " for for for", " at  at"),
            });
        return text.ToString();
    }

    /// <summary>A table of time and voltage in one of the usual spellings, now and then irregular.</summary>
    public static string Series(Draws draws)
    {
        char separator = draws.Of(',', ',', ';', '\t', ' ');
        bool comma = separator == ';' && draws.Chance(0.5);
        StringBuilder text = new(draws.Chance(0.2) ? "# comment\n" : "");
        int columns = draws.Of(2, 2, 3, 5, 1);
        if (draws.Chance(0.8)) text.AppendJoin(separator, Enumerable.Range(0, columns).Select(i => i switch { 0 => draws.Of<string>(TimeHeadings), 1 => draws.Of<string>(VoltageHeadings), _ => $"Column {i}" })).Append(draws.Of("\n", "\r\n", "\r"));
        for (int row = draws.Of(0, 1, 2, 5, 20, 200); row > 0; row--)
        {
            string line = string.Join(separator, Enumerable.Range(0, draws.Chance(0.99) ? columns : draws.Whole(0, 8)).Select(i => i == 0 && draws.Chance(0.98) ? $"{1000 - row}" : Number(draws)));
            text.Append(comma ? line.Replace('.', ',') : line).Append(draws.Chance(0.98) ? "\n" : draws.Of("", "\n\n", "\r\n", "\n#x\n"));
        }
        return text.ToString();
    }

    private static string Number(Draws draws) => draws.Chance(0.85) ? draws.Of("1", "0.5", "20", "2.5e0", "3600", "4.2", "2.7", "10") : draws.Chance(0.9) ? Damage.Extreme(draws) : Damage.Word(draws);
}
