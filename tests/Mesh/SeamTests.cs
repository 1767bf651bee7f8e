using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>The sealed rim of a pouch foil: volumes, areas and joints in closed form, and as a fin.</summary>
public class SeamTests
{
    private static readonly double[] Y = Grading.Refined(0, Meshes.Width, 0.02, [], [0.01, 0.04, 0.0565, 0.0875]), Z = Grading.Uniform(0, Meshes.Height, 4);

    private static readonly SeamSpec AllRound = new(0.006, 0.007, 0.008, 0.011, 3);

    private static readonly TabSpec[] AtCorners =
    [
        new(Polarity.Negative, CellEdge.Left, 0.02, 0.04, 0.02, 2e-4),
        new(Polarity.Positive, CellEdge.Top, 0.5 * Meshes.Width, Meshes.Width, 0.025, 3e-4),
    ];

    private static CellDomain Domain(SeamSpec seam, TabSpec[] tabs, LayerStack? stack = null) => MeshBuilder.Describe(PlaneMesh.Rectilinear(Y, Z), stack ?? Meshes.CasedStack(), tabs, seam: seam);

    private static IEnumerable<TestCaseData> Rims()
    {
        foreach ((string name, TabSpec[] tabs) in new[] { ("tabs on top", Meshes.Tabs), ("terminals on edges", Meshes.EdgeTerminals), ("tabs at corners", AtCorners), ("no tabs", []) })
            foreach (SeamSpec seam in new[] { AllRound, new(0, 0.007, 0.008, 0, 1), new(0.005, 0.005, 0, 0, 2), new(0, 0, 0, 0.01) })
                if (tabs != AtCorners || seam.Top != seam.Widest || seam.Bottom > 0)
                    yield return new TestCaseData(seam, tabs).SetArgDisplayNames(seam.ToString(), name);
    }

    /// <summary>The rim is what a frame of its widths is, less the widths of tabs; edges lose what goes on in it.</summary>
    [TestCaseSource(nameof(Rims))]
    public void VolumeAndSurfacesAreThoseOfAFrame(SeamSpec seam, TabSpec[] tabs)
    {
        LayerStack stack = Meshes.CasedStack();
        CellMesh mesh = Domain(seam, tabs).Whole(), bare = MeshBuilder.Build(PlaneMesh.Rectilinear(Y, Z), stack, tabs);
        double area = ((Meshes.Width + seam.Left + seam.Right) * (Meshes.Height + seam.Bottom + seam.Top)) - (Meshes.Width * Meshes.Height) - tabs.Sum(tab => tab.Width * seam.Beyond(tab.Edge));
        foreach (int casing in new[] { 0, stack.Layers.Count - 1 })
        {
            int region = Enumerable.Range(0, mesh.Regions.Count).Single(i => mesh.Regions[i].Name == SeamSpec.RegionName(stack.Layers[casing].Name));
            double volume = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Region[cell] == region).Sum(cell => mesh.Volume[cell]);
            Assert.That(volume, Is.EqualTo(area * stack.Layers[casing].Thickness).Within(1e-12 * volume));
        }
        Assert.That(Area(mesh, CellSurface.Seam), Is.EqualTo(2 * area).Within(2e-12 * area));
        double casings = stack.Layers[0].Thickness + stack.Layers[^1].Thickness;
        foreach (CellEdge edge in new[] { CellEdge.Left, CellEdge.Right, CellEdge.Bottom, CellEdge.Top })
        {
            double joined = seam.Beyond(edge) == 0 ? 0 : (edge.RunsAlongY() ? Meshes.Width : Meshes.Height) - tabs.Where(tab => tab.Edge == edge).Sum(tab => tab.Width), was = Area(bare, CellSurfaces.OfEdge(edge));
            Assert.That(Area(mesh, CellSurfaces.OfEdge(edge)), Is.EqualTo(was - (joined * casings)).Within(1e-12 * was), edge.ToString());
        }
        foreach (CellSurface surface in CellSurfaces.Outer.Where(surface => surface != CellSurface.Seam && CellSurfaces.EdgeOf(surface) is null))
            Assert.That(Area(mesh, surface), Is.EqualTo(Area(bare, surface)), surface.ToString());
    }

    /// <summary>Each foil goes on from its casing over k t b/d of both half cells, along all of the edge that no tab leaves.</summary>
    [TestCaseSource(nameof(Rims))]
    public void FoilsGoOnFromTheirCasings(SeamSpec seam, TabSpec[] tabs)
    {
        CellDomain domain = Domain(seam, tabs);
        int rim = domain.Bodies.Count - 1;
        LayerStack stack = Meshes.CasedStack();
        Junction[] joints = [.. domain.Junctions.Where(junction => domain.BodyOf(junction.Right.Column) == rim)];
        Assert.That(joints.All(junction => junction.Contact is null && domain.BodyOf(junction.Left.Column) == 0));
        foreach ((int depth, int foil) in new[] { (0, 0), (domain.Bodies[0].Depth - 1, 1) })
        {
            double thickness = domain.Bodies[0].Levels[depth + 1] - domain.Bodies[0].Levels[depth];
            double expected = new[] { CellEdge.Left, CellEdge.Right, CellEdge.Bottom, CellEdge.Top }.Where(edge => seam.Beyond(edge) > 0).Sum(edge =>
                thickness * ((edge.RunsAlongY() ? Meshes.Width : Meshes.Height) - tabs.Where(tab => tab.Edge == edge).Sum(tab => tab.Width)) / (0.5 * seam.Beyond(edge) / seam.Cells));
            double found = joints.Where(junction => junction.Left.Depth == depth && junction.Right.Depth == foil).Sum(junction => 1 / junction.RightLength);
            Assert.That(found, Is.EqualTo(expected).Within(1e-12 * expected));
        }
        Assert.That(joints.Select(junction => (junction.Left.Depth, junction.Right.Depth)).Distinct(), Has.Exactly(joints.Length > 0 ? 2 : 0).Items);
    }

    [TestCaseSource(nameof(Rims))]
    public void TheSizeIsThatOfTheMesh(SeamSpec seam, TabSpec[] tabs)
    {
        foreach (LayerStack stack in new[] { Meshes.CasedStack(), new LayerStack([.. Meshes.CasedStack().Layers.Take(6)]) })
        {
            if (tabs.Length == 0 && stack.Layers.Count < 7)
                continue;
            MeshSize size = MeshSize.Of(PlaneSize.Rectilinear(Y, Z), stack, tabs, seam: seam);
            CellDomain domain = Domain(seam, tabs, stack);
            Assert.That((size.Cells, size.Columns, size.PlaneColumns), Is.EqualTo((domain.CellCount, (long)domain.ColumnCount, (long)domain.Bodies[0].Plane.CellCount)));
            Assert.That(size.Regions.Select(region => region.Cells), Is.EqualTo(MeshStatistics.Of(domain).Regions.Select(region => region.Cells)));
            Assert.That((size.Points, size.Connectivity), Is.EqualTo(Division.ShapeCount([domain.Whole()])));
        }
    }

    /// <summary>A rim on the left, cooled by a film on both sides of two equal foils, is a fin: Q = 2 k t H m tanh(m L), m² = h/(k t), h with half a foil in series. Order 2 in the cells across.</summary>
    [Test]
    public void ASteadyFinFollowsItsClosedSolution()
    {
        const double conductivity = 60, thickness = 1.1e-4, film = 40, length = 0.02, ideal = 1e12;
        LayerStack stack = new([.. Meshes.CasedStack().Layers.Select(layer => layer.Kind == LayerKind.Casing ? layer with { Thickness = thickness } : layer)]);
        double outward = 1 / ((1 / film) + (0.5 * thickness / conductivity)), m = Math.Sqrt(outward / (conductivity * thickness));
        double exact = 2 * conductivity * thickness * Meshes.Height * m * Math.Tanh(m * length);
        double[] errors = Array.ConvertAll(new[] { 2, 4, 8, 16, 32 }, cells =>
        {
            CellMesh mesh = MeshBuilder.Describe(PlaneMesh.Rectilinear([0, Meshes.Width], [0, 0.5 * Meshes.Height, Meshes.Height]), stack, [], seam: new(length, 0, 0, 0, cells)).Whole();
            for (int i = 0; i < mesh.Boundaries.Length; i++)
                if (mesh.Boundaries[i].CoolingSurface == CellSurface.Seam)
                    mesh.Boundaries[i] = mesh.Boundaries[i] with { Distance = mesh.Boundaries[i].Distance + (conductivity / film) };
            bool[] isRim = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.Regions[mesh.Region[cell]].Name.EndsWith("seam", StringComparison.Ordinal))];
            double[] temperature = new TwoPointProblem(mesh, cell => isRim[cell] ? conductivity : ideal, face => face.CoolingSurface == CellSurface.Seam ? 0 : face.CoolingSurface is CellSurface.NegativeFace or CellSurface.PositiveFace ? 1 : null).Solve();
            return (mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.Seam).Sum(face => conductivity * face.Area / face.Distance * temperature[face.Cell]) / exact) - 1;
        });
        TestContext.Out.WriteLine($"m L = {m * length:f3}: {string.Join(", ", errors.Select(error => $"{error:e2}"))}");
        Assert.That(Math.Abs(errors[1]), Is.LessThan(0.025), "the default number of cells");
        Assert.That(errors.Zip(errors.Skip(1), (coarse, fine) => Math.Log2(coarse / fine)).Skip(1), Is.All.EqualTo(2).Within(0.05));
    }

    [Test]
    public void ARimWithoutFoilsOrWidthIsRefused()
    {
        Assert.That(Assert.Throws<MeshException>(() => MeshBuilder.Describe(PlaneMesh.Rectilinear(Y, Z), Meshes.Stack(), Meshes.Tabs, seam: AllRound))!.Message, Does.Contain("neither outermost layer of the stack is a casing"));
        Assert.That(Assert.Throws<MeshException>(() => Domain(new(0, 0, 0, 0), Meshes.Tabs))!.Message, Does.Contain("widths must be zero or positive"));
        foreach (Action make in new Action[] { () => Domain(new(0, 0, 0, 0.01), AtCorners), () => MeshSize.Of(PlaneSize.Rectilinear(Y, Z), Meshes.CasedStack(), AtCorners, seam: new(0, 0, 0, 0.01)) })
            Assert.That(Assert.Throws<MeshException>(make)!.Message, Does.Contain("tabs leave nothing of it"));
        Assert.That(Assert.Throws<MeshException>(() => MeshSize.Of(PlaneSize.Rectilinear(Y, Z), Meshes.CasedStack(), Meshes.Tabs, seam: AllRound with { Cells = 0 }))!.Message, Does.Contain("at least 1 cell across"));
    }

    private static double Area(CellMesh mesh, CellSurface surface) => mesh.Boundaries.Where(face => face.CoolingSurface == surface).Sum(face => face.Area);
}
