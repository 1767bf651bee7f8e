using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Solvers;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Wound cells of which a single surface exchanges heat while all others are adiabatic.</summary>
[Category("Mpi")]
public class RollSurroundingsTests
{
    private static readonly string[][] Ways =
    [
        ["Surface temperature=283"],
        ["Surface temperature=323", "Contact resistance=1e-3"],
        ["Heat flux=2000"],
        ["Heat transfer coefficient=200"],
        ["Emissivity=0.9"],
    ];

    /// <summary>Every step that the local error allows converges from the first on, and energy is conserved.</summary>
    [Test]
    public void EverySurfaceMayBeTheOnlyOne([Values("Base", "Top", "Side", "Mandrel")] string surface, [Range(0, 4)] int way, [Values] bool hasCan)
    {
        using CellRun run = new(Roll(hasCan, [.. Ways[way].Select(setting => $"Thermal.Cooling.{surface}.{setting}")]), Communicator.World, adaptive: true);
        run.Start(-run.OneC);
        for (int attempt = 0; attempt < 16; attempt++)
        {
            StepOutcome outcome = run.Integrator.Attempt(run.Integrator.NextStep);
            Assert.That(outcome.Failure, Is.AnyOf(StepFailure.None, StepFailure.LocalError), outcome.Detail);
            if (outcome.Succeeded)
                run.Integrator.Accept(outcome, steer: true);
            else
                Assert.That(run.Integrator.Reject(outcome));
        }
        Assert.That(run.Integrator.Time, Is.Positive);
        RequireEnergyBalance(run);
    }

    /// <summary>A plate that is far warmer or colder than the cell makes the temperature of thin parts jump; long prescribed steps do not go astray after it.</summary>
    [Test]
    public void LongStepsFollowAJump([Values("Base", "Top", "Side", "Mandrel")] string surface, [Values(263, 323)] double start, [Values] bool hasCan, [Values(1.0, 20.0)] double first)
    {
        using CellRun run = new(Roll(hasCan, FormattableString.Invariant($"Thermal.Initial temperature={start}"), FormattableString.Invariant($"Thermal.Cooling.{surface}.Surface temperature={586 - start}")), Communicator.World);
        run.Start(0);
        foreach (double length in new[] { 1.0, 2, 4, 8 })
            run.Step(first * length);
        RequireEnergyBalance(run);
    }

    private static SimulationCase Roll(bool hasCan, params string[] settings) => Samples.Case(Samples.Column(),
        [.. (hasCan ? TestCases.RollWithCan : TestCases.RollSettings).Where(setting => !setting.StartsWith("Thermal.", StringComparison.Ordinal)), "Thermal.Model=resolved", "Initial state.SOC=0.8", .. settings]);

    private static void RequireEnergyBalance(CellRun run)
    {
        Balance balance = run.Report();
        double released = balance.SumOf(Balance.Losses) + balance["Reversible heat"], lost = balance.SumOf(Totals.HeatLost);
        Assert.That(balance["Enthalpy, rate"] + lost, Is.EqualTo(released).Within(1e-7 * (Math.Abs(lost) + Math.Abs(released)) + 1e-12));
    }
}
