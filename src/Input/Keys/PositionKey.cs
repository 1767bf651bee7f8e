using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>A number, or an expression of the place: x, y, z [m], depth and the number of the electrode pair; in a roll also turns from its inner end and the distance along the foil [m]; and the random number of its patch.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
public sealed record PositionKey(string Name, string Description) : Key<ExpressionFunction>(Name, Description)
{
    /// <summary>The variable that differs from patch to patch at random.</summary>
    public const string Random = "normal";

    /// <summary>Names of the variables, in the order of the inputs.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["x", "y", "z", "depth", "pair", "turn", "s", Random];

    /// <summary>The variables that only a roll has.</summary>
    public static IReadOnlyList<string> OfRoll { get; } = ["turn", "s"];

    internal override ExpressionFunction Placeholder { get; } = ExpressionFunction.Parse("1", Variables);

    internal override bool TryRead(SourceNode node, string path, InputReport report, out ExpressionFunction value)
    {
        value = Placeholder;
        string names = string.Join(", ", Variables);
        if (node.Kind is not (SourceKind.Text or SourceKind.Number)) return WrongType(node, path, report, $"a number, an expression in {names}", out value);
        bool right = ExpressionText.TryRead(node, path, report, Variables, () => ExpressionFunction.Parse(node.Text, Variables), out ExpressionFunction? expression);
        value = expression ?? Placeholder;
        return right;
    }

    internal override JsonNode Write(ExpressionFunction value) => JsonValue.Create(value.Text);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => new() { ["type"] = new JsonArray("string", "number") };
}
