using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;

namespace Cell3D.Benchmarks.Time;

/// <summary>Largest differences of two runs on the same mesh.</summary>
/// <param name="Voltage">Of V at the same times [V].</param>
/// <param name="VoltageRms">Their root mean square [V].</param>
/// <param name="Temperature">Of the highest temperature at the same times [K].</param>
/// <param name="Concentration">Of lithium at the surface of particles, over all places and times [mol m⁻³].</param>
/// <param name="Events">Of the times at which steps of the protocol end [s].</param>
/// <param name="Lengths">Of the length of each step that something else than its time ends, with its sign [s].</param>
internal readonly record struct RunErrors(double Voltage, double VoltageRms, double Temperature, double Concentration, double Events, double[] Lengths);

/// <summary>What a case without any output took, and its curves at given times.</summary>
internal sealed record SteppedRun(double[] Times, double[] Voltage, double[] Temperature, double[][] Concentration, RunEnd End)
{
    /// <summary>Within this time of the end of a step the curves of two runs are not compared, which may have switched or not [s].</summary>
    private const double AroundSwitches = 1;

    public required int Steps { get; init; }

    public required int Rejected { get; init; }

    public required int NewtonIterations { get; init; }

    /// <summary>Processor time of this rank from the case to equations that are ready to step [s].</summary>
    public required double SetUpSeconds { get; init; }

    /// <summary>Processor time of this rank for the protocol, reading curves included [s].</summary>
    public required double StepSeconds { get; init; }

    /// <summary>*Collective.* Carries a case out on all ranks.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="times">Times of the curves [s].</param>
    /// <param name="taken">Told of every accepted step; null for nobody.</param>
    public static SteppedRun Of(SimulationCase simulation, Communicator world, double[] times, Action<Taken>? taken = null)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        using CellModel model = CellModel.Build(simulation, CaseMesh.Part(simulation, world.Size, world.Rank), world);
        InitialState.Apply(model, simulation);
        using CaseSolvers solvers = new(simulation, model, world);
        Probes probes = new(model, simulation.Probes with { Points = [], LayerMeans = false, LayerCurrents = false }, world);
        CellSums sums = new(model, probes, world);
        (StateVariable State, double Largest)[] surfaces = [.. model.Particles.Select(particles => (model.System.States.Variables.First(state => state.Quantity == ReactingParticles.SurfaceQuantity && state.Sites == particles.Sites), particles.Material.MaximumConcentration))];
        List<double> reached = [], voltage = [], temperature = [];
        List<double[]> concentration = [];
        ProtocolRun run = new(model, solvers.Integrator, simulation.Protocol, new(times), simulation.Solver.FixedSteps)
        {
            StepEnds = new(simulation.Thermal.TimesOfChange),
            Accepted = outcome =>
            {
                taken?.Invoke(Taken.Of(solvers.Integrator, outcome, model.Fields.TerminalVoltage));
                return true;
            },
            OutputReached = time =>
            {
                reached.Add(time);
                voltage.Add(model.Fields.TerminalVoltage);
                temperature.Add(sums.Gather([]).Maximum);
                concentration.Add([.. surfaces.SelectMany(surface => surface.State.Values.Select(x => surface.Largest * x))]);
            },
        };
        TimeSpan ready = Environment.CpuUsage.TotalTime;
        RunEnd end = run.Execute();
        double seconds = (Environment.CpuUsage.TotalTime - ready).TotalSeconds;
        return new([.. reached], [.. voltage], [.. temperature], [.. concentration], end)
        {
            Steps = run.Counts.Steps,
            Rejected = run.Counts.RejectedSteps + run.Counts.FailedSteps,
            NewtonIterations = run.Counts.NewtonIterations,
            SetUpSeconds = (ready - start).TotalSeconds,
            StepSeconds = seconds,
        };
    }

    /// <summary>*Collective.* The differences to another run on the same mesh and ranks.</summary>
    public RunErrors ErrorAgainst(SteppedRun other, Communicator world)
    {
        double voltage = 0, squares = 0, temperature = 0, concentration = 0;
        int compared = 0;
        for (int i = 0; i < Math.Min(Times.Length, other.Times.Length); i++)
        {
            if (End.Steps.Concat(other.End.Steps).Any(step => Math.Abs(step.End - Times[i]) < AroundSwitches))
                continue;
            double difference = Math.Abs(Voltage[i] - other.Voltage[i]);
            (voltage, squares, compared) = (Math.Max(voltage, difference), squares + (difference * difference), compared + 1);
            temperature = Math.Max(temperature, Math.Abs(Temperature[i] - other.Temperature[i]));
            for (int k = 0; k < Concentration[i].Length; k++)
                concentration = Math.Max(concentration, Math.Abs(Concentration[i][k] - other.Concentration[i][k]));
        }
        double events = End.Steps.Zip(other.End.Steps, (one, two) => Math.Abs(one.End - two.End)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double[] lengths = [.. Ending(End).Zip(Ending(other.End), (one, two) => one.End - one.Start - (two.End - two.Start))];
        return new(voltage, Math.Sqrt(squares / Math.Max(1, compared)), temperature, world.Allreduce(concentration, Operation.Max), events, lengths);
    }

    /// <summary>The steps of a protocol that something else than their time ends.</summary>
    public static IEnumerable<StepRecord> Ending(RunEnd end) => end.Steps.Where(step => step.Step.Duration is null && double.IsFinite(step.End));
}
