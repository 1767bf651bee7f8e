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
    private readonly CellMesh _whole;
    private readonly int[] _owner, _place;
    private readonly MeshPart[] _parts;

    public MeshPartTests(string plane, int ranks, bool scattered)
    {
        CellDomain domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
        _whole = domain.Whole();
        if (scattered)
        {
            _whole = _whole.Renumber(Meshes.Permutation(_whole.CellCount, 3));
            Random random = new(1);
            _owner = [.. Enumerable.Range(0, _whole.CellCount).Select(_ => random.Next(ranks))];
            _parts = [.. Enumerable.Range(0, ranks).Select(rank => Division.Part(_whole, _owner, rank))];
        }
        else
        {
            _owner = Division.Owners(_whole, domain, Partition.Of(domain, ranks));
            _parts = Meshes.Parts(domain, ranks);
        }
        _place = Meshes.ByGlobal(_whole);
    }

    [Test]
    public void APartIsWhatTheFacesOfTheWholeSay()
    {
        foreach (MeshPart part in _parts)
        {
            MeshPart cut = Division.Part(_whole, _owner, part.Rank);
            Assert.That(part.Mesh.GlobalCell, Is.EqualTo(cut.Mesh.GlobalCell));
            Assert.That(part.Mesh.Faces, Is.EqualTo(cut.Mesh.Faces));
            Assert.That(part.Mesh.Boundaries, Is.EqualTo(cut.Mesh.Boundaries));
            Assert.That(part.Halo.Select(side => (side.Rank, string.Join(' ', side.Send), string.Join(' ', side.Receive))),
                Is.EqualTo(cut.Halo.Select(side => (side.Rank, string.Join(' ', side.Send), string.Join(' ', side.Receive)))));
        }
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

    /// <summary>Index in the whole mesh of each cell of a part.</summary>
    private int[] WholeCell(MeshPart part) => [.. part.Mesh.GlobalCell.Select(id => _place[id])];

    private static (double, double, double, double, double, double, int, int, int, long) Describe(CellMesh mesh, int cell) => (
        mesh.Volume[cell], mesh.CentreX[cell], mesh.CentreY[cell], mesh.CentreZ[cell], mesh.Thickness[cell], mesh.PlaneArea[cell],
        mesh.Region[cell], mesh.Column[cell], mesh.Level[cell], mesh.GlobalCell[cell]);
}
