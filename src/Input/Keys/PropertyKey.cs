using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>A property over x that may depend on temperature: a number, an expression in x and T [K], a table {"x": […], "y": […]}, or one over T too.</summary>
/// <remarks>Without T it is read as a <see cref="Curve"/>; with T as a function of two inputs, which is an extension of BPX.</remarks>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
/// <param name="Allowed">Allowed range of its values; checked by the section, which knows the range of x.</param>
public sealed record PropertyKey(string Name, string Description, Interval Allowed) : Key<Function>(Name, Description)
{
    /// <summary>Temperatures at which values are checked [K].</summary>
    private const double Coldest = 263.15, Hottest = 333.15;
    private static readonly string[] Variables = ["x", "T"];

    internal override Function Placeholder => OverX.Placeholder;

    private CurveKey OverX => new(Name, Description, Allowed);

    /// <summary>Whether a property that was read depends on temperature.</summary>
    public static bool DependsOnTemperature(Function property) => property.Inputs > 1;

    internal override bool TryRead(SourceNode node, string path, InputReport report, out Function value)
    {
        if (node.Kind == SourceKind.Text)
        {
            value = Placeholder;
            if (!ExpressionText.TryRead(node, path, report, Variables, () => ExpressionFunction.Parse(node.Text, Variables), out ExpressionFunction? expression)) return false;
            if (expression.DependsOn(1))
            {
                value = expression;
                ExpressionText.TellNotPortable(expression.NotPortable, node, path, report);
                return true;
            }
        }
        if (node.Kind == SourceKind.Object && TemperatureTable.IsMeant(node))
        {
            TableFunction? table = TemperatureTable.TryRead(node, path, report);
            value = table ?? Placeholder;
            return table is not null;
        }
        bool right = OverX.TryRead(node, path, report, out Curve curve);
        value = curve;
        return right;
    }

    internal override JsonNode? Write(Function value) => value switch
    {
        Curve curve => OverX.Write(curve),
        ExpressionFunction expression => JsonValue.Create(expression.Text),
        TableFunction table => TemperatureTable.Write(table),
        _ => null,
    };

    /// <summary>Reports the first point between two x, and over the temperatures of cells, where the property leaves its allowed range.</summary>
    /// <param name="property">The property.</param>
    /// <param name="from">Smallest x.</param>
    /// <param name="to">Largest x.</param>
    /// <param name="node">Its text.</param>
    /// <param name="path">Its keys.</param>
    /// <param name="report">Collects the problems.</param>
    /// <param name="quantity">What is checked, where it is not the property itself; with a blank at its end.</param>
    /// <returns>Whether it stays inside, or is the placeholder of a value that was reported before.</returns>
    internal bool CheckValues(Function property, double from, double to, SourceNode? node, string path, InputReport report, string quantity = "")
    {
        const int intervals = 200, temperatures = 7;
        if (property is Curve curve) return OverX.CheckValues(curve, from, to, node, path, report);
        if (!double.IsFinite(from) || !double.IsFinite(to)) return true;
        Span<double> value = stackalloc double[1], partials = stackalloc double[2];
        for (int j = 0; j <= temperatures; j++)
            for (int i = 0; i <= intervals; i++)
            {
                (double x, double temperature) = (from + ((to - from) * i / intervals), Coldest + ((Hottest - Coldest) * j / temperatures));
                property.Evaluate([x, temperature], value, partials);
                bool isAllowed = Allowed.Contains(value[0]);
                if (isAllowed && double.IsFinite(partials[0]) && double.IsFinite(partials[1])) continue;
                string found = isAllowed ? "has no finite slope" : string.Create(CultureInfo.InvariantCulture, $"is {value[0]:G6}");
                report.Error(path, node, string.Create(CultureInfo.InvariantCulture, $"{quantity}{found} at x = {x:G6}, T = {temperature:G6}"),
                    string.Create(CultureInfo.InvariantCulture, $"{(isAllowed ? "a finite slope" : Allowed.ToString())} for x from {from:G6} to {to:G6}, T from {Coldest:G6} to {Hottest:G6}"));
                return false;
            }
        return true;
    }

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject schema = OverX.Schema();
        schema.Remove("description");
        schema["anyOf"]!.AsArray().Add((JsonNode)TemperatureTable.Schema());
        return schema;
    }
}
