using Cell3D.Discretization;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Simulation;
using Cell3D.Simulation.Benchmark;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>One linear system of Newton's method on a layered pouch cell, or on the cell of a case, against one scalar Poisson solve on the same mesh and ranks.</summary>
/// <remarks>The system is the first of a 10 s step at 3C (the first current of a case) after a start of 1 s, solved to 1e-8; both sides count set-up and solve from scratch.</remarks>
public static class NewtonStep
{
    private const double Tolerance = 1e-8, StartStep = 1, DefaultStep = 10;

    /// <summary>Bound of <c>--check</c>: assembly of residual and Jacobian over one Poisson solve.</summary>
    private const double MostAssembly = 0.5;

    /// <summary>Arguments: [--check] [lu | schur | assembly] [dt=SECONDS] [cells along an edge | case=FILE]... [Key=VALUE]... [-- PETSc options].</summary>
    public static int Run(string[] arguments)
    {
        int split = Array.IndexOf(arguments, "--");
        string[] own = split < 0 ? arguments : arguments[..split], petsc = split < 0 ? [] : arguments[(split + 1)..];
        LinearMethod method = own.Contains("lu") ? LinearMethod.DirectLU : own.Contains("schur") ? LinearMethod.CollectorSchur : LinearMethod.FieldSplit;
        double step = own.FirstOrDefault(word => word.StartsWith("dt=", StringComparison.Ordinal)) is { } given ? double.Parse(given[3..]) : DefaultStep;
        int[] edges = [.. own.Where(word => char.IsAsciiDigit(word[0])).Select(int.Parse)];
        string[] cases = [.. own.Where(word => word.StartsWith("case=", StringComparison.Ordinal)).Select(word => word[5..])];
        string[] settings = [.. own.Where(word => char.IsAsciiLetterUpper(word[0]))];
        using IDisposable runtime = ParallelRuntime.Start(petsc);
        Communicator world = Communicator.World;
        if (method == LinearMethod.DirectLU)
            Options.SetDefault("-pc_factor_mat_solver_type", "mumps");
        if (world.IsRoot)
            Console.WriteLine("    mesh  ranks  unknowns  nnz/row  assembly s |  its  set-up s  solve s | Poisson its      s |  ratio  of assembly");
        bool holds = true;
        foreach (int edge in edges.Length + cases.Length > 0 ? edges : [20, 40, 60])
            holds &= Measure(() => new(world, edge, settings), $"{edge}² x 32", edge <= 20 ? 9 : 5) <= MostAssembly;
        foreach (string file in cases)
            Measure(() => new(world, file, settings), Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))!, 3);
        return own.Contains("--check") && !holds ? 1 : 0;

        double Measure(Func<PouchModel> build, string name, int repeats)
        {
            using PouchModel pouch = build();
            return NewtonStep.Measure(pouch, name, method == LinearMethod.DirectLU ? 1 : repeats, step, method, own.Contains("assembly"), world);
        }
    }

    /// <summary>Prints a line; the ratio of assembly to Poisson solve.</summary>
    private static double Measure(PouchModel pouch, string name, int repeats, double step, LinearMethod method, bool onlyAssembly, Communicator world)
    {
        Start(pouch, method, step, world);
        using PoissonSolve poisson = new(pouch.Part, pouch.Model.Halo, world);
        LinearCost newton = LinearCost.Worst;
        (int Iterations, double Seconds) reference = (0, double.PositiveInfinity);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            newton = newton.Quicker(LinearCost.Measure(pouch, method, Tolerance, onlyAssembly, world));
            (int Iterations, double Seconds) attempt = poisson.Solve(Tolerance);
            reference = attempt.Seconds < reference.Seconds ? attempt : reference;
        }
        if (world.IsRoot)
            Console.WriteLine($"{name,9}{world.Size,6}{pouch.Unknowns,11}{(double)pouch.NonZeros / pouch.Unknowns,9:f1}{newton.Assembly,11:f3}  |{newton.Iterations,5}{newton.SetUp,10:f3}{newton.Solve,9:f3} |"
                + $"{reference.Iterations,12}{reference.Seconds,8:f3} |{(newton.SetUp + newton.Solve) / reference.Seconds,7:f1}{newton.Assembly / reference.Seconds,13:f2}");
        return newton.Assembly / reference.Seconds;
    }

    /// <summary>Switches to 3C, takes one step of 1 s and prepares the next one.</summary>
    private static void Start(PouchModel pouch, LinearMethod method, double step, Communicator world)
    {
        using LinearSystem linear = new(pouch.Model.System, world, method, Tolerance, pouch.Model.Chains);
        TimeIntegrator integrator = new(pouch.Model.System, pouch.Newton(linear, world), world, new() { ErrorControl = false });
        integrator.Start(0);
        Require(integrator.SwitchTo(new Control.Current(new ExpectedCurrent(pouch.Case).Of(pouch.Case.Protocol.Steps[0]))));
        StepOutcome outcome = integrator.Attempt(StartStep);
        Require(outcome);
        integrator.Accept(outcome, steer: false);
        TimeCoefficients next = new();
        next.Set(StartStep + step, [StartStep], 1);
        pouch.Model.System.States.Predict(next);
        pouch.Model.System.BeginStep(next);
    }

    private static void Require(StepOutcome outcome)
    {
        if (!outcome.Succeeded)
            throw new InvalidOperationException($"The start failed: {outcome.Failure}, {outcome.Detail}");
    }
}
