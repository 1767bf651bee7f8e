using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>A table {"x": […], "T": […], "y": [[…], …]} of a property over x and temperature, one row of y for each T.</summary>
internal static class TemperatureTable
{
    /// <summary>E.g. {"x": [...], "T": [...], "y": [[...], ...]}.</summary>
    public const string Form = """{"x": [...], "T": [...], "y": [[...], ...]}""";

    private const int MostTemperatures = 1000;
    private static readonly NumberListKey X = new("x", "Strictly rising.", Interval.Finite) { Fewest = 2 };
    private static readonly NumberListKey Temperatures = new("T", "Temperatures [K], strictly rising.", new(0, 10000)) { Fewest = 2, Most = MostTemperatures };
    private static readonly NumberListKey Row = new("y", "As many values as x.", Interval.Finite);
    private static readonly string[] Names = [X.Name, Temperatures.Name, Row.Name];

    /// <summary>Whether an object is such a table rather than one over x alone.</summary>
    public static bool IsMeant(SourceNode node) => node.Member(Temperatures.Name) is not null;

    /// <summary>Reads a table; all its problems are reported.</summary>
    /// <returns>The table, or null where it cannot be used.</returns>
    public static TableFunction? TryRead(SourceNode node, string path, InputReport report)
    {
        bool right = true;
        foreach (SourceMember member in node.Members.Where(member => !Names.Contains(member.Key)))
            right = Report(member.Value, $"{path}.{SourceNode.Printable(member.Key)}", "unknown key in a table", string.Join(", ", Names), report);
        foreach (string name in Names.Where(name => node.Members.Count(member => member.Key == name) != 1))
            right = Report(node, path, $"{name} is {(node.Member(name) is null ? "missing" : "given twice")}", Form, report);
        if (!right) return null;
        SourceNode rows = node.Member(Row.Name)!;
        right = TryReadRising(X, node, path, report, out double[] x) & TryReadRising(Temperatures, node, path, report, out double[] temperatures);
        if (!right) return null;
        if (rows.Kind != SourceKind.Array || rows.Items.Count != temperatures.Length)
            right = Report(rows, $"{path}.{Row.Name}", "is not one list for each T", string.Create(CultureInfo.InvariantCulture, $"{temperatures.Length} lists of {x.Length} numbers"), report);
        double[] values = new double[right ? x.Length * temperatures.Length : 0];
        for (int i = 0; right && i < temperatures.Length; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}.{Row.Name}[{i}]");
            if ((Row with { Count = x.Length }).TryRead(rows.Items[i], place, report, out double[] row)) row.CopyTo(values, i * x.Length);
            else right = false;
        }
        return right ? new TableFunction(x, temperatures, values) : null;
    }

    /// <summary>The table as it is written to the resolved file.</summary>
    public static JsonObject Write(TableFunction table)
    {
        double[][] rows = [.. table.Values.ToArray().Chunk(table.First.Length)];
        return new()
        {
            [X.Name] = X.Write([.. table.First]),
            [Temperatures.Name] = Temperatures.Write([.. table.Second]),
            [Row.Name] = new JsonArray([.. rows.Select(Row.Write)]),
        };
    }

    /// <summary>The JSON schema.</summary>
    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [X.Name] = X.Schema(),
            [Temperatures.Name] = Temperatures.Schema(),
            [Row.Name] = new JsonObject { ["type"] = "array", ["items"] = Row.Schema(), ["minItems"] = 2, ["maxItems"] = MostTemperatures, ["description"] = "A list for each T." },
        },
        ["required"] = new JsonArray([.. Names.Select(name => JsonValue.Create(name))]),
        ["additionalProperties"] = false,
    };

    private static bool TryReadRising(NumberListKey key, SourceNode node, string path, InputReport report, out double[] values)
    {
        SourceNode list = node.Member(key.Name)!;
        if (!key.TryRead(list, $"{path}.{key.Name}", report, out values)) return false;
        for (int i = 1; i < values.Length; i++)
            if (!(values[i] > values[i - 1]))
                return Report(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{key.Name}[{i}]"), "does not rise", "> " + Interval.Write(values[i - 1]), report);
        return true;
    }

    private static bool Report(SourceNode node, string path, string text, string allowed, InputReport report)
    {
        report.Error(path, node, text, allowed);
        return false;
    }
}
