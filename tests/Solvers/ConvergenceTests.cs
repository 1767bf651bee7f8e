using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>When Newton's method is done.</summary>
public class ConvergenceTests
{
    /// <summary>However loose the tolerance of single control volumes, the cell as a whole is balanced.</summary>
    [Test]
    public void TheWholeCellIsBalancedWhateverTheTolerance([Values(-2.0, 1.5)] double rate)
    {
        using CellRun run = new(TestCases.ThermalColumn("Solver.Newton tolerance=1e-3", "Initial state.SOC=0.5", "Thermal.Initial temperature=281"));
        run.Start(rate * run.OneC);
        double current = rate * run.OneC, worst = 0;
        for (int step = 0; step < 25; step++)
        {
            run.Step(Math.Min(15, 0.1 * Math.Pow(1.5, step)));
            Balance balance = run.Report();
            double losses = balance["Electronic ohmic heat"] + balance["Ionic ohmic heat"] + balance["Reaction heat"] + balance["Contact heat"];
            double power = (run.Voltage * current) - losses - balance["Chemical power"];
            double heat = balance["Enthalpy, rate"] - losses - balance["Reversible heat"] + balance.SumOf(Totals.HeatLost);
            double charge = balance["Reaction current: Positive electrode"] - current;
            worst = Math.Max(worst, Math.Max(Math.Abs(charge), Math.Max(Math.Abs(power), Math.Abs(heat))) / Math.Abs(current));
        }

        TestContext.Out.WriteLine($"largest imbalance {worst:e1} of the current");
        Assert.That(worst, Is.LessThan(1e-8));
    }

    /// <summary>A tolerance below round-off ends at its floor, and that is counted.</summary>
    [Test]
    public void AToleranceBelowRoundOffEndsAtTheFloor()
    {
        using CellRun run = new(TestCases.Pouch("Solver.Newton tolerance=1e-12", "Initial state.SOC=0.5"));
        run.Start(-run.OneC);
        for (int step = 0; step < 5; step++)
            run.Step(10);
        TestContext.Out.WriteLine($"{run.Newton.SolvesAtFloor} solves ended at their floor, {run.Newton.LargestFloorNorm:e1} at most");
        Assert.That(run.Newton.SolvesAtFloor, Is.Positive);
        Assert.That(run.Newton.LargestFloorNorm, Is.InRange(1e-12, 1e-6));
    }
}
