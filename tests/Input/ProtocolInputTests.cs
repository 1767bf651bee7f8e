using System.Diagnostics;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>The section Protocol: units of the simulated part, loops, objects of PyBaMM, drive cycles, safety limits.</summary>
public class ProtocolInputTests
{
    private static JsonObject Column(string protocol)
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse(protocol);
        return text;
    }

    private static Protocol Read(string steps) => Samples.Case(Column($$"""{ "Steps": {{steps}} }""")).Protocol;

    private static string[] Errors(string protocol) => Samples.Messages(Samples.Load(Column(protocol)).Problems);

    private static double Amperes(ProtocolStep step) => ((Drive.Current)step.Drive).Amperes;

    [Test]
    public void WhatAddsUpOverAreaIsThatOfTheSimulatedPart()
    {
        JsonObject text = Samples.Pouch();
        text["Protocol"]!["Steps"] = new JsonArray(
            "Charge at 5 A until 4 V or until 2 A.h", "Discharge at 10 W until 3 V", "Discharge at 3.5 Ohm until 1C", "Hold at 4 V until C/50 or until 50 mA or until 3 W", "Hold lithium margin at 5 mV until 80 % SOC");
        const double share = 1.0 / 34, oneC = 12.5 / 34;
        IReadOnlyList<ProtocolStep> whole = Samples.Case(text).Protocol.Steps;
        Assert.Multiple(() =>
        {
            Assert.That(Amperes(whole[0]), Is.EqualTo(5 * share).Within(1e-15));
            Assert.That(whole[0].Until[1].Value, Is.EqualTo(7200 * share).Within(1e-12));
            Assert.That(((Drive.Power)whole[1].Drive).Watts, Is.EqualTo(-10 * share).Within(1e-15));
            Assert.That(((Drive.Resistance)whole[2].Drive).Ohms, Is.EqualTo(3.5 / share).Within(1e-12));
            Assert.That(whole[3].Drive, Is.EqualTo(new Drive.Voltage(4)));
            Assert.That(whole[3].Until.Select(end => end.Value), Is.EqualTo(new[] { oneC / 50, 0.05 * share, 3 * share }).Within(1e-12));
            Assert.That(whole[4].Drive, Is.EqualTo(new Drive.LithiumMargin(0.005)));
            Assert.That(whole[4].Until.Single(), Is.EqualTo(new EndCondition(EndQuantity.StateOfCharge, 0.8)));
        });
        text["Protocol"]!["Current refers to"] = "simulated pairs";
        IReadOnlyList<ProtocolStep> pair = Samples.Case(text).Protocol.Steps;
        Assert.Multiple(() =>
        {
            Assert.That(Amperes(pair[0]), Is.EqualTo(5));
            Assert.That(pair[0].Until[1].Value, Is.EqualTo(7200));
            Assert.That(pair[1].Drive, Is.EqualTo(new Drive.Power(-10)));
            Assert.That(pair[2].Drive, Is.EqualTo(new Drive.Resistance(3.5)));
            Assert.That(pair[3].Until[0].Value, Is.EqualTo(oneC / 50).Within(1e-15), "C-rates are those of the cell");
            Assert.That(pair[3].Until[1].Value, Is.EqualTo(0.05));
        });
    }

    [Test]
    public void SentencesStandInListsAndBetweenSemicolons()
    {
        Protocol protocol = Read("""["Discharge at 1C until 3 V; Rest for 1 h;", ["Charge at 1C until 4.2 V", "Hold at 4.2 V until C/50 (1 minute period, 25 oC)"], ["Rest for 2 h"], "Rest for 3 h", ["Rest for 4 h"]]""");
        Assert.Multiple(() =>
        {
            Assert.That(protocol.Steps.Select(step => step.Text), Is.EqualTo(new[] { "Discharge at 1C until 3 V", "Rest for 1 h", "Charge at 1C until 4.2 V", "Hold at 4.2 V until C/50 (1 minute period, 25 oC)", "Rest for 2 h", "Rest for 3 h", "Rest for 4 h" }));
            Assert.That(protocol.Steps.Select(step => step.Round), Is.EqualTo(new[] { 0, 0, 1, 1, 2, 0, 1 }), "a list within the list is a cycle");
            Assert.That((protocol.Steps[3].Period, protocol.Steps[3].Ambient), Is.EqualTo((60.0, 298.15)));
            Assert.That(protocol.Steps[0].Period, Is.Null);
        });
    }

    [Test]
    public void LoopsAreWrittenOut()
    {
        Protocol protocol = Read("""
            ["Rest for 1 s", { "Repeat": 3, "Steps": ["Discharge at 1C until 2.5 V", { "Repeat": 2, "Steps": "Rest for 2 s", "Until": "< 2.6 V" }, "Charge at 1C until 4.2 V"], "Until": ["2 A.h", "> 45 oC or SOC < 10 %"] }, "Rest for 3 s"]
            """);
        Assert.Multiple(() =>
        {
            Assert.That(protocol.Steps, Has.Count.EqualTo(14));
            Assert.That(protocol.Steps.Select(step => step.Round), Is.EqualTo(new[] { 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 0 }));
            Assert.That(protocol.Steps[2], Is.SameAs(protocol.Steps[3]));
            Assert.That(protocol.Loops.Select(loop => (loop.First, loop.Next)), Is.EqualTo(new[] { (1, 13), (2, 4), (6, 8), (10, 12) }));
            Assert.That(protocol.Loops[0].RoundEnds, Is.EqualTo(new[] { 4, 8, 12 }));
            Assert.That(protocol.Loops[0].Ends[0], Is.EqualTo(new LoopEnd.Holds(new(EndQuantity.Capacity, 7200, Crossing.Falling))));
            Assert.That(protocol.Loops[0].Ends[2], Is.EqualTo(new LoopEnd.Holds(new(EndQuantity.StateOfCharge, 0.1, Crossing.Falling))));
            Assert.That(protocol.InWords, Is.EqualTo("Rest for 1 s; 3 times (Discharge at 1C until 2.5 V; 2 times (Rest for 2 s); Charge at 1C until 4.2 V); Rest for 3 s"));
        });
    }

    [Test]
    public void AMillionStepsAreWrittenOutAndMoreAreRefusedWithTheirCount()
    {
        static string Loop(int repeat, string inner) => $$"""{ "Repeat": {{repeat}}, "Steps": {{inner}}, "Until": "1 A.h" }""";
        Stopwatch clock = Stopwatch.StartNew();
        Protocol million = Read(Loop(500_000, """["Discharge at 1C for 1 s", "Rest for 1 s"]"""));
        Assert.That(million.Steps, Has.Count.EqualTo(1_000_000));
        Assert.That(million.Loops.Single().RoundEnds, Has.Count.EqualTo(500_000));
        Assert.That(million.Steps[^1].Round, Is.EqualTo(500_000));
        string nested = "\"Rest for 1 s\"";
        for (int i = 0; i < 20; i++) nested = Loop(1_000_000, nested);
        Assert.That(Errors($$"""{ "Steps": {{nested}} }""").Single(), Does.Contain("with all rounds of its loops the protocol has 1e+120 steps; allowed: at most 1000000"));
        Assert.That(Errors($$"""{ "Steps": {{Loop(1_000_000, """["Rest for 1 s", "Rest for 2 s"]""")}} }""").Single(), Does.Contain("has 2000000 steps"));
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(30));
    }

    [TestCase("""{ "Repeat": 0, "Steps": "Rest for 1 s" }""", "Protocol.Steps[0].Repeat = 0: outside the allowed range; allowed: 1 to 1000000")]
    [TestCase("""{ "repeat": 2, "steps": "Rest for 1 s" }""", "Protocol.Steps[0].repeat = 2: unknown key, did you mean \"Repeat\"?")]
    [TestCase("""{ "cycles": [[{ "type": "rest", "duration": 1 }]], "steps": [{ "type": "rest", "duration": 1 }] }""", "Protocol.Steps[0].steps = [1 values]: cycles is given as well; allowed: one of cycles, steps")]
    [TestCase("""{ "Repeat": 2 }""", "Protocol.Steps[0].Steps: the key is missing")]
    [TestCase("""{ "Repeat": 2, "Steps": [] }""", "Protocol.Steps[0].Steps = []: holds no step")]
    [TestCase("""{ "Repeat": 2, "Stesp": "Rest for 1 s" }""", "Protocol.Steps[0].Stesp = \"Rest for 1 s\": unknown key, did you mean \"Steps\"?")]
    [TestCase("""{ "Repeat": 2, "Steps": ["Rest for 1 s", "Rest"] }""", "Protocol.Steps[0].Steps[1] = \"Rest\": column 5: lacks its duration")]
    [TestCase("""{ "Repeat": 2, "Steps": "Rest for 1 s", "Until": "2.5 V" }""", "Protocol.Steps[0].Until = \"2.5 V\": column 1: does not say from which side; allowed: < 2.5 V or > 2.5 V")]
    [TestCase("""{ "Repeat": 2, "Steps": "Rest for 1 s", "Until": "2 bananas" }""", "Protocol.Steps[0].Until = \"2 bananas\": column 3: \"bananas\" is not a unit")]
    [TestCase("""[[]]""", "Protocol.Steps[0] = []: holds no step")]
    [TestCase("""[7]""", "Protocol.Steps[0] = 7: has the wrong type; allowed: a text, a list or an object")]
    [TestCase("""[["Rest for 1 s", null]]""", "Protocol.Steps[0][1] = null: has the wrong type")]
    [TestCase("\" \"", "holds no step")]
    [TestCase("""["Rest for 1 h; Charge at 1 bar"]""", "Protocol.Steps[0] = \"Charge at 1 bar\": column 13: \"bar\" is not a unit; allowed: a current")]
    [TestCase("""["Hold at 4.3 V for 1 h"]""", "4.3 V lies outside the cut-offs; allowed: 2.5 to 4.2 V")]
    [TestCase("""["Charge at 1C until 4.3 V"]""", "4.3 V lies outside the cut-offs, which end the step")]
    public void WrongStepsAreToldWithTheirPlace(string steps, string message) => Assert.That(Errors($$"""{ "Steps": {{steps}} }"""), Has.Some.Contains(message));

    [Test]
    public void APlaceInASentenceIsShown()
    {
        InputProblem problem = Samples.Load(Column("""{ "Steps": ["Rest for 1 h; Charge at 1 bar until 4 V"] }""")).Errors.Single();
        Assert.That(problem.Excerpt(70), Is.EqualTo(new[] { "Charge at 1 bar until 4 V", "            ^^^" }));
        Assert.That(problem.Excerpt(12), Is.EqualTo(new[] { "at 1 bar unt…", "      ^^^" }).Or.EqualTo(new[] { " at 1 bar un…", "      ^^^" }));
    }

    /// <summary>What Experiment.to_config() of PyBaMM writes.</summary>
    [Test]
    public void ExperimentsOfPybammAreRead()
    {
        Protocol protocol = Read("""
            { "cycles": [
                [ { "type": "c-rate", "value": 1.0, "terminations": [{ "type": "voltage", "value": 2.5, "operator": "<" }], "description": "Discharge at 1C until 2.5 V" },
                  { "type": "rest", "duration": 600, "temperature": 298.15 } ],
                [ { "type": "current", "value": -2.5, "duration": "30 minutes", "terminations": [{ "type": "voltage", "value": 4.2 }], "period": 10.0, "tags": ["cc"], "skip_ok": false },
                  { "type": "voltage", "value": 4.2, "terminations": [{ "type": "current", "value": "0.05" }, { "type": "C-rate", "value": 0.02 }], "direction": "charge" } ],
                [ { "type": "power", "value": 5.0, "duration": 10, "start_time": null }, { "type": "resistance", "value": 2.0, "duration": 10 },
                  { "type": "current", "value": [[0, 1], [1, 2], [2, -1]], "duration": 4.5 } ] ],
              "period": 60, "temperature": "25 oC" }
            """);
        IReadOnlyList<ProtocolStep> steps = protocol.Steps;
        Assert.Multiple(() =>
        {
            Assert.That(steps.Select(step => step.Round), Is.EqualTo(new[] { 1, 1, 2, 2, 3, 3, 3 }));
            Assert.That(Amperes(steps[0]), Is.EqualTo(-5).Within(1e-14));
            Assert.That(steps[0].Text, Is.EqualTo("Discharge at 1C until 2.5 V"));
            Assert.That(steps[0].Until.Single(), Is.EqualTo(new EndCondition(EndQuantity.Voltage, 2.5, Crossing.Falling)));
            Assert.That((steps[0].Period, steps[0].Ambient), Is.EqualTo((60.0, 298.15)));
            Assert.That((steps[1].Drive, steps[1].Duration), Is.EqualTo((Drive.Rest, 600.0)));
            Assert.That((Amperes(steps[2]), steps[2].Duration, steps[2].Period), Is.EqualTo((2.5, 1800.0, 10.0)));
            Assert.That(steps[3].Drive, Is.EqualTo(new Drive.Voltage(4.2)));
            Assert.That(steps[3].Until.Select(end => end.Value), Is.EqualTo(new[] { 0.05, 0.1 }).Within(1e-14));
            Assert.That(steps[4].Drive, Is.EqualTo(new Drive.Power(-5)));
            Assert.That(steps[5].Drive, Is.EqualTo(new Drive.Resistance(2)));
            DriveCycle samples = ((Drive.Cycle)steps[6].Drive).Samples;
            Assert.That(samples.Times, Is.EqualTo(new double[] { 0, 1, 2, 3 }));
            Assert.That(samples.Values, Is.EqualTo(new double[] { -1, -2, 1, -1 }), "PyBaMM's currents discharge");
            Assert.That((samples.Repeats, steps[6].Duration), Is.EqualTo((2, 4.5)));
        });
    }

    [TestCase("""{ "type": "curent", "value": 1, "duration": 1 }""", "type = \"curent\": is not a step, did you mean \"current\"?")]
    [TestCase("""{ "type": "current", "duration": 1 }""", "value: has the wrong type; allowed: a number or samples")]
    [TestCase("""{ "type": "current", "value": "I_app", "duration": 1 }""", "value = \"I_app\": is an input parameter")]
    [TestCase("""{ "type": "current", "value": 1, "duration": "1 fortnight" }""", "duration = \"1 fortnight\": column 3: \"fortnight\" is not a unit")]
    [TestCase("""{ "type": "current", "value": 1, "duration": -1 }""", "duration = -1: outside the allowed range")]
    [TestCase("""{ "type": "rest" }""", "lacks its duration")]
    [TestCase("""{ "type": "resistance", "value": -1, "duration": 1 }""", "a resistor only discharges")]
    [TestCase("""{ "type": "current", "value": 1, "duration": 1, "start_time": "2023-01-01T00:00:00" }""", "only steps of an experiment have start times; allowed: the step within")]
    [TestCase("""{ "type": "current", "value": 1, "duration": 1, "skip_ok": "False" }""", "skip_ok = \"False\": has the wrong type; allowed: true, false")]
    [TestCase("""{ "type": "current", "value": 1, "terminations": [{ "type": "soc", "value": 1 }] }""", "terminations[0] = {…}: is not a condition")]
    [TestCase("""{ "type": "current", "value": 1, "termination": "4.2 bar" }""", "termination = \"4.2 bar\": column 5: \"bar\" is not a unit")]
    [TestCase("""{ "type": "voltage", "value": [[0, 1], [1, 2]] }""", "only currents, C-rates and powers can follow samples")]
    [TestCase("""{ "type": "current", "value": [[0, 1], [1, 2], [1, 3]] }""", "value[2] = [2 values]: is not a sample")]
    [TestCase("""{ "type": "current", "value": [[1, 1], [2, 2]] }""", "value[0] = [2 values]: is not a sample")]
    [TestCase("""{ "type": "rest", "duration": 1, "description": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" }""", "is too long; allowed: at most 200 characters")]
    [TestCase("""{ "cycles": [] }""", "cycles = []: has the wrong type")]
    [TestCase("""{ "cycles": [[7]] }""", "cycles[0][0] = 7: has the wrong type")]
    public void WrongObjectsOfPybammAreTold(string step, string message) => Assert.That(Errors($$"""{ "Steps": [{{step}}] }"""), Has.Some.Contains(message));

    [Test]
    public void TheResolvedCaseReadsToTheSameProtocol()
    {
        JsonObject text = Column("""
            { "Safety limits": { "Highest temperature [K]": 330, "Lowest lithium margin [V]": -0.01, "Largest current [A]": 20 }, "When infeasible": "skip",
              "Drive cycles": { "pulse": { "Times [s]": [5, 10, 20], "Values": [1, 2, 3], "Quantity": "power", "Positive values": "discharge", "Between samples": "held", "Repeats": 3, "Scale": 2 } },
              "Steps": ["Run pulse (W) for 1 min or until 3 V", { "Repeat": 3, "Steps": ["Discharge at 1C until 2.5 V; Rest for 1 h", ["Charge at 1C until 4.2 V"]], "Until": "2 A.h" }, { "type": "current", "value": [[0, 1], [1, 2]] }] }
            """);
        SimulationCase first = Samples.Case(text), again = Samples.Case(JsonNode.Parse(first.ToJson())!);
        DriveCycle pulse = ((Drive.Cycle)first.Protocol.Steps[0].Drive).Samples;
        Assert.Multiple(() =>
        {
            Assert.That(again.ToJson(), Is.EqualTo(first.ToJson()));
            Assert.That(again.Protocol.Steps.Select(Words), Is.EqualTo(first.Protocol.Steps.Select(Words)));
            Assert.That(again.Protocol.Loops, Is.EqualTo(first.Protocol.Loops).UsingPropertiesComparer());
            Assert.That(again.Protocol.SafetyLimits, Is.EqualTo(first.Protocol.SafetyLimits));
            Assert.That(first.Protocol.SafetyLimits, Is.EqualTo(new[] { new EndCondition(EndQuantity.MaximumTemperature, 330, Crossing.Rising), new(EndQuantity.LithiumMargin, -0.01, Crossing.Falling), new(EndQuantity.Current, 20, Crossing.Rising) }));
            Assert.That((first.Protocol.SkipsInfeasible, again.Protocol.SkipsInfeasible), Is.EqualTo((true, true)));
            Assert.That(pulse.Times, Is.EqualTo(new double[] { 0, 5, 10, 20 }), "until the first sample its value holds");
            Assert.That(pulse.Values, Is.EqualTo(new double[] { -2, -2, -4, -6 }));
            Assert.That((pulse.IsPower, pulse.IsHeld, pulse.Repeats, pulse.Duration), Is.EqualTo((true, true, 3, 60.0)));
        });
    }

    private static string Words(ProtocolStep step)
    {
        string drive = step.Drive is Drive.Cycle { Samples: { } s } ? $"{string.Join(' ', s.Times)} | {string.Join(' ', s.Values)} | {s.IsPower} {s.IsHeld} {s.Repeats}" : step.Drive.ToString();
        return $"{step.Text} | {drive} | {step.Duration} {step.Period} {step.Ambient} {step.Round} | {string.Join(", ", step.Until)}";
    }

    [Test]
    public void TemperaturesOfStepsMeanNothingInAnIsothermalCase()
    {
        CaseResult result = Samples.Load(Column("""{ "Steps": "Rest for 1 h (25 oC)" }"""));
        Assert.That(result.Warnings.Select(warning => warning.Text), Has.Some.Contains("change nothing in an isothermal case"));
    }

    [TestCase("""{ "Safety limits": { "Highest temprature [K]": 330 }, "Steps": "Rest for 1 h" }""", "unknown key, did you mean \"Highest temperature [K]\"?")]
    [TestCase("""{ "When infeasible": "continue", "Steps": "Rest for 1 h" }""", "When infeasible = \"continue\": unknown word; allowed: \"stop\", \"skip\"")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 1] } }, "Steps": "Rest for 1 h" }""", "Drive cycles.a.Values: the key is missing")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 1], "Values": [1] } }, "Steps": "Rest for 1 h" }""", "is not as long as the list of times; allowed: 2 values")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 2, 1], "Values": [1, 2, 3] } }, "Steps": "Rest for 1 h" }""", "Times [s][2] = 1: does not lie after the time before it")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 1], "Values": [1, 2], "Quantity": "power" } }, "Steps": "Run a (A)" }""", "the entry of Drive cycles says power")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 1], "Values": [1, 2] } }, "Steps": ["Run a (A)", "Run a (W)"] }""", "\"a\" is run as currents and as powers")]
    [TestCase("""{ "Drive cycles": { "a": { "Times [s]": [0, 1], "Values": [1, 2], "Repeats": 0 } }, "Steps": "Run a" }""", "Repeats = 0: outside the allowed range")]
    [TestCase("""{ "Steps": "Run gone.csv" }""", "gone.csv: error: the file does not exist")]
    [TestCase("""{ "Steps": "Run ../Samples.cs" }""", "\"../Samples.cs\" is not a file in the folder of the case")]
    [TestCase("""{ "Steps": "Run /etc/passwd (A)" }""", "\"/etc/passwd\" is not a file in the folder of the case")]
    [TestCase("""{ "Drive cycles": { "a": { "File": "../Samples.cs" } }, "Steps": "Run a" }""", "Drive cycles.a.File = \"../Samples.cs\": \"../Samples.cs\" is not a file in the folder of the case")]
    public void WrongKeysAreTold(string protocol, string message) => Assert.That(Errors(protocol), Has.Some.Contains(message));
}
