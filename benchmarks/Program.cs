using BenchmarkDotNet.Running;
using Cell3D.Benchmarks.Accuracy;
using Cell3D.Benchmarks.Laws;
using Cell3D.Benchmarks.Microstructure;
using Cell3D.Benchmarks.Particles;
using Cell3D.Benchmarks.Scaling;
using Cell3D.Benchmarks.Solvers;
using Cell3D.Benchmarks.Time;

namespace Cell3D.Benchmarks;

/// <summary>Runs the benchmarks: see docs/performance.md for what each one measures.</summary>
internal static class Program
{
    private const int Usage = 64;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["--check"]:
                return LawCheck.Run();
            case ["budget", "plane", .. string[] rest]:
                return BudgetStudy.Plane(rest);
            case ["budget", .. string[] rest]:
                return BudgetStudy.Run(rest);
            case ["whole-error", string file, .. string[] settings]:
                return WholeError.Run(file, settings);
            case ["particles"]:
                return ParticleStudy.Run();
            case ["segment-kernel", .. string[] rest]:
                return SegmentKernel.Run(rest);
            case ["assembly-kernel", .. string[] rest]:
                return AssemblyKernel.Run(rest);
            case ["memory", .. string[] rest]:
                return MemoryUse.Run(rest);
            case ["set-up", .. string[] rest]:
                return SetUp.Run(rest);
            case ["lagging", .. string[] rest]:
                return Lagging.Run(rest);
            case ["homogenize", .. string[] rest]:
                return ClosureSolve.Run(rest);
            case ["work-precision", string folder, .. string[] cases]:
                return WorkPrecision.Run([folder, .. cases]);
            case ["step-errors", string file, .. string[] settings]:
                return StepErrors.Run(file, settings);
            case ["ensemble", string runs, string file, .. string[] settings] when int.TryParse(runs, out int count) && count > 0:
                return Ensemble.Run(count, file, settings);
            case []:
                Console.WriteLine("""
                    --check            laws: time per face and per particle; exit 1 when a Jacobian costs too much
                    particles          accuracy, memory and time of the discretisations inside a particle
                    budget             errors of V(t) by cells, unknowns and tolerances of columns, as CASE.json …; budget plane CASE.json … of the plane of pouches
                    whole-error        the whole error of V(t) of a column and the time of a run, as CASE.json KEY=VALUE / KEY=VALUE / …
                    segment-kernel     factors and applications of segments against the same loops in C; --check exits 1 when they are too slow
                    assembly-kernel    residual and Jacobian of the laws of faces against the same loop in C; --check exits 1 when they are too slow
                    memory             bytes per unknown of a cell that has taken steps, as 80 for a pouch or CASE.json KEY=VALUE; --check exits 1 when there are too many
                    set-up             time from the case to its equations, per control volume; under mpirun for more ranks
                    lagging            a discharge with the preconditioner rebuilt more or less often
                    homogenize         closure problems of structures, as 128 OverlappingSpheres:0.5 diagonal; under mpirun for more ranks
                    work-precision     steps, time and errors of cases at relative tolerances from 1e-3 to 1e-7, as FOLDER KEY=VALUE CASE.json
                    step-errors        every step of a run, what limits it and the error of V it leaves, as CASE.json KEY=VALUE
                    ensemble           many runs of a case in one process: runs per second, memory that grows; as 1000 CASE.json KEY=VALUE
                    --filter '*'       all BenchmarkDotNet measurements; --list flat names them
                    """);
                return Usage;
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }
}
