using System.Globalization;

namespace Cell3D.Input.Protocols;

/// <summary>Reads step sentences as PyBaMM writes them: "Discharge at C/20 for 2 hours or until 2.7 V", "Rest for 30 minutes".</summary>
internal static class SentenceParser
{
    private const string Form = "Rest for <time>; Charge or Discharge at <current> [for <time>] [until <voltage>]";
    private const string Currents = "> 0 A or mA, C-rates as 1C, 0.5C or C/20";
    private const string Times = "> 0 s, min, h or days";

    private static readonly Dictionary<string, double> Seconds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s"] = 1,
        ["sec"] = 1,
        ["second"] = 1,
        ["seconds"] = 1,
        ["min"] = 60,
        ["minute"] = 60,
        ["minutes"] = 60,
        ["h"] = 3600,
        ["hour"] = 3600,
        ["hours"] = 3600,
        ["day"] = 86400,
        ["days"] = 86400,
    };

    /// <summary>Reads one sentence.</summary>
    public static SentenceResult Parse(string text)
    {
        if (text.Length > SentenceWords.Longest) return new SentenceResult(null, "is too long for a step", $"at most {SentenceWords.Longest} characters");
        if (SentenceWords.Of(text) is not SentenceWords words) return new SentenceResult(null, "is not a step", Form);
        (string verb, string? at, string? duration, string? until, bool hasExtra) = words;
        if (hasExtra) return NotYet("a period or temperature in brackets");
        if (verb == "hold") return NotYet("holding a voltage, power or resistance");
        if (verb == "rest") return Rest(at, duration, until);
        if (at is null) return new SentenceResult(null, "lacks its current", Currents);
        StepKind kind = verb == "charge" ? StepKind.Charge : StepKind.Discharge;
        if (Current(at, out double current, out bool isRate) is SentenceResult wrongCurrent) return wrongCurrent;
        double? seconds = null, volts = null;
        if (duration is not null && Time(duration, out seconds) is SentenceResult wrongTime) return wrongTime;
        if (until is not null && Voltage(until, out volts) is SentenceResult wrongVoltage) return wrongVoltage;
        return new SentenceResult(new Sentence(kind, current, isRate, seconds, volts), null);
    }

    private static SentenceResult NotYet(string what) => new(null, $"{what} is not supported yet", Form);

    private static SentenceResult Rest(string? at, string? duration, string? until)
    {
        if (at is not null) return new SentenceResult(null, "a rest has no current", Form);
        if (until is not null) return NotYet("a rest until something happens");
        if (duration is null) return new SentenceResult(null, "lacks its duration", Times);
        return Time(duration, out double? seconds) ?? new SentenceResult(new Sentence(StepKind.Rest, 0, false, seconds, null), null);
    }

    private static SentenceResult? Current(string text, out double current, out bool isRate)
    {
        (current, isRate) = (0, false);
        if (text.StartsWith("C/", StringComparison.OrdinalIgnoreCase))
        {
            isRate = true;
            bool read = double.TryParse(text.AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out double hours);
            current = read ? 1 / hours : double.NaN;
        }
        else if (!Read(text, out current, out string unit))
        {
            return new SentenceResult(null, $"\"{text}\" is not a current", Currents);
        }
        else
        {
            if (unit is "w" or "mw" or "ohm" or "v" or "mv") return NotYet($"a step at \"{text}\"");
            if (unit is not ("a" or "ma" or "c")) return new SentenceResult(null, $"\"{text}\" is not a current", Currents);
            isRate = unit == "c";
            if (unit == "ma") current *= 1e-3;
        }
        const double largest = 1e6;
        return current > 0 && current < largest ? null : new SentenceResult(null, $"the current \"{text}\" is outside the allowed range", Currents);
    }

    private static SentenceResult? Time(string text, out double? seconds)
    {
        seconds = null;
        const double longest = 1e9;
        if (!Read(text, out double number, out string unit) || !Seconds.TryGetValue(unit, out double scale))
            return new SentenceResult(null, $"\"{text}\" is not a time", Times);
        seconds = number * scale;
        return seconds > 0 && seconds < longest ? null : new SentenceResult(null, $"the time \"{text}\" is outside the allowed range", Times);
    }

    private static SentenceResult? Voltage(string text, out double? volts)
    {
        volts = null;
        const string allowed = "> 0 V or mV";
        if (text.StartsWith("C/", StringComparison.OrdinalIgnoreCase)) return NotYet($"a step until \"{text}\"");
        if (!Read(text, out double number, out string unit)) return new SentenceResult(null, $"\"{text}\" is not a voltage", allowed);
        if (unit is "a" or "ma" or "c") return NotYet($"a step until \"{text}\"");
        if (unit is not ("v" or "mv")) return new SentenceResult(null, $"\"{text}\" is not a voltage", allowed);
        volts = unit == "mv" ? number * 1e-3 : number;
        return null;
    }

    /// <summary>A number and the letters behind it, e.g. "0.5C", "2 hours".</summary>
    private static bool Read(string text, out double number, out string unit)
    {
        int letters = text.Length;
        while (letters > 0 && char.IsAsciiLetter(text[letters - 1])) letters--;
        unit = text[letters..].ToLowerInvariant();
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text.AsSpan(0, letters).TrimEnd(), style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && unit.Length > 0;
    }
}
