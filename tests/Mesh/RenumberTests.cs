using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class RenumberTests
{
    private readonly CellMesh _mesh = MeshBuilder.Build(Meshes.Plane("triangular"), Meshes.CasedStack(), Meshes.Tabs);

    [Test]
    public void EverythingIsKept()
    {
        int[] order = Meshes.Permutation(_mesh.CellCount, 11);
        CellMesh shuffled = _mesh.Renumber(order);
        Assert.That(shuffled.GlobalCell, Is.EqualTo(order.Select(cell => (long)cell)));
        for (int cell = 0; cell < order.Length; cell++)
        {
            int old = order[cell];
            Assert.That(
                (shuffled.Volume[cell], shuffled.CentreX[cell], shuffled.CentreY[cell], shuffled.CentreZ[cell], shuffled.Region[cell], shuffled.Column[cell]),
                Is.EqualTo((_mesh.Volume[old], _mesh.CentreX[old], _mesh.CentreY[old], _mesh.CentreZ[old], _mesh.Region[old], _mesh.Column[old])));
        }
        Assert.That(shuffled.Faces.Select(f => f.Between(order[f.Left], order[f.Right])), Is.EquivalentTo(_mesh.Faces));
        Assert.That(shuffled.Boundaries.Select(f => f with { Cell = order[f.Cell] }), Is.EqualTo(_mesh.Boundaries));
    }

    [Test]
    public void TheInverseRestoresTheMesh()
    {
        CellMesh shuffled = _mesh.Renumber(Meshes.Permutation(_mesh.CellCount, 2));
        CellMesh restored = shuffled.Renumber(Meshes.ByGlobal(shuffled));
        Assert.That(restored.GlobalCell, Is.EqualTo(_mesh.GlobalCell));
        Assert.That(restored.Faces, Is.EqualTo(_mesh.Faces));
    }
}
