using Cell3D.Mesh;

namespace Cell3D.Tests.Mesh;

/// <summary>Small meshes that the mesh tests share.</summary>
internal static class Meshes
{
    internal const double Width = 0.10, Height = 0.15;

    internal static readonly TabSpec[] Tabs =
    [
        new(Polarity.Negative, CellEdge.Top, 0.025, 0.03, 0.02, 2e-4, CellsAlongLength: 3),
        new(Polarity.Positive, CellEdge.Top, 0.072, 0.031, 0.025, 3e-4, CellsAlongLength: 4, CellsAlongWidth: 5),
    ];

    internal static readonly TabSpec[] EdgeTerminals =
    [
        new(Polarity.Negative, CellEdge.Bottom, 0.03, 0.02, 0, 0),
        new(Polarity.Positive, CellEdge.Right, 0.08, 0.05, 0, 0),
    ];

    internal static readonly string[] PlaneNames = ["rectilinear", "graded", "triangular", "single"];

    internal static LayerSpec[] PairLayers(int cells = 3) =>
    [
        new(LayerKind.NegativeCollector, "Negative collector", 10e-6),
        new(LayerKind.NegativeElectrode, "Negative electrode", 80e-6, new LayerGrading(cells, 3)),
        new(LayerKind.Separator, "Separator", 20e-6, new LayerGrading(cells - 1)),
        new(LayerKind.PositiveElectrode, "Positive electrode", 70e-6, new LayerGrading(cells, 2)),
        new(LayerKind.PositiveCollector, "Positive collector", 15e-6, new LayerGrading(2)),
    ];

    internal static LayerStack Stack(int pairs = 1) => LayerStack.Pairs(pairs, PairLayers());

    internal static LayerStack CasedStack() => new(
    [
        new LayerSpec(LayerKind.Casing, "Lower casing", 1e-4),
        .. PairLayers(),
        new LayerSpec(LayerKind.Casing, "Upper casing", 1.2e-4),
    ]);

    internal static PlaneMesh Plane(string name) => name switch
    {
        "rectilinear" => PlaneMesh.Rectilinear(Grading.Uniform(0, Width, 7), Grading.Uniform(0, Height, 5)),
        "graded" => PlaneMesh.Rectilinear(
            Grading.Refined(0, Width, 0.02, [new Refinement(0.01, 0.04, 0.005)], [0.01, 0.04, 0.0565, 0.0875]),
            Grading.Geometric(0, Height, 6, 0.2)),
        "triangular" => PlaneMesh.Triangular(Width, Height, 6),
        _ => PlaneMesh.SingleCell(Width, Height),
    };

    internal static CellDomain Columns(int columns) => MeshBuilder.Describe(
        PlaneMesh.Rectilinear(Grading.Uniform(0, Width, columns), [0, Height]), Stack(), []);

    /// <summary>The parts of all ranks.</summary>
    internal static MeshPart[] Parts(CellDomain domain, int ranks)
    {
        Partition partition = Partition.Of(domain, ranks);
        return [.. Enumerable.Range(0, ranks).Select(rank => MeshPart.Build(domain, partition, rank))];
    }

    internal static int[] Permutation(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>Cross-sections of the two half paths of a face [m²].</summary>
    internal static (double Left, double Right) Areas(CellMesh mesh, in Face face)
    {
        (double left, double right) = mesh.Distances(face);
        double common = (left + right) / (face.LeftLength + face.RightLength);
        return face.Direction == FaceDirection.Junction ? (left / face.LeftLength, right / face.RightLength) : (common, common);
    }

    /// <summary>Position of each global cell in a whole mesh.</summary>
    internal static int[] ByGlobal(CellMesh mesh)
    {
        int[] place = new int[mesh.CellCount];
        for (int cell = 0; cell < mesh.CellCount; cell++)
            place[mesh.GlobalCell[cell]] = cell;
        return place;
    }
}
