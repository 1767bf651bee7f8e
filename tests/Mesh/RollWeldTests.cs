using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Foils that are welded to the can: resistances add up to those of all tabs, paths begin at the welded part of the foil's edge.</summary>
public class RollWeldTests
{
    private const double Resistance = 0.7;

    [TestCase("canned", 1)]
    [TestCase("canned", 3)]
    [TestCase("flat canned", 2)]
    [TestCase("patchy", 1)]
    public void TheWeldsOfAllTabsLieSideBySide(string name, int cellsThroughFoil)
    {
        RollSpec spec = Divided(Rolls.Named(name), cellsThroughFoil);
        spec = spec with { Tabs = [.. spec.Tabs.Select(tab => tab with { Weld = Of(spec, tab.Polarity, Resistance) })] };
        Check(spec, polarity => spec.Tabs.Count(tab => tab.Polarity == polarity) / Resistance);
    }

    [TestCase("canned")]
    [TestCase("flat canned")]
    public void AWholeEdgeIsWeldedAlongItsLength(string name)
    {
        RollSpec spec = Rolls.Named(name);
        spec = spec with
        {
            Tabs = [.. new[] { (Polarity.Negative, CellEdge.Bottom), (Polarity.Positive, CellEdge.Top) }.Select(side => Whole(side.Item1, side.Item2, spec.FoilLength(side.Item1)))],
        };
        Check(spec, polarity => spec.FoilLength(polarity) / Resistance);

        TabSpec Whole(Polarity polarity, CellEdge edge, double length) => new(polarity, edge, 0.5 * length, length, 0, 0) { Weld = Of(spec, polarity, Resistance / length) };
    }

    [Test]
    public void WithoutACanThereIsNothingToWeldTo()
    {
        RollSpec spec = Rolls.Named("round");
        spec = spec with { Tabs = [.. spec.Tabs.Select(tab => tab with { Weld = Of(spec, tab.Polarity, Resistance) })] };
        Assert.That(Assert.Throws<MeshException>(() => RollBuilder.Describe(spec))!.Message, Does.Contain("without a can"));
    }

    private static void Check(RollSpec spec, Func<Polarity, double> expected)
    {
        CellDomain domain = RollBuilder.Describe(spec);
        foreach (Polarity polarity in new[] { Polarity.Negative, Polarity.Positive })
        {
            Junction[] welds = [.. domain.Junctions.Where(junction => junction.Contact is not null && Region(domain, junction.Left).Kind.Polarity() == polarity)];
            Assert.That(welds.Sum(weld => 1 / weld.Contact!.ThermalResistance), Is.EqualTo(expected(polarity)).Within(1e-12 * expected(polarity)));
            Assert.That(welds, Has.All.Matches<Junction>(weld => !weld.Contact!.Conducts && Region(domain, weld.Right).Name == "Can"));
            double half = polarity == Polarity.Negative ? 0.5 * (spec.Axial[1] - spec.Axial[0]) : 0.5 * (spec.Axial[^1] - spec.Axial[^2]), area = welds.Sum(weld => half / weld.LeftLength);
            double welded = Thickness(spec, polarity) * spec.Tabs.Where(tab => tab.Polarity == polarity).Sum(tab => tab.Width);
            Assert.That(area, Is.EqualTo(welded).Within(1e-12 * welded));
        }
        CellMesh whole = domain.Whole();
        Assert.That(whole.Contacts, Has.Count.EqualTo(domain.Junctions.Count(junction => junction.Contact is not null)));
    }

    private static Region Region(CellDomain domain, CellPlace place) => domain.Regions[domain.Bodies[domain.BodyOf(place.Column)].Region(place.Column - domain.Bodies[domain.BodyOf(place.Column)].FirstColumn, place.Depth)];

    private static double Thickness(RollSpec spec, Polarity polarity) => spec.Layers.Layers[polarity == Polarity.Negative ? 0 : 4].Thickness;

    private static Weld Of(RollSpec spec, Polarity polarity, double resistance) => new(double.PositiveInfinity, resistance, Thickness(spec, polarity));

    private static RollSpec Divided(RollSpec spec, int cells) =>
        spec with { Layers = new([.. spec.Layers.Layers.Select(layer => layer.Kind.IsCollector() ? layer with { Grading = new(cells) } : layer)]) };
}
