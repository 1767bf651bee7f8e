using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>A number, an expression in one variable, or a table {"x": […], "y": […]} over it.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
/// <param name="Allowed">Allowed range of its values; checked by the section, which knows the range of the variable.</param>
public sealed record CurveKey(string Name, string Description, Interval Allowed) : Key<Curve>(Name, Description)
{
    /// <summary>Name of the variable: x, or T for temperature.</summary>
    public string Variable { get; init; } = "x";

    private TwoLists Table => new(
        new(Variable, "All rising or all falling.", Interval.Finite) { Fewest = 2 }, new("y", $"As many values as {Variable}.", Interval.Finite));

    private string Expected => $"a number, an expression in {Variable}, a table {Table}";

    internal override Curve Placeholder => Curve.Constant(double.NaN);

    internal override bool TryRead(SourceNode node, string path, InputReport report, out Curve value)
    {
        switch (node.Kind)
        {
            case SourceKind.Number: return TryReadNumber(node, path, report, out value);
            case SourceKind.Text: return TryReadExpression(node, path, report, out value);
            case SourceKind.Object: return TryReadTable(node, path, report, out value);
            default: return WrongType(node, path, report, Expected, out value);
        }
    }

    internal override JsonNode? Write(Curve value) => value switch
    {
        ExpressionCurve expression => JsonValue.Create(expression.Text),
        TableCurve table => Table.Write(table.X, table.Y),
        _ when value.IsConstant && double.IsFinite(value.Value(0)) => JsonValue.Create(value.Value(0)),
        _ => null,
    };

    /// <summary>Reports the first of 201 points of a range where the curve leaves its allowed range.</summary>
    /// <returns>Whether it stays inside, or is the placeholder of a value that was reported before.</returns>
    internal bool CheckValues(Curve curve, double from, double to, SourceNode? node, string path, InputReport report)
    {
        const int intervals = 200;
        if (!double.IsFinite(from) || !double.IsFinite(to) || double.IsNaN(curve.Value(from)) && curve.IsConstant) return true;
        for (int i = 0; i <= intervals; i++)
        {
            double x = from + (to - from) * i / intervals;
            (double value, double slope) = curve.ValueAndSlope(x);
            if (Allowed.Contains(value) && double.IsFinite(slope)) continue;
            string found = Allowed.Contains(value)
                ? string.Create(CultureInfo.InvariantCulture, $"has the slope {slope:G6} at {Variable} = {x:G6}")
                : string.Create(CultureInfo.InvariantCulture, $"is {value:G6} at {Variable} = {x:G6}");
            string range = Allowed.Contains(value) ? "a finite slope" : Allowed.ToString();
            report.Error(path, node, found, string.Create(CultureInfo.InvariantCulture, $"{range} for {Variable} from {from:G6} to {to:G6}"));
            return false;
        }
        return true;
    }

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() =>
        new() { ["anyOf"] = new JsonArray(SchemaText.Number("number", Allowed, null), new JsonObject { ["type"] = "string" }, Table.Schema()) };

    private bool TryReadNumber(SourceNode node, string path, InputReport report, out Curve value)
    {
        bool right = new NumberKey(Name, Description, Allowed).TryRead(node, path, report, out double number);
        value = Curve.Constant(number);
        return right;
    }

    private bool TryReadExpression(SourceNode node, string path, InputReport report, out Curve value)
    {
        bool right = ExpressionText.TryRead(node, path, report, [Variable], () => ExpressionCurve.Parse(node.Text, Variable), out ExpressionCurve? expression);
        value = expression ?? Placeholder;
        if (right) ExpressionText.TellNotPortable(expression!.NotPortable, node, path, report);
        return right;
    }

    private bool TryReadTable(SourceNode node, string path, InputReport report, out Curve value)
    {
        value = Placeholder;
        if (Table.Read(node, path, report, Expected) is not var (x, y, nodeX, nodeY)) return false;
        IReadOnlyList<TableProblem> problems = TableCurve.Check(x, y, Variable);
        foreach (TableProblem problem in problems) Report(problem, problem.InX ? nodeX : nodeY, path, report);
        if (problems.Count > 0) return false;
        value = new TableCurve(x, y);
        return node.Members.Count == 2;
    }

    private void Report(TableProblem problem, SourceNode list, string path, InputReport report)
    {
        SourceNode place = problem.Index < list.Items.Count ? list.Items[problem.Index] : list;
        report.Error($"{path}.{(problem.InX ? Variable : "y")}", place, problem.Text, $"at least 2 points, as many y as {Variable}, {Variable} all rising or all falling");
    }
}
