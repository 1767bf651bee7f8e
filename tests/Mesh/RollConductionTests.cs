using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Steady conduction in rolls of one anisotropic material against closed forms.</summary>
public class RollConductionTests
{
    private const double Through = 1, InPlane = 30, Mode = 4, Inner = 2e-3;

    /// <summary>An annulus with a uniform source, its outside at 0: T = q/(4k)(R² − r²) + q r0²/(2k) ln(r/R). The winding itself is a deviation ∝ pitch.</summary>
    [Test]
    public void AUniformSourceGivesTheParabolaOfTheAnnulus()
    {
        double[] errors = [.. new[] { 1, 0.5, 0.25 }.Select(SourceError)];
        Assert.That(errors[2], Is.LessThan(0.03), string.Join(", ", errors));
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.GreaterThan(0.9), string.Join(", ", errors));
    }

    /// <summary>Outside at cos θ, inside insulated: T ∝ (r^m + r0^(2m) r^−m) cos θ with m = √(k_θ/k_r).</summary>
    [Test]
    public void AngularModesFollowTheAnisotropy()
    {
        double[] errors = [.. new[] { 12, 24, 48 }.Select(perTurn => ModeError(perTurn, 12.0 / perTurn, 3))];
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.GreaterThan(0.9), string.Join(", ", errors));
        Assert.That(errors[2], Is.LessThan(0.03), string.Join(", ", errors));
    }

    /// <summary>Where the radius is large, a roll is a flat strip: halves of paths, areas and volumes.</summary>
    [Test]
    public void ALargeRadiusIsFlat()
    {
        const double radius = 1e3;
        RollSpec spec = Scaled(1, 5, 0) with { Line = new(radius, Scaled(1, 5, 0).Layers.Thickness, 0), PairedTurns = 1 };
        CellMesh roll = RollBuilder.Describe(spec).Whole();
        double width = 2 * Math.PI * radius / 5;
        CellMesh flat = MeshBuilder.Build(PlaneMesh.Rectilinear(Grading.Uniform(0, 5 * width, 5), spec.Axial), new([.. spec.Layers.Layers, spec.Layers.Layers[0] with { Name = "Next turn" }]), [Tab(Polarity.Negative, width), Tab(Polarity.Positive, width)]);
        Dictionary<(long, long), Face> wound = roll.Faces.ToDictionary(face => (roll.GlobalCell[face.Left], roll.GlobalCell[face.Right]));
        int levels = spec.Layers.Layers.Sum(layer => layer.Grading.Cells), compared = 0;
        double most = 0;
        foreach (Face face in flat.Faces.Where(face => flat.Level[face.Left] < levels && flat.Level[face.Right] < levels))
        {
            Face same = wound[(InRoll(face.Left), InRoll(face.Right))];
            most = Math.Max(most, Math.Max(Math.Abs((same.LeftLength / face.LeftLength) - 1), Math.Abs((same.RightLength / face.RightLength) - 1)));
            compared++;
        }
        Assert.That(compared, Is.EqualTo((5 * (levels - 1)) + (4 * levels)));
        Assert.That(most, Is.LessThan(2 * spec.Layers.Thickness / radius));
        for (int cell = 0; cell < flat.CellCount; cell++)
            if (flat.Level[cell] < levels)
                Assert.That(roll.Volume[(int)InRoll(cell)] / flat.Volume[cell], Is.EqualTo(1).Within(2 * spec.Layers.Thickness / radius));

        long InRoll(int cell) => (flat.Column[cell] * levels) + flat.Level[cell];
        static TabSpec Tab(Polarity polarity, double width) => new(polarity, CellEdge.Top, 2.5 * width, 5 * width, 0, 0);
    }

    private static RollSpec Scaled(double scale, int perTurn, double turns)
    {
        LayerStack layers = RollSpec.Turn([.. Meshes.PairLayers(2).Select(layer => layer with { Thickness = scale * layer.Thickness, Grading = new(1) })]);
        RollSpec spec = Rolls.Spec(radius: Inner, paired: turns > 0 ? turns / scale : 1, perTurn: perTurn, rows: 1);
        spec = spec with { Layers = layers, Line = new(Inner, layers.Thickness, 0) };
        return spec with { Tabs = [new(Polarity.Positive, CellEdge.Top, 0.001, 0.001, 0, 0), new(Polarity.Negative, CellEdge.Top, 0.001, 0.001, 0, 0)] };
    }

    /// <summary>A mesh on which one conductivity stands for both directions.</summary>
    private static CellMesh Anisotropic(RollSpec spec, double inPlane)
    {
        CellMesh mesh = RollBuilder.Describe(spec).Whole();
        for (int i = 0; i < mesh.Faces.Length; i++)
            if (mesh.Faces[i].IsInPlane)
                mesh.Faces[i] = mesh.Faces[i] with { LeftLength = mesh.Faces[i].LeftLength * Through / inPlane, RightLength = mesh.Faces[i].RightLength * Through / inPlane };
        return mesh;
    }

    /// <summary>Radii of the annulus with the areas of the insides and outsides of its steps, in the mean over a turn.</summary>
    private static (double Inner, double Outer) Annulus(RollSpec spec) =>
        (Inner + (0.5 * spec.Line.Pitch), spec.Line.RadiusAfter(spec.AllTurns - 0.5) + spec.Layers.Layers[0].Thickness);

    private static double SourceError(double scale)
    {
        RollSpec spec = Scaled(scale, 6, 8);
        CellMesh mesh = Anisotropic(spec, InPlane);
        (double inner, double outer) = Annulus(spec);
        double[] u = new TwoPointProblem(mesh, _ => Through, face => face.Surface == CellSurface.Side ? 0 : null).Solve([.. mesh.Volume]);
        return Enumerable.Range(0, mesh.CellCount).Max(cell => Math.Abs(u[cell] - Exact(double.Hypot(mesh.CentreX[cell], mesh.CentreY[cell])))) / Exact(inner);

        double Exact(double r) => (((outer * outer) - (r * r)) / (4 * Through)) + (inner * inner / (2 * Through) * Math.Log(r / outer));
    }

    private static double ModeError(int perTurn, double scale, double turns)
    {
        RollSpec spec = Scaled(scale, perTurn, turns);
        CellMesh mesh = Anisotropic(spec, Mode);
        (double inner, double outer) = Annulus(spec);
        double m = Math.Sqrt(Mode / Through);
        double[] angle = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => Math.Atan2(mesh.CentreY[cell], mesh.CentreX[cell]))];
        double[] u = new TwoPointProblem(mesh, _ => Through, face => face.Surface == CellSurface.Side ? Math.Cos(angle[face.Cell]) : null).Solve();
        return Enumerable.Range(0, mesh.CellCount).Max(cell => Math.Abs(u[cell] - (Radial(double.Hypot(mesh.CentreX[cell], mesh.CentreY[cell])) / Radial(outer) * Math.Cos(angle[cell]))));

        double Radial(double r) => Math.Pow(r / inner, m) + Math.Pow(r / inner, -m);
    }
}
