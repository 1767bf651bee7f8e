using System.Globalization;
using Cell3D.Discretization;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>Memory of a cell after some time steps as a run takes them, per unknown of the condensed system: what stays, by what holds it, and the peak on the way there.</summary>
public static class MemoryUse
{
    /// <summary>Bounds of <c>--check</c> on the pouch [byte per unknown]: managed memory that stays, and all that stays beyond the program itself.</summary>
    private const double MostManaged = 270, MostResident = 670;

    /// <summary>Arrays below are not listed [byte per unknown].</summary>
    private const double LeastShown = 0.5;

    /// <summary>Cells along an edge of the pouch that is stepped before, so that what a process loads and compiles once is not counted.</summary>
    private const int FirstEdge = 14;

    /// <summary>As many as until formulas of the highest order are under way.</summary>
    private const int Steps = 12;

    /// <summary>Arguments: [--check] [cells along an edge of the pouch, or a case file with settings KEY=VALUE]. One cell per process: what another one leaves would hide a part.</summary>
    public static int Run(string[] arguments)
    {
        bool check = arguments.Contains("--check");
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        string[] words = [.. arguments.Where(word => word != "--check").DefaultIfEmpty("40")];
        using (Stepped first = new(PouchModel.CaseOf(FirstEdge), world))
            Settle();
        return Measure(int.TryParse(words[0], out int edge) ? PouchModel.CaseOf(edge) : BenchmarkCase.Of(words[0], words[1..]), world) || !check ? 0 : 1;
    }

    private static bool Measure(SimulationCase simulation, Communicator world)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double program = Status("VmRSS");
        using Stepped cell = new(simulation, world);
        Settle();
        double rows = cell.Model.Layout.Rows, managed = GC.GetTotalMemory(forceFullCollection: true) - before;
        double stays = Status("VmRSS") - program;
        if (world.IsRoot)
        {
            Console.WriteLine($"{Path.GetFileName(simulation.File)}, {world.Size} rank(s), {rows:n0} unknowns and {cell.Model.Mesh.CellCount:n0} control volumes on rank 0; bytes per unknown");
            Show("managed", managed);
            foreach ((string holder, long bytes) in HeldMemory.Of(cell).Where(held => held.Bytes >= LeastShown * rows))
                Show($"  {holder}", bytes);
            foreach ((string purpose, long bytes) in cell.Linear.Memory)
                Show(purpose, bytes);
            Show("Krylov vectors, S, all else", stays - managed - cell.Linear.Memory.Sum(part => part.Bytes));
            Show("what stays", stays);
            foreach ((string stage, double most) in cell.Peaks)
                Show($"peak while {stage}", most - program);
            Show("the program itself, not counted above", program);
        }
        return managed / rows <= MostManaged && stays / rows <= MostResident;

        void Show(string what, double bytes) => Console.WriteLine($"  {what,-42}{bytes / rows,8:f1}");
    }

    private static double Status(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static void Settle() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>A cell that has taken some steps.</summary>
    private sealed class Stepped : IDisposable
    {
        private readonly CaseSolvers _solvers;

        internal Stepped(SimulationCase simulation, Communicator world)
        {
            Model = CellModel.Build(simulation, CaseMesh.Part(simulation, world.Size, world.Rank), world);
            InitialState.Apply(Model, simulation);
            EndStage("mesh and equations are made");
            _solvers = new(simulation, Model, world);
            EndStage("the linear solver is made");
            // As a run does.
            Settle();
            TakeSteps(_solvers.Integrator, new Control.Current(new ExpectedCurrent(simulation).Of(simulation.Protocol.Steps[0])));
            EndStage("steps are taken");
        }

        internal CellModel Model { get; }

        internal LinearSystem Linear => _solvers.Linear;

        /// <summary>Largest resident memory of each stage.</summary>
        internal List<(string Stage, double Bytes)> Peaks { get; } = [];

        public void Dispose()
        {
            _solvers.Dispose();
            Model.Dispose();
        }

        /// <summary>The kernel then begins to look for the peak of the next one.</summary>
        private void EndStage(string stage)
        {
            Peaks.Add((stage, Status("VmHWM")));
            File.WriteAllText("/proc/self/clear_refs", "5");
        }

        private static void TakeSteps(TimeIntegrator integrator, Control control)
        {
            integrator.Start(0);
            Require(integrator.SwitchTo(control));
            for (int taken = 0; taken < Steps;)
            {
                StepOutcome outcome = integrator.Attempt(integrator.NextStep);
                if (outcome.Succeeded)
                {
                    integrator.Accept(outcome, steer: true);
                    taken++;
                }
                else if (!integrator.Reject(outcome))
                    Require(outcome);
            }
        }

        private static void Require(StepOutcome outcome)
        {
            if (!outcome.Succeeded)
                throw new InvalidOperationException($"{outcome.Failure}, {outcome.Detail}");
        }
    }
}
