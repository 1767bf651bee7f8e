using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Benchmark;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>Part of a 3C discharge of the pouch cell with the preconditioner rebuilt more or less often: builds, iterations and time.</summary>
public static class Lagging
{
    private const int Edge = 20;
    private const double Seconds = 300, LinearTolerance = 1e-3;

    /// <summary>Arguments: PETSc options.</summary>
    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start(arguments);
        Communicator world = Communicator.World;
        if (world.IsRoot)
            Console.WriteLine("growth  steps  Newton  builds  Krylov  processor s  voltage at the end");
        foreach (double growth in new[] { 0, 1.25, 1.5, 2, 3 })
            Discharge(growth, world);
        return 0;
    }

    private static void Discharge(double growth, Communicator world)
    {
        using PouchModel pouch = new(world, Edge);
        using LinearSystem linear = new(pouch.Model.System, world, LinearMethod.FieldSplit, LinearTolerance) { AllowedGrowth = growth };
        TimeIntegrator integrator = new(pouch.Model.System, pouch.Newton(linear, world), world, new());
        ProtocolRun run = new(pouch.Model, integrator, new([pouch.Case.Protocol.Steps[0] with { Duration = Seconds }], pouch.Case.Protocol.CurrentShare,
            pouch.Case.Protocol.LowerCutOff, pouch.Case.Protocol.UpperCutOff), new([]), []);
        double start = Processor.Seconds;
        RunEnd end = run.Execute();
        double seconds = world.Allreduce(Processor.Seconds - start, Operation.Max);
        if (world.IsRoot)
            Console.WriteLine($"{growth,6}{run.Counts.Steps,7}{run.Counts.NewtonIterations,8}{linear.Builds,8}{run.Counts.LinearIterations,8}{seconds,13:f2}{pouch.Model.Fields.TerminalVoltage,20:f9}   {end.Detail}");
    }
}
