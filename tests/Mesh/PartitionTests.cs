using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class PartitionTests
{
    private const int PiecesPerColumn = 4;

    [Test]
    public void EveryRankGetsWholeSegments([Values(1, 2, 5, 100)] int columns, [Range(1, 7)] int ranks)
    {
        CellMesh mesh = Meshes.Columns(columns);
        if (ranks > columns * PiecesPerColumn)
        {
            MeshException error = Assert.Throws<MeshException>(() => Partition.Assign(mesh, ranks))!;
            Assert.That(error.Message, Is.EqualTo(
                $"{ranks} ranks, but this mesh can be split into at most {columns * PiecesPerColumn} pieces (segments and collector cells are kept whole)"));
            return;
        }
        int[] owner = Partition.Assign(mesh, ranks);
        Assert.That(owner.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, ranks)));
        CheckSegments(mesh, owner);
        if (ranks <= columns)
            CheckColumns(mesh, owner);
        if (columns == 100)
            Assert.That(Partition.Imbalance(owner, ranks), Is.LessThan(1.1));
    }

    [Test]
    public void AsManyRanksAsPieces([Values(1, 2, 3, 5)] int columns)
    {
        CellMesh mesh = Meshes.Columns(columns);
        for (int ranks = 1; ranks <= columns * PiecesPerColumn; ranks++)
        {
            int[] owner = Partition.Assign(mesh, ranks);
            Assert.That(owner.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, ranks)));
            CheckSegments(mesh, owner);
        }
        Assert.That(() => Partition.Assign(mesh, columns * PiecesPerColumn + 1), Throws.TypeOf<MeshException>());
    }

    [TestCase("rectilinear")]
    [TestCase("graded")]
    [TestCase("triangular")]
    public void WeightsAreBalanced(string plane)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), []);
        double[] weights = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.CentreY[cell] < 0.03 ? 10.0 : 1.0)];
        double column = weights.Max() * mesh.CellCount / (mesh.Column.Max() + 1);
        for (int ranks = 1; ranks <= 7; ranks++)
        {
            int[] owner = Partition.Assign(mesh, ranks, weights);
            // Each of the ⌈log₂ ranks⌉ cuts can be off by half a column.
            double bound = 1 + 0.5 * Math.Ceiling(Math.Log2(ranks)) * column * ranks / weights.Sum();
            Assert.That(Partition.Imbalance(owner, ranks, weights), Is.LessThanOrEqualTo(bound + 1e-12));
        }
    }

    [Test]
    public void LongerSideIsCutFirst()
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.Rectilinear(Grading.Uniform(0, 1, 10), Grading.Uniform(0, 3, 10)), Meshes.Stack(), []);
        int[] owner = Partition.Assign(mesh, 2);
        for (int cell = 0; cell < mesh.CellCount; cell++)
            Assert.That(owner[cell], Is.EqualTo(mesh.CentreZ[cell] < 1.5 ? 0 : 1));
    }

    [TestCase("rectilinear", 4)]
    [TestCase("triangular", 7)]
    [TestCase("single", 3)]
    public void StripsGoWithTheirNearestCollectorCell(string plane, int ranks)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
        int[] owner = Partition.Assign(mesh, ranks);
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

    [Test]
    public void TheNumberingDoesNotMatter([Range(1, 7)] int ranks)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("triangular"), Meshes.Stack(2), Meshes.Tabs);
        CellMesh shuffled = mesh.Renumber(Meshes.Permutation(mesh.CellCount, ranks));
        int[] owner = Partition.Assign(mesh, ranks), other = Partition.Assign(shuffled, ranks);
        for (int cell = 0; cell < mesh.CellCount; cell++)
            Assert.That(other[cell], Is.EqualTo(owner[shuffled.GlobalCell[cell]]));
    }

    [TestCase("rectilinear", 1)]
    [TestCase("triangular", 2)]
    public void TheLargestNumberOfRanksWorksAndOneMoreDoesNot(string plane, int pairs)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(pairs), Meshes.Tabs);
        int most = Partition.MostRanks(mesh);
        Assert.That(Partition.Assign(mesh, most).Distinct().Count(), Is.EqualTo(most));
        Assert.That(() => Partition.Assign(mesh, most + 1), Throws.InstanceOf<MeshException>().With.Message.Contains($"at most {most} pieces"));
    }

    [Test]
    public void WrongWeightsAreRefused()
    {
        CellMesh mesh = Meshes.Columns(2);
        Assert.That(() => Partition.Assign(mesh, 2, [1, 2, 3]), Throws.ArgumentException);
        Assert.That(() => Partition.Assign(mesh, 2, new double[mesh.CellCount]), Throws.ArgumentException);
        Assert.That(() => Partition.Assign(mesh, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

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
