using System.Diagnostics;
using System.Text;
using Cell3D.Input.Protocols;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>The language of step sentences: what is understood, what is refused and where the caret stands.</summary>
public class SentenceTests
{
    private static StepSentence Read(string text)
    {
        SentenceResult result = SentenceParser.Parse(text);
        return result.Sentence ?? throw new AssertionException($"\"{text}\": {result.Problem}");
    }

    [TestCase("Rest for 1 hour", "Rest for 3600 s")]
    [TestCase("rest for 30 minutes", "Rest for 1800 s")]
    [TestCase("Rest for 10 sec", "Rest for 10 s")]
    [TestCase("Rest for 2 days", "Rest for 172800 s")]
    [TestCase("Rest for 1 hour 30 minutes", "Rest for 5400 s")]
    [TestCase("Rest for 1 h 30 min 5 s", "Rest for 5405 s")]
    [TestCase("Rest for 1 h 30 min (5 s period)", "Rest for 5400 s (5 s period)")]
    [TestCase("Rest until 25 oC", "Rest until 298.15 K")]
    [TestCase("Rest at 0 oC for 1 h", "Rest for 3600 s (273.15 K)")]
    [TestCase("Discharge at 1C for 0.5 hours", "Discharge at 1C for 1800 s")]
    [TestCase("Discharge at C/20 for 0.5 hours", "Discharge at 0.05C for 1800 s")]
    [TestCase("Charge at 0.5 C for 45 minutes", "Charge at 0.5C for 2700 s")]
    [TestCase("Discharge at 1 A for 0.5 hours", "Discharge at 1 A for 1800 s")]
    [TestCase("Charge at 200 mA for 45 minutes", "Charge at 0.2 A for 2700 s")]
    [TestCase("Discharge at 1W for 0.5 hours", "Discharge at 1 W for 1800 s")]
    [TestCase("Charge at 200mW for 45 minutes", "Charge at 0.2 W for 2700 s")]
    [TestCase("Discharge at 3.5 Ohm until 3 V", "Discharge at 3.5 Ohm until 3 V")]
    [TestCase("Hold at 1V for 20 seconds", "Hold at 1 V for 20 s")]
    [TestCase("Charge at 1 C until 4.1V", "Charge at 1C until 4.1 V")]
    [TestCase("Hold at 4.1 V until 50mA", "Hold at 4.1 V until 0.05 A")]
    [TestCase("Hold at 3V until C/50", "Hold at 3 V until 0.02C")]
    [TestCase("Charge at 4.2 V until C/20", "Hold at 4.2 V until 0.05C")]
    [TestCase("Discharge at C/3 for 2 hours or until 2.5 V", "Discharge at 0.3333333333333333C for 7200 s or until 2.5 V")]
    [TestCase("Charge at 1C until 4.2 V or until 45 oC or 2 A.h", "Charge at 1C until 4.2 V or until 318.15 K or until 7200 A.s")]
    [TestCase("Charge at 1C until 4200 mV, or for 1 h", "Charge at 1C for 3600 s or until 4.2 V")]
    [TestCase("Discharge at 1C until 2.5 V (5 minute period)", "Discharge at 1C until 2.5 V (300 s period)")]
    [TestCase("Discharge at C/10 for 10 h or until 3 V (1 second period, 25 oC)", "Discharge at 0.1C for 36000 s or until 3 V (1 s period, 298.15 K)")]
    [TestCase("Rest for 1 h (298.15K, period of 10 s)", "Rest for 3600 s (10 s period, 298.15 K)")]
    [TestCase("Run UDDS.csv (A)", "Run \"UDDS.csv\" (A)")]
    [TestCase("Run US06 (W) until 3 V (1 second period)", "Run \"US06\" (W) until 3 V (1 s period)")]
    [TestCase("Run UDDS for 20 minutes", "Run \"UDDS\" for 1200 s")]
    [TestCase("Run \"cycles/my cycle (2).csv\" (A, 25 oC)", "Run \"cycles/my cycle (2).csv\" (A) (298.15 K)")]
    [TestCase("Charge at 2 A until SOC 80 %", "Charge at 2 A until SOC 0.8")]
    [TestCase("Charge at 2 A until 80% SOC", "Charge at 2 A until SOC 0.8")]
    [TestCase("Charge at 2 A until SOC = 0.8", "Charge at 2 A until SOC 0.8")]
    [TestCase("Discharge at 2 A until state of charge < 10 %", "Discharge at 2 A until SOC < 0.1")]
    [TestCase("Discharge at 1C until 500 mA.h", "Discharge at 1C until 1800 A.s")]
    [TestCase("Discharge at 1C until capacity 2 Ah", "Discharge at 1C until 7200 A.s")]
    [TestCase("Charge at 5C until lithium margin 5 mV", "Charge at 5C until lithium margin 0.005 V")]
    [TestCase("Hold lithium margin at 5 mV until 80 % SOC", "Hold lithium margin at 0.005 V until SOC 0.8")]
    [TestCase("Hold the margin against lithium at -2 mV for 5 min", "Hold lithium margin at -0.002 V for 300 s")]
    [TestCase("Charge at lithium margin 5 mV until 4.2 V", "Hold lithium margin at 0.005 V until 4.2 V")]
    [TestCase("Discharge at 3C until salt 50 mol.m-3", "Discharge at 3C until salt 50 mol.m-3")]
    [TestCase("Charge at 1C until stoichiometry 0.95 in the negative electrode", "Charge at 1C until stoichiometry 0.95 in the negative electrode")]
    [TestCase("Discharge at 1C until stoichiometry of 0.95 in positive", "Discharge at 1C until stoichiometry 0.95 in the positive electrode")]
    [TestCase("Hold at 4.2 V until 3 W", "Hold at 4.2 V until 3 W")]
    [TestCase("Discharge at 2C until mean temperature 40 oC or lowest temperature 310 K", "Discharge at 2C until mean temperature 313.15 K or until lowest temperature 310 K")]
    [TestCase("Discharge at 2C until temperature at middle 40 oC", "Discharge at 2C until temperature at \"middle\" 313.15 K")]
    [TestCase("Charge at 1C until temperature at 'negative tab' < 290 K or 4.2 V", "Charge at 1C until temperature at \"negative tab\" < 290 K or until 4.2 V")]
    [TestCase("Discharge at 1C until < 2.5 V", "Discharge at 1C until < 2.5 V")]
    [TestCase("Discharge at 1C until temperature > 45 oC", "Discharge at 1C until > 318.15 K")]
    [TestCase("  DISCHARGE   AT 1c FOR 10 S ", "Discharge at 1C for 10 s")]
    public void SentencesAreUnderstood(string text, string meaning)
    {
        Assert.That(Read(text).ToString(), Is.EqualTo(meaning));
        Assert.That(Read(meaning).ToString(), Is.EqualTo(meaning));
    }

    private static readonly string[] s_probes = ["middle", "negative tab", "it's", "T(1)"];

    /// <summary>Each sentence with a caret under the place, and a part of what is said.</summary>
    private static readonly (string Sentence, string Caret, string Message)[] Malformed =
    [
        ("", "^", "is empty"),
        ("Fly at 1C", "^^^", "\"Fly\" is not what a step begins with"),
        ("Chrage at 1C", "^^^^^^", "\"Chrage\" is not what a step begins with, did you mean \"Charge\"?"),
        ("Dischage at 1C", "^^^^^^^^", "\"Dischage\" is not what a step begins with, did you mean \"Discharge\"?"),
        ("Charging at 1C", "^^^^^^^^", "\"Charging\" is not what a step begins with, did you mean \"Charge\"?"),
        ("Wait for 1 h", "^^^^", "\"Wait\" is not what a step begins with, did you mean \"Rest\"?"),
        ("Keep at 4 V for 1 h", "^^^^", "\"Keep\" is not what a step begins with, did you mean \"Hold\"?"),
        ("1C discharge", "^", "\"1\" is not what a step begins with"),
        ("(1C)", "^", "\"(\" is not what a step begins with"),
        ("; Rest", "^", "\";\" is not what a step begins with"),
        ("\"Rest\"", "^", "\"\"\" is not what a step begins with"),
        ("Rest", "    ^", "lacks its duration"),
        ("Charge at 1C until temperature at", "                                 ^", "lacks its probe"),
        ("Charge at 1C until temperature at 'tab 40 oC", "                                  ^^^^^^^^^^", "the quote is not closed"),
        ("Charge at 1C until temperature at tab", "                                     ^", "ends where a number is expected"),
        ("Rest for", "        ^", "ends where a number is expected"),
        ("Rest for 1", "          ^", "\"1\" lacks its unit"),
        ("Rest for h", "         ^", "\"h\" stands where a number is expected"),
        ("Rest for 1 fortnight", "           ^^^^^^^^^", "\"fortnight\" is not a unit"),
        ("Rest for 1 minuts", "           ^^^^^^", "\"minuts\" is not a unit, did you mean \"minute\"?"),
        ("Rest for 3 weeks", "           ^^^^^", "\"weeks\" is not a unit, did you mean \"days\"?"),
        ("Rest for 0 s", "         ^", "\"0\" is outside the allowed range"),
        ("Rest for -5 min", "         ^^", "\"-5\" is outside the allowed range"),
        ("Rest for 1e12 h", "         ^^^^", "\"1e12\" is outside the allowed range"),
        ("Rest 1 hour", "     ^", "\"1\" is not expected here"),
        ("Rest fro 1 hour", "     ^^^", "\"fro\" is not expected here, did you mean \"for\"?"),
        ("Rest for 1 hour 30", "                ^^", "\"30\" is not expected here"),
        ("Rest for 1,5 h", "          ^", "the decimal sign is a point"),
        ("Rest for 1 h for 2 h", "             ^^^", "a step has one duration"),
        ("Rest at 1C for 1 h", "     ^^", "a rest has no current"),
        ("Rest until", "          ^", "lacks its condition"),
        ("Rest until 50 mA", "           ^^", "a rest has no current, so this never ends it"),
        ("Rest until 2 A.h", "           ^", "a rest has no current, so this never ends it"),
        ("Rest until 80 % SOC", "           ^^", "a rest has no current, so this never ends it"),
        ("Rest for 1 h until", "                  ^", "lacks its condition"),
        ("Rest for 1 h (", "              ^", "the bracket is not closed"),
        ("Rest for 1 h ()", "              ^", "\")\" is not expected in brackets"),
        ("Rest for 1 h (1 minute)", "                      ^", "\")\" stands where \"period\" is expected"),
        ("Rest for 1 h (1 minute perod)", "                       ^^^^^", "\"perod\" stands where \"period\" is expected"),
        ("Rest for 1 h (1 minute period", "                             ^", "the bracket is not closed"),
        ("Rest for 1 h (1 minute period, 2 minute period)", "                               ^", "a step has one period"),
        ("Rest for 1 h (25 oC, 300 K)", "                     ^^^", "a step has one temperature"),
        ("Rest for 1 h (900 oC)", "              ^^^", "\"900\" is outside the allowed range"),
        ("Rest for 1 h (25 C)", "                 ^", "\"C\" is neither a unit of time nor of temperature"),
        ("Rest for 1 h (5 V)", "                ^", "\"V\" is neither a unit of time nor of temperature"),
        ("Rest for 1 h (1 minute period; 25 oC)", "                             ^", "\";\" is not expected in brackets"),
        ("Rest for 1 h (cold)", "              ^^^^", "\"cold\" is not expected in brackets"),
        ("Rest for 1 h (5", "              ^", "the bracket is not closed"),
        ("Rest for 1 h.", "            ^", "\".\" is not expected here"),
        ("Rest for 1 h!", "            ^", "\"!\" is not expected here"),
        ("Charge", "      ^", "lacks its current"),
        ("Charge 1C", "       ^", "\"1\" is not expected here"),
        ("Charge for 1 h", "       ^^^", "lacks its current"),
        ("Charge until 4.2 V", "       ^^^^^", "lacks its current"),
        ("Charge until lithium margin 5 mV", "       ^^^^^", "lacks its current"),
        ("Charge at", "         ^", "ends where a number is expected"),
        ("Charge at full speed", "          ^^^^", "\"full\" stands where a number is expected"),
        ("Charge at 1", "           ^", "\"1\" lacks its unit"),
        ("Charge at C", "          ^", "a C-rate is a number before C, or C over a number"),
        ("Charge at C/", "            ^", "lacks the number below C"),
        ("Charge at C/0", "            ^", "\"0\" is outside the allowed range"),
        ("Charge at C/x", "            ^", "\"x\" is not a number"),
        ("Charge at 1 bar", "            ^^^", "\"bar\" is not a unit"),
        ("Charge at 1 Amp", "            ^^^", "\"Amp\" is not a unit, did you mean \"A\"?"),
        ("Charge at 1 amps", "            ^^^^", "\"amps\" is not a unit, did you mean \"A\"?"),
        ("Charge at 5 MW", "            ^^", "\"MW\" is not a unit, did you mean \"mW\"?"),
        ("Charge at 5 MA", "            ^^", "\"MA\" is not a unit, did you mean \"mA\"?"),
        ("Charge at -1 A", "          ^^", "\"-1\" is outside the allowed range; Charge and Discharge say the sign"),
        ("Charge at 0 A", "          ^", "\"0\" is outside the allowed range; Charge and Discharge say the sign"),
        ("Charge at 1e9 A", "          ^^^", "\"1e9\" is outside the allowed range; Charge and Discharge say the sign"),
        ("Charge at 3.5 Ohm", "              ^^^", "a resistor only discharges"),
        ("Charge at 2,5 A", "           ^", "the decimal sign is a point"),
        ("Charge at 1 A A", "              ^", "\"A\" is not expected here"),
        ("Charge at 1C/2", "            ^", "\"/\" is not expected here"),
        ("Charge at 1C until", "                  ^", "lacks its condition"),
        ("Charge at 1C until full", "                   ^^^^", "\"full\" is not a condition"),
        ("Charge at 1C until 4.2", "                      ^", "\"4.2\" lacks its unit"),
        ("Charge at 1C until 4.2 Volts", "                       ^^^^^", "\"Volts\" is not a unit, did you mean \"V\"?"),
        ("Charge at 1C until 4.2 V or", "                           ^", "nothing follows \"or\""),
        ("Charge at 1C until 4.2 V or until", "                                 ^", "lacks its condition"),
        ("Charge at 1C until 4.2 V or full", "                            ^^^^", "\"full\" is not a condition"),
        ("Charge at 1C until 42 V", "                   ^^", "\"42\" is outside the allowed range"),
        ("Charge at 1C until -4.2 V", "                   ^^^^", "\"-4.2\" is outside the allowed range"),
        ("Charge at 1C until C/50", "                   ^", "the current of this step does not change, so this never ends it"),
        ("Charge at 1C until 50 mA", "                   ^^", "the current of this step does not change, so this never ends it"),
        ("Charge at 1C until 1 hour", "                   ^", "a time stands behind \"for\", not \"until\""),
        ("Charge at 1C untill 4.2 V", "             ^^^^^^", "\"untill\" is not expected here, did you mean \"until\"?"),
        ("Charge at 1C till 4.2 V", "             ^^^^", "\"till\" is not expected here, did you mean \"until\"?"),
        ("Charge at 1C until 120 % SOC", "                   ^^^", "\"120\" is outside the allowed range"),
        ("Charge at 1C until 80 %", "                       ^", "a percentage is one of SOC"),
        ("Charge at 1C until SOC", "                      ^", "lacks its state of charge"),
        ("Charge at 1C until SOC high", "                       ^^^^", "\"high\" is not a state of charge"),
        ("Charge at 1C until SOC 80", "                       ^^", "\"80\" is outside the allowed range"),
        ("Charge at 1C until SOC 0.8 V", "                           ^", "\"V\" is not a unit of a state of charge"),
        ("Charge at 1C until state of health 80 %", "                            ^^^^^^", "\"health\" is not expected here"),
        ("Charge at 1C until lithium margin", "                                 ^", "ends where a number is expected"),
        ("Charge at 1C until lithium margin 5", "                                   ^", "\"5\" lacks its unit"),
        ("Charge at 1C until lithium margin 5 mA", "                                    ^^", "\"mA\" is a unit of something else"),
        ("Charge at 1C until litium margin 5 mV", "                   ^^^^^^", "\"litium\" is not a condition, did you mean \"lithium\"?"),
        ("Charge at 1C until margin 50 V", "                          ^^", "\"50\" is outside the allowed range"),
        ("Charge at 1C until salt 50", "                          ^", "\"50\" lacks its unit"),
        ("Charge at 1C until salt 50 M", "                           ^", "\"M\" is not a unit"),
        ("Charge at 1C until stoichiometry 0.9", "                                    ^", "lacks its electrode"),
        ("Charge at 1C until stoichiometry 1.9 in the negative electrode", "                                 ^^^", "\"1.9\" is outside the allowed range"),
        ("Charge at 1C until stoichiometry 0.9 in the negativ electrode", "                                            ^^^^^^^", "\"negativ\" is not an electrode, did you mean \"negative\"?"),
        ("Charge at 1C until stoichiometry 0.9 in", "                                       ^", "lacks its electrode"),
        ("Charge at 1C until stoichiometry high", "                                 ^^^^", "\"high\" is not a stoichiometry"),
        ("Charge at 1C until temperature", "                              ^", "ends where a number is expected"),
        ("Charge at 1C until temperature 45", "                                 ^", "\"45\" lacks its unit"),
        ("Charge at 1C until 45 degC", "                      ^^^^", "\"degC\" is not a unit, did you mean \"oC\"?"),
        ("Charge at 1C until 45 C", "                   ^^", "the current of this step does not change, so this never ends it; degrees are oC"),
        ("Charge at 1C until highest 45 oC", "                           ^^", "\"45\" is not expected here"),
        ("Charge at 1C until capacity 2 A", "                              ^", "\"A\" is a unit of something else"),
        ("Charge at 1C for 1 h and then rest", "                         ^^^^", "\"then\" is not expected here: a semicolon divides steps"),
        ("Charge at 1C, 4.2 V", "              ^^^", "\"4.2\" is not expected here"),
        ("Charge at 5 W until 5 W", "                    ^", "the power of this step does not change, so this never ends it"),
        ("Charge at lithium margin", "                        ^", "ends where a number is expected"),
        ("Discharge at lithium margin 5 mV", "             ^^^^^^^", "a lithium margin is held by charging"),
        ("Hold", "    ^", "lacks what is held"),
        ("Hold for 1 h", "     ^^^", "\"for\" is not expected here"),
        ("Hold 4.2 V for 1 h", "     ^^^", "\"4.2\" is not expected here"),
        ("Hold at 4.2 V", "             ^", "lacks its end"),
        ("Hold at 4.2", "           ^", "\"4.2\" lacks its unit"),
        ("Hold at 1C for 1 h", "         ^", "\"C\" is a unit of something else"),
        ("Hold at 42 V for 1 h", "        ^^", "\"42\" is outside the allowed range"),
        ("Hold at 4.2 V until 4.1 V", "                    ^^^", "the voltage of this step does not change, so this never ends it"),
        ("Hold lithium margin at 5 mV until lithium margin 3 mV", "                                  ^^^^^^^", "the lithium margin of this step does not change, so this never ends it"),
        ("Hold lithium margin at 5", "                        ^", "\"5\" lacks its unit"),
        ("Run", "   ^", "lacks its samples"),
        ("Run \"UDDS.csv", "    ^^^^^^^^^", "the quote is not closed"),
        ("Run UDDS.csv (V)", "              ^", "\"V\" is not what samples may be"),
        ("Run UDDS.csv (A", "               ^", "the bracket is not closed"),
        ("Run UD\"DS", "      ^", "a quote stands before the name, or not at all"),
        ("Run \"\"", "    ^^", "lacks its samples"),
        ("Run UDDS.csv (A, cold)", "                 ^^^^", "\"cold\" is not expected in brackets"),
        ("Run UDDS.csv at 1C", "             ^^", "\"at\" is not expected here"),
        ("Discharge at 1C for 1 h – then rest", "                        ^", "\"–\" is not expected here"),
    ];

    [Test]
    public void MalformedSentencesShowThePlace()
    {
        Assert.That(Malformed, Has.Length.GreaterThan(100));
        Assert.Multiple(() =>
        {
            foreach ((string sentence, string caret, string message) in Malformed)
            {
                SentenceProblem? problem = SentenceParser.Parse(sentence).Problem;
                Assert.That(problem, Is.Not.Null, sentence);
                if (problem is null) continue;
                Assert.That(new string(' ', problem.Column - 1) + new string('^', problem.Length), Is.EqualTo(caret), $"{sentence}: {problem.Text}");
                Assert.That(problem.Text, Does.Contain(message), sentence);
            }
        });
    }

    [Test]
    public void AnyTextIsReadSoonAndNeverThrows()
    {
        string[] words = ["Rest", "Charge", "Discharge", "Hold", "Run", "at", "for", "until", "or", "and", ",", "(", ")", "period", "C", "/", "20", "1C", "4.2", "V", "mV", "A", "W", "Ohm", "oC", "K", "SOC", "%", "lithium", "margin", "the",
            "salt", "stoichiometry", "in", "negative", "electrode", "of", "state", "charge", "<", ">", "=", "temperature", "highest", "capacity", "A.h", "mol.m-3", "-", "−5", "1e", "1e999", ".", "..", "\"", "'", "\ud800", "é", "\t", "\0", "1e-400", "%%", ";"];
        Random random = new(1);
        Stopwatch clock = Stopwatch.StartNew();
        const int rounds = 100_000;
        for (int i = 0; i < rounds; i++)
        {
            StringBuilder text = new();
            for (int left = random.Next(12); left > 0; left--)
                text.Append(random.Next(8) == 0 ? ((char)random.Next(1, 0x2000)).ToString() : words[random.Next(words.Length)]).Append(random.Next(5) == 0 ? "" : " ");
            string sentence = text.ToString();
            SentenceResult result = SentenceParser.Parse(sentence);
            Assert.That(result.Sentence is null, Is.EqualTo(result.Problem is not null), sentence);
            if (result.Problem is { } problem) Assert.That(problem.Column, Is.InRange(1, sentence.Length + 1), sentence);
            if (result.Sentence is { } read) Assert.That(SentenceParser.Parse(read.ToString()).Sentence?.ToString(), Is.EqualTo(read.ToString()), sentence);
            SentenceParser.ParseConditions(sentence);
            SentenceParser.ParseQuantity(sentence, random.Next(2) == 0);
        }
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(60));
    }

    [Test]
    public void EverySentenceIsReadBack()
    {
        Random random = new(2);
        for (int i = 0; i < 20_000; i++)
        {
            StepSentence sentence = Drawn(random);
            SentenceResult result = SentenceParser.Parse(sentence.ToString());
            if (sentence.ToString().Length > SentenceParser.Longest) continue;
            Assert.That(result.Problem, Is.Null, sentence.ToString());
            StepSentence read = result.Sentence!;
            Assert.That(read.Until, Is.EqualTo(sentence.Until), sentence.ToString());
            Assert.That(read with { Until = sentence.Until }, Is.EqualTo(sentence));
        }
    }

    private static StepSentence Drawn(Random random)
    {
        double Value(double from, double to) => from + ((to - from) * random.NextDouble());
        int sign = random.Next(2) == 0 ? 1 : -1;
        DriveKind kind = (DriveKind)random.Next(8);
        StepSentence sentence = kind switch
        {
            DriveKind.Rest => new(kind),
            DriveKind.Current or DriveKind.Rate or DriveKind.Power => new(kind, sign * Value(1e-6, 100)),
            DriveKind.Resistance => new(kind, Value(1e-3, 100)),
            DriveKind.Voltage => new(kind, Value(2, 5)),
            DriveKind.LithiumMargin => new(kind, Value(-0.1, 0.1)),
            _ => new(kind) { Cycle = $"cycle {random.Next(10)}.csv", IsPower = random.Next(3) switch { 0 => null, 1 => true, _ => false } },
        };
        List<SentenceEnd> ends = [];
        for (int left = random.Next(3); left > 0; left--)
        {
            EndQuantity quantity = (EndQuantity)random.Next(13);
            bool never = (kind, quantity) is (DriveKind.Rest, EndQuantity.Current or EndQuantity.Power or EndQuantity.Capacity or EndQuantity.StateOfCharge) or (DriveKind.Current or DriveKind.Rate, EndQuantity.Current)
                or (DriveKind.Power, EndQuantity.Power) or (DriveKind.Voltage, EndQuantity.Voltage) or (DriveKind.LithiumMargin, EndQuantity.LithiumMargin);
            if (never) continue;
            double value = quantity switch
            {
                EndQuantity.Voltage => Value(2, 5),
                EndQuantity.MaximumTemperature or EndQuantity.MeanTemperature or EndQuantity.MinimumTemperature or EndQuantity.ProbeTemperature => Value(250, 400),
                EndQuantity.StateOfCharge or EndQuantity.NegativeStoichiometry or EndQuantity.PositiveStoichiometry => random.NextDouble(),
                EndQuantity.LithiumMargin => Value(-0.1, 0.1),
                _ => Value(1e-3, 1000),
            };
            ends.Add(new(quantity, value, quantity == EndQuantity.Current && random.Next(2) == 0, (Crossing)random.Next(3))
            {
                Probe = quantity == EndQuantity.ProbeTemperature ? s_probes[random.Next(s_probes.Length)] : "",
            });
        }
        bool needsEnd = ends.Count == 0 && kind is DriveKind.Rest or DriveKind.Voltage;
        return sentence with
        {
            Until = ends,
            Duration = needsEnd || random.Next(2) == 0 ? Value(1e-3, 1e6) : null,
            Period = random.Next(3) == 0 ? Value(1e-3, 1e4) : null,
            Ambient = random.Next(3) == 0 ? Value(200, 400) : null,
        };
    }
}
