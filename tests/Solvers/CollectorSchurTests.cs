using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>The Schur complement on the collectors against direct solvers, on every geometry and number of ranks.</summary>
[Category("Mpi")]
public class CollectorSchurTests
{
    private const double Tolerance = 1e-8;
    private static readonly string[] Warm = ["Initial state.SOC=0.7", "Thermal.Initial temperature=311"];
    private static readonly string[] Short = ["Defects.Internal shorts.nail.Place=[0.05, 0.06]", "Defects.Internal shorts.nail.Resistance=20"];

    private static IEnumerable<TestCaseData> Cells()
    {
        yield return Named("pouch", () => TestCases.Pouch(Warm));
        yield return Named("isothermal pouch", () => TestCases.Pouch(["Initial state.SOC=0.7", "Thermal.Model=isothermal"]));
        yield return Named("stack with overhang", () => StackDesignTests.Stack(2, new(2e-3, OuterFoils.Whole, OuterCoating.BothSides), Warm));
        yield return Named("pouch with a short", () => TestCases.Pouch([.. Warm, .. Short]));
        yield return Named("roll", () => TestCases.Roll(Warm));
        yield return Named("stack in a can", () => TestCases.Prismatic(2, "Thermal.Cooling.Bottom edge.Heat transfer coefficient=400", "Tabs.Negative.Terminal thermal resistance=3"));

        static TestCaseData Named(string name, Func<SimulationCase> build) => new TestCaseData(build).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Cells))]
    public void RunsAgreeWithDirectSolves(Func<SimulationCase> build)
    {
        (double direct, double hottest) = Run(LinearMethod.DirectLU, 1e-12);
        (double voltage, double temperature) = Run(LinearMethod.CollectorSchur, 1e-9);
        Assert.That(voltage, Is.EqualTo(direct).Within(1e-9));
        Assert.That(temperature, Is.EqualTo(hottest).Within(1e-7));

        (double Voltage, double Hottest) Run(LinearMethod method, double tolerance)
        {
            using CellRun run = new(build(), Communicator.World, method: method, linearTolerance: tolerance);
            run.Start(-2 * run.OneC);
            foreach (double step in new[] { 1.0, 2, 4, 8 })
                Assert.That(run.Step(step).NewtonIterations, Is.LessThanOrEqualTo(6), "as exact as a direct solve, with a preconditioner that is kept too");
            return (run.Voltage, run.Whole(Field.Temperature).Max());
        }
    }

    /// <summary>The Krylov method takes a product with J that is not that with the matrix: what it holds for the residual is the true one nevertheless.</summary>
    [TestCaseSource(nameof(Cells))]
    public void TheResidualIsTheTrueOne(Func<SimulationCase> build)
    {
        foreach (double tolerance in new[] { 1e-6, 1e-8, 1e-10 })
        {
            using CellRun run = new(build(), Communicator.World, method: LinearMethod.CollectorSchur, linearTolerance: tolerance);
            run.Start(-run.OneC);
            run.Step(1);
            run.AssembleAtEndOf(5);
            Assert.That(run.Linear.Solve().Converged, Is.True);
            int rows = run.Linear.Residual.Length;
            using Vector increments = new(run.World, rows), product = new(run.World, rows);
            increments.CopyFrom(run.Linear.Increments);
            run.Linear.Jacobian.Multiply(increments, product);
            double left = Norm(product.Values, run.Linear.Residual), size = Norm(new double[rows], run.Linear.Residual);
            TestContext.Out.WriteLine($"{tolerance:e0}: {left / size:e2}");
            Assert.That(left / size, Is.LessThan(1.1 * tolerance));

            double Norm(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
            {
                double sum = 0;
                for (int row = 0; row < b.Length; row++)
                    sum += (a[row] + b[row]) * (a[row] + b[row]);
                return Math.Sqrt(run.World.Allreduce(sum, Operation.Sum));
            }
        }
    }

    /// <summary>From one rank to several, at most one iteration more; a column of cells that is cut at a collector included.</summary>
    [TestCaseSource(nameof(Cells))]
    public void IterationsDoNotDependOnRanks(Func<SimulationCase> build)
    {
        int alone = Iterations(build(), Communicator.Self), together = Iterations(build(), Communicator.World);
        TestContext.Out.WriteLine($"{alone} iterations on one rank, {together} on {Communicator.World.Size}");
        Assert.That(alone, Is.LessThanOrEqualTo(8));
        Assert.That(together, Is.LessThanOrEqualTo(alone + 1));
    }

    /// <summary>Where heat flows between segments and not in the collectors, held planes within segments carry it: at 1.45 times their thickness
    /// 9 or 10 iterations.</summary>
    [Test]
    public void AQuarterOfAMillimetreTakesFewIterations()
    {
        SimulationCase simulation = TestCases.Pouch([
            .. Warm, "Geometry.Width=6e-3", "Geometry.Height=6e-3", "Mesh.Cells along width=24", "Mesh.Cells along height=24",
            "Tabs.Negative.Centre=1.5e-3", "Tabs.Positive.Centre=4.5e-3", "Tabs.Negative.Width=1.5e-3", "Tabs.Positive.Width=1.5e-3", "Tabs.Negative.Length=2e-3", "Tabs.Positive.Length=2e-3"]);
        int iterations = Iterations(simulation, Communicator.World);
        TestContext.Out.WriteLine($"{iterations} iterations");
        Assert.That(iterations, Is.LessThanOrEqualTo(10));
    }

    /// <summary>Without neighbours in the plane nothing is lumped: P is J.</summary>
    [Test]
    public void OneColumnIsExact([Values("Thermal.Model=resolved", "Thermal.Model=isothermal")] string model)
    {
        SimulationCase simulation = TestCases.ThermalColumn(["Initial state.SOC=0.7", model]);
        Assert.That(Iterations(simulation, Communicator.Self), Is.LessThanOrEqualTo(2));
    }

    /// <summary>A few iterations over a field split stand for S⁻¹ where S is large.</summary>
    [Test]
    public void MultigridStandsForTheInverse()
    {
        using CellRun run = new(TestCases.Pouch(Warm), Communicator.World);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(5);
        using LinearSystem linear = new(run.Model.System, run.World, LinearMethod.CollectorSchur, Tolerance, run.Model.Chains with { MostDirect = 0 });
        run.Assemble(linear.WithJacobian());
        LinearResult result = linear.Solve();
        TestContext.Out.WriteLine($"{result.Iterations} iterations");
        Assert.That(result.Converged, Is.True, result.Explanation);
        Assert.That(result.Iterations, Is.LessThanOrEqualTo(6));
    }

    private static IEnumerable<TestCaseData> Stacks()
    {
        string[] fine = ["Mesh.Cells along width=9", "Mesh.Cells along height=11"];
        yield return Named("one pair", () => TestCases.Pouch([.. Warm, .. fine]), true);
        yield return Named("isothermal pair", () => TestCases.Pouch([.. fine, "Initial state.SOC=0.7", "Thermal.Model=isothermal"]), true);
        yield return Named("cooled at one edge", () => TestCases.Pouch([.. Warm, .. fine, "Thermal.Cooling.Bottom edge.Heat transfer coefficient=2000"]), true);
        yield return Named("triangles", () => TestCases.Pouch([.. Warm, "Mesh.In-plane=triangular"]), true);
        yield return Named("six pairs", () => StackDesignTests.Stack(6, new(0, OuterFoils.Whole, OuterCoating.InnerSide), Warm), true);
        yield return Named("roll", () => TestCases.Roll(Warm), false);
        yield return Named("stack in a can", () => TestCases.Prismatic(2, "Thermal.Cooling.Bottom edge.Heat transfer coefficient=400", "Tabs.Negative.Terminal thermal resistance=3"), false);

        static TestCaseData Named(string name, Func<SimulationCase> build, bool isStack) => new TestCaseData(build, isStack).SetArgDisplayNames(name);
    }

    /// <summary>A stack is known as one and its planes stand for S⁻¹, for steps from a second to a minute with what was learned at the first; others take to multigrid and foils.</summary>
    [TestCaseSource(nameof(Stacks))]
    public void PlanesStandForTheInverse(Func<SimulationCase> build, bool isStack)
    {
        using CellRun run = new(build(), Communicator.World);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(1);
        using LinearSystem factored = new(run.Model.System, run.World, LinearMethod.CollectorSchur, Tolerance, run.Model.Chains with { MostDirect = long.MaxValue }, "factored_");
        using LinearSystem linear = new(run.Model.System, run.World, LinearMethod.CollectorSchur, Tolerance, run.Model.Chains with { MostDirect = 0 }, "planes_");
        foreach (double step in new[] { 1.0, 10, 60 })
        {
            run.AssembleAtEndOf(step);
            run.Assemble(factored.WithJacobian());
            run.Assemble(linear.WithJacobian());
            LinearResult exact = factored.Solve(), result = linear.Solve();
            TestContext.Out.WriteLine($"{step} s: {result.Iterations} iterations, {exact.Iterations} with S factored, planes {linear.UsesPlanes}");
            Assert.That(result.Converged, Is.True, result.Explanation);
            Assert.That(result.Iterations, Is.LessThanOrEqualTo(exact.Iterations + 1));
            Assert.That((linear.UsesPlanes, linear.UsesFoils), Is.EqualTo((isStack, !isStack)));
        }
        linear.Forget();
        Assert.That(linear.Solve().Converged, Is.True);
        Assert.That(linear.UsesPlanes, Is.EqualTo(isStack));
    }

    /// <summary>Runs leave J without columns; what needs them gets them on the way, and the same increments: transposed systems, and the residual behind a restart, here after each iteration.</summary>
    [Test]
    public void ColumnsOfTheJacobianWaitUntilTheyAreNeeded([Values] bool restarts)
    {
        if (restarts)
            Options.Set("-restarted_ksp_gmres_restart", "1");
        using CellRun run = new(TestCases.Pouch(Warm), Communicator.World, method: LinearMethod.CollectorSchur, linearTolerance: Tolerance);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(5);
        double[] given = [.. run.Linear.Residual];
        Assert.That(run.Linear.Solve().Iterations, Is.GreaterThan(1));
        double[] increments = [.. run.Linear.Increments];
        Assert.That(run.Linear.Jacobian.IsBuilt, Is.False);
        double largest = run.World.Allreduce(increments.Max(Math.Abs), Operation.Max);
        if (restarts)
        {
            using LinearSystem other = new(run.Model.System, run.World, LinearMethod.CollectorSchur, Tolerance, run.Model.Chains, "restarted_");
            run.Assemble(other.WithJacobian());
            Assert.That(other.Solve().Converged, Is.True);
            Assert.That(other.Jacobian.IsBuilt, Is.True);
            Assert.That(Miss(other.Increments), Is.LessThan(1e-6 * largest));
            return;
        }
        given.CopyTo(run.Linear.Residual);
        Assert.That(run.Linear.SolveTransposed().Converged, Is.True);
        Assert.That(run.Linear.Jacobian.IsBuilt, Is.True);
        run.AssembleAtEndOf(5);
        Assert.That(run.Linear.Solve().Converged, Is.True);
        Assert.That(Miss(run.Linear.Increments), Is.LessThan(1e-6 * largest));

        double Miss(ReadOnlySpan<double> others)
        {
            double most = 0;
            for (int row = 0; row < others.Length; row++)
                most = Math.Max(most, Math.Abs(others[row] - increments[row]));
            return run.World.Allreduce(most, Operation.Max);
        }
    }

    /// <summary>Per unknown outside the managed heap, with what is lumped in single precision: 147 B of values, 16 of two vectors, and 111 of which <see cref="CollectorProductTests.MemoryPerUnknownIsBounded"/> tells.</summary>
    [Test]
    public void MemoryPerUnknownIsBounded()
    {
        using CellRun run = new(TestCases.Pouch([.. Warm, "Mesh.Cells along width=16", "Mesh.Cells along height=16", "Mesh.Refinement towards tabs=1"]), Communicator.Self, method: LinearMethod.CollectorSchur, linearTolerance: 1e-6);
        run.Start(-run.OneC);
        run.Step(5);
        double rows = run.Model.Layout.Rows;
        foreach ((string purpose, long bytes) in run.Linear.Memory)
            TestContext.Out.WriteLine($"{purpose}: {bytes / rows:f1} B per unknown");
        Assert.That(run.Linear.Memory.Sum(part => part.Bytes) / rows, Is.LessThanOrEqualTo(275));
        Assert.That(run.Linear.Jacobian.IsBuilt, Is.False);
    }

    /// <summary>What cannot be factored is a result that all ranks share, not an exception.</summary>
    [Test]
    public void NotANumberIsExplained()
    {
        using CellRun run = new(TestCases.Pouch(Warm), Communicator.World, method: LinearMethod.CollectorSchur, linearTolerance: Tolerance);
        run.Start(-run.OneC);
        run.AssembleAtEndOf(5);
        if (run.World.IsRoot)
            run.Linear.Jacobian.DiagonalValues.Fill(double.NaN);
        LinearResult result = run.Linear.Solve();
        Assert.That(result.Converged, Is.False);
        Assert.That(result.Explanation, Does.Contain("preconditioner failed").Or.Contain("not a number"));
    }

    private static int Iterations(SimulationCase simulation, Communicator world)
    {
        using CellRun run = new(simulation, world, method: LinearMethod.CollectorSchur, linearTolerance: Tolerance);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(5);
        LinearResult result = run.Linear.Solve();
        Assert.That(result.Converged, Is.True, result.Explanation);
        return result.Iterations;
    }
}
