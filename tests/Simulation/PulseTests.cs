using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Tests.Input;
using Cell3D.Tests.Parallel;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Pulses are found and give the resistances, rest voltages and diffusivities that they are made for.</summary>
[Category("Mpi")]
public class PulseTests
{
    /// <summary>Of a train of pulses those out of rest count, whether the protocol or a drive cycle switches them; resistances are those of runs that end at these times.</summary>
    [TestCase("""Protocol.Steps=["Rest for 1 min", "Discharge at 2C for 12 s", "Charge at 1C for 5 s", "Rest for 20 s", "Rest for 20 s", "Charge at 1C for 35 s", "Rest for 40 s", "Hold at 3.9 V for 10 s"]""")]
    [TestCase("""Protocol.Steps=["Rest for 1 min", "Run train (A)", "Hold at 3.9 V for 10 s"]""")]
    public void ConstantCurrentsOutOfRestArePulses(string steps)
    {
        string[] settings = [steps, """Protocol.Drive cycles={"train": {"Times [s]": [0, 12, 17, 57, 92, 132], "Values": [-10, 5, 0, 5, 0, 0], "Between samples": "held", "Positive values": "charge"}}"""];
        SimulationCase simulation = Case(settings);
        IReadOnlyList<PulseSummary> pulses = Pulses(simulation);
        Assert.That(pulses.Select(pulse => (pulse.Start, pulse.Duration, pulse.RestBefore)), Is.EqualTo(new[] { (60.0, 12.0, 60.0), (117.0, 35.0, 40.0) }).Within(1e-6));
        Assert.That(pulses.Select(pulse => pulse.Current), Is.EqualTo(new[] { -10.0, 5.0 }).Within(1e-9));
        Assert.That(double.IsNaN(pulses[0].ResistanceAt30) && double.IsNaN(pulses[0].RestAfter), "too short, and no rest behind it");
        Assert.That(pulses[1].RestAfter, Is.EqualTo(40).Within(1e-6));
        using CellRun run = new(Case([.. settings, "Solver.Newton tolerance=1e-9"]));
        run.Start(0);
        double before = run.Voltage;
        run.Switch(-2 * run.OneC);
        Assert.That(pulses[0].VoltageBefore, Is.EqualTo(before).Within(1e-7));
        Assert.That(pulses[0].ResistanceAtOnce, Is.EqualTo((run.Voltage - before) / -10).Within(1e-7));
        for (int step = 0; step < 1000; step++)
            run.Step(0.01);
        Assert.That(pulses[0].ResistanceAt10, Is.EqualTo((run.Voltage - before) / -10).Within(1e-5));
        for (int step = 0; step < 200; step++)
            run.Step(0.01);
        Assert.That(pulses[0].ResistanceAtEnd, Is.EqualTo((run.Voltage - before) / -10).Within(1e-5));
        Assert.That(pulses[0].LastVoltage, Is.EqualTo(run.Voltage).Within(1e-4));
    }

    /// <summary>The simulated part of a cell has the resistance of the whole cell times its share.</summary>
    [Test]
    public void ResistancesAreThoseOfTheWholeCell()
    {
        const string steps = """Protocol.Steps=["Rest for 1 min", "Discharge at 1C for 12 s", "Rest for 1 min"]""";
        PulseSummary whole = Pulses(Case(steps))[0];
        SimulationCase simulation = Case(steps);
        PulseSummary half = Pulses(Case(steps, FormattableString.Invariant($"Geometry.Width={0.5 * simulation.Geometry.Width}"), FormattableString.Invariant($"Geometry.Height={simulation.Geometry.Height}")))[0];
        Assert.That(half.Current, Is.EqualTo(whole.Current).Within(1e-9));
        Assert.That(half.ResistanceAt10, Is.EqualTo(whole.ResistanceAt10).Within(1e-6 * whole.ResistanceAt10));
    }

    /// <summary>Short steps of a titration give back the diffusivity that the particles have, where they are slow beside the electrolyte; in a full cell nothing tells
    /// which electrode moves.</summary>
    [TestCase(-1)]
    [TestCase(1)]
    public void ATitrationGivesTheDiffusivityBack(int sign)
    {
        string steps = $"""Protocol.Steps=["Rest for 1 min", "{(sign < 0 ? "Discharge" : "Charge")} at C/20 for 2 min", "Rest for 4 days"]""";
        const double diffusivity = 1e-16;
        SimulationCase simulation = HalfCellTests.HalfCell("Initial state.SOC=0.5", "Thermal.Initial temperature=311", "Output.Field count=0", "Mesh.Particle=20", steps)
            .WithMaterials(material => [material with { Diffusivity = Curve.Constant(diffusivity), DiffusivityActivationEnergy = 0 }]);
        double found = Pulses(simulation)[0].Diffusivity;
        TestContext.Out.WriteLine(FormattableString.Invariant($"{found:e3} of {diffusivity:e3}"));
        Assert.That(found, Is.EqualTo(diffusivity).Within(0.2 * diffusivity));
        Assert.That(Pulses(Case("""Protocol.Steps=["Rest for 1 min", "Discharge at C/20 for 2 min", "Rest for 1 h"]"""))[0].Diffusivity, Is.NaN);
    }

    private static SimulationCase Case(params string[] settings) =>
        Samples.Case(Samples.Column(), [.. TestCases.Coarse, "Initial state.SOC=0.6", "Thermal.Initial temperature=311", "Output.Field count=0", .. settings]);

    private static IReadOnlyList<PulseSummary> Pulses(SimulationCase simulation)
    {
        using SharedFolder folder = new();
        using CaseRun run = new(simulation.WithFile(), Communicator.Self, new() { Folder = folder[$"rank-{Communicator.World.Rank}"] });
        IReadOnlyList<PulseSummary> pulses = run.Execute().Pulses;
        string[] lines = File.ReadAllLines(run.Folder.File(OutputFolder.PulsesName));
        Assert.That(lines, Has.Length.EqualTo(1 + pulses.Count));
        return pulses;
    }
}
