using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Simulation;
using Cell3D.Tests.Parallel;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>A run that is stopped and goes on is the run that was not stopped: bit by bit on the same ranks, to round-off on others.</summary>
[Category("Mpi")]
public class CheckpointTests
{
    private const int MostStops = 10;

    /// <summary>Below this a state is round-off, such as the growth of a film where none grows.</summary>
    private const double Nothing = 1e-9;

    private static readonly string[] Small =
    [
        "Mesh.Cells along width=2", "Mesh.Cells along height=2", "Mesh.Particle=4", "Mesh.Cells through.Negative electrode=2",
        "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=2", "Mesh.Cells along tab=1", "Initial state.SOC=0.6",
    ];

    private static readonly string[] Cells = ["column", "column with heat", "pouch", "films, hysteresis, double layers and D(x, T)", "narrowed pores", "heat capacities of T", "half cell", "stack", "roll", "staggered", "Strang", "two phases", Bends, Experiment];

    /// <summary>A current with a bend every second or two between steps of other kinds.</summary>
    private const string Bends = "current with bends";

    /// <summary>Cycles that start at times of their own, of which the third has faded, in a loop of two rounds; the second is cut by the time of the loop.</summary>
    private const string Experiment = "experiment";

    /// <summary>Stopped at ten random steps, and once more right after the first switch.</summary>
    [TestCaseSource(nameof(Cells))]
    public void OnTheSameRanksItIsTheSameBitByBit(string cell)
    {
        Communicator world = Communicator.World;
        if (world.Size > 1 && cell is ("column" or "column with heat" or "half cell"))
            Assert.Ignore("one piece");
        using SharedFolder folder = new();
        SimulationCase simulation = Case(cell, world.Size > 1 ? ["Solver.Linear solver=collector Schur"] : []);
        using Trial whole = Trial.Whole(simulation, world, folder["counted"], []);
        Random random = new(world.Size);
        int[] stops = [.. Enumerable.Range(1, whole.States - 2).OrderBy(_ => random.Next()).Take(MostStops).Append(0)];
        // A checkpoint lets a run forget its preconditioner, so this one writes them too.
        using Trial expected = Trial.Whole(simulation, world, folder["whole"], stops), stopped = Trial.Stopped(simulation, _ => world, folder["stopped"], stops);
        Assert.That(stopped.Lives, Is.EqualTo(stops.Length + 1));
        Assert.That(stopped.Values, Is.EqualTo(expected.Values));
        if (!world.IsRoot)
            return;
        Assert.That(File.ReadAllText(folder["stopped/timeseries.csv"]), Is.EqualTo(File.ReadAllText(folder["whole/timeseries.csv"])));
        Assert.That(File.ReadAllText(folder["stopped/fields.hdf.series"]), Is.EqualTo(File.ReadAllText(folder["whole/fields.hdf.series"])));
        Summary one = stopped.Summary, other = expected.Summary;
        Assert.That(one.Terminal, Is.EqualTo(other.Terminal));
        Assert.That(one.HeatByMechanism, Is.EqualTo(other.HeatByMechanism));
        Assert.That(one.Pulses, Is.EqualTo(other.Pulses).And.Count.EqualTo(cell switch { Experiment => 4, Bends => 0, _ => 1 }));
        Assert.That(one.Audits.Select(audit => audit.Value), Is.EqualTo(other.Audits.Select(audit => audit.Value)));
        Assert.That(one.Extremes.MaximumTemperature.Time, Is.EqualTo(other.Extremes.MaximumTemperature.Time));
        Assert.That(one.Extremes.LithiumMargin.Value, Is.EqualTo(other.Extremes.LithiumMargin.Value));
        Assert.That(one.Protocol.Select(step => (step.Start, step.End, step.Ending, step.Reason)), Is.EqualTo(other.Protocol.Select(step => (step.Start, step.End, step.Ending, step.Reason))));
        Assert.That(one.Outcome.EndReason, Is.EqualTo(other.Outcome.EndReason));
        if (cell == Experiment)
            Assert.That(one.Protocol.Select(step => step.End), Is.EqualTo(EndsOfExperiment));
        Assert.That((one.Work.Steps, one.Work.NewtonIterations, one.Work.KrylovIterations), Is.EqualTo((other.Work.Steps, other.Work.NewtonIterations, other.Work.KrylovIterations)));
        Assert.That((one.Work.PartialSolves, one.Work.MostInnerIterations), Is.EqualTo((other.Work.PartialSolves, other.Work.MostInnerIterations)));
    }

    /// <summary>1 → all, all → 1, 2 → 3.</summary>
    [TestCase("pouch")]
    [TestCase("films, hysteresis, double layers and D(x, T)")]
    [TestCase("narrowed pores")]
    [TestCase("two phases")]
    [TestCase("stack")]
    [TestCase("roll")]
    [TestCase(Bends)]
    [TestCase(Experiment)]
    public void OnOtherRanksItIsTheSameToRoundOff(string cell)
    {
        int all = Communicator.World.Size;
        if (all == 1)
            Assert.Ignore("other ranks are none");
        SimulationCase simulation = Case(cell);
        List<int[]> changes = [[1, all], [all, 1]];
        if (all == 3)
            changes.Add([2, 3]);
        using SharedFolder whole = new();
        using Trial? alone = Communicator.World.IsRoot ? Trial.Whole(simulation, Communicator.Self, whole["alone"], []) : null;
        Span<int> states = [alone?.States ?? 0];
        Communicator.World.Broadcast(states);
        int stop = states[0] / 2;
        foreach (int[] ranks in changes)
        {
            using SharedFolder folder = new();
            Communicator[] worlds = [.. ranks.Select(count => Communicator.World.Split(Communicator.World.Rank < count ? 0 : 1, Communicator.World.Rank))];
            Communicator Of(int life) => Communicator.World.Rank < ranks[Math.Min(life, 1)] ? worlds[Math.Min(life, 1)] : null!;
            using Trial moved = Trial.Stopped(simulation, Of, folder["moved"], [stop]);
            if (alone is not null)
            {
                (string name, double worst) = moved.Distance(alone);
                TestContext.Out.WriteLine($"{ranks[0]} → {ranks[1]}: {worst:e1} in {name}");
                Assert.That(worst, Is.LessThan(1e-9), name);
                Assert.That(File.Exists(folder["moved/mesh_000001.hdf"]) || File.Exists(folder["moved/mesh_000002.hdf"]) || File.Exists(folder["moved/mesh_000003.hdf"]), "another order of cells has another mesh");
            }
            foreach (Communicator part in worlds)
                part.Dispose();
        }
    }

    /// <summary>Discharge, rest or bends, charge, held voltage.</summary>
    private static SimulationCase Case(string cell, params string[] settings)
    {
        string[] small = [.. Small, .. settings];
        SimulationCase simulation = cell switch
        {
            "column" => TestCases.Column([.. settings, "Initial state.SOC=0.6"]),
            "column with heat" => TestCases.ThermalColumn([.. settings, "Initial state.SOC=0.6"]),
            "pouch" => TestCases.Pouch(small),
            "films, hysteresis, double layers and D(x, T)" => TestCases.Pouch(small).WithMaterials(m => [ParticleVariationTests.WithEverything(m)]),
            "narrowed pores" => TestCases.Pouch(small).WithMaterials(m => [CondensedJacobianTests.Filmed(m)]),
            "two phases" => TestCases.Pouch(small).WithMaterials(m => [PhaseSeparationRunTests.Parted(m)]),
            "heat capacities of T" => TestCases.Pouch([.. small, .. ConservationTests.ThermalExpressions]),
            "half cell" => HalfCellTests.HalfCell([.. settings, "Initial state.SOC=0.6"]),
            "stack" => TestCases.Prismatic(2, small),
            "staggered" => TestCases.Pouch([.. small, "Solver.Coupling.Strategy=staggered"]),
            Bends => TestCases.Pouch(small),
            Experiment => TestCases.Pouch([.. small, $"Protocol.Steps=[{ExperimentSteps}]"]),
            "Strang" => TestCases.Pouch([.. small, "Solver.Coupling.Strategy=Strang", "Solver.Fixed time steps=[2.5]"]),
            _ => TestCases.Roll([.. settings, "Mesh.Particle=4", "Initial state.SOC=0.6"]),
        };
        if (cell == Experiment)
            return simulation with { File = simulation.Cell.File, Output = simulation.Output with { FieldCount = 4 } };
        double oneC = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        double held = cell == "half cell" ? 4.0 : 3.85;
        ProtocolStep[] steps =
        [
            ProtocolStep.AtCurrent("Discharge at 1C for 20 s", -oneC, 20), ProtocolStep.AtCurrent("Rest for 10 s", 0, 10) with { Period = 3 },
            ProtocolStep.AtCurrent("Charge at C/2 for 20 s", 0.5 * oneC, 20) with { Period = 0.7 }, new("Hold for 10 s", new Drive.Voltage(held)) { Duration = 10 },
        ];
        if (cell == Bends)
            steps[1] = new("Run bends.csv (A)", new Drive.Cycle(new([0, 1, 3, 4, 6, 7, 9, 10], [-0.2 * oneC, -oneC, 0.5 * oneC, 0.1 * oneC, -2 * oneC, 0, oneC, -oneC], IsPower: false, IsHeld: false))) { Period = 0.9 };
        return simulation with { File = simulation.Cell.File, Protocol = simulation.Protocol with { Steps = steps }, Output = simulation.Output with { FieldCount = 4 } };
    }

    private const string ExperimentSteps = """
        { "Repeat": 2, "Until": "75 s", "Steps": { "cycles": [
            [{ "type": "c-rate", "value": 1, "duration": 12, "start_time": "2026-01-31T12:00:00" }, { "type": "rest", "duration": 2 }],
            [{ "type": "c-rate", "value": 1, "duration": 11, "start_time": "2026-01-31T12:00:16" }],
            [{ "type": "c-rate", "value": 1, "duration": 9, "start_time": "2026-01-31T12:00:30" }, { "type": "rest", "duration": 8, "start_time": "2026-01-31T12:00:38" }],
            [{ "type": "c-rate", "value": 1, "duration": 12, "start_time": "2026-01-31T12:00:50" }]],
          "termination": ["80% capacity", "2.6 V", "10 h"] } }
        """;

    /// <summary>By hand: 8 s of 12 s are 67 %, so the experiment ends with the rest before its fourth start.</summary>
    private static readonly double[] EndsOfExperiment = [12, 14, 16, 27, 30, 38, 46, 50, 62, 64, 66, 75];

    /// <summary>A case carried out in one life or several.</summary>
    private sealed class Trial : IDisposable
    {
        private readonly SimulationCase _simulation;
        private readonly string _folder;
        private readonly HashSet<int> _stops;
        private CaseRun? _run;
        private Communicator? _world;

        private Trial(SimulationCase simulation, string folder, IEnumerable<int> stops) => (_simulation, _folder, _stops) = (simulation, folder, [.. stops]);

        public int Lives { get; private set; }

        /// <summary>Accepted states, those after switches included.</summary>
        public int States { get; private set; }

        public Summary Summary { get; private set; } = null!;

        /// <summary>Accepted states of this rank.</summary>
        public double[][] Values => [.. _run!.Model.System.States.Variables.Select(state => state.Past(0).ToArray())];

        public static Trial Whole(SimulationCase simulation, Communicator world, string folder, int[] checkpoints)
        {
            Trial trial = new(simulation, folder, checkpoints);
            trial.Live(world, stops: false);
            return trial;
        }

        /// <summary>Each life on the ranks that are given for it; null on others.</summary>
        public static Trial Stopped(SimulationCase simulation, Func<int, Communicator?> world, string folder, int[] stops)
        {
            Trial trial = new(simulation, folder, stops);
            while (trial.Lives <= stops.Length)
            {
                trial._run?.Dispose();
                trial._run = null;
                if (world(trial.Lives) is { } ranks)
                    trial.Live(ranks, stops: true);
                else
                    trial.Lives++;
                Span<int> states = [trial.States];
                Communicator.World.Broadcast(states);
                trial.States = states[0];
            }
            return trial;
        }

        /// <summary>The state that differs most from that of a run on this rank alone, relative to its largest value, and how much; on rank 0.</summary>
        public (string Name, double Worst) Distance(Trial alone)
        {
            (string Name, double Worst) worst = ("", 0);
            foreach ((StateVariable here, StateVariable there) in _run!.Model.System.States.Variables.Zip(alone._run!.Model.System.States.Variables))
            {
                Dictionary<(long, long), int> places = Numbers(alone._run.Model.Mesh, there).Select((number, i) => (number, i)).ToDictionary(entry => entry.number, entry => entry.i);
                (long, long)[] numbers = [.. Numbers(_run.Model.Mesh, here)];
                double scale = Math.Max(Nothing, there.Past(0)[..there.Owned].ToArray().Max(Math.Abs));
                for (int i = 0; i < numbers.Length; i++)
                    for (int k = 0; k < here.Components; k++)
                        if (Math.Abs(here.Past(0)[(i * here.Components) + k] - there.Past(0)[(places[numbers[i]] * there.Components) + k]) / scale is var miss && miss > worst.Worst)
                            worst = (here.Name, miss);
            }
            return worst;
        }

        public void Dispose() => _run?.Dispose();

        private static IEnumerable<(long, long)> Numbers(CellMesh mesh, StateVariable state) => state.Sites is not { } sites ? [(0, 0)]
            : sites.Cells.Select((cell, i) => (mesh.GlobalCell[cell], sites.Opposite is { } other ? mesh.GlobalCell[other[i]] : -1));

        private void Live(Communicator world, bool stops)
        {
            _world = world;
            int now = -1;
            RunOptions options = new()
            {
                Folder = _folder,
                Resume = Lives == 0 ? ResumeMode.Never : ResumeMode.Always,
                CheckpointRequested = () => _stops.Contains(now = States++),
                StopRequested = () => stops && _stops.Contains(now),
            };
            _run = new(_simulation, world, options);
            Summary = _run.Execute();
            Lives++;
        }
    }
}
