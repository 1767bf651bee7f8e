using Cell3D.Mesh;

namespace Cell3D.Tests.Mesh;

/// <summary>Small wound cells that the tests share, with odd numbers of columns and levels.</summary>
internal static class Rolls
{
    internal const double Height = 0.03;

    internal static readonly CanSpec Can = new(3e-4, 2e-4, 4e-4, 5e-4, 6e-4, 1e-3, 3);

    internal static RollSpec Spec(double core = 0, double radius = 2e-3, double paired = 2.3, double inner = 0, double outer = 0, int perTurn = 7, int rows = 3, CanSpec? can = null, int cells = 3)
    {
        LayerStack layers = RollSpec.Turn(Meshes.PairLayers(cells));
        RollSpec roll = new()
        {
            Line = new(radius, layers.Thickness, core),
            Layers = layers,
            Axial = Grading.Geometric(0, Height, rows, 2),
            InnerTurns = inner,
            PairedTurns = paired,
            OuterTurns = outer,
            CellsPerTurn = perTurn,
            CellsAlongCore = 3,
            Tabs = [],
            Can = can,
        };
        double positive = roll.FoilLength(Polarity.Positive), negative = roll.FoilLength(Polarity.Negative);
        return roll with
        {
            Tabs =
            [
                new(Polarity.Positive, CellEdge.Top, 0.37 * positive, 0.2 * positive, 0, 0),
                new(Polarity.Negative, CellEdge.Bottom, 0.1 * negative, 0.11 * negative, 0, 0),
                new(Polarity.Negative, CellEdge.Bottom, 0.9 * negative, 0.2 * negative, 0, 0),
            ],
        };
    }

    internal static RollSpec Named(string name) => name switch
    {
        "round" => Spec(),
        "unpaired" => Spec(inner: 0.4, outer: 0.6, paired: 1.85),
        "canned" => Spec(can: Can),
        "flat" => Spec(core: 0.02),
        "two" => Two(Spec(core: 0.02, can: Can)),
        "two patchy" => Two(WithGaps(Spec(core: 0.011, inner: 0.3, outer: 0.2, paired: 1.9, can: Can))),
        "with mandrel" => Spec(can: Can) with { Mandrel = new(0.5e-3, 2e-4) },
        "two with mandrels" => Two(Spec(core: 0.02)) with { Mandrel = new(0, 1e-4) },
        "two bare" => Two(Spec(core: 0.02)),
        "patchy" => WithGaps(Spec(can: Can)),
        "flat patchy" => WithGaps(Spec(core: 0.011, inner: 0.3, outer: 0.2, paired: 1.9)),
        "flat unpaired" => Spec(core: 0.011, inner: 0.3, outer: 0.2, paired: 1.9),
        _ => Spec(core: 0.02, can: Can),
    };

    internal static readonly string[] Names = ["round", "unpaired", "canned", "flat", "flat unpaired", "flat canned", "patchy", "flat patchy", "two", "two patchy", "two bare", "with mandrel", "two with mandrels"];

    /// <summary>Two rolls side by side; what is missing is missing in the second.</summary>
    private static RollSpec Two(RollSpec roll) =>
        roll with { Group = new(2, 3e-4, 0.2, 0.3, 0.4), Missing = [.. roll.Missing.Select(patch => patch with { Layer = patch.Layer + roll.Layers.Layers.Count })] };

    /// <summary>A layer of each kind is missing somewhere: the coatings next to the foil of the next turn, a separator across a whole turn, and one at an end.</summary>
    private static RollSpec WithGaps(RollSpec roll)
    {
        double[] axial = Grading.Refined(0, Height, 0.01, [], [0.005, 0.02]);
        return roll with
        {
            Axial = axial,
            Missing = [new(7, new(0.35, 0.6, 0.005, 0.02)), new(3, new(1.1, 1.2, 0, 0.02)), new(5, new(1.1, 1.5, 0.005, Height)), new(6, new(0.4, 1.6, 0.005, 0.02)), new(1, new(1.15, 1.45, 0, Height))],
        };
    }
}
