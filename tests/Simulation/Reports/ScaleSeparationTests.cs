using Cell3D.Input.Cases;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation.Reports;

/// <summary>Scales of two cases against values by hand.</summary>
public class ScaleSeparationTests
{
    private const double Faraday = 96485.33212, Gas = 8.314462618, Room = 298.15, Heat = Gas * Room / Faraday;

    private static double[] Of(IReadOnlyList<Scale> scales, string symbol) => [.. scales.Single(scale => scale.Symbol == symbol).Values];

    private static ScaleRelation Of(ScaleSeparation scales, string relation) => scales.Relations.Single(found => found.Relation == relation);

    [Test]
    public void TheMarquisColumnHasTheScalesByHand()
    {
        CaseResult loaded = CaseFile.Load(Path.Combine(Samples.Repository, "cases", "comsol-dfn1d", "case.json"), []);
        ScaleSeparation scales = ScaleSeparation.Of(loaded.Case!);
        // 0.680616 A h through 0.028359 m² in an hour.
        double salt = 5.34e-10 * Math.Exp(-0.65), current = 24;
        double negative = Faraday * 0.000163763775375 * Math.Sqrt(0.8 * 0.2), positive = Faraday * 1.00719124107e-05 * Math.Sqrt(0.6 * 0.4);
        Assert.Multiple(() =>
        {
            Assert.That(Of(scales.Lengths, "λ_D").Single(), Is.EqualTo(1.88059e-10).Within(1e-15));
            Assert.That(Of(scales.Lengths, "r_pore"), Is.EqualTo(new[] { 0.6 / 180000, 4e-6 }).Within(1e-15));
            Assert.That(Of(scales.Lengths, "R_p"), Is.EqualTo(new[] { 1e-5, 1e-5 }).Within(1e-15));
            Assert.That(scales.Lengths.Select(scale => scale.Symbol), Does.Not.Contain("L_cell"), "a column has no plane");
            Assert.That(Of(scales.Times, "τ_pore")[0], Is.EqualTo(1e-10 / salt).Within(1e-12));
            Assert.That(Of(scales.Times, "τ_e")[1], Is.EqualTo(1e-8 / (0.164316767252 * salt)).Within(1e-9));
            Assert.That(Of(scales.Times, "τ_s"), Is.EqualTo(new[] { 1e-10 / 3.9e-14, 1000 }).Within(1e-9));
            Assert.That(Of(scales.Times, "τ_dl"), Is.EqualTo(new[] { 0.2 * Heat / negative, 0.2 * Heat / positive }).Within(1e-12));
            Assert.That(Of(scales.Times, "t_drive").Single(), Is.EqualTo(3600).Within(0.1));
            Assert.That(Of(scales.Energies, "k_BT/e").Single(), Is.EqualTo(Heat).Within(1e-15));
            Assert.That(Of(scales.Energies, "η"), Is.EqualTo(new[] { 2 * Heat * Math.Asinh(current / 18 / (2 * negative)), 2 * Heat * Math.Asinh(current / 15 / (2 * positive)) }).Within(1e-9));
            Assert.That(Of(scales, "τ_s ≪ t_drive").Ratio, Is.EqualTo(1e-10 / 3.9e-14 / 3600).Within(1e-4));
            Assert.That(Of(scales, "τ_s ≪ t_drive").Verdict, Is.EqualTo(Separation.Weak));
            Assert.That(Of(scales, "λ_D ≪ r_pore").Verdict, Is.EqualTo(Separation.Holds));
            Assert.That(Of(scales, "λ_D ≪ r_pore").Ratio, Is.EqualTo(1.88059e-10 / (0.6 / 180000)).Within(1e-9));
            Assert.That(Of(scales, "τ_s ≲ τ_e").Verdict, Is.EqualTo(Separation.Fails));
            // B = 0.3^1.5, κ(1000) = 1.1046 S/m, t₊ = 0.4.
            double efficiency = Math.Pow(0.3, 1.5), conductivity = 0.0911 + 1.9101 - 1.052 + 0.1554;
            double reach = 1 / Math.Sqrt(180000 * negative / Heat * ((1 / (efficiency * conductivity)) + (1 / 58.5662018574)));
            Assert.That(Of(scales.Lengths, "L_r")[0], Is.EqualTo(reach).Within(1e-4).Percent);
            Assert.That(Of(scales, "L_e ≪ L_r").Ratio, Is.EqualTo(1e-4 / Of(scales.Lengths, "L_r").Min()).Within(1e-12));
            Assert.That(Of(scales.Lengths, "L_c")[0], Is.EqualTo(Faraday * efficiency * salt * 1000 / (0.6 * current)).Within(0.01).Percent);
            Assert.That(scales.Relations.Select(relation => relation.Relation), Has.None.StartsWith("s ≪ k_T/h").And.None.EqualTo("Δφ_f ≪ Δφ_p"), "isothermal, and no foils in a plane");
        });
    }

    /// <summary>A regular solution of Ω = 11 096 J/mol: spinodals at (1 ± √(1 − 2RT/Ω))/2, U there in closed form.</summary>
    [Test]
    public void PhasesHaveAWidthAndAGap()
    {
        SimulationCase simulation = CaseFile.Load(Path.Combine(Samples.Repository, "cases", "lfp-half-cell-phase-field", "case.json"), []).Case!;
        ScaleSeparation scales = ScaleSeparation.Of(simulation);
        double current = 0.1 * simulation.Cell.NominalCapacity / (simulation.Cell.ElectrodeArea * simulation.Cell.ElectrodePairs);
        const double thermal = Gas * Room, interaction = 11096;
        double root = Math.Sqrt(1 - (2 * thermal / interaction)), gap = ((interaction * root) - (2 * thermal * Math.Atanh(root))) / Faraday;
        Assert.Multiple(() =>
        {
            Assert.That(Of(scales.Energies, "ΔU_sp").Single(), Is.EqualTo(gap).Within(1e-9));
            Assert.That(Of(scales, "η ≪ ΔU_sp").Ratio, Is.EqualTo(Of(scales.Energies, "η")[0] / gap).Within(1e-6));
            Assert.That(Of(scales.Energies, "η")[1], Is.EqualTo(2 * Heat * Math.Asinh(current / 20)).Within(1e-6), "lithium foil of 10 A/m²");
            Assert.That(Of(scales.Times, "τ_dl")[1], Is.EqualTo(0.2 * Heat / 10).Within(1e-9));
            Assert.That(Of(scales.Lengths, "w").Single(), Is.EqualTo(3.1035e-9).Within(1e-12), "(1 − 2θ)√(κ_g/2Δf), phases at θ = 0.0126 and 1 − θ, Δf = 1085 J/mol");
            Assert.That(Of(scales, "w ≪ R_p").Verdict, Is.EqualTo(Separation.Holds));
            Assert.That(Of(scales, "τ_dl ≪ τ_pore").Verdict, Is.EqualTo(Separation.Fails), "salt crosses 50 nm in microseconds");
            Assert.That(Of(scales, "τ_dl ≪ t_drive") is { IsNeeded: true, Verdict: Separation.Holds }, Is.True);
        });
    }

    [Test]
    public void ThePouchHasAPlaneHeatAndTheCapacitanceOfItsCase()
    {
        ScaleSeparation scales = ScaleSeparation.Of(Samples.Case(Samples.Pouch(), "Layers.Negative electrode.Double layer capacitance [F.m-2]=1", "Layers.Positive electrode.Double layer capacitance [F.m-2]=1"));
        double charge = 0.005504 + (0.9 * (0.75668 - 0.005504));
        double negative = Faraday * 5.199e-6 * Math.Sqrt(charge * (1 - charge));
        const double lumped = 1847 * 913, salt = 8.794e-11 - 3.972e-10 + 4.862e-10;
        double stored = (lumped * (56.2e-6 + 2e-5 + 52.3e-6 + 1.5e-5)) + (8960 * 913 * 1e-5), resisting = ((56.2e-6 + 2e-5 + 52.3e-6 + 1.5e-5) / 2.04) + (1e-5 / 398);
        // The casing belongs to the whole cell: a pair of 34 carries its share.
        double casing = 0.0034 / 34;
        Assert.Multiple(() =>
        {
            Assert.That(Of(scales.Lengths, "L_cell").Single(), Is.EqualTo(0.1));
            Assert.That(Of(scales, "L_e ≪ L_cell").Ratio, Is.EqualTo(56.2e-6 / 0.1).Within(1e-12));
            Assert.That(Of(scales.Lengths, "r_pore")[0], Is.EqualTo(2 * 0.253991 / 499522).Within(1e-15));
            Assert.That(Of(scales.Times, "τ_dl")[0], Is.EqualTo(Heat / negative).Within(1e-9));
            Assert.That(scales.Times[0].Assumed, Is.Empty);
            Assert.That(Of(scales, "τ_dl ≪ t_drive").IsNeeded, Is.False, "the case has a double layer");
            Assert.That(Of(scales, "τ_dl ≪ t_drive").Ratio, Is.EqualTo(Of(scales.Times, "τ_dl").Max() / 600).Within(1e-12));
            Assert.That(Of(scales, "τ_dl ≪ τ_pore").Ratio, Is.EqualTo(Of(scales.Times, "τ_dl").Max() / (4.12e-6 * 4.12e-6 / salt)).Within(1e-9));
            Assert.That(Of(scales.Times, "t_drive").Single(), Is.EqualTo(600), "ten minutes of charge are shorter than an hour's discharge");
            Assert.That(Of(scales, "s ≪ k_T/h, through") is { IsNeeded: true, Verdict: Separation.Holds }, Is.True, "a pair stands for 34");
            Assert.That(Of(scales, "s ≪ k_T/h, through").Ratio, Is.EqualTo(17 * 10 * resisting).Within(1e-9), "10 W/(m² K) on each face of the cell");
            Assert.That(Of(scales, "s ≪ k_T/h, in plane") is { IsNeeded: false }, Is.True);
            Assert.That(Of(scales, "s ≪ k_T/h, in plane").Ratio, Is.EqualTo(0.08404 * 10 * 153.5e-6 / ((2.04 * 143.5e-6) + (398 * 1e-5))).Within(1e-9), "half of the height to the bottom; the top is cooled less");
            Assert.That(Of(scales, "Δφ_f ≪ Δφ_p").Ratio, Is.EqualTo(Of(scales.Energies, "Δφ_f").Single() / Of(scales.Energies, "Δφ_p").Single()).Within(1e-12).And.LessThan(0.1));
            Assert.That(Of(scales.Times, "τ_th").Single(), Is.EqualTo((stored + (lumped * casing)) * (resisting + (casing / 2.04))).Within(1e-6));
        });
    }

    /// <summary>What a model rests on depends on what it resolves.</summary>
    [TestCase("3D", false)]
    [TestCase("3D pair", true)]
    [TestCase("1D", true)]
    public void OneTemperatureIsAnAssumptionWhereItIsNotResolved(string model, bool through)
    {
        ScaleSeparation scales = ScaleSeparation.Of(Samples.Case(Samples.Pouch(), $"Model={model}"));
        Assert.That(Of(scales, "s ≪ k_T/h, through").IsNeeded, Is.EqualTo(through));
        Assert.That(scales.Relations.Where(relation => relation.Relation == "s ≪ k_T/h, in plane").Select(relation => relation.IsNeeded), Is.All.EqualTo(model == "1D"));
    }

    /// <summary>A plate leaves no film: the cell's own way alone resists.</summary>
    [Test]
    public void APlateTakesHeatWithoutAFilm()
    {
        ScaleSeparation scales = ScaleSeparation.Of(CaseFile.Load(Path.Combine(Samples.Repository, "cases", "nmc-pouch-cold-plate", "case.json"), []).Case!);
        Assert.That(scales.Relations.Where(relation => relation.Relation.StartsWith("s ≪ k_T/h", StringComparison.Ordinal)).Select(relation => relation.Verdict), Has.Some.EqualTo(Separation.Fails));
        Assert.That(scales.Lengths.Concat(scales.Times).SelectMany(scale => scale.Values), Is.All.GreaterThan(0).And.All.LessThan(double.PositiveInfinity));
    }
}
