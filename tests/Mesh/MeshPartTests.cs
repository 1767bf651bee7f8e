using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixture("rectilinear", 4, false)]
[TestFixture("triangular", 7, false)]
[TestFixture("single", 3, false)]
[TestFixture("graded", 5, true)]
[TestFixture("triangular", 3, true)]
public class MeshPartTests
{
    private readonly int _ranks;
    private readonly CellMesh _whole;
    private readonly int[] _owner, _place;
    private readonly MeshPart[] _parts;

    public MeshPartTests(string plane, int ranks, bool scattered)
    {
        _ranks = ranks;
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
        _whole = scattered ? mesh.Renumber(Meshes.Permutation(mesh.CellCount, 3)) : mesh;
        _place = Meshes.ByGlobal(_whole);
        Random random = new(1);
        _owner = scattered ? [.. Enumerable.Range(0, mesh.CellCount).Select(_ => random.Next(ranks))] : Partition.Assign(_whole, ranks);
        _parts = [.. Enumerable.Range(0, ranks).Select(rank => MeshPart.Extract(_whole, _owner, rank))];
    }

    [Test]
    public void OwnedCellsOfAllPartsMakeTheWhole()
    {
        int[] owned = [.. _parts.SelectMany(part => WholeCell(part).Take(part.Mesh.OwnedCellCount))];
        Assert.That(owned.Order(), Is.EqualTo(Enumerable.Range(0, _whole.CellCount)));
        foreach (MeshPart part in _parts)
        {
            Assert.That(WholeCell(part).Take(part.Mesh.OwnedCellCount), Is.Ordered);
            Assert.That(WholeCell(part).Take(part.Mesh.OwnedCellCount).Select(cell => _owner[cell]), Is.All.EqualTo(part.Rank));
        }
    }

    [Test]
    public void CellsKeepTheirGeometry()
    {
        foreach (MeshPart part in _parts)
        {
            int[] whole = WholeCell(part);
            for (int cell = 0; cell < part.Mesh.CellCount; cell++)
                Assert.That(Describe(part.Mesh, cell), Is.EqualTo(Describe(_whole, whole[cell])));
        }
    }

    [Test]
    public void GhostsAreTheForeignFaceNeighboursByOwnerAndGlobalCell()
    {
        foreach (MeshPart part in _parts)
        {
            int[] ghosts = WholeCell(part)[part.Mesh.OwnedCellCount..];
            IEnumerable<int> neighbours = _whole.Faces.SelectMany(face => new[] { (face.Left, face.Right), (face.Right, face.Left) })
                .Where(pair => _owner[pair.Item1] == part.Rank && _owner[pair.Item2] != part.Rank)
                .Select(pair => pair.Item2).Distinct()
                .OrderBy(cell => _owner[cell]).ThenBy(cell => _whole.GlobalCell[cell]);
            Assert.That(ghosts, Is.EqualTo(neighbours));
        }
    }

    [Test]
    public void FacesAreThoseOfTheWholeAndCutOnesAppearOnBothSides()
    {
        Dictionary<Face, int> seen = [];
        foreach (MeshPart part in _parts)
        {
            int[] whole = WholeCell(part);
            foreach (Face face in part.Mesh.Faces)
            {
                Face there = face.Between(whole[face.Left], whole[face.Right]);
                seen[there] = seen.GetValueOrDefault(there) + 1;
            }
        }
        Assert.That(seen, Has.Count.EqualTo(_whole.Faces.Length));
        foreach (Face face in _whole.Faces)
            Assert.That(seen[face], Is.EqualTo(_owner[face.Left] == _owner[face.Right] ? 1 : 2));
    }

    [Test]
    public void BoundariesOfAllPartsMakeTheWhole()
    {
        IEnumerable<BoundaryFace> boundaries = _parts.SelectMany(part => part.Mesh.Boundaries.Select(face => face with { Cell = WholeCell(part)[face.Cell] }));
        Assert.That(boundaries, Is.EquivalentTo(_whole.Boundaries));
    }

    [Test]
    public void HaloListsMatchOnBothSides()
    {
        foreach (MeshPart part in _parts)
        {
            Assert.That(part.Halo.Select(side => side.Rank), Is.Ordered.And.Unique);
            Assert.That(part.Halo.SelectMany(side => side.Receive), Is.EqualTo(Enumerable.Range(part.Mesh.OwnedCellCount, part.Mesh.CellCount - part.Mesh.OwnedCellCount)));
            foreach (AdjacentPart side in part.Halo)
            {
                AdjacentPart other = _parts[side.Rank].Halo.Single(back => back.Rank == part.Rank);
                Assert.That(side.Send.Select(cell => WholeCell(part)[cell]), Is.EqualTo(other.Receive.Select(cell => WholeCell(_parts[side.Rank])[cell])));
                Assert.That(side.Send, Is.All.LessThan(part.Mesh.OwnedCellCount));
                Assert.That(side.Send.Select(cell => part.Mesh.GlobalCell[cell]), Is.Ordered);
            }
        }
    }

    [Test]
    public void APartThatIsTheWholeIsNoCopy() =>
        Assert.That(MeshPart.Extract(_whole, new int[_whole.CellCount], 0).Mesh, Is.SameAs(_whole));

    [Test]
    public void FacesOfOneKindFollowEachOtherByTheirLeftCells()
    {
        foreach (CellMesh mesh in _parts.Select(part => part.Mesh).Append(_whole))
        {
            FaceKind[] kinds = [.. mesh.Faces.Select(face => mesh.Kind(face))];
            Assert.That(kinds.Where((kind, i) => i == 0 || kind != kinds[i - 1]), Is.Unique);
            foreach (IGrouping<FaceKind, Face> faces in mesh.Faces.GroupBy(face => mesh.Kind(face)))
                Assert.That(faces.Select(face => (face.Left, face.Right)), Is.Ordered);
        }
    }

    [Test]
    public void ShapesOfAllPartsFillTheWhole()
    {
        double volume = _parts.Sum(part => CellShapesTests.Volumes(CellShapes.Of(part.Mesh)).Sum());
        Assert.That(volume / _whole.Volume.Sum(), Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void StatisticsAddUp()
    {
        MeshStatistics[] statistics = [.. _parts.Select(part => MeshStatistics.Of(part.Mesh))];
        MeshStatistics whole = MeshStatistics.Of(_whole);
        Assert.That(statistics.Sum(part => part.Cells), Is.EqualTo(whole.Cells));
        Assert.That(statistics.Sum(part => part.Unknowns - 1), Is.EqualTo(whole.Unknowns - 1));
        Assert.That(statistics.Sum(part => part.OuterArea) / whole.OuterArea, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void APartIsNoWhole()
    {
        CellMesh part = _parts[0].Mesh;
        Assert.That(() => Partition.Assign(part, 1), Throws.ArgumentException);
        Assert.That(() => MeshPart.Extract(part, new int[part.CellCount], 0), Throws.ArgumentException);
        Assert.That(() => MeshPart.Extract(_whole, new int[3], 0), Throws.ArgumentException);
        Assert.That(() => part.Renumber(Meshes.Permutation(part.CellCount, 1)), Throws.ArgumentException);
        Assert.That(_parts, Has.Length.EqualTo(_ranks));
    }

    /// <summary>Index in the whole mesh of each cell of a part.</summary>
    private int[] WholeCell(MeshPart part) => [.. part.Mesh.GlobalCell.Select(id => _place[id])];

    private static (double, double, double, double, double, double, int, int, int, long) Describe(CellMesh mesh, int cell) => (
        mesh.Volume[cell], mesh.CentreX[cell], mesh.CentreY[cell], mesh.CentreZ[cell], mesh.Thickness[cell], mesh.PlaneArea[cell],
        mesh.Region[cell], mesh.Column[cell], mesh.Level[cell], mesh.GlobalCell[cell]);
}
