using Cell3D.Input.Keys;

namespace Cell3D.Input.Protocols;

/// <summary>What a unit measures.</summary>
internal enum UnitKind
{
    /// <summary>[s].</summary>
    Time,

    /// <summary>[A].</summary>
    Current,

    /// <summary>Multiples of the nominal capacity per hour.</summary>
    Rate,

    /// <summary>[V].</summary>
    Voltage,

    /// <summary>[W].</summary>
    Power,

    /// <summary>[Ω].</summary>
    Resistance,

    /// <summary>[A s].</summary>
    Charge,

    /// <summary>[K].</summary>
    Kelvin,

    /// <summary>Degrees Celsius, 273.15 below those of K.</summary>
    Celsius,

    /// <summary>Hundredths.</summary>
    Percent,

    /// <summary>[mol/m³].</summary>
    Concentration,
}

/// <summary>The units of step sentences.</summary>
internal static class SentenceUnits
{
    private static readonly Dictionary<string, (UnitKind Kind, double Factor)> Known = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, (UnitKind Kind, double Factor)> AnyCase = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Other words for units, with the unit that is meant.</summary>
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amp"] = "A",
        ["amps"] = "A",
        ["ampere"] = "A",
        ["amperes"] = "A",
        ["milliamps"] = "mA",
        ["volt"] = "V",
        ["volts"] = "V",
        ["millivolts"] = "mV",
        ["watt"] = "W",
        ["watts"] = "W",
        ["kelvin"] = "K",
        ["celsius"] = "oC",
        ["degC"] = "oC",
        ["deg"] = "oC",
        ["percent"] = "%",
        ["kA"] = "A",
        ["MW"] = "mW",
        ["MA"] = "mA",
        ["MV"] = "mV",
        ["MOhm"] = "mOhm",
        ["mAs"] = "A.s",
        ["Coulomb"] = "A.s",
        ["week"] = "days",
        ["weeks"] = "days",
        ["M"] = "min",
        ["F"] = "oC",
    };

    static SentenceUnits()
    {
        Add(UnitKind.Time, (1, ["s", "sec", "secs", "second", "seconds"]), (60, ["min", "m", "mins", "minute", "minutes"]), (3600, ["h", "hr", "hrs", "hour", "hours"]), (86400, ["d", "day", "days"]), (1e-3, ["ms"]));
        Add(UnitKind.Current, (1, ["A"]), (1e-3, ["mA"]));
        Add(UnitKind.Rate, (1, ["C"]));
        Add(UnitKind.Voltage, (1, ["V"]), (1e-3, ["mV"]));
        Add(UnitKind.Power, (1, ["W"]), (1e-3, ["mW"]), (1e3, ["kW"]));
        Add(UnitKind.Resistance, (1, ["Ohm", "Ohms", "Ω", "\u2126"]), (1e-3, ["mOhm", "mΩ", "m\u2126"]));
        Add(UnitKind.Charge, (3600, ["A.h", "Ah"]), (3.6, ["mA.h", "mAh"]), (1, ["A.s", "As"]));
        Add(UnitKind.Kelvin, (1, ["K"]));
        Add(UnitKind.Celsius, (1, ["oC", "°C", "ºC"]));
        Add(UnitKind.Percent, (1e-2, ["%"]));
        Add(UnitKind.Concentration, (1, ["mol.m-3"]));
    }

    /// <summary>The unit that a word is; capital letters matter only where M could be milli or mega. Null for none.</summary>
    public static (UnitKind Kind, double Factor)? Find(string word) =>
        Known.TryGetValue(word, out (UnitKind, double) unit) || (word.Length > 0 && word[0] != 'M' && AnyCase.TryGetValue(word, out unit)) ? unit : null;

    /// <summary>The unit that was probably meant; null where none is near.</summary>
    /// <param name="word">As written.</param>
    /// <param name="kinds">What is possible.</param>
    public static string? Near(string word, params ReadOnlySpan<UnitKind> kinds)
    {
        const int shortest = 4;
        string? near = Meant.GetValueOrDefault(word);
        if (near is null && word.Length >= shortest)
        {
            List<string> names = [];
            foreach ((string name, (UnitKind kind, _)) in Known)
                if (kinds.Contains(kind) && name.Length > 2) names.Add(name);
            near = Spelling.Nearest(word, names);
        }
        return near is not null && kinds.Contains(Known[near].Kind) ? near : null;
    }

    private static void Add(UnitKind kind, params ReadOnlySpan<(double Factor, string[] Names)> units)
    {
        foreach ((double factor, string[] names) in units)
            foreach (string name in names)
                Known[name] = AnyCase[name] = (kind, factor);
    }
}
