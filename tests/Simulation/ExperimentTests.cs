using System.Globalization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Ends of loops and experiments and start times of steps, against times that follow by hand.</summary>
public class ExperimentTests
{
    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Unspecified);

    private static SimulationCase Case(string steps, params string[] settings) => TestCases.Column([$"Protocol.Steps=[{steps}]", "Initial state.SOC=0.6", .. settings]);

    private static RunEnd Run(string steps, params string[] settings)
    {
        using CellRun run = new(Case(steps, settings), adaptive: true);
        return run.Execute();
    }

    /// <summary>A discharge at 1C, or a rest, of so many seconds.</summary>
    private static string Step(double rate, double? duration, double? start = null)
    {
        string kind = rate == 0 ? "\"type\": \"rest\"" : FormattableString.Invariant($"\"type\": \"c-rate\", \"value\": {rate:R}");
        string lasts = duration is { } seconds ? FormattableString.Invariant($", \"duration\": {seconds:R}") : "";
        return $"{{ {kind}{lasts}{(start is { } at ? $", \"start_time\": \"{Noon.AddTicks((long)Math.Round(at * TimeSpan.TicksPerSecond)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}\"" : "")} }}";
    }

    private static string Cycles(string? termination, params string[][] cycles) =>
        $"{{ \"cycles\": [{string.Join(", ", cycles.Select(cycle => $"[{string.Join(", ", cycle)}]"))}]{(termination is null ? "" : $", \"termination\": {termination}")} }}";

    /// <summary>Cycles that take 60, 55, 50 and 45 s of 1C out of the cell, which is 5 A h, charge in between, and one that only rests.</summary>
    private static string Fading(string termination) => Cycles(termination,
        [Step(1, 60), Step(-1, 30)], [Step(0, 20)], [Step(1, 55), Step(-1, 30)], [Step(1, 20), Step(0, 5), Step(1, 30)], [Step(1, 45), Step(-1, 30)], [Step(1, 60)]);

    /// <summary>By hand: 55/60 = 0.917, 50/60 = 0.833, 45/60 = 0.75; 50 s of 5 A are 0.0694 A h. A cycle that takes nothing out has no capacity.</summary>
    [TestCase("\"92% capacity\"", 3, 60 + 30 + 20 + 55 + 30, "the experiment ends behind cycle 3: it took 0.0763889 A.h out of the cell, no more than 92 % of the 0.0833333 A.h of the first")]
    [TestCase("\"91 % capacity\"", 4, 60 + 30 + 20 + 55 + 30 + 55, "behind cycle 4")]
    [TestCase("\"80% capacity\"", 5, 60 + 30 + 20 + 55 + 30 + 55 + 75, "behind cycle 5")]
    [TestCase("\"0.0695 Ah capacity\"", 4, 60 + 30 + 20 + 55 + 30 + 55, "behind cycle 4: it took 0.0694444 A.h out of the cell, no more than 0.0695 A.h")]
    [TestCase("""["70% capacity", "2.5 V"]""", 6, 60 + 30 + 20 + 55 + 30 + 55 + 75 + 60, "")]
    [TestCase("\"100% capacity\"", 1, 90, "behind cycle 1")]
    public void CapacityEndsAnExperiment(string termination, int cycles, double seconds, string words)
    {
        RunEnd end = Run(Fading(termination));
        TestContext.Out.WriteLine(end.Detail);
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Time, Is.EqualTo(seconds).Within(1e-9));
        Assert.That(end.Steps[^1].Step.Round, Is.EqualTo(cycles));
        Assert.That(end.Detail, Does.Contain(words));
        Assert.That(end.Detail, Does.EndWith("the protocol is finished").And.Not.Contain("its time is over"));
    }

    /// <summary>Each run through a loop has a first round of its own, and what is behind it follows.</summary>
    [Test]
    public void ALoopEndsWhereItsRoundsHaveFaded()
    {
        // Held samples of 60, 50 and 40 s of 1C cannot be told by a sentence that comes again: a state of charge ends each discharge, charges are of fixed length.
        const string loop = """{ "Repeat": 2, "Steps": [{ "Repeat": 9, "Steps": ["Discharge at 1C until 50 % SOC", "Charge at 1C for 100 s"], "Until": "40 % capacity" }, "Rest for 7 s"] }""";
        RunEnd end = Run(loop);
        TestContext.Out.WriteLine(end.Detail);
        // 0.6 to 0.5 first, then what 100 s put in: less than 40 % of the first round. In the second run through the outer loop the first round takes those 100 s, and all others too.
        double first = end.Steps[0].End, window = first / 0.1;
        Assert.That(100, Is.LessThan(0.4 * first), "100 s are a fade from the first round");
        Assert.That(end.Steps.Take(5).Select(step => step.Number), Is.EqualTo(new[] { 1, 2, 3, 4, 19 }));
        Assert.That(end.Steps[2].End - end.Steps[2].Start, Is.EqualTo(100).Within(1e-4));
        Assert.That(end.Steps[3].Words, Does.Contain("the loop ends behind round 2: it took 0.138889 A.h out of the cell, no more than 40 % of the"));
        Assert.That(end.Steps, Has.Count.EqualTo(4 + 1 + 18 + 1), "no round of the second run takes less than its first");
        Assert.That(window, Is.InRange(3300, 3900), "a state of charge is that of the whole window");
    }

    /// <summary>The lowest voltage of a cycle counts, though it has risen again by the end of the cycle.</summary>
    [Test]
    public void TheLowestVoltageEndsAnExperiment()
    {
        string[][] cycles = [.. new double[] { 0.5, 1, 2, 1 }.Select(rate => new[] { Step(rate, 20), Step(0, 20) })];
        List<double> lowest = [];
        using (CellRun run = new(Case(Cycles(null, cycles)), adaptive: true))
        {
            ProtocolRun protocol = run.Protocol();
            lowest.AddRange(Enumerable.Repeat(10.0, 5));
            protocol.Accepted = _ =>
            {
                lowest[protocol.Step.Round] = Math.Min(lowest[protocol.Step.Round], run.Voltage);
                return true;
            };
            Assert.That(protocol.Execute().Time, Is.EqualTo(160).Within(1e-9));
        }
        string limit = FormattableString.Invariant($"\"{0.5 * (lowest[2] + lowest[3]):F4} V\"");
        RunEnd end = Run(Cycles(limit, cycles));
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Time, Is.EqualTo(120).Within(1e-9), $"lowest voltages {string.Join(", ", lowest)}, limit {limit}");
        Assert.That(end.Detail, Does.Contain(FormattableString.Invariant($"the experiment ends behind cycle 3: its lowest voltage was {lowest[3]:g6} V")));
        RunEnd loop = Run(FormattableString.Invariant($"{{ \"Repeat\": 3, \"Steps\": [\"Discharge at 2C for 20 s\", \"Rest for 20 s\"], \"Until\": \"lowest voltage 4.1 V\" }}"));
        Assert.That(loop.Time, Is.EqualTo(40).Within(1e-9));
    }

    /// <summary>The time of an experiment or of a loop cuts the step under way, and what is behind it follows.</summary>
    [Test]
    public void TimeEndsAnExperimentWithinAStep()
    {
        RunEnd end = Run($"\"Rest for 5 s\", {Cycles("\"90 s\"", [Step(1, 60), Step(-1, 100)], [Step(1, 60)])}, \"Rest for 3 s\"");
        Assert.That(end.Steps.Select(step => (step.Number, step.End)), Is.EqualTo(new[] { (1, 5.0), (2, 65), (3, 95), (5, 98) }));
        Assert.That(end.Steps[2].Words, Is.EqualTo("the experiment ends after its 90 s"));
        Assert.That(end.Steps[2].Ending, Is.EqualTo(StepEnding.CarriedOut));
        end = Run("""{ "Repeat": 5, "Steps": ["Discharge at 1C for 20 s", { "Repeat": 3, "Steps": "Rest for 10 s", "Until": "25 s" }], "Until": "100 s" }""");
        Assert.That(end.Steps.Select(step => step.End), Is.EqualTo(new double[] { 20, 30, 40, 45, 65, 75, 85, 90, 100 }));
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished));
        Assert.That(end.Detail, Is.EqualTo("the loop ends after its 100 s, the protocol is finished"));
    }

    /// <summary>By hand: 60 s of discharge, a rest of 40 s to the start at 100 s, a discharge of 1000 s that the start at 150 s cuts, a step whose time that start takes away, and one that is late.</summary>
    [Test]
    public void StepsStartAtTheirTimes()
    {
        RunEnd end = Run($"\"Rest for 5 s\", {Cycles(null, [Step(1, 60, 0), Step(0.5, 1000, 100), Step(0, 10)], [Step(-1, 20, 150), Step(0, 10)])}");
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Steps.Select(step => step.Step.Text), Is.EqualTo(new[] { "Rest for 5 s", "Discharge at 1C for 60 s", "Rest until 2026-01-31T12:01:40.000000", "Discharge at 0.5C for 1000 s", "Rest for 10 s", "Charge at 1C for 20 s", "Rest for 10 s" }));
        Assert.That(end.Steps.Select(step => step.Start), Is.EqualTo(new[] { 0, 5, 65, 105, double.NaN, 155, 175 }));
        Assert.That(end.Steps.Select(step => step.End), Is.EqualTo(new[] { 5, 65, 105, 155, double.NaN, 175, 185 }));
        Assert.That(end.Steps[3].Words, Is.EqualTo("the next start time has come"));
        Assert.That((end.Steps[4].Ending, end.Steps[4].Words), Is.EqualTo((StepEnding.Skipped, "before it begins the next start time has come")));
    }

    /// <summary>Start times count from the start of their experiment, in every round of a loop around it.</summary>
    [Test]
    public void AnExperimentInALoopStartsItsClockAnew()
    {
        RunEnd end = Run($"{{ \"Repeat\": 3, \"Steps\": [{Cycles(null, [Step(1, 7, 0), Step(0, 5, 20)])}] }}");
        Assert.That(end.Steps.Select(step => step.Start), Is.EqualTo(new double[] { 0, 7, 20, 25, 32, 45, 50, 57, 70 }));
    }

    /// <summary>A step whose end is met from the start is left out as PyBaMM does, or ends the run where it may not be.</summary>
    [TestCase(true, EndReason.ProtocolFinished, 20)]
    [TestCase(false, EndReason.LimitReached, 10)]
    public void AStepIsLeftOutWhereItMayBe(bool mayBe, EndReason reason, double time)
    {
        string step = $$"""{ "type": "c-rate", "value": 1, "terminations": [{ "type": "voltage", "value": 4.15 }]{{(mayBe ? "" : ", \"skip_ok\": false")}} }""";
        RunEnd end = Run(Cycles(null, [Step(0, 10), step, Step(0, 10)]));
        Assert.That(end.Reason, Is.EqualTo(reason), end.Detail);
        Assert.That(end.Time, Is.EqualTo(time).Within(1e-9));
        Assert.That(end.Steps[1].Ending, Is.EqualTo(StepEnding.NotCarriedOut));
    }

    /// <summary>Random steps with random start times begin when these come, or when the step before is over where none is given; nothing runs past a start time.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public void RandomStepsStartAtTheirTimes(int seed)
    {
        Random random = new(seed);
        const int count = 12;
        double?[] starts = new double?[count];
        double[] durations = [.. Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble() * 40, 3) + 0.5)];
        double clock = 0;
        for (int i = 0; i < count; i++)
        {
            // Halves of a microsecond are none of PyBaMM's.
            starts[i] = i == 0 || random.Next(3) > 0 ? Math.Round(clock, 6) : null;
            clock = Math.Max(clock, starts[i] ?? 0) + 1e-3 + Math.Round(random.NextDouble() * 50, 6);
        }
        double[] rates = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) switch { 0 => 0.0, 1 => 0.5, _ => -0.5 })];
        string[] steps = [.. Enumerable.Range(0, count).Select(i => Step(rates[i], durations[i], starts[i]))];
        RunEnd end = Run(Cycles(null, [.. steps.Chunk(3)]));
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        // What follows by hand.
        double now = 0;
        StepRecord[] records = [.. end.Steps.Where(record => !record.Step.IsPadding)];
        Assert.That(records, Has.Length.EqualTo(count));
        for (int i = 0; i < count; i++)
        {
            now = Math.Max(now, starts[i] ?? 0);
            double latest = starts.Skip(i + 1).FirstOrDefault(start => start is not null) ?? double.PositiveInfinity;
            if (now >= latest - 1e-9)
            {
                Assert.That(records[i].Ending, Is.EqualTo(StepEnding.Skipped), $"step {i}");
                continue;
            }
            Assert.That(records[i].Start, Is.EqualTo(now).Within(1e-8), $"step {i}");
            now = Math.Min(now + durations[i], latest);
            Assert.That(records[i].End, Is.EqualTo(now).Within(1e-8), $"step {i}");
        }
        Assert.That(end.Time, Is.EqualTo(now).Within(1e-8));
    }

    /// <summary>What a run will take is told from the times that are given.</summary>
    [Test]
    public void TheForecastKnowsStartTimesAndEnds()
    {
        Assert.That(ProtocolEstimate.Seconds(Case(Cycles(null, [Step(1, 60, 0), Step(0.5, 1000, 100), Step(0, 10)], [Step(-1, 20, 150), Step(0, 10)]))), Is.EqualTo(180).Within(1e-9));
        Assert.That(ProtocolEstimate.Seconds(Case($"\"Rest for 5 s\", {Cycles("\"90 s\"", [Step(1, 60), Step(-1, 100)], [Step(1, 60)])}, \"Rest for 3 s\"")), Is.EqualTo(98).Within(1e-9));
        StepForecast rests = new(Case($"{{ \"Repeat\": 1000, \"Steps\": \"Rest for 1 h\", \"Until\": \"5 h\" }}"));
        rests.Record(0, 3.9, 0, 0, afterSwitch: true);
        Assert.That(rests.Left, Is.InRange(5, 5 * 100), "five rests of a thousand");
        Assert.That(rests.SecondsOfStep, Is.EqualTo(3600));
    }

    /// <summary>Every rank ends at the same cycle and at the same times as one alone.</summary>
    [Test]
    [Category("Mpi")]
    public void AllRanksEndAtTheSameCycle()
    {
        SimulationCase simulation = TestCases.Pouch($"Protocol.Steps=[{Cycles("\"85% capacity\"", [Step(1, 20, 0), Step(0, 5, 30)], [Step(1, 18, 40)], [Step(1, 16, 60)], [Step(1, 20, 80)])}]", "Initial state.SOC=0.6",
            "Mesh.Cells along width=4", "Mesh.Cells along height=2");
        using CellRun run = new(simulation, Communicator.World, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Steps.Select(step => step.Start), Is.EqualTo(new double[] { 0, 20, 30, 35, 40, 58, 60, 76 }));
        Assert.That(end.Time, Is.EqualTo(80), "the rest before the next cycle is of the third");
        Assert.That(end.Detail, Does.Contain("behind cycle 3").And.Contain("no more than 85 % of"));
    }
}
