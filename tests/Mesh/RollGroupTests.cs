using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Several rolls in one can: what lies between them and around them, in closed form.</summary>
public class RollGroupTests
{
    private const double Side = 0.2, Base = 0.3, Top = 0.4;

    private static RollSpec Spec(int rolls, double paired = 2.3) =>
        Rolls.Spec(core: 0.02, paired: paired, can: Rolls.Can) with { Group = new(rolls, 3e-4, Side, Base, Top) };

    /// <summary>Straight stretches face each other and the big walls: k l H/d. Surfaces are where the winding has them, on one side half a pitch further out.</summary>
    [TestCase(2, 2.1)]
    [TestCase(3, 1.6)]
    public void StraightStretchesGiveHeatOverTheirGaps(int rolls, double paired)
    {
        RollSpec spec = Spec(rolls, paired);
        CellDomain domain = RollBuilder.Describe(spec);
        // From turns 0.25 to 0.5 and 0.75 to 1 of the last turn, on the outside of the foil.
        WoundLine outside = spec.Line.Shifted(spec.Layers.Layers[0].Thickness);
        double last = spec.CoatedTurns;
        (double left, double right) = (Straight(outside, last, 0.25), Straight(outside, last, 0.75));
        double expected = 0, inner = spec.HalfThickness - spec.Can!.Wall, core = spec.Line.Core * Rolls.Height * Side;
        for (int roll = 0; roll < rolls; roll++)
        {
            // φ = π, towards smaller x, and φ = 2π.
            expected += core / (roll == 0 ? spec.CentreOf(0) - left + inner : spec.CentreOf(roll) - left - (spec.CentreOf(roll - 1) + right));
            expected += roll == rolls - 1 ? core / (inner - spec.CentreOf(roll) - right) : 0;
        }
        double found = Contacts(domain, spec, straight: true).Sum(junction => 1 / junction.Contact!.ThermalResistance);
        Assert.That(found, Is.EqualTo(expected).Within(1e-12 * expected));
    }

    /// <summary>Ends of the layers lie on gaps as large as themselves.</summary>
    [Test]
    public void EndsGiveHeatOverTheirCrossSection()
    {
        RollSpec spec = Spec(2);
        CellDomain domain = RollBuilder.Describe(spec);
        double section = Enumerable.Range(0, spec.Layers.Layers.Count).Sum(spec.LayerVolume) / Rolls.Height, expected = section * ((Base / Rolls.Can.BaseGap) + (Top / Rolls.Can.TopGap));
        double found = domain.Junctions.Where(junction => IsRoll(domain, junction.Left, 2) && !IsRoll(domain, junction.Right, 2) && domain.BodyOf(junction.Right.Column) >= 6).Sum(junction => 1 / junction.Contact!.ThermalResistance);
        Assert.That(found, Is.EqualTo(expected).Within(1e-12 * expected));
    }

    /// <summary>The metal is one piece with the volume of its walls, and a linear temperature along it has no source inside the walls.</summary>
    [Test]
    public void TheCanHasTheVolumeOfItsWalls()
    {
        RollSpec spec = Spec(3);
        CellMesh mesh = RollBuilder.Describe(spec).Whole();
        double volume = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.Casing).Sum(cell => mesh.Volume[cell]);
        Assert.That(volume, Is.EqualTo(spec.CanVolume()).Within(1e-12 * volume));
        // Along z current through the four walls: Σ over faces of A/d of a layer of walls.
        double cross = mesh.Faces.Where(face => mesh.Kind(face.Left) == LayerKind.Casing && mesh.Kind(face.Right) == LayerKind.Casing && mesh.CentreZ[face.Left] < 0.5 * Rolls.Height && mesh.CentreZ[face.Right] > mesh.CentreZ[face.Left] && SameColumn(mesh, face))
            .GroupBy(face => mesh.CentreZ[face.Left]).Last().Sum(face => (mesh.CentreZ[face.Right] - mesh.CentreZ[face.Left]) / (face.LeftLength + face.RightLength));
        double walls = 4 * ((spec.HalfThickness * spec.HalfWidth) - ((spec.HalfThickness - Rolls.Can.Wall) * (spec.HalfWidth - Rolls.Can.Wall)));
        Assert.That(cross, Is.EqualTo(walls).Within(1e-12 * walls));
    }

    [Test]
    public void LayersCountOnFromRollToRoll()
    {
        CellDomain domain = RollBuilder.Describe(Spec(2));
        Assert.That(domain.Regions.Select(region => region.Name), Is.EqualTo(new[]
        {
            "Negative collector 1", "Negative electrode 1", "Separator 1", "Positive electrode 1", "Positive collector 1", "Positive electrode 2", "Separator 2", "Negative electrode 2",
            "Negative collector 2", "Negative electrode 3", "Separator 3", "Positive electrode 3", "Positive collector 2", "Positive electrode 4", "Separator 4", "Negative electrode 4", "Can",
        }));
    }

    [Test]
    public void RoundRollsAreNotPutSideBySide() =>
        Assert.That(Assert.Throws<MeshException>(() => RollBuilder.Describe(Rolls.Spec() with { Group = new(2, 0, 1, 1, 1) }))!.Message, Does.Contain("flat core"));

    private static bool SameColumn(CellMesh mesh, Face face) => mesh.CentreX[face.Left] == mesh.CentreX[face.Right] && mesh.CentreY[face.Left] == mesh.CentreY[face.Right];

    /// <summary>Distance of the outside of the last turn from the middle of the roll on a straight stretch.</summary>
    private static double Straight(WoundLine outside, double coated, double part)
    {
        double turn = Math.Floor(coated) + part + 0.1;
        return outside.RadiusAfter(turn > coated ? turn : turn + 1);
    }

    private static bool IsRoll(CellDomain domain, CellPlace place, int rolls) => domain.BodyOf(place.Column) < rolls;

    private static IEnumerable<Junction> Contacts(CellDomain domain, RollSpec spec, bool straight) => domain.Junctions.Where(junction => junction.Contact is { LeftIsInPlane: false }
        && straight == Math.Abs(domain.Extrusion.ColumnCurvature[junction.Left.Column]) < 1e-9);
}
