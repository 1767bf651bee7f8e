using System.Globalization;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.FreeEnergies;

/// <summary>Reads a table with a header line: x or mu, f or Omega, and T if wanted; units in brackets.</summary>
internal static class FreeEnergyCsv
{
    private const string AllowedNames = "x, f [J/mol] or f [eV]; or mu [J/mol] or mu [eV], Omega [J/mol] or Omega [eV]; with T [K] beside them, if wanted";
    private static readonly string[] FillingNames = ["x", "theta", "θ"], PotentialNames = ["mu", "μ"], EnergyNames = ["f"], GrandNames = ["omega", "Ω", "ω"], TemperatureNames = ["t"];

    /// <summary>Reads a text; its problems are reported.</summary>
    /// <param name="text">The file.</param>
    /// <param name="temperature">T of a table without a column of temperatures [K].</param>
    /// <param name="report">Collects the problems.</param>
    /// <returns>The table and whether it is one of Ω; null where it cannot be used.</returns>
    public static (FreeEnergyTable Table, bool IsGrandPotential)? Read(string text, double temperature, InputReport report)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        int header = Array.FindIndex(lines, line => line.Trim() is { Length: > 0 } shown && shown[0] != '#');
        if (header < 0)
        {
            report.FileError("the file holds no table");
            return null;
        }
        char separator = lines[header].Contains(';') ? ';' : ',';
        string[] names = [.. lines[header].Split(separator).Select(name => name.Trim())];
        (int place, double placeUnit) = Find(names, FillingNames, isEnergy: false);
        (int grand, double grandUnit) = Find(names, GrandNames, isEnergy: true);
        (int energy, double energyUnit) = Find(names, EnergyNames, isEnergy: true);
        bool isGrandPotential = grand >= 0;
        if (isGrandPotential) (place, placeUnit, energy, energyUnit) = Find(names, PotentialNames, isEnergy: true) is var (mu, unit) ? (mu, unit, grand, grandUnit) : default;
        int warmth = Find(names, TemperatureNames, isEnergy: false).Column;
        if (place < 0 || energy < 0 || names.Length != (warmth < 0 ? 2 : 3))
        {
            report.Error("", header + 1, $"\"{Json.SourceNode.Printable(lines[header].Trim())}\"", "the header does not name the columns", AllowedNames);
            return null;
        }
        SortedDictionary<double, List<(double Place, double Value, int Line)>> groups = [];
        int count = 0;
        for (int i = header + 1; i < lines.Length && count <= FreeEnergyFile.MostPoints; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            count++;
            string[] cells = line.Split(separator);
            double[] numbers = [.. cells.Select(cell => double.TryParse(separator == ';' ? cell.Replace(',', '.') : cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
            if (numbers.Length != names.Length || !numbers.All(double.IsFinite))
            {
                report.Error("", i + 1, $"\"{Json.SourceNode.Printable(line)}\"", "is no row of numbers", FormattableString.Invariant($"{names.Length} finite numbers"));
                continue;
            }
            double at = warmth < 0 ? temperature : numbers[warmth];
            if (at is not (> 0 and <= 10000)) report.Error("", i + 1, cells[warmth < 0 ? 0 : warmth].Trim(), "the temperature is outside the allowed range", "> 0 and ≤ 10000");
            if (!groups.TryGetValue(at, out List<(double, double, int)>? rows)) groups.Add(at, rows = []);
            rows.Add((placeUnit * numbers[place], energyUnit * numbers[energy], i + 1));
        }
        if (count == 0) report.FileError("the table has no rows");
        return report.HasErrors ? null : Made(groups, report) is { } table ? (table, isGrandPotential) : null;
    }

    private static FreeEnergyTable? Made(SortedDictionary<double, List<(double Place, double Value, int Line)>> groups, InputReport report)
    {
        foreach (List<(double Place, double Value, int Line)> rows in groups.Values)
        {
            rows.Sort((a, b) => (a.Place, a.Line).CompareTo((b.Place, b.Line)));
            for (int i = 1; i < rows.Count; i++)
                if (rows[i].Place == rows[i - 1].Place) report.Error("", rows[i].Line, null, FormattableString.Invariant($"has the same place as line {rows[i - 1].Line}"), "each place once for a temperature");
        }
        return report.HasErrors ? null : new([.. groups.Keys], [.. groups.Values.Select(rows => rows.Select(row => row.Place).ToArray())], [.. groups.Values.Select(rows => rows.Select(row => row.Value).ToArray())]);
    }

    /// <summary>Column with one of these names, and what turns its unit into that of SI; −1 where there is none.</summary>
    private static (int Column, double Unit) Find(string[] names, string[] wanted, bool isEnergy)
    {
        for (int i = 0; i < names.Length; i++)
        {
            int bracket = names[i].IndexOf('[', StringComparison.Ordinal);
            string name = (bracket < 0 ? names[i] : names[i][..bracket]).Trim(), unit = bracket < 0 ? "" : names[i][bracket..].Trim('[', ']', ' ');
            if (!wanted.Contains(name.ToLowerInvariant()) && !wanted.Contains(name)) continue;
            if (!isEnergy) return (i, 1);
            if (unit is "J/mol" or "J.mol-1" or "J mol-1") return (i, 1);
            if (unit is "eV") return (i, PhysicalConstants.Faraday);
        }
        return (-1, 1);
    }
}
