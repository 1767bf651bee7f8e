using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class FuzzTests
{
    private const int Rounds = 300;
    private static readonly string[] Pieces = ["{", "}", "[", "]", "\"", ",", ":", "null", "NaN", "-1", "1e999", "1e-999", "\"x\"", "\\u12", "\\uD800", "tanh(", "**", "\n", "é"];

    [Test]
    public void DamagedCellsAreRefusedOrLoadedButNeverThrow([Values(Samples.Nmc, Samples.Lfp, Samples.Blended, Samples.Chen)] string name)
    {
        Random random = new(name.Length);
        byte[] text = File.ReadAllBytes(Samples.PathOf(name));
        for (int i = 0; i < Rounds; i++)
        {
            byte[] damaged = Damage(text, random);
            BpxResult result = BpxFile.Read(damaged, "cell.json");
            AssertComplete(result.Cell is not null, result.Problems, damaged);
        }
    }

    [Test]
    public void DamagedCasesAreRefusedOrLoadedButNeverThrow([Values] bool pouch)
    {
        Random random = new(5);
        byte[] text = Encoding.UTF8.GetBytes((pouch ? Samples.Pouch() : Samples.Column()).ToJsonString());
        for (int i = 0; i < Rounds; i++)
        {
            byte[] damaged = Damage(text, random);
            CaseResult result = CaseFile.Read(damaged, Samples.PathOf("case.json"));
            AssertComplete(result.Case is not null, result.Problems, damaged);
        }
    }

    [Test]
    public void DamagedExperimentsAreRefusedOrLoadedButNeverThrow()
    {
        Random random = new(7);
        JsonObject text = Samples.Column();
        text["Protocol"]!["Steps"] = JsonNode.Parse("""
            { "cycles": [[{ "type": "c-rate", "value": 1, "duration": 60, "start_time": "2026-01-31T09:00:00", "skip_ok": false }, { "type": "rest", "start_time": "2026-01-31 09:02" }],
                [{ "type": "current", "value": [[0, 1], [1, 2]], "start_time": "2026-01-31T10:00:00.5" }]], "period": "1 minute", "termination": ["80% capacity", "2.5 V", "10 h"] }
            """);
        byte[] whole = Encoding.UTF8.GetBytes(text.ToJsonString());
        for (int i = 0; i < 3 * Rounds; i++)
        {
            byte[] damaged = Damage(whole, random);
            CaseResult result = CaseFile.Read(damaged, Samples.PathOf("case.json"));
            AssertComplete(result.Case is not null, result.Problems, damaged);
        }
    }

    [Test]
    public void ExchangedValuesAreRefusedOrLoadedButNeverThrow()
    {
        Random random = new(11);
        string[] values = ["null", "true", "-1", "0", "1e300", "\"\"", "\"x\"", "[]", "{}", "[1]", "{\"x\": [], \"y\": []}", "{\"x\": [0, 1], \"y\": [1, 0]}"];
        for (int i = 0; i < Rounds; i++)
        {
            JsonObject text = Samples.Pouch();
            JsonObject section = text;
            while (true)
            {
                KeyValuePair<string, JsonNode?> member = section.ElementAt(random.Next(section.Count));
                if (member.Value is JsonObject { Count: > 0 } inner && random.Next(4) > 0)
                {
                    section = inner;
                    continue;
                }
                section[member.Key] = JsonNode.Parse(values[random.Next(values.Length)]);
                break;
            }
            CaseResult result = Samples.Load(text);
            AssertComplete(result.Case is not null, result.Problems, Encoding.UTF8.GetBytes(text.ToJsonString()));
        }
    }

    /// <summary>A result is there exactly when no error is.</summary>
    private static void AssertComplete(bool loaded, IReadOnlyList<InputProblem> problems, byte[] text)
    {
        Assert.That(loaded, Is.EqualTo(problems.All(problem => problem.Severity != Severity.Error)), () => Encoding.UTF8.GetString(text));
        Assert.That(problems.Select(problem => problem.ToString()), Has.All.Not.Contains("\n"));
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        List<byte> damaged = [.. text];
        switch (random.Next(4))
        {
            case 0:
                return [.. damaged.Take(random.Next(damaged.Count))];
            case 1:
                for (int i = random.Next(1, 6); i > 0; i--) damaged[random.Next(damaged.Count)] = (byte)random.Next(256);
                return [.. damaged];
            case 2:
                damaged.InsertRange(random.Next(damaged.Count), Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                return [.. damaged];
            default:
                int start = random.Next(damaged.Count);
                damaged.RemoveRange(start, Math.Min(random.Next(1, 40), damaged.Count - start));
                return [.. damaged];
        }
    }
}
