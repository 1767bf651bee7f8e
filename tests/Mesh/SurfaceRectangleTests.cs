using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Rectangles on outer surfaces: the shares of faces add up to their areas, whatever the mesh.</summary>
public class SurfaceRectangleTests
{
    /// <summary>Corners between the lines of every mesh.</summary>
    private static readonly SurfaceRectangle Inner = new(0.0123, 0.0711, 0.031, 0.1377);

    [Test]
    public void SharesOfAFaceAddUpToTheArea([ValueSource(typeof(Meshes), nameof(Meshes.PlaneNames))] string plane, [Values(CellSurface.NegativeFace, CellSurface.PositiveFace)] CellSurface surface)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.CasedStack(), Meshes.Tabs);
        Assert.That(Area(mesh, surface, Inner), Is.EqualTo(Inner.Area).Within(1e-12 * Inner.Area));
        SurfaceRectangle whole = new(0, Meshes.Width, 0, Meshes.Height);
        Assert.That(Area(mesh, surface, whole), Is.EqualTo(whole.Area).Within(1e-12 * whole.Area));
    }

    /// <summary>Rectangles that meet share every face without a gap.</summary>
    [Test]
    public void RectanglesThatMeetShareEveryFace([ValueSource(typeof(Meshes), nameof(Meshes.PlaneNames))] string plane)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.CasedStack(), Meshes.Tabs);
        SurfaceRectangle[] parts = [new(0, 0.037, 0, 0.15), new(0.037, 0.1, 0, 0.0417), new(0.037, 0.1, 0.0417, 0.15)];
        foreach (BoundaryFace face in mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.NegativeFace))
            Assert.That(parts.Sum(part => part.ShareOf(mesh, face)), Is.EqualTo(1).Within(1e-13));
    }

    [Test]
    public void EdgesAreSharedByDepthAndLength([Values("rectilinear", "graded", "triangular")] string plane,
        [Values(CellSurface.LeftEdge, CellSurface.RightEdge, CellSurface.BottomEdge, CellSurface.TopEdge)] CellSurface surface)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.CasedStack(), []);
        SurfaceRectangle rectangle = new(3e-5, 2.1e-4, 0.0123, 0.0777);
        Assert.That(Area(mesh, surface, rectangle), Is.EqualTo(rectangle.Area).Within(1e-12 * rectangle.Area));
    }

    /// <summary>Both sides of a strip lie under a rectangle, its narrow sides do not.</summary>
    [Test]
    public void ATabIsTouchedOnBothSides()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("rectilinear"), Meshes.CasedStack(), Meshes.Tabs);
        TabSpec tab = Meshes.Tabs[0];
        SurfaceRectangle half = new(tab.Start, tab.End, Meshes.Height + (0.5 * tab.Length), Meshes.Height + tab.Length);
        Assert.That(Area(mesh, CellSurface.NegativeTab, half), Is.EqualTo(tab.Width * tab.Length).Within(1e-12 * half.Area));
        Assert.That(Area(mesh, CellSurface.PositiveTab, half), Is.Zero);
    }

    [Test]
    public void OverlapsAreAreas()
    {
        SurfaceRectangle other = new(0.06, 0.09, 0, 0.04);
        Assert.That(Inner.Overlap(other), Is.EqualTo(0.0111 * 0.009).Within(1e-15));
        Assert.That(Inner.Overlap(new(0.0711, 0.09, 0, 0.15)), Is.Zero);
    }

    private static double Area(CellMesh mesh, CellSurface surface, SurfaceRectangle rectangle) =>
        mesh.Boundaries.Where(face => face.CoolingSurface == surface).Sum(face => rectangle.ShareOf(mesh, face) * face.Area);
}
