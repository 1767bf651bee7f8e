using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>A rank allocates for its own cells and for the plane, never for the whole.</summary>
public class PartMemoryTests
{
    /// <summary>Bytes for a cell of the part with its share of faces, their order and transient lists; for a ghost and for a cell at a cut also those lists.</summary>
    private const int PerCell = 200, PerGhost = 400, PerColumn = 100;

    private static readonly CellDomain Domain = MeshBuilder.Describe(
        PlaneMesh.Rectilinear(Grading.Uniform(0, Meshes.Width, 48), Grading.Uniform(0, Meshes.Height, 48)),
        LayerStack.Pairs(8, Meshes.PairLayers(5)),
        Meshes.EdgeTerminals);

    [Test]
    public void BytesPerRankFollowItsShare([Values(1, 2, 3, 4, 8, 16)] int ranks)
    {
        Partition partition = Partition.Of(Domain, ranks);
        long most = 0;
        for (int rank = 0; rank < ranks; rank++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            MeshPart part = MeshPart.Build(Domain, partition, rank);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            int owned = part.Mesh.OwnedCellCount, ghosts = part.Mesh.CellCount - owned;
            Assert.That(bytes, Is.LessThan((PerCell * (long)owned) + (PerGhost * (long)ghosts) + (PerColumn * (long)Domain.ColumnCount)), $"{owned} cells, {ghosts} ghosts");
            most = Math.Max(most, bytes);
        }
        TestContext.Out.WriteLine($"{ranks} ranks: {Domain.CellCount} cells, at most {most / 1e6:f1} MB on a rank, {most * (double)ranks / Domain.CellCount:f0} B per cell of the whole / ranks");
    }

    [Test]
    public void DescriptionAndPartitionAreOfInPlaneSize()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlaneMesh plane = PlaneMesh.Rectilinear(Grading.Uniform(0, Meshes.Width, 48), Grading.Uniform(0, Meshes.Height, 48));
        CellDomain domain = MeshBuilder.Describe(plane, LayerStack.Pairs(32, Meshes.PairLayers(5)), Meshes.Tabs);
        Partition.Of(domain, 16);
        double perColumn = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)domain.ColumnCount;
        TestContext.Out.WriteLine($"{domain.CellCount / domain.ColumnCount} cells per column, {perColumn:f0} B per column");
        Assert.That(perColumn, Is.LessThan(8 * domain.CellCount / domain.ColumnCount), "less than one number per cell");
    }
}
