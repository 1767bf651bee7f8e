using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The forecast of remaining steps against a made-up run whose every step is known.</summary>
public class StepForecastTests
{
    /// <summary>Steps that grow by a fifth of the time since the switch up to 100 s at rest and 8 s with current, over protocol steps of known length.</summary>
    private static List<(double Time, double Current, bool Switch)> Run(params (double Current, double Seconds)[] parts)
    {
        List<(double, double, bool)> states = [];
        double time = 0;
        foreach ((double current, double seconds) in parts)
        {
            double start = time, end = time + seconds;
            states.Add((time, current, true));
            while (time < end)
            {
                time = Math.Min(end, time + Math.Clamp(0.2 * (time - start), 0.01, current == 0 ? 100 : 8));
                states.Add((time, current, false));
            }
        }
        return states;
    }

    private static SimulationCase Case(params string[] steps)
    {
        JsonObject text = Samples.Column();
        text["Protocol"]!["Steps"] = new JsonArray([.. steps.Select(step => JsonValue.Create(step))]);
        return Samples.Case(text);
    }

    [Test]
    public void StepsOfAProtocolAreForeseenWithinAFactor()
    {
        const double factor = 3;
        List<(double Time, double Current, bool Switch)> run = Run((0, 3600), (-5, 1200), (0, 3600), (-5, 600));
        StepForecast forecast = new(Case("Rest for 1 h", "Discharge at 5 A for 20 min", "Rest for 1 h", "Discharge at 5 A for 10 min"));
        int taken = 0, index = -1, whole = run.Count(state => !state.Switch);
        foreach ((double time, double current, bool isSwitch) in run)
        {
            index += isSwitch ? 1 : 0;
            forecast.Record(time, 3.9, current, index, isSwitch);
            taken += isSwitch ? 0 : 1;
            Assert.That(forecast.Done, Is.EqualTo(taken));
            if (taken < whole) Assert.That(forecast.Left, Is.InRange((whole - taken) / factor - 2, (whole - taken) * factor + 2), $"at {time} s");
        }
        Assert.That(forecast.Left, Is.Zero);
    }

    /// <summary>Jumps within a drive cycle do not begin it anew: what is left falls to nothing.</summary>
    [Test]
    public void JumpsOfADriveCycleAreNoNewStep()
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse("""{ "Drive cycles": { "train": { "Times [s]": [0, 10, 20], "Values": [-5, 2, -5], "Repeats": 10, "Between samples": "held", "Positive values": "charge" } }, "Steps": "Run train (A)" }""");
        StepForecast forecast = new(Samples.Case(text));
        double half = double.NaN;
        for (int jump = 0; jump < 20; jump++)
        {
            double current = jump % 2 == 0 ? -5 : 2;
            forecast.Record(10 * jump, 3.9, current, 0, afterSwitch: true);
            for (int step = 1; step <= 5; step++) forecast.Record((10 * jump) + (2 * step), 3.9, current, 0, afterSwitch: false);
            if (jump == 9) half = forecast.Left;
            if (jump == 17) Assert.That(forecast.Left, Is.InRange(1, 0.4 * half));
        }
        Assert.That(half, Is.InRange(50.0 / 3, 150));
        Assert.That(forecast.Left, Is.Zero);
    }

    /// <summary>A step ends at every point of a table over time.</summary>
    [Test]
    public void PointsOfTheSurroundingsAreCounted()
    {
        JsonObject text = Samples.Column();
        text["Protocol"]!["Steps"] = new JsonArray("Rest for 1 h", "Rest for 1 h");
        double[] times = [.. Enumerable.Range(0, 720).Select(i => 10.0 * i)];
        text["Thermal"] = new JsonObject
        {
            ["Model"] = "resolved",
            ["Cooling"] = new JsonObject { ["All surfaces"] = new JsonObject { ["Heat transfer coefficient [W.m-2.K-1]"] = 5 } },
            ["Ambient temperature [K]"] = new JsonObject
            {
                ["Times [s]"] = new JsonArray([.. times.Select(time => JsonValue.Create(time))]),
                ["Values"] = new JsonArray([.. times.Select((_, i) => JsonValue.Create(290.0 + (i % 2)))]),
            },
        };
        StepForecast forecast = new(Samples.Case(text));
        forecast.Record(0, 4, 0, 0, afterSwitch: true);
        Assert.That(forecast.Left, Is.InRange(715, 730));
    }

    [Test]
    public void ALateCutOffIsForeseenFromTheVoltage()
    {
        StepForecast forecast = new(Case("Discharge at 5 A until 3.6 V"));
        forecast.Record(0, 4.05, -5, 0, true);
        double atFirst = forecast.SecondsOfStep;
        forecast.Record(600, 3.85, -5, 0, false);
        forecast.Record(1430, 3.601, -5, 0, false);
        Assert.That(atFirst, Is.InRange(1200, 2600), "1437 s are right; the charge in the cell would last 3700 s");
        Assert.That(forecast.SecondsOfStep, Is.Positive.And.LessThan(20));
        Assert.That(forecast.Left, Is.InRange(1, 2));
        forecast.Record(1437, 3.6, -5, 0, false);
        Assert.That(forecast.Left, Is.Zero);
    }

    [Test]
    public void FixedStepsAreCounted()
    {
        JsonObject text = Samples.Column();
        text["Protocol"]!["Steps"] = new JsonArray("Rest for 10 min");
        text["Solver"] = JsonNode.Parse("""{ "Fixed time steps [s]": [5] }""");
        StepForecast forecast = new(Samples.Case(text));
        forecast.Record(0, 4.1, 0, 0, true);
        Assert.That(forecast.Left, Is.EqualTo(120).Within(1e-9));
        forecast.Record(5, 4.1, 0, 0, false);
        Assert.That((forecast.Done, forecast.Left), Is.EqualTo((1, 119.0)));
    }

    /// <summary>A current that decays at a held voltage as the charge that is left.</summary>
    [Test]
    public void TheEndOfAHoldIsForeseenFromItsCurrent()
    {
        JsonObject text = Samples.Column();
        text["Protocol"]!["Steps"] = new JsonArray("Hold at 4.1 V until C/20", "Rest for 1 h");
        const double timeConstant = 800, end = 2397;
        SimulationCase full = Samples.Case(text);
        text["Initial state"] = new JsonObject { ["SOC"] = full.Cell.Balance.StateOfCharge(4.1, full.Thermal.InitialTemperature)! - (5 * timeConstant / (3600 * full.Cell.Balance.WindowCapacity)) };
        StepForecast forecast = new(Samples.Case(text));
        forecast.Record(0, 4.1, 5, 0, true);
        for (double time = 100; time <= 2300; time += 100)
        {
            forecast.Record(time, 4.1, 5 * Math.Exp(-time / timeConstant), 0, false);
            Assert.That(forecast.SecondsOfStep, Is.EqualTo(end - time).Within(0.2 * end), $"at {time} s");
        }
        forecast.Record(end, 4.1, 0.249, 0, false);
        Assert.That(forecast.SecondsOfStep, Is.Zero);
        Assert.That(forecast.Left, Is.InRange(10, 100), "those of the rest");
    }

    [Test]
    public void ChargesAndStatesOfChargeEndSteps()
    {
        SimulationCase simulation = Case("Discharge at 5 A until 1 A.h", "Discharge at 5 A until 50 % SOC");
        StepForecast forecast = new(simulation);
        forecast.Record(0, 4.1, -5, 0, true);
        Assert.That(forecast.SecondsOfStep, Is.EqualTo(720).Within(1e-6));
        forecast.Record(360, 4, -5, 0, false);
        Assert.That(forecast.SecondsOfStep, Is.EqualTo(360).Within(1e-6));
        forecast.Record(720, 3.9, -5, 0, false);
        forecast.Record(720, 3.9, -5, 1, true);
        Assert.That(forecast.SecondsOfStep, Is.EqualTo(((0.5 * 3600 * simulation.Cell.Balance.WindowCapacity) - 3600) / 5).Within(1e-6));
    }

    [Test]
    public void StepsOfADriveCycleGoWithItsSamples()
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse("""{ "Drive cycles": { "a": { "Times [s]": [0, 1, 2, 3, 4], "Values": [-1, -2, -3, -2, -1], "Repeats": 25 } }, "Steps": ["Run a", "Run a for 50 s"] }""");
        SimulationCase simulation = Samples.Case(text);
        StepForecast forecast = new(simulation);
        forecast.Record(0, 4.1, -1, 0, true);
        Assert.That(forecast.SecondsOfStep, Is.EqualTo(100).Within(1e-9));
        Assert.That(forecast.Left, Is.InRange(250, 500), "two for each of 100 and 50 samples, and what growing takes");
        Assert.That(RankForecast.Steps(simulation), Is.EqualTo(300).Within(1e-9));
        Assert.That(ProtocolEstimate.Seconds(simulation), Is.EqualTo(150).Within(1e-9));
    }

    /// <summary>Loops are foreseen once; a time step must not walk through all rounds that follow.</summary>
    [Test]
    public void AMillionStepsAreForeseenOnce()
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse("""{ "Steps": { "Repeat": 500000, "Steps": ["Discharge at 1C for 36 s", "Charge at 1C for 36 s"] } }""");
        SimulationCase simulation = Samples.Case(text);
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        StepForecast forecast = new(simulation);
        Assert.That(ProtocolEstimate.Seconds(simulation), Is.EqualTo(36e6).Within(1));
        Assert.That(RankForecast.Steps(simulation), Is.EqualTo(80e6));
        forecast.Record(0, 4.1, -5, 0, true);
        double atFirst = forecast.Left;
        for (int i = 1; i <= 10_000; i++) forecast.Record(i * 1e-3, 4.1, -5, 0, false);
        Assert.That(atFirst, Is.InRange(2e7, 2e8));
        Assert.That(forecast.Left, Is.EqualTo(atFirst).Within(1e-3 * atFirst));
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(20));
    }
}
