using Cell3D.Mesh;
using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>cases/comsol-dfn1d against COMSOL's 1D solution.</summary>
[TestFixture("case.json", "1C", 3617.754)]
[TestFixture("3c.json", "3C", 1147.812)]
public class ComsolColumnTests(string file, string rate, double endTime)
{
    private const double Volts = 0.3e-3;
    private const double LowestVoltage = 3.205;
    private const double ShareOfRange = 3e-3;
    private static readonly string[] Refined =
    [
        "Solver.Relative tolerance=1e-6", "Solver.Concentration tolerance=1e-3", "Solver.Stoichiometry tolerance=1e-7", "Solver.Voltage tolerance=1e-6",
    ];

    private CaseSolution _solution = null!;

    [OneTimeSetUp]
    public void Solve() => _solution = CaseSolution.Run($"comsol-dfn1d/{file}", Refined);

    /// <summary>
    /// The samples of the file lie on parabolas through COMSOL's own, longer time steps. At the ends of those steps the file holds
    /// COMSOL's solution; between them it can be millivolts off where the voltage bends.
    /// </summary>
    [Test]
    public void VoltageAgreesAtTheTimeStepsOfTheReference()
    {
        ReferenceTable reference = Voltage();
        SeriesInterpolant ours = _solution.Between(SeriesColumn.Voltage);
        (double Time, double Voltage)[] steps = [.. ParabolicPieces.Joints(reference["Time [s]"], reference["Voltage [V]"]).Where(step => step.Voltage >= LowestVoltage)];
        Assert.That(steps, Has.Length.GreaterThan(30));
        Assert.That(steps.Max(step => Math.Abs(ours.At(step.Time) - step.Voltage)), Is.LessThan(Volts));
    }

    /// <summary>Where the voltage bends little – neither in the first seconds nor at the end – samples between COMSOL's steps are as good.</summary>
    [Test]
    public void VoltageAgreesAtTheSamplesOfTheFlatPart()
    {
        ReferenceTable reference = Voltage();
        SeriesInterpolant ours = _solution.Between(SeriesColumn.Voltage);
        double[] time = reference["Time [s]"], voltage = reference["Voltage [V]"];
        int[] flat = [.. Enumerable.Range(0, time.Length).Where(i => time[i] > 0.01 * endTime && time[i] < 0.93 * endTime)];
        Assert.That(flat, Has.Length.GreaterThan(150));
        Assert.That(flat.Max(i => Math.Abs(ours.At(time[i]) - voltage[i])), Is.LessThan(Volts));
    }

    [Test]
    public void EndTimeIsThatOfTheConvergedSolution() => Assert.That(_solution.EndTime, Is.EqualTo(endTime).Within(0.01));

    [Test]
    public void ElectrolyteProfilesAgree()
    {
        Assert.That(_solution.Snapshots, Has.Count.EqualTo(3));
        foreach (Snapshot snapshot in _solution.Snapshots)
        {
            ReferenceTable profile = Profile("electrolyte", snapshot);
            Assert.That(Deviation(snapshot, profile, "Electrolyte concentration [mol.m-3]", snapshot.Salt), Is.LessThan(ShareOfRange));
            Assert.That(Deviation(snapshot, profile, "Electrolyte potential [V]", snapshot.IonicPotential), Is.LessThan(ShareOfRange));
        }
    }

    /// <summary>
    /// COMSOL holds c_s on nine linear elements per electrode: the file's samples lie on straight lines. A straight line misses a
    /// curved profile by up to a quarter of the change of slope at its ends, which is allowed beside the 0.3 % of the range.
    /// </summary>
    [TestCase("negative", LayerKind.NegativeElectrode)]
    [TestCase("positive", LayerKind.PositiveElectrode)]
    public void SurfaceConcentrationsAgree(string electrode, LayerKind kind)
    {
        foreach (Snapshot snapshot in _solution.Snapshots)
        {
            ReferenceTable profile = Profile(electrode, snapshot);
            double[] x = profile["x [m]"], reference = profile["Particle surface concentration [mol.m-3]"];
            double range = reference.Max() - reference.Min();
            for (int i = 0; i < x.Length; i++)
            {
                double ours = snapshot.Through(kind, snapshot.SurfaceConcentration, x[i]);
                Assert.That(ours, Is.EqualTo(reference[i]).Within((ShareOfRange * range) + StraightLineError(reference, i)), $"x = {x[i]} m, t = {snapshot.Time} s");
            }
        }
    }

    private ReferenceTable Voltage() => ReferenceTable.Read($"comsol-dfn1d/reference/dfn1d_{rate}_voltage.csv");

    private ReferenceTable Profile(string what, Snapshot snapshot) =>
        ReferenceTable.Read(FormattableString.Invariant($"comsol-dfn1d/reference/dfn1d_{rate}_{what}_t{snapshot.Time:F1}s.csv"));

    /// <summary>Largest difference over the range of the reference.</summary>
    private static double Deviation(Snapshot snapshot, ReferenceTable profile, string heading, double[] field)
    {
        double[] x = profile["x [m]"], reference = profile[heading];
        return Enumerable.Range(0, x.Length).Max(i => Math.Abs(snapshot.Through(LayerAt(x[i]), field, x[i]) - reference[i])) / (reference.Max() - reference.Min());
    }

    private static LayerKind LayerAt(double x) =>
        x <= 1e-4 ? LayerKind.NegativeElectrode : x < 1.25e-4 ? LayerKind.Separator : LayerKind.PositiveElectrode;

    /// <summary>A quarter of the change of slope over the element of sample i, which holds seven intervals of samples.</summary>
    private static double StraightLineError(double[] values, int i)
    {
        const int samples = 7;
        int left = Math.Min(i / samples * samples, values.Length - 1 - samples);
        double Bend(int node) => node >= samples && node + samples < values.Length
            ? Math.Abs(values[node - samples] - (2 * values[node]) + values[node + samples])
            : 0;
        return 0.25 * Math.Max(Bend(left), Bend(left + samples));
    }
}
