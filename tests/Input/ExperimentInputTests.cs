using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Protocols;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Ends of loops and of experiments of PyBaMM, and start times of steps.</summary>
public class ExperimentInputTests
{
    private const string Cycle = """[{ "type": "c-rate", "value": 1, "duration": 60 }, { "type": "rest", "duration": 60 }]""";

    private static IReadOnlyList<InputProblem> Problems(string steps)
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse($$"""{ "Steps": [{{steps}}] }""");
        return Samples.Load(text).Problems;
    }

    private static Protocol Read(string steps, JsonObject? into = null)
    {
        JsonObject text = into ?? Samples.Column();
        text["Protocol"]!["Steps"] = JsonNode.Parse($"[{steps}]");
        return Samples.Case(text).Protocol;
    }

    private static string Words(ProtocolLoop loop) => string.Join(", ", [.. loop.Ends.Select(Words), .. loop.Duration is { } seconds ? [FormattableString.Invariant($"{seconds} s")] : Array.Empty<string>()]);

    private static string Words(LoopEnd end) => end switch
    {
        LoopEnd.Holds { Condition: var condition } => FormattableString.Invariant($"{condition.Quantity} {condition.Crossing} {condition.Value}"),
        LoopEnd.Fade fade => FormattableString.Invariant($"fade {fade.Share}"),
        LoopEnd.LowestVoltage lowest => FormattableString.Invariant($"lowest {lowest.Volts}"),
        _ => "",
    };

    [TestCase("\"80% capacity\"", "fade 0.8")]
    [TestCase("\"80 % capacity\"", "fade 0.8")]
    [TestCase("\"4 Ah capacity\"", "Capacity Falling 14400")]
    [TestCase("\"4Ah capacity\"", "Capacity Falling 14400")]
    [TestCase("\"4 A.h capacity\"", "Capacity Falling 14400")]
    [TestCase("\"2.5 V\"", "lowest 2.5")]
    [TestCase("\"4V\"", "lowest 4")]
    [TestCase("\"25 min\"", "1500 s")]
    [TestCase("\"1500 s\"", "1500 s")]
    [TestCase("\"0.5 h\"", "1800 s")]
    [TestCase("\"1 hour\"", "3600 s")]
    [TestCase("\"90m\"", "5400 s")]
    [TestCase("""["80% capacity", "2.5 V", "4 Ah capacity", "10 hours", "11 hours"]""", "fade 0.8, lowest 2.5, Capacity Falling 14400, 36000 s")]
    [TestCase("[]", "")]
    [TestCase("null", "")]
    public void EndsOfExperimentsAreRead(string termination, string meaning)
    {
        ProtocolLoop experiment = Read($$"""{ "cycles": [{{Cycle}}, {{Cycle}}], "termination": {{termination}} }""").Loops.Single();
        Assert.That(Words(experiment), Is.EqualTo(meaning));
        Assert.That((experiment.IsExperiment, experiment.First, experiment.Next), Is.EqualTo((true, 0, 4)));
        Assert.That(experiment.RoundEnds, Is.EqualTo(new[] { 1, 3 }));
    }

    [TestCase("80 % capacity", "fade 0.8")]
    [TestCase("capacity below 80 %", "fade 0.8")]
    [TestCase("capacity of 80 %", "fade 0.8")]
    [TestCase("< 80 % capacity", "fade 0.8")]
    [TestCase("until 80 percent capacity or until 2 A.h", "Capacity Falling 7200, fade 0.8")]
    [TestCase("80 % of the first capacity", "fade 0.8")]
    [TestCase("80 % of initial capacity", "fade 0.8")]
    [TestCase("capacity < 80 % of the first, 1 h 30 min", "fade 0.8, 5400 s")]
    [TestCase("2 A.h", "Capacity Falling 7200")]
    [TestCase("> 2 A.h", "Capacity Rising 7200")]
    [TestCase("capacity < 2 A.h", "Capacity Falling 7200")]
    [TestCase("lowest voltage 2.6 V", "lowest 2.6")]
    [TestCase("minimum voltage below 2600 mV, > 45 oC", "MaximumTemperature Rising 318.15, lowest 2.6")]
    [TestCase("10 h", "36000 s")]
    [TestCase("for 10 h or SOC < 20 %", "StateOfCharge Falling 0.2, 36000 s")]
    [TestCase("after 2 days", "172800 s")]
    public void EndsOfLoopsAreRead(string until, string meaning)
    {
        ProtocolLoop loop = Read($$"""{ "Repeat": 3, "Steps": "Discharge at 1C for 1 min", "Until": "{{until}}" }""").Loops.Single();
        Assert.That(Words(loop), Is.EqualTo(meaning));
        Assert.That(loop.IsExperiment, Is.False);
    }

    /// <summary>Each text with a caret under the place, and a part of what is said.</summary>
    private static readonly (string Text, string Caret, string Message)[] Malformed =
    [
        ("80 %", "    ^", "a percentage is one of capacity or SOC; allowed: 80 % capacity, < 20 % SOC"),
        ("80 % capcity", "     ^^^^^^^", "a percentage is one of capacity or SOC"),
        ("120 % capacity", "^^^", "\"120\" is outside the allowed range; allowed: > 0 and ≤ 100 %"),
        ("-5 % capacity", "^^", "outside the allowed range"),
        ("> 80 % capacity", "^", "a loop ends where the capacity of its rounds has fallen"),
        ("lowest voltage 2.6", "                  ^", "\"2.6\" lacks its unit"),
        ("lowest voltage > 2.6 V", "               ^", "a loop ends where the lowest voltage of a round has fallen"),
        ("lowest voltage 2.6 A", "                   ^", "\"A\" is a unit of something else"),
        ("lowest volts 2.6 V", "       ^^^^^", "\"volts\" is not expected here"),
        ("10 h or 20 h", "        ^^", "a loop has one time"),
        ("10 hous", "   ^^^^", "\"hous\" is not a unit, did you mean \"hour\"?"),
        ("80 % capacity and 10 h", "              ^^^", "\"and\" is not expected here"),
        ("2.6 V", "^^^", "does not say from which side; allowed: < 2.6 V or > 2.6 V behind a round, lowest voltage 2.6 V within it"),
        ("50 mA", "^^", "does not say from which side; allowed: < 0.05 A or > 0.05 A"),
        ("80 % capacity or", "                ^", "lacks its end"),
    ];

    [TestCaseSource(nameof(Malformed))]
    public void AWrongEndOfALoopIsShown((string Text, string Caret, string Message) wrong)
    {
        InputProblem problem = Problems($$"""{ "Repeat": 3, "Steps": "Rest for 1 s", "Until": "{{wrong.Text}}" }""").Single(problem => problem.Severity == Severity.Error);
        Assert.That(problem.ToString(), Does.Contain(wrong.Message));
        Assert.That(problem.Excerpt(70), Is.EqualTo(new[] { wrong.Text, wrong.Caret }));
    }

    /// <summary>Whatever words follow each other, there are ends, or a place within the text that is wrong.</summary>
    [Test]
    public void AnyWordsAreEndsOrHaveAWrongPlace([Values] bool ofExperiment)
    {
        string[] words = ["80", "-1", "2.5", "0", "1e400", "%", "percent", "capacity", "of", "the", "first", "lowest", "minimum", "voltage", "V", "mV", "A.h", "Ah", "h", "min", "for", "after", "until", "or", ",", "<", ">", "below", "above", "SOC", "state", "K", "oC", "C", "/", "margin", "lithium", "(", "é", "bananas"];
        Random random = new(ofExperiment ? 1 : 2);
        int right = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => words[random.Next(words.Length)]));
            (LoopSentence? ends, SentenceProblem? problem) = SentenceParser.ParseLoopEnds(text, ofExperiment);
            Assert.That(ends is null, Is.EqualTo(problem is not null), text);
            right += ends is null ? 0 : 1;
            if (problem is not null)
                Assert.That(problem.Column, Is.InRange(1, text.Length + 1), text);
            else
                Assert.That(ends!.Conditions.Count + ends.Others.Count + (ends.Duration is null ? 0 : 1), Is.Positive, text);
        }
        Assert.That(right, Is.GreaterThan(50), "some are right");
    }

    [TestCase("\"80% capcity\"", "termination = \"80% capcity\": column 5: a percentage is one of capacity or SOC; allowed: 80 % capacity")]
    [TestCase("\"4 bananas\"", "termination = \"4 bananas\": column 3: \"bananas\" is not a unit; allowed: 80% capacity, 4 A.h capacity, 2.5 V or a time as 10 h")]
    [TestCase("\"2 A\"", "termination = \"2 A\": column 3: \"A\" is a unit of something else")]
    [TestCase("\"45 oC\"", "\"oC\" is a unit of something else; allowed: 80% capacity")]
    [TestCase("\"SOC < 20 %\"", "\"SOC\" does not end an experiment; allowed: 80% capacity")]
    [TestCase("\"\"", "termination = \"\": column 1: lacks its end")]
    [TestCase("[\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\",\"1 h\"]", "termination = [21 values]: holds too many ends; allowed: at most 20")]
    [TestCase("4", "termination = 4: has the wrong type; allowed: a text as \"80% capacity\"")]
    [TestCase("""["10 h", 4]""", "termination[1] = 4: has the wrong type")]
    [TestCase("""{ "capacity": 4 }""", "termination = {…}: has the wrong type")]
    public void AWrongEndOfAnExperimentIsTold(string termination, string message) =>
        Assert.That(Samples.Messages(Problems($$"""{ "cycles": [{{Cycle}}], "termination": {{termination}} }""")), Has.Some.Contains(message));

    /// <summary>What PyBaMM means by capacity is not what is measured here, and that is said.</summary>
    [Test]
    public void WhatCapacityMeansIsNoted()
    {
        string[] notes = [.. Problems($$"""{ "cycles": [{{Cycle}}], "termination": ["80% capacity", "2.5 V"] }""").Where(problem => problem.Severity == Severity.Note).Select(problem => problem.ToString())];
        Assert.That(notes.Count(note => note.Contains("PyBaMM takes what the cell could hold", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    /// <summary>A rest stands before every step with a start time, and every step ends at the next start time that is given.</summary>
    [Test]
    public void StartTimesAreRead()
    {
        IReadOnlyList<ProtocolStep> steps = Read("""
            { "cycles": [
                [ { "type": "c-rate", "value": 1, "duration": 60, "start_time": "2026-01-31T23:59:00", "temperature": 300, "period": 5 }, { "type": "rest", "duration": 10 } ],
                [ { "type": "rest", "start_time": "2026-02-01T00:01:00.500000" } ],
                [ { "type": "c-rate", "value": -1, "start_time": "2026-02-01 01:00", "duration": 60 } ] ] }
            """).Steps;
        Assert.Multiple(() =>
        {
            Assert.That(steps.Select(step => step.Text), Is.EqualTo(new[] { "Discharge at 1C for 60 s (5 s period, 300 K)", "Rest for 10 s", "Rest until 2026-02-01T00:01:00.500000", "Rest", "Rest until 2026-02-01 01:00", "Charge at 1C for 60 s" }));
            Assert.That(steps.Select(step => step.Latest), Is.EqualTo(new double?[] { 120.5, 120.5, 120.5, 3660, 3660, null }));
            Assert.That(steps.Select(step => step.IsPadding), Is.EqualTo(new[] { false, false, true, false, true, false }));
            Assert.That(steps.Select(step => step.Round), Is.EqualTo(new[] { 1, 1, 1, 2, 2, 3 }), "a rest belongs to the cycle before the start");
            Assert.That(steps.Select(step => step.Number), Is.EqualTo(new[] { 1, 2, 2, 3, 3, 4 }));
            Assert.That((steps[2].Ambient, steps[3].Duration, steps[3].Until.Count), Is.EqualTo(((double?)null, (double?)null, 0)), "the rest lasts until the next start");
        });
    }

    /// <summary>Time zones are differences of time.</summary>
    [Test]
    public void TimeZonesCount()
    {
        Protocol protocol = Read("""{ "steps": [{ "type": "rest", "start_time": "2026-01-31T12:00:00+01:00", "duration": 1 }, { "type": "rest", "start_time": "2026-01-31T11:10:00Z", "duration": 1 }] }""");
        Assert.That(protocol.Steps[0].Latest, Is.EqualTo(600));
    }

    [TestCase("""{ "type": "rest", "duration": 1 }, { "type": "rest", "duration": 1, "start_time": "2026-01-31T12:00:00" }""", "cycles[0][0].start_time: the first step of an experiment with start times lacks its own")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "2026-01-31T12:00:00" }, { "type": "rest", "duration": 1, "start_time": "2026-01-31T12:00:00" }""", "cycles[0][1].start_time = \"2026-01-31T12:00:00\": does not lie after the start time before it; allowed: > 2026-01-31T12:00:00")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "2026-01-31T12:00:00" }, { "type": "rest", "duration": 1, "start_time": "2025-01-31T12:00:00" }""", "does not lie after the start time before it")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "tomorrow" }""", "start_time = \"tomorrow\": is not a date and time; allowed: a date and time as 2026-01-31T09:00:00")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "2026-02-30T12:00:00" }""", "is not a date and time")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": 0 }""", "start_time = 0: has the wrong type")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "2026-01-31T12:00:00Z" }, { "type": "rest", "duration": 1, "start_time": "2026-02-01T12:00:00" }""", "lacks the time zone that the first has")]
    [TestCase("""{ "type": "rest", "duration": 1, "start_time": "1926-01-31T12:00:00" }, { "type": "rest", "duration": 1, "start_time": "2026-02-01T12:00:00" }""", "lies too far behind the first; allowed: at most 1000000000 s")]
    [TestCase("""{ "type": "rest", "start_time": "2026-01-31T12:00:00" }""", "lacks its duration")]
    public void WrongStartTimesAreTold(string steps, string message) => Assert.That(Samples.Messages(Problems($$"""{ "cycles": [[{{steps}}]] }""")), Has.Some.Contains(message).IgnoreCase);

    /// <summary>Times that end a step from outside do instead of a duration; where there is none, the step has to say its end.</summary>
    [TestCase("""{ "cycles": [[{ "type": "rest" }]], "termination": "1 h" }""", null)]
    [TestCase("""{ "cycles": [[{ "type": "rest" }]], "termination": "2.5 V" }""", "lacks its duration")]
    public void ARestOfAnExperimentMayLastAsLongAsIt(string experiment, string? message) =>
        Assert.That(Samples.Messages(Problems(experiment)), message is null ? Is.Empty : Has.Some.Contains(message));

    /// <summary>Samples of a C-rate, numbers as texts, and what may be left out.</summary>
    [Test]
    public void WhatElsePybammWritesIsRead()
    {
        IReadOnlyList<ProtocolStep> steps = Read("""
            { "cycles": [[ { "type": "c-rate", "value": [[0, 1], [10, -0.5]] }, { "type": "current", "value": "2.5", "duration": 1, "skip_ok": false, "tags": ["a"], "direction": "discharge" } ]] }
            """).Steps;
        Assert.That(((Drive.Cycle)steps[0].Drive).Samples.Values, Is.EqualTo(new double[] { -5, 2.5 }).Within(1e-14));
        Assert.That(((Drive.Current)steps[1].Drive).Amperes, Is.EqualTo(-2.5));
        Assert.That(steps.Select(step => step.SkipsIfMet), Is.EqualTo(new bool?[] { true, false }));
        JsonObject pouch = Samples.Pouch();
        Drive.Cycle ofPair = (Drive.Cycle)Read("""{ "type": "c-rate", "value": [[0, 1], [10, -0.5]] }""", pouch).Steps[0].Drive;
        Assert.That(ofPair.Samples.Values, Is.EqualTo(new[] { -12.5 / 34, 6.25 / 34 }).Within(1e-14), "C-rates are those of the cell");
    }
}
