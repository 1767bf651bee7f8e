using Cell3D.Input.Protocols;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The time loop allocates nothing once it is warm: protocol, step controller, Newton, assembly, LU.</summary>
public class AllocationTests
{
    [Test]
    public void TheTimeLoopAllocatesNothing([Values("column", "pouch", "pouch with expressions of T", "two phases")] string kind)
    {
        string[] surroundings = ["Thermal.Cooling.All surfaces.Emissivity=0.9", """Thermal.Ambient temperature={"Times [s]": [0, 1e5], "Values": [290, 320]}"""];
        using CellRun run = new(kind switch
        {
            "column" => TestCases.Column(),
            "pouch" => TestCases.Pouch(surroundings),
            "two phases" => TestCases.Pouch(surroundings).WithMaterials(m => [PhaseSeparationRunTests.Parted(m)]),
            _ => TestCases.Pouch([.. surroundings, .. VariationTests.Varied, .. ConservationTests.ThermalExpressions, "Electrolyte.Conductivity=1e-3*x*exp(3 - 900/T)"]),
        }, adaptive: true);
        long[] allocated = new long[40];
        int steps = 0;
        ProtocolRun protocol = new(run.Model, run.Integrator, new([ProtocolStep.AtCurrent("", -run.OneC, 1e5, null)], 1, 0, 5), new([1e4, 2e4]), []);
        protocol.Accepted = _ =>
        {
            allocated[steps] = GC.GetAllocatedBytesForCurrentThread();
            return ++steps < allocated.Length;
        };
        Assert.That(protocol.Execute().Reason, Is.EqualTo(EndReason.Stopped));
        Assert.That(protocol.Counts.NewtonIterations, Is.GreaterThan(50));
        Assert.That(allocated[^1] - allocated[^11], Is.Zero, $"bytes in the last 10 of {steps} steps");
    }
}
