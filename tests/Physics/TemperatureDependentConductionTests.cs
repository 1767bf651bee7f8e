using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>Conduction through layers with k = k_i g(T), against Kirchhoff's transform: ∫g dT is straight in s = ∫dx/k_i.</summary>
public class TemperatureDependentConductionTests
{
    private const double Reference = 298.15, Cold = -20, Hot = 60, Slope = 8e-3;
    private static readonly double[] Jumps = [0.12, 0.35, 0.2];

    [Test]
    public void TheSteadyProfileHasSecondOrder()
    {
        double[] errors = [.. new[] { 16, 32, 64 }.Select(Error)];
        TestContext.Out.WriteLine($"errors {string.Join(", ", errors.Select(error => error.ToString("e2")))} K");
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.EqualTo(2).Within(0.1));
        Assert.That(errors[2], Is.LessThan(0.02));
    }

    private static double Error(int cells)
    {
        CellMesh mesh = Lines.Graded(cells);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Temperature);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], Reference);
        Curve[] resistivities = [.. Jumps.Select(k => new ReciprocalCurve(ExpressionCurve.Parse(FormattableString.Invariant($"{k}*(1 + {Slope}*(T - {Reference}))"), "T")))];
        TemperatureProperty resistivity = new(fields, resistivities, mesh.Region, CellProperty.PerRegion([1, 1, 1], mesh.Region), RegionFactors.None);
        double total = Lines.Total(Jumps), flux = (Potential(Hot) - Potential(Cold)) / total;
        double[] exact = [.. mesh.CentreX.Select(x => Heating(Potential(Hot) - (flux * Lines.Resistance(x, Jumps))))], source = new double[mesh.CellCount], held = new double[mesh.CellCount];
        foreach (BoundaryFace face in mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through))
            source[face.Cell] += (face.CoolingSurface == CellSurface.NegativeFace ? 1 : -1) * Lines.Area * flux;
        held[mesh.CellCount / 2] = 1;
        using SmallSystem system = new(layout, fields, new(), [resistivity],
            new FaceTerm<VariableHeatConduction>(new(fields, resistivity, resistivity), SmallSystem.Faces(mesh), layout),
            new CellExchange(layout, fields, Field.Temperature, held, exact, source));
        system.Solve();
        return fields.Temperature.Zip(exact, (a, b) => Math.Abs(a - b)).Max();
    }

    /// <summary>∫g dT from T_ref to T_ref + θ.</summary>
    private static double Potential(double heating) => heating + (0.5 * Slope * heating * heating);

    private static double Heating(double potential) => (Math.Sqrt(1 + (2 * Slope * potential)) - 1) / Slope;
}
