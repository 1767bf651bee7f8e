using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class PartitionTests
{
    private const int PiecesPerColumn = 4;

    [Test]
    public void EveryRankGetsWholeSegments([Values(1, 2, 5, 100)] int columns, [Range(1, 7)] int ranks)
    {
        CellDomain domain = Meshes.Columns(columns);
        if (ranks > columns * PiecesPerColumn)
        {
            MeshException error = Assert.Throws<MeshException>(() => Partition.Of(domain, ranks))!;
            Assert.That(error.Message, Is.EqualTo(
                $"{ranks} ranks, but this mesh can be split into at most {columns * PiecesPerColumn} pieces (segments and collector cells are kept whole)"));
            return;
        }
        CellMesh mesh = domain.Whole();
        Partition partition = Partition.Of(domain, ranks);
        int[] owner = Division.Owners(mesh, domain, partition);
        Assert.That(owner.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, ranks)));
        CheckSegments(mesh, owner);
        if (ranks <= columns)
            CheckColumns(mesh, owner);
        if (columns == 100)
            Assert.That(partition.Imbalance(), Is.LessThan(1.1));
    }

    [Test]
    public void AsManyRanksAsPieces([Values(1, 2, 3, 5)] int columns)
    {
        CellDomain domain = Meshes.Columns(columns);
        CellMesh mesh = domain.Whole();
        for (int ranks = 1; ranks <= columns * PiecesPerColumn; ranks++)
        {
            int[] owner = Division.Owners(mesh, domain, Partition.Of(domain, ranks));
            Assert.That(owner.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, ranks)));
            CheckSegments(mesh, owner);
        }
        Assert.That(() => Partition.Of(domain, columns * PiecesPerColumn + 1), Throws.TypeOf<MeshException>());
    }

    [TestCase("rectilinear")]
    [TestCase("graded")]
    [TestCase("triangular")]
    public void WorkIsBalanced(string plane)
    {
        CellDomain domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
        static double Work(LayerKind kind) => kind.IsElectrode() ? 10 : kind.IsTab() ? 100 : 1;
        // What cannot be divided: a column with the strips that hang on it.
        double column = 4 + 60 + (3 + 5) * 100, total = Partition.Of(domain, 1, Work).Loads().Sum();
        for (int ranks = 1; ranks <= 7; ranks++)
        {
            Partition partition = Partition.Of(domain, ranks, Work);
            Assert.That(partition.Loads().Sum(), Is.EqualTo(total).Within(1e-9));
            // Each of the ⌈log₂ ranks⌉ cuts can be off by half a column.
            double bound = 1 + 0.5 * Math.Ceiling(Math.Log2(ranks)) * column * ranks / total;
            Assert.That(partition.Imbalance(), Is.LessThanOrEqualTo(bound + 1e-12));
        }
    }

    [Test]
    public void LongerSideIsCutFirst()
    {
        CellDomain domain = MeshBuilder.Describe(PlaneMesh.Rectilinear(Grading.Uniform(0, 1, 10), Grading.Uniform(0, 3, 10)), Meshes.Stack(), []);
        CellMesh mesh = domain.Whole();
        int[] owner = Division.Owners(mesh, domain, Partition.Of(domain, 2));
        for (int cell = 0; cell < mesh.CellCount; cell++)
            Assert.That(owner[cell], Is.EqualTo(mesh.CentreZ[cell] < 1.5 ? 0 : 1));
    }

    [TestCase("rectilinear", 4)]
    [TestCase("triangular", 7)]
    [TestCase("single", 3)]
    public void StripsGoWithTheirNearestCollectorCell(string plane, int ranks)
    {
        CellDomain domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
        CellMesh mesh = domain.Whole();
        int[] owner = Division.Owners(mesh, domain, Partition.Of(domain, ranks));
        for (int strip = 0; strip < mesh.CellCount; strip++)
        {
            if (!mesh.Kind(strip).IsTab())
                continue;
            double Away(int cell) => Math.Pow(mesh.CentreY[cell] - mesh.CentreY[strip], 2) + Math.Pow(mesh.CentreZ[cell] - mesh.CentreZ[strip], 2);
            int[] collectors = [.. mesh.Faces.Where(f => f.Direction == FaceDirection.Junction && mesh.Region[f.Right] == mesh.Region[strip]).Select(f => f.Left)];
            double nearest = collectors.Min(Away);
            Assert.That(collectors.Where(cell => Away(cell) <= nearest * (1 + 1e-12)).Select(cell => owner[cell]), Does.Contain(owner[strip]));
        }
    }

    [TestCase("rectilinear", 1)]
    [TestCase("triangular", 2)]
    public void TheLargestNumberOfRanksWorksAndOneMoreDoesNot(string plane, int pairs)
    {
        CellDomain domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(pairs), Meshes.Tabs);
        int most = Partition.MostRanks(domain);
        Assert.That(Division.Owners(domain.Whole(), domain, Partition.Of(domain, most)).Distinct().Count(), Is.EqualTo(most));
        Assert.That(() => Partition.Of(domain, most + 1), Throws.InstanceOf<MeshException>().With.Message.Contains($"at most {most} pieces"));
    }

    [Test]
    public void NoRanksAreRefused() =>
        Assert.That(() => Partition.Of(Meshes.Columns(2), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static void CheckSegments(CellMesh mesh, int[] owner)
    {
        Segments segments = Segments.Find(mesh);
        for (int segment = 0; segment < segments.Count; segment++)
            Assert.That(segments[segment].ToArray().Select(cell => owner[cell]).Distinct().Count(), Is.EqualTo(1));
    }

    private static void CheckColumns(CellMesh mesh, int[] owner)
    {
        foreach (IGrouping<int, int> column in Enumerable.Range(0, mesh.CellCount).GroupBy(cell => mesh.Column[cell]))
            Assert.That(column.Select(cell => owner[cell]).Distinct().Count(), Is.EqualTo(1));
    }
}
