using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;
using Cell3D.Solvers;
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

    /// <summary>A step that converges at once takes one Jacobian, although it takes two iterations, and arrives where Newton's method with one for each arrives.</summary>
    [Test, Category("Mpi")]
    public void AStepTakesOneJacobian([Values(-1.0, 0.7)] double rate)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.5", "Thermal.Initial temperature=281", "Thermal.Model=resolved"), Communicator.World, method: LinearMethod.CollectorSchur, linearTolerance: 1e-6);
        run.Start(rate * run.OneC);
        foreach (double step in new[] { 1.0, 2, 3, 3, 3 })
            run.Step(step);
        (int jacobians, int builds) = (run.Newton.Jacobians, run.Linear.Builds);
        int iterations = run.Step(3).NewtonIterations;
        Assert.That(iterations, Is.GreaterThanOrEqualTo(2));
        Assert.That(run.Newton.Jacobians - jacobians, Is.EqualTo(1));
        Assert.That(run.Linear.Builds - builds, Is.LessThanOrEqualTo(1));
    }

    /// <summary>The residual for another solve with the same Jacobian is that which is assembled with a Jacobian, bit by bit where sums have one order.</summary>
    [Test, Category("Mpi")]
    public void TheCondensedResidualIsThatOfTheJacobian([Values] bool isConverged)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.6", "Thermal.Initial temperature=287", "Thermal.Model=resolved"), Communicator.World);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(5);
        if (!isConverged)
        {
            foreach (ref double current in run.Model.System.States.Variables.Single(state => state.Quantity == ReactingParticles.CurrentQuantity && state.Sites!.Owner.StartsWith("Negative", StringComparison.Ordinal)).Values.AsSpan())
                current *= 1.1;
            run.Assemble(run.Linear.WithJacobian());
        }
        double[] expected = run.Residual.ToArray();
        run.Assemble(run.Linear.ForSameJacobian());
        double size = run.World.Allreduce(expected.Max(Math.Abs), Operation.Max);
        Assert.That(size, Is.Positive);
        for (int row = 0; row < expected.Length; row++)
            Assert.That(run.Residual[row], Is.EqualTo(expected[row]).Within(1e-13 * Math.Max(size, run.OneC)), $"row {row}");
    }
}
