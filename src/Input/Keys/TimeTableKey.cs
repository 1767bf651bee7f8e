using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Numerics;

namespace Cell3D.Input.Keys;

/// <summary>A number, or a table {"Times [s]": […], "Values": […]} of a quantity that changes with time.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
/// <param name="Allowed">Allowed range of each value.</param>
public sealed record TimeTableKey(string Name, string Description, Interval Allowed) : Key<TimeTable>(Name, Description)
{
    /// <summary>Points of a table; time steps end at each.</summary>
    public const int MostPoints = 10_000;

    private TwoLists Table => new(
        new("Times [s]", "Strictly rising, from the start of the run; time steps end at each.", new(0, 1e10)) { Fewest = 2, Most = MostPoints },
        new("Values", "As many values, linear in between, constant before the first and after the last.", Allowed) { Most = MostPoints });

    internal override TimeTable Placeholder => TimeTable.Constant(double.NaN);

    internal override bool TryRead(SourceNode node, string path, InputReport report, out TimeTable value)
    {
        switch (node.Kind)
        {
            case SourceKind.Number:
                bool right = new NumberKey(Name, Description, Allowed).TryRead(node, path, report, out double number);
                value = TimeTable.Constant(number);
                return right;
            case SourceKind.Object:
                return TryReadTable(node, path, report, out value);
            default:
                return WrongType(node, path, report, Expected, out value);
        }
    }

    internal override JsonNode? Write(TimeTable value) => value.Times.Length > 1 ? Table.Write(value.Times, value.Values)
        : double.IsFinite(value.Values[0]) ? JsonValue.Create(value.Values[0]) : null;

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() =>
        new() { ["anyOf"] = new JsonArray(SchemaText.Number("number", Allowed, null), Table.Schema()) };

    private string Expected => $"a number, {Allowed}, or a table {Table}";

    private bool TryReadTable(SourceNode node, string path, InputReport report, out TimeTable value)
    {
        value = Placeholder;
        TwoLists table = Table;
        if (table.Read(node, path, report, Expected) is not var (times, values, timesNode, valuesNode)) return false;
        int problems = 0;
        if (times.Length != values.Length)
        {
            report.Error($"{path}.{table.Second.Name}", valuesNode, "is not as long as the list of times", string.Create(CultureInfo.InvariantCulture, $"{times.Length} values"));
            problems++;
        }
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] > times[i - 1]) continue;
            report.Error(string.Create(CultureInfo.InvariantCulture, $"{path}.{table.First.Name}[{i}]"), timesNode.Items[i], "does not lie after the time before it", "> " + Interval.Write(times[i - 1]));
            problems++;
        }
        if (problems > 0) return false;
        value = new TimeTable(times, values);
        return node.Members.Count == 2;
    }
}
