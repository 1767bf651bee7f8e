using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Sizes of parts that are not built, against those that are.</summary>
public class PartStatisticsTests
{
    [Test]
    public void CountsAreThoseOfTheBuiltParts([Values("rectilinear", "triangular", "single")] string plane, [Values(1, 3)] int pairs, [Values(1, 2, 4)] int ranks)
    {
        CellDomain domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(pairs), Meshes.Tabs);
        Partition partition = Partition.Of(domain, ranks, kind => kind.IsElectrode() ? 2 : 0.5);
        PartStatistics[] parts = PartStatistics.Of(domain, partition);
        for (int rank = 0; rank < ranks; rank++)
        {
            CellMesh built = MeshPart.Build(domain, partition, rank).Mesh;
            Assert.That(parts[rank].Cells.Sum(), Is.EqualTo(built.OwnedCellCount));
            Assert.That(parts[rank].Ghosts, Is.EqualTo(built.CellCount - built.OwnedCellCount));
            for (int region = 0; region < domain.Regions.Count; region++)
                Assert.That(parts[rank].Cells[region], Is.EqualTo(built.Region[..built.OwnedCellCount].Count(own => own == region)));
        }
        Assert.That(parts.Select(part => part.Work), Is.EqualTo(partition.Loads()));
    }
}
