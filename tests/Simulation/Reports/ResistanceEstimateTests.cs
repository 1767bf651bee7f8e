using Cell3D.Input.Bpx;
using Cell3D.Physics.Materials;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation.Reports;

public class ResistanceEstimateTests
{
    private const double Faraday = 96485.33212, Gas = 8.314462618, RoomTemperature = 298.15;

    private static double Of(IReadOnlyList<ResistanceItem> items, string place, string mechanism) =>
        items.Single(item => item.Place == place && item.Mechanism == mechanism).AreaResistance;

    [Test]
    public void TheNmcExampleHasTheResistancesByHand()
    {
        IReadOnlyList<ResistanceItem> items = ResistanceEstimate.Of(Samples.Cell(Samples.Nmc), 1, RoomTemperature);
        const double conductivity = 0.1297 - 2.51 + 3.329;
        double exchange = Faraday * 5.199e-6 * Math.Sqrt(0.75668 * (1 - 0.75668));
        Assert.That(Of(items, "Negative electrode", "charge transfer"), Is.EqualTo(Gas * RoomTemperature / (Faraday * exchange * 499522 * 56.2e-6)).Within(1e-12));
        Assert.That(Of(items, "Negative electrode", "ionic"), Is.EqualTo(56.2e-6 / (3 * 0.128 * conductivity)).Within(1e-12));
        Assert.That(Of(items, "Negative electrode", "electronic"), Is.EqualTo(56.2e-6 / (3 * 0.222)).Within(1e-12));
        Assert.That(Of(items, "Separator", "ionic"), Is.EqualTo(6.543e-5).Within(1e-8));
        Assert.That(items, Has.Count.EqualTo(7), "no film, no collectors");
        Assert.That(items[0].Over(0.5), Is.EqualTo(2 * items[0].AreaResistance));
    }

    /// <summary>PyBaMM 26 reads m = k_r F/(c_max √c0) of j0 = m √(c c_s (c_max − c_s)), c0 the initial concentration of the file, and keeps it when a run starts elsewhere.</summary>
    [TestCase(1200)]
    [TestCase(900)]
    public void TheExchangeCurrentRefersToTheConcentrationOfTheFile(double start)
    {
        BpxCell cell = Samples.ReplacedBpx(Samples.Nmc, "\"Initial concentration [mol.m-3]\": 1000", "\"Initial concentration [mol.m-3]\": 1200").Cell!;
        IReadOnlyList<ResistanceItem> items = ResistanceEstimate.Of(cell with { Electrolyte = cell.Electrolyte with { InitialConcentration = start } }, 1, RoomTemperature);
        const double full = 29730, filled = 0.75668 * full;
        double perRoot = 5.199e-6 * Faraday / (full * Math.Sqrt(1200)), exchange = perRoot * Math.Sqrt(start * filled * (full - filled));
        Assert.That(Of(items, "Negative electrode", "charge transfer"), Is.EqualTo(Gas * RoomTemperature / (Faraday * exchange * 499522 * 56.2e-6)).Within(1e-12));
    }

    [Test]
    public void WarmthLowersWhatIsActivated()
    {
        BpxCell cell = Samples.Cell(Samples.Nmc);
        IReadOnlyList<ResistanceItem> cool = ResistanceEstimate.Of(cell, 1, RoomTemperature), warm = ResistanceEstimate.Of(cell, 1, 318.15);
        double activation = (1 / RoomTemperature) - (1 / 318.15);
        Assert.That(Of(cool, "Separator", "ionic") / Of(warm, "Separator", "ionic"), Is.EqualTo(Math.Exp(17100 / Gas * activation)).Within(1e-9));
        double reaction = Math.Exp(55000 / Gas * activation) * RoomTemperature / 318.15;
        Assert.That(Of(cool, "Negative electrode", "charge transfer") / Of(warm, "Negative electrode", "charge transfer"), Is.EqualTo(reaction).Within(1e-9));
        Assert.That(Of(warm, "Negative electrode", "electronic"), Is.EqualTo(Of(cool, "Negative electrode", "electronic")));
    }

    [Test]
    public void AFilmAddsItsResistanceAndHalvesOfAMaterialActAsOne()
    {
        BpxCell cell = Samples.Cell(Samples.Nmc);
        PorousElectrode bare = cell.NegativeElectrode;
        PorousElectrode filmed = bare with { ActiveMaterials = [bare.ActiveMaterials[0] with { FilmResistance = 0.01 }] };
        double area = bare.ActiveMaterials[0].SurfaceAreaPerVolume;
        PorousElectrode halves = bare with { ActiveMaterials = [.. filmed.ActiveMaterials.Concat(filmed.ActiveMaterials).Select(m => m with { SurfaceAreaPerVolume = area / 2, ActiveVolumeFraction = m.ActiveVolumeFraction / 2 })] };
        IReadOnlyList<ResistanceItem> one = ResistanceEstimate.Of(cell with { NegativeElectrode = filmed }, 1, RoomTemperature);
        IReadOnlyList<ResistanceItem> two = ResistanceEstimate.Of(cell with { NegativeElectrode = halves }, 1, RoomTemperature);
        Assert.That(Of(one, "Negative electrode", "film"), Is.EqualTo(0.01 / (area * 56.2e-6)).Within(1e-12));
        foreach (string mechanism in new[] { "film", "charge transfer" })
            Assert.That(Of(two, "Negative electrode", mechanism), Is.EqualTo(Of(one, "Negative electrode", mechanism)).Within(1e-14));
    }

    [Test]
    public void TabsAndContactsAreConductorsInSeries()
    {
        IReadOnlyList<ResistanceItem> items = ResistanceEstimate.Of(Samples.Case(Samples.Pouch(), "Tabs.Negative.Contact resistance=1e-9", "Tabs.Positive.Conductivity=3e7"));
        const double area = 0.1 * 0.16808;
        Assert.That(Of(items, "Positive tab", "electronic"), Is.EqualTo(area * 0.02 / (3e7 * 0.02 * 2e-4)).Within(1e-15));
        Assert.That(Of(items, "Negative tab", "contact"), Is.EqualTo(area * 1e-9 / (0.02 * 2e-4)).Within(1e-15));
        Assert.That(items.Any(item => item is { Place: "Positive tab", Mechanism: "contact" }), Is.False);
    }

    [Test]
    public void ATabOverTheWholeEdgeHasNoConstriction()
    {
        string[] whole = ["Tabs.Negative.Width=0.1", "Tabs.Negative.Centre=0.05", "Tabs.Negative.Edge=bottom", "Layers.Negative collector.Conductivity=5e7"];
        IReadOnlyList<ResistanceItem> items = ResistanceEstimate.Of(Samples.Case(Samples.Pouch(), whole));
        Assert.That(items.Any(item => item is { Place: "Negative collector", Mechanism: "way into the tab" }), Is.False);
        Assert.That(Of(items, "Negative collector", "electronic, in plane"), Is.EqualTo(0.1 * 0.16808 * 0.16808 / (3 * 5e7 * 1e-5 * 0.1)).Within(1e-12));
    }

    /// <summary>The mean potential of a sheet with a uniform source and an equipotential tab, by finite volumes, over the current.</summary>
    [TestCase(0.025, 0.02)]
    [TestCase(0.05, 0.02)]
    [TestCase(0.01, 0.02)]
    [TestCase(0.04, 0.05)]
    public void CollectorsAgreeWithASheetSolvedNumerically(double centre, double width)
    {
        string[] tab = [FormattableString.Invariant($"Tabs.Positive.Centre={centre}"), FormattableString.Invariant($"Tabs.Positive.Width={width}"), "Tabs.Negative.Edge=bottom"];
        IReadOnlyList<ResistanceItem> items = ResistanceEstimate.Of(Samples.Case(Samples.Pouch(), [.. tab, "Layers.Positive collector.Conductivity=3.5e7"]));
        double estimate = Of(items, "Positive collector", "electronic, in plane") + Of(items, "Positive collector", "way into the tab");
        double coarse = Sheet(40, 68, centre, width), fine = Sheet(80, 136, centre, width), limit = (2 * fine) - coarse;
        double solved = limit * 0.1 * 0.16808 / (3.5e7 * 1.5e-5);
        Assert.That(estimate, Is.EqualTo(solved).Within(0.04 * solved));
    }

    /// <summary>Mean potential per current in a sheet of unit resistance, 0.1 m × 0.16808 m, grounded along the tab at its top.</summary>
    private static double Sheet(int columns, int rows, double centre, double width)
    {
        double dy = 0.1 / columns, dz = 0.16808 / rows, across = dz / dy, along = dy / dz;
        double[,] potential = new double[columns, rows];
        for (int sweep = 0; sweep < 40 * rows; sweep++)
            for (int j = 0; j < rows; j++)
                for (int i = 0; i < columns; i++)
                {
                    double y = (i + 0.5) * dy, sum = 1.0 / (columns * rows), conductance = 0;
                    void Add(double g, double neighbour) => (sum, conductance) = (sum + (g * neighbour), conductance + g);
                    if (i > 0) Add(across, potential[i - 1, j]);
                    if (i < columns - 1) Add(across, potential[i + 1, j]);
                    if (j > 0) Add(along, potential[i, j - 1]);
                    if (j < rows - 1) Add(along, potential[i, j + 1]);
                    else if (Math.Abs(y - centre) < 0.5 * width) Add(2 * along, 0);
                    potential[i, j] += 1.95 * ((sum / conductance) - potential[i, j]);
                }
        return potential.Cast<double>().Average();
    }
}
