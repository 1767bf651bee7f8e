using System.Text.Json.Nodes;
using Cell3D.Input.Json;

namespace Cell3D.Input.Keys;

/// <summary>A table as an object of two lists of numbers.</summary>
/// <param name="First">The list that stands first.</param>
/// <param name="Second">The list that stands second.</param>
internal sealed record TwoLists(NumberListKey First, NumberListKey Second)
{
    /// <summary>E.g. {"x": [...], "y": [...]}.</summary>
    public override string ToString() => $"{{\"{First.Name}\": [...], \"{Second.Name}\": [...]}}";

    /// <summary>Reads both lists; whether they fit each other is for the caller to say.</summary>
    /// <param name="node">The object.</param>
    /// <param name="path">Its path.</param>
    /// <param name="report">Collects the problems.</param>
    /// <param name="expected">What may stand in place of the object, told where a list is missing.</param>
    /// <returns>The two lists and their nodes; null where one of them cannot be used.</returns>
    public (double[] First, double[] Second, SourceNode FirstNode, SourceNode SecondNode)? Read(SourceNode node, string path, InputReport report, string expected)
    {
        foreach (SourceMember member in node.Members.Where(member => member.Key != First.Name && member.Key != Second.Name))
            report.Error($"{path}.{SourceNode.Printable(member.Key)}", member.Value, "unknown key in a table", $"{First.Name}, {Second.Name}");
        if (node.Members.Count(member => member.Key == First.Name) > 1 || node.Members.Count(member => member.Key == Second.Name) > 1)
            report.Error(path, node, $"{First.Name} or {Second.Name} is given twice", $"one {First.Name}, one {Second.Name}");
        if (node.Member(First.Name) is not SourceNode first || node.Member(Second.Name) is not SourceNode second)
        {
            report.Error(path, node, "has the wrong type", expected);
            return null;
        }
        bool right = First.TryRead(first, $"{path}.{First.Name}", report, out double[] x) & Second.TryRead(second, $"{path}.{Second.Name}", report, out double[] y);
        return right ? (x, y, first, second) : null;
    }

    /// <summary>The table as it is written to the resolved file.</summary>
    public JsonObject Write(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        new() { [First.Name] = First.Write([.. first]), [Second.Name] = Second.Write([.. second]) };

    /// <summary>The JSON schema.</summary>
    public JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [First.Name] = First.Schema(), [Second.Name] = Second.Schema() },
        ["required"] = new JsonArray(First.Name, Second.Name),
        ["additionalProperties"] = false,
    };
}
