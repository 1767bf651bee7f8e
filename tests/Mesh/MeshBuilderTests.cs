using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixtureSource(typeof(Meshes), nameof(Meshes.PlaneNames))]
public class MeshBuilderTests(string plane)
{
    private readonly LayerStack _stack = Meshes.CasedStack();
    private readonly CellMesh _mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.CasedStack(), Meshes.Tabs);

    [Test]
    public void VolumeOfEachRegionIsThatOfItsBox()
    {
        double[] volume = new double[_mesh.Regions.Count];
        for (int cell = 0; cell < _mesh.CellCount; cell++)
            volume[_mesh.Region[cell]] += _mesh.Volume[cell];
        double[] expected =
        [
            .. _stack.Layers.Select(layer => layer.Thickness * Meshes.Width * Meshes.Height),
            .. Meshes.Tabs.Select(tab => tab.Thickness * tab.Width * tab.Length),
        ];
        for (int region = 0; region < expected.Length; region++)
            Assert.That(volume[region] / expected[region], Is.EqualTo(1).Within(1e-12), _mesh.Regions[region].Name);
        Assert.That(_mesh.Regions.Select(region => region.Name).TakeLast(2), Is.EqualTo(["Negative tab", "Positive tab"]));
    }

    [Test]
    public void OuterFacesCoverTheCellOnce()
    {
        double perimeter = 2 * (Meshes.Width + Meshes.Height);
        double expected = 2 * Meshes.Width * Meshes.Height + perimeter * _stack.Thickness;
        foreach (TabSpec tab in Meshes.Tabs)
        {
            double foil = tab.Polarity == Polarity.Negative ? 10e-6 : 15e-6;
            expected += 2 * tab.Width * tab.Length + 2 * tab.Thickness * tab.Length + tab.Thickness * tab.Width - foil * tab.Width;
        }
        double area = _mesh.Boundaries.Where(face => face.IsOuter).Sum(face => face.Area);
        Assert.That(area / expected, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void AreaOfEachSurface()
    {
        double foils = (Meshes.Tabs[0].Width * 10e-6) + (Meshes.Tabs[1].Width * 15e-6);
        double[] expected =
        [
            Meshes.Width * Meshes.Height, Meshes.Width * Meshes.Height,
            Meshes.Height * _stack.Thickness, Meshes.Height * _stack.Thickness,
            Meshes.Width * _stack.Thickness, Meshes.Width * _stack.Thickness - foils,
            .. Meshes.Tabs.Select(tab => 2 * tab.Length * (tab.Width + tab.Thickness)),
            .. Meshes.Tabs.Select(tab => tab.Width * tab.Thickness),
        ];
        CellSurface[] surfaces = [.. CellSurfaces.Outer.Except(CellSurfaces.OfRoll).Where(surface => surface is not (CellSurface.Contour or CellSurface.Seam)), CellSurface.NegativeTerminal, CellSurface.PositiveTerminal];
        for (int i = 0; i < expected.Length; i++)
        {
            double area = _mesh.Boundaries.Where(face => face.Surface == surfaces[i]).Sum(face => face.Area);
            Assert.That(area / expected[i], Is.EqualTo(1).Within(1e-12), CellSurfaces.Names[(int)surfaces[i]]);
        }
        Assert.That(_mesh.Boundaries.Select(face => face.Surface), Is.All.Matches<CellSurface>(surfaces.Contains));
        Assert.That(CellSurfaces.Names, Has.Count.EqualTo(surfaces.Length + CellSurfaces.OfRoll.Count + 2), "and contour and seam, which this cell lacks");
    }

    [Test]
    public void EachCellIsClosed()
    {
        (double X, double Y, double Z)[] sum = new (double, double, double)[_mesh.CellCount];
        double[] surface = new double[_mesh.CellCount];
        void Add(int cell, double area, (double X, double Y, double Z) n)
        {
            sum[cell] = (sum[cell].X + area * n.X, sum[cell].Y + area * n.Y, sum[cell].Z + area * n.Z);
            surface[cell] += area;
        }
        foreach (Face face in _mesh.Faces)
        {
            (double left, double right) = Meshes.Areas(_mesh, face);
            Add(face.Left, left, _mesh.Normal(face));
            Add(face.Right, -right, _mesh.Normal(face));
            surface[face.Right] += 2 * right;
        }
        foreach (BoundaryFace face in _mesh.Boundaries.Where(face => face.IsOuter))
            Add(face.Cell, face.Area, BoundaryNormal(face));
        for (int cell = 0; cell < _mesh.CellCount; cell++)
        {
            if (!_mesh.Kind(cell).IsTab())
                Assert.That(Math.Abs(sum[cell].X) + Math.Abs(sum[cell].Y) + Math.Abs(sum[cell].Z), Is.LessThan(1e-12 * surface[cell]));
            Assert.That(surface[cell] / PrismSurface(cell), Is.EqualTo(1).Within(1e-12));
        }
    }

    [Test]
    public void InteriorFacesMatchTheGeometryOfTheirCells()
    {
        foreach (Face face in _mesh.Faces.Where(face => face.Direction != FaceDirection.Junction))
        {
            Assert.That(face.Left, Is.Not.EqualTo(face.Right));
            bool through = face.Direction == FaceDirection.Through;
            double distance = Math.Sqrt(
                Square(_mesh.CentreX[face.Right] - _mesh.CentreX[face.Left])
                + Square(_mesh.CentreY[face.Right] - _mesh.CentreY[face.Left])
                + Square(_mesh.CentreZ[face.Right] - _mesh.CentreZ[face.Left]));
            (double left, double right) = _mesh.Distances(face);
            Assert.That((left + right) / distance, Is.EqualTo(1).Within(1e-9));
            Assert.That(_mesh.Column[face.Left] == _mesh.Column[face.Right], Is.EqualTo(through));
            Assert.That(_mesh.Level[face.Right] - _mesh.Level[face.Left], Is.EqualTo(through ? 1 : 0));
            double area = through ? _mesh.PlaneArea[face.Left] : SharedLength(face) * _mesh.Thickness[face.Left];
            Assert.That(Meshes.Areas(_mesh, face).Left / area, Is.EqualTo(1).Within(1e-11));
        }
    }

    [Test]
    public void JunctionsJoinFoilAndStripOverTheWholeWidth()
    {
        foreach (TabSpec tab in Meshes.Tabs)
        {
            double foil = tab.Polarity == Polarity.Negative ? 10e-6 : 15e-6;
            Face[] junctions = [.. _mesh.Faces.Where(face => face.Direction == FaceDirection.Junction && _mesh.Kind(face.Right).Polarity() == tab.Polarity)];
            Assert.That(junctions.Sum(face => Meshes.Areas(_mesh, face).Left) / (foil * tab.Width), Is.EqualTo(1).Within(1e-12));
            Assert.That(junctions.Sum(face => Meshes.Areas(_mesh, face).Right) / (tab.Thickness * tab.Width), Is.EqualTo(1).Within(1e-12));
            foreach (Face face in junctions)
            {
                Assert.That(_mesh.Kind(face.Left).IsCollector() && _mesh.Kind(face.Left).Polarity() == tab.Polarity);
                (double left, double right) = _mesh.Distances(face);
                Assert.That(left, Is.EqualTo(Meshes.Height - _mesh.CentreZ[face.Left]).Within(1e-15));
                Assert.That(right, Is.EqualTo(_mesh.CentreZ[face.Right] - Meshes.Height).Within(1e-15));
            }
        }
    }

    [Test]
    public void CellsAreOrderedByColumnThroughThicknessFirst()
    {
        for (int cell = 1; cell < _mesh.CellCount; cell++)
        {
            Assert.That(_mesh.GlobalCell[cell], Is.EqualTo(cell));
            Assert.That(_mesh.Column[cell] - _mesh.Column[cell - 1], Is.InRange(0, 1));
            if (_mesh.Column[cell] == _mesh.Column[cell - 1])
                Assert.That(_mesh.CentreX[cell], Is.GreaterThan(_mesh.CentreX[cell - 1]));
        }
    }

    private static double Square(double value) => value * value;

    private static (double X, double Y, double Z) BoundaryNormal(BoundaryFace face)
    {
        if (face.CoolingSurface is CellSurface.NegativeFace or CellSurface.PositiveFace)
            return (face.CoolingSurface == CellSurface.NegativeFace ? -1 : 1, 0, 0);
        if (face.CoolingSurface > CellSurface.TopEdge)
            return (0, 0, 0);
        (double y, double z) = ((CellEdge)(face.CoolingSurface - CellSurface.LeftEdge)).OutwardNormal();
        return (0, y, z);
    }

    private double SharedLength(Face face)
    {
        int[] shared = [.. _mesh.Extrusion.Polygon(_mesh.Column[face.Left]).ToArray().Intersect(_mesh.Extrusion.Polygon(_mesh.Column[face.Right]).ToArray())];
        return shared.Length == 2 ? Length(shared[0], shared[1]) : 0;
    }

    private double PrismSurface(int cell)
    {
        int[] polygon = _mesh.Extrusion.Polygon(_mesh.Column[cell]).ToArray();
        double perimeter = polygon.Select((vertex, i) => Length(vertex, polygon[(i + 1) % polygon.Length])).Sum();
        return 2 * _mesh.PlaneArea[cell] + perimeter * _mesh.Thickness[cell];
    }

    private double Length(int a, int b) => Math.Sqrt(
        Square(_mesh.Extrusion.VertexY[a] - _mesh.Extrusion.VertexY[b]) + Square(_mesh.Extrusion.VertexZ[a] - _mesh.Extrusion.VertexZ[b]));
}
