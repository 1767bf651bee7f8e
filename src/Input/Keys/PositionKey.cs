using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Input.Json;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>A number, or an expression of the place: x, y, z [m] and depth.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
public sealed record PositionKey(string Name, string Description) : Key<ExpressionFunction>(Name, Description)
{
    internal override ExpressionFunction Placeholder { get; } = ExpressionFunction.Parse("1", LayerVariation.Variables);

    internal override bool TryRead(SourceNode node, string path, InputReport report, out ExpressionFunction value)
    {
        value = Placeholder;
        string names = string.Join(", ", LayerVariation.Variables);
        if (node.Kind is not (SourceKind.Text or SourceKind.Number)) return WrongType(node, path, report, $"a number, an expression in {names}", out value);
        bool right = ExpressionText.TryRead(node, path, report, LayerVariation.Variables, () => ExpressionFunction.Parse(node.Text, LayerVariation.Variables), out ExpressionFunction? expression);
        value = expression ?? Placeholder;
        return right;
    }

    internal override JsonNode Write(ExpressionFunction value) => JsonValue.Create(value.Text);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => new() { ["type"] = new JsonArray("string", "number") };
}
