using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>The can around a stack: volumes, areas, gaps and ends of strips in closed form.</summary>
public class StackCanTests
{
    private const double Side = 0.2, Base = 0.3, Top = 0.4, Overhang = 2e-3;

    private static readonly StackCanSpec Can = new(new(5e-4, 3e-4, 8e-4, 1e-3, 1.2e-3, 0.03), 2e-4, Side, Base, Top);

    private static readonly double[] Y = Grading.Refined(0, Meshes.Width, 0.02, [], [0.01, 0.04, 0.0565, 0.0875]), Z = Grading.Uniform(0, Meshes.Height, 4);

    private static CellDomain Domain(int pairs, double overhang = 0, StackCanSpec? can = null, double terminal = double.PositiveInfinity, LeadSpec? lead = null) => MeshBuilder.Describe(
        PlaneMesh.Rectilinear(With(Y, overhang), With(Z, overhang)), Meshes.Stack(pairs), [.. Meshes.Tabs.Select(tab => tab with { TerminalThermalResistance = terminal, Lead = lead })], new(overhang, []), can ?? Can);

    private static double[] With(double[] nodes, double overhang) => overhang == 0 ? nodes : [nodes[0], overhang, .. nodes.Where(node => node > 2 * overhang && node < nodes[^1] - (2 * overhang)), nodes[^1] - overhang, nodes[^1]];

    [TestCase(1, 0)]
    [TestCase(3, 0)]
    [TestCase(2, Overhang)]
    public void VolumeAndSurfacesAreThoseOfABox(int pairs, double overhang)
    {
        CellMesh mesh = Domain(pairs, overhang).Whole();
        double thickness = Meshes.Stack(pairs).Thickness, metal = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.Casing).Sum(cell => mesh.Volume[cell]);
        double expected = Can.Volume(thickness, Meshes.Width, Meshes.Height);
        Assert.That(metal, Is.EqualTo(expected).Within(1e-12 * expected));
        foreach (CellSurface surface in CellSurfaces.Outer)
        {
            double area = Can.SurfaceArea(surface, thickness, Meshes.Width, Meshes.Height);
            Assert.That(mesh.Boundaries.Where(face => face.CoolingSurface == surface).Sum(face => face.Area), Is.EqualTo(area).Within(1e-12 * area), surface.ToString());
        }
        Assert.That(mesh.Boundaries.Where(face => face.IsOuter).All(face => mesh.Kind(face.Cell) == LayerKind.Casing), "heat leaves through the can alone");
        Assert.That(mesh.Boundaries.Where(face => face.Surface is CellSurface.NegativeTerminal or CellSurface.PositiveTerminal).Sum(face => face.Area), Is.EqualTo(Meshes.Tabs.Sum(tab => tab.Width * tab.Thickness)).Within(1e-15));
    }

    /// <summary>Whatever the mesh and the ends of the layers, each wall is reached over k A/d of what faces it.</summary>
    [TestCase(1, 0)]
    [TestCase(3, 0)]
    [TestCase(2, Overhang)]
    public void GapsConductByTheirAreas(int pairs, double overhang)
    {
        CellDomain domain = Domain(pairs, overhang), bare = MeshBuilder.Describe(PlaneMesh.Rectilinear(With(Y, overhang), With(Z, overhang)), Meshes.Stack(pairs), Meshes.Tabs, new(overhang, []));
        ILookup<CellSurface, double> areas = bare.Whole().Boundaries.Where(face => face.CoolingSurface is >= CellSurface.NegativeFace and <= CellSurface.TopEdge).ToLookup(face => face.CoolingSurface, face => face.Area);
        double perArea = Side / Can.FaceGap, narrow = Side / Can.Walls.SideGap;
        double[] expected = [perArea, perArea, narrow, narrow, Base / Can.Walls.BaseGap, Top / Can.Walls.TopGap];
        for (int wall = 0; wall < 6; wall++)
        {
            double exact = expected[wall] * areas[(CellSurface)wall].Sum();
            double found = domain.Junctions.Where(junction => junction.Contact is { Conducts: false } && domain.BodyOf(junction.Right.Column) == 3 + wall).Sum(junction => 1 / junction.Contact!.ThermalResistance);
            Assert.That(found, Is.EqualTo(exact).Within(1e-12 * exact), ((CellSurface)wall).ToString());
        }
    }

    /// <summary>Between ideal conductors all heat of the layers passes the gaps side by side: ΔT = Q/Σ(k A/d), with what the tabs lead to the cap.</summary>
    [TestCase(double.PositiveInfinity)]
    [TestCase(2.0)]
    public void ASteadySourcePassesTheGapsSideBySide(double terminal)
    {
        const double ideal = 1e9;
        CellMesh mesh = Domain(3, 0, null, terminal).Whole();
        for (int i = 0; i < mesh.Faces.Length; i++)
            if (mesh.Contacts.TryGetValue((mesh.Faces[i].Left, mesh.Faces[i].Right), out Contact? contact))
                mesh.Faces[i] = mesh.Faces[i] with { LeftLength = mesh.Faces[i].LeftLength + (ideal * contact.ThermalResistance) };
        double[] source = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.Kind(cell).HasElectrolyte() ? 1e6 * mesh.Volume[cell] : 0)];
        double[] temperature = new TwoPointProblem(mesh, _ => ideal, face => face.IsOuter ? 0 : null).Solve(source);
        double thickness = Meshes.Stack(3).Thickness, ends = thickness * Meshes.Width;
        double free = ends - (Meshes.Tabs[0].Width * Meshes.Stack(3).Layers.Where(layer => layer.Kind == LayerKind.NegativeCollector).Sum(layer => layer.Thickness)) - (Meshes.Tabs[1].Width * Meshes.Stack(3).Layers.Where(layer => layer.Kind == LayerKind.PositiveCollector).Sum(layer => layer.Thickness));
        double conductance = (2 * Meshes.Width * Meshes.Height * Side / Can.FaceGap) + (2 * thickness * Meshes.Height * Side / Can.Walls.SideGap) + (ends * Base / Can.Walls.BaseGap) + (free * Top / Can.Walls.TopGap) + (2 / terminal);
        Assert.That(temperature[0], Is.EqualTo(source.Sum() / conductance).Within(1e-5 * temperature[0]));
    }

    /// <summary>All cells of a lead or strip share the resistance of its end.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void TheEndOfEachStripHasItsResistance(bool hasLead)
    {
        CellDomain domain = Domain(2, 0, null, 3, hasLead ? new(0.02, 0.004, 1e-3, 2, null) : null);
        int last = domain.Bodies.Count - 1, strips = domain.Bodies.Count - 7;
        double found = domain.Junctions.Where(junction => domain.BodyOf(junction.Left.Column) is > 0 and var body && body <= strips && domain.BodyOf(junction.Right.Column) == last).Sum(junction => 1 / junction.Contact!.ThermalResistance);
        Assert.That(found, Is.EqualTo(2.0 / 3).Within(1e-14));
    }

    [Test]
    public void TheSizeIsThatOfTheMesh([Values(1, 2)] int pairs)
    {
        MeshSize size = MeshSize.Of(PlaneSize.Rectilinear(Y, Z), Meshes.Stack(pairs), Meshes.Tabs, null, Can);
        CellDomain domain = Domain(pairs);
        Assert.That((size.Cells, size.Columns), Is.EqualTo((domain.CellCount, (long)domain.ColumnCount)));
        Assert.That((size.Points, size.Connectivity), Is.EqualTo(Division.ShapeCount([domain.Whole()])));
    }
}
