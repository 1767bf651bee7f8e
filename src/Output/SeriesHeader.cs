using System.Text.RegularExpressions;

namespace Cell3D.Output;

/// <summary>Understands the column headers in circulation and turns them into names, units and factors to SI.</summary>
internal static partial class SeriesHeader
{
    private const int LongestHeader = 200;

    /// <summary>0 °C [K].</summary>
    private const double ZeroCelsius = 273.15;

    private static readonly Dictionary<string, (string Unit, double Factor)> Units = new(StringComparer.Ordinal)
    {
        ["s"] = ("s", 1),
        ["sec"] = ("s", 1),
        ["second"] = ("s", 1),
        ["seconds"] = ("s", 1),
        ["ms"] = ("s", 1e-3),
        ["min"] = ("s", 60),
        ["minute"] = ("s", 60),
        ["minutes"] = ("s", 60),
        ["h"] = ("s", 3600),
        ["hr"] = ("s", 3600),
        ["hour"] = ("s", 3600),
        ["hours"] = ("s", 3600),
        ["V"] = ("V", 1),
        ["v"] = ("V", 1),
        ["volt"] = ("V", 1),
        ["volts"] = ("V", 1),
        ["mV"] = ("V", 1e-3),
        ["mv"] = ("V", 1e-3),
        ["millivolt"] = ("V", 1e-3),
        ["A"] = ("A", 1),
        ["a"] = ("A", 1),
        ["ampere"] = ("A", 1),
        ["amperes"] = ("A", 1),
        ["amps"] = ("A", 1),
        ["mA"] = ("A", 1e-3),
        ["ma"] = ("A", 1e-3),
        ["milliampere"] = ("A", 1e-3),
        ["K"] = ("K", 1),
        ["kelvin"] = ("K", 1),
        ["degC"] = ("degC", 1),
        ["°C"] = ("degC", 1),
        ["celsius"] = ("degC", 1),
        ["W"] = ("W", 1),
        ["watt"] = ("W", 1),
        ["Ah"] = ("Ah", 1),
        ["Wh"] = ("Wh", 1),
        ["Ohm"] = ("Ohm", 1),
        ["ohm"] = ("Ohm", 1),
        ["1"] = ("1", 1),
    };

    private static readonly HashSet<string> TimeNames = new(StringComparer.Ordinal) { "time", "t", "test time", "elapsed time", "total time", "time since start" };
    private static readonly HashSet<string> VoltageNames = new(StringComparer.Ordinal) { "voltage", "v", "u", "e", "terminal voltage", "cell voltage", "ewe", "ecell", "potential" };
    private static readonly HashSet<string> TemperatureNames = new(StringComparer.Ordinal) { "temperature", "mean temperature", "cell temperature", "surface temperature", "temperature t1" };
    private static readonly HashSet<string> CurrentNames = new(StringComparer.Ordinal) { "current", "i", "terminal current", "cell current" };

    /// <summary>Reads one header such as <c>Voltage / V</c>, <c>Voltage [V]</c>, <c>Voltage(V)</c>, <c>voltage_V</c> or <c>voltage</c>.</summary>
    /// <returns>The column under its standard name where it has one, and the factor that takes its values to that unit.</returns>
    public static (SeriesColumn Column, double Factor) Parse(string header)
    {
        (string name, string unit) = Split(header.Trim().Trim('"').Trim());
        (string si, double factor) = Units.TryGetValue(unit, out (string, double) known) ? known : (unit, 1.0);
        string key = name.Replace('_', ' ').ToLowerInvariant();
        if (TimeNames.Contains(key) && si is "s" or "")
            return (SeriesColumn.Time, factor);
        if (VoltageNames.Contains(key) && si is "V" or "")
            return (SeriesColumn.Voltage, factor);
        if (CurrentNames.Contains(key) && si is "A" or "")
            return (SeriesColumn.Current, factor);
        return (new SeriesColumn(name, unit), 1.0);
    }

    /// <summary>0 of the unit of a column of temperatures [K]; null for any other column.</summary>
    public static double? ZeroOfTemperature(SeriesColumn column) => !TemperatureNames.Contains(column.Name.Replace('_', ' ').ToLowerInvariant()) ? null
        : Units.GetValueOrDefault(column.Unit).Unit switch
        {
            "K" => 0,
            "degC" => ZeroCelsius,
            _ => null,
        };

    private static (string Name, string Unit) Split(string header)
    {
        // The pattern's time grows with the cube of the length.
        if (header.Length > LongestHeader)
            return (header[..LongestHeader], "");
        Match match = Bracketed().Match(header);
        if (match.Success)
            return (match.Groups["name"].Value.Trim(), match.Groups["unit"].Value.Trim());

        int underscore = header.LastIndexOf('_');
        if (underscore > 0 && Units.ContainsKey(header[(underscore + 1)..]))
            return (header[..underscore], header[(underscore + 1)..]);

        return (header, "");
    }

    [GeneratedRegex(@"^(?<name>.+?)\s*(?:/\s*(?<unit>[^/\[\]()]+)|\[(?<unit>[^\]]*)\]|\((?<unit>[^)]*)\)|/\((?<unit>[^)]*)\))$", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
