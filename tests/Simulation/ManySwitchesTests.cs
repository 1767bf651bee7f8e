using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Ten thousand switches of the current, away from T_ref.</summary>
public class ManySwitchesTests
{
    private const int Rounds = 5000, Early = 1000;

    /// <summary>What is said of a step of the protocol is kept to the end [byte].</summary>
    private const double MostPerSwitch = 160;

    [Test]
    public void NothingLeaksAndNothingDrifts()
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.5", "Thermal.Initial temperature=311", "Mesh.Particle=6", "Mesh.Cells through.Negative electrode=4", "Mesh.Cells through.Separator=2",
            "Mesh.Cells through.Positive electrode=4", $"Protocol.Steps=[{{\"Repeat\": {Rounds}, \"Steps\": [\"Discharge at 1C for 2 s\", \"Charge at 1C for 2 s\"]}}]");
        using CellRun run = new(simulation, adaptive: true);
        ProtocolRun protocol = run.Protocol();
        double lithium = double.NaN, drift = 0;
        long early = 0;
        double warmth = run.Model.Fields.Temperature[0];
        protocol.Accepted = _ =>
        {
            if (run.Integrator.LastStep > 0 || protocol.StepCount % 200 != 1)
                return true;
            Balance balance = run.Report();
            double total = balance["Lithium in electrolyte"] + balance["Lithium in particles"];
            lithium = double.IsNaN(lithium) ? total : lithium;
            drift = Math.Max(drift, Math.Abs((total / lithium) - 1));
            Assert.That(protocol.StateOfCharge, Is.EqualTo(0.5).Within(1e-12));
            if (protocol.StepCount == (2 * Early) + 1)
                early = GC.GetTotalMemory(forceFullCollection: true);
            return true;
        };
        RunEnd end = protocol.Execute();
        double perSwitch = (GC.GetTotalMemory(forceFullCollection: true) - early) / (2.0 * (Rounds - Early));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{end.Steps.Count} steps of the protocol, {protocol.Counts.Steps} time steps; lithium {drift:e1}, {perSwitch:f1} bytes per switch"));
        Assert.Multiple(() =>
        {
            Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
            Assert.That(end.Steps, Has.Count.EqualTo(2 * Rounds));
            Assert.That(end.Time, Is.EqualTo(4.0 * Rounds).Within(1e-6));
            Assert.That(drift, Is.LessThan(1e-12));
            Assert.That(run.Model.Fields.Temperature, Is.All.EqualTo(warmth));
            Assert.That(perSwitch, Is.LessThan(MostPerSwitch));
        });
    }
}
