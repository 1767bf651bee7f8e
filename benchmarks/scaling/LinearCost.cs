using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Simulation.Benchmark;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>What one linear system costs [s], from scratch.</summary>
public readonly record struct LinearCost(int Iterations, double Assembly, double SetUp, double Solve)
{
    /// <summary>Slower than anything.</summary>
    public static LinearCost Worst => new(0, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>*Collective.* Assembles, and solves with a preconditioner made from new values.</summary>
    /// <param name="pouch">The cell.</param>
    /// <param name="method">Preconditioner.</param>
    /// <param name="tolerance">Of the linear solve.</param>
    /// <param name="onlyAssembly">Whether nothing is solved.</param>
    /// <param name="world">All ranks.</param>
    public static LinearCost Measure(PouchModel pouch, LinearMethod method, double tolerance, bool onlyAssembly, Communicator world)
    {
        using LinearSystem linear = new(pouch.Model.System, world, method, tolerance, pouch.Model.Chains) { AllowedGrowth = 0 };
        NewtonSolver newton = pouch.Newton(linear, world);
        newton.Assemble();
        double assembly = Seconds(() => newton.Assemble(), world);
        if (onlyAssembly)
            return new(0, assembly, 0, 0);
        // Memory that a process touches for the first time costs a machine more than all arithmetic: what is measured is what later steps repeat.
        LinearResult result = linear.Solve();
        (double setUp, double solve) = (linear.SetUpSeconds, linear.SolveSeconds);
        double whole = Seconds(() => result = linear.Solve(), world);
        if (!result.Converged)
            return Worst with { Iterations = result.Iterations };
        (setUp, solve) = (linear.SetUpSeconds - setUp, linear.SolveSeconds - solve);
        return new(result.Iterations, assembly, whole * setUp / (setUp + solve), whole * solve / (setUp + solve));
    }

    /// <summary>The one with the smaller sum of set-up and solve, with the smaller assembly of both.</summary>
    public LinearCost Quicker(LinearCost other)
    {
        LinearCost quicker = other.SetUp + other.Solve <= SetUp + Solve ? other : this;
        return quicker with { Assembly = Math.Min(Assembly, other.Assembly) };
    }

    private static double Seconds(Action action, Communicator world)
    {
        world.Barrier();
        double start = Processor.Seconds;
        action();
        return world.Allreduce(Processor.Seconds - start, Operation.Max);
    }
}
