using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Reads which layers and tabs are written.</summary>
internal static class LayerReader
{
    /// <summary>Names that the results bear, or names of kinds; everything where the key is absent.</summary>
    public static LayerSelection Read(SectionReader output, CellGeometry outline, IReadOnlyList<CellLayer> stack)
    {
        if (!output.Has(RunKeys.Layers)) return LayerSelection.All;
        string[] names = output.Get(RunKeys.Layers, []);
        if (names.Length == 0 && output.NodeOf(RunKeys.Layers)?.Kind == Json.SourceKind.Array) output.Error(RunKeys.Layers, "names no layer", Known(outline, stack));
        foreach (string name in names.Where(name => !IsThere(name, outline, stack)))
            output.Error(RunKeys.Layers, $"this cell has no layer \"{Json.SourceNode.Printable(name)}\"", Known(outline, stack));
        return new(names);
    }

    private static bool IsThere(string name, CellGeometry outline, IReadOnlyList<CellLayer> stack) => Kinds(outline, stack).Contains(name)
        || (outline.Seam is not null && stack.Any(layer => layer.Kind == LayerKind.Casing && SeamSpec.RegionName(layer.Name) == name))
        || stack.Any(layer => outline.ElectrodePairs == 1 || layer.Kind == LayerKind.Casing ? layer.Name == name : Numbers(layer, outline.ElectrodePairs).Any(number => name == FormattableString.Invariant($"{layer.Name} {number}")));

    /// <summary>Numbers of the layers of one kind in a stack: pairs share their collectors.</summary>
    private static IEnumerable<int> Numbers(CellLayer layer, int pairs) => Enumerable.Range(1, layer.Kind switch
    {
        LayerKind.NegativeCollector => (pairs / 2) + 1,
        LayerKind.PositiveCollector => (pairs + 1) / 2,
        _ => pairs,
    });

    private static IEnumerable<string> Kinds(CellGeometry outline, IReadOnlyList<CellLayer> stack) =>
    [
        .. stack.Select(layer => layer.Kind.Name()).Distinct(),
        .. new[] { (outline.NegativeTab, LayerKind.NegativeTab), (outline.PositiveTab, LayerKind.PositiveTab) }.Where(tab => tab.Item1 is { Length: > 0 })
            .SelectMany(tab => tab.Item1!.Lead is null ? new[] { tab.Item2.Name() } : [tab.Item2.Name(), tab.Item2.LeadName()]),
    ];

    private static string Known(CellGeometry outline, IReadOnlyList<CellLayer> stack) =>
        string.Join(", ", Kinds(outline, stack)) + (outline.ElectrodePairs == 1 ? "" : FormattableString.Invariant($"; or one of them, as Separator {outline.ElectrodePairs}"));
}
