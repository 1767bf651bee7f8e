using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cell3D.Cli;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Input.Gmsh;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Numerics.Curves;
using Cell3D.Output;

namespace Cell3D.Campaigns.Parsers;

/// <summary>The parsers and where their inputs come from: valid files damaged, and grammars.</summary>
internal static class ParserTargets
{
    private static readonly string[] CellFiles =
    [
        "tests/Input/Data/chen2020_bpx.json", "tests/Input/Data/lfp_18650_cell_BPX.json", "tests/Input/Data/nmc_pouch_cell_BPX.json", "tests/Input/Data/nmc_pouch_cell_BPX_blended_electrode.json",
        "tests/Input/Data/nmc_pouch_cell_BPX_user-defined_hysteresis.json", "cases/comsol-dfn1d/marquis2019_bpx.json",
    ];

    private static readonly string[] CaseFiles = ["cases/bpx-1d/case.json", "cases/nmc-pouch-1c/coarse.json", "cases/comsol-pouch-xz/case.json", "cases/battmo-chen-pouch/case.json", "cases/bpx-1d/nmc-1c-heat.json"];

    private static readonly string[] OutlineFiles = ["tests/Input/Data/gmsh_chamfer.msh", "cases/imported-pouch/pouch.msh"];

    /// <summary>All of them; shares of the number that is asked for.</summary>
    /// <param name="repository">Where the valid files lie.</param>
    /// <param name="commands">Makes and carries out command lines.</param>
    public static IReadOnlyList<ParserTarget> All(string repository, CommandLines commands)
    {
        byte[][] cells = Contents(repository, CellFiles), cases = Contents(repository, CaseFiles);
        byte[][] outlines = Contents(repository, OutlineFiles);
        byte[] series = File.ReadAllBytes(Path.Combine(repository, "cases", "nmc-pouch-1c", "measured-1c.csv"));
        string[] paths = [.. cases.SelectMany(text => Paths(JsonNode.Parse(text)!, "")).Distinct()];
        string beside = Path.Combine(repository, "cases", "bpx-1d", "case.json");
        return
        [
            new("case", 0.1, draws => Damage.Of(WithCell(cases[draws.Whole(0, cases.Length - 1)]), draws), text => Case(text, beside, [])),
            new("bpx", 0.12, draws => Damage.Of(cells[draws.Whole(0, cells.Length - 1)], draws), Bpx),
            new("expression", 0.25, draws => Mixed(Grammar.Expression(draws), draws), Expression),
            new("sentence", 0.25, draws => Mixed(Grammar.Sentence(draws), draws), Sentence),
            new("series", 0.16, draws => draws.Chance(0.1) ? Damage.Of(series[..Math.Min(series.Length, 4000)], draws) : Mixed(Grammar.Series(draws), draws), Series),
            new("outline", 0.02, draws => Damage.Of(outlines[draws.Chance(0.9) ? 0 : 1], draws), Outline),
            new("commandline", 0.06, commands.Draw, commands.Run),
            new("set", 0.08, draws => Encoding.UTF8.GetBytes(Setting(paths, draws)), text => Case(WithCell(cases[0]), beside, Encoding.UTF8.GetString(text).Split('\n'))),
        ];
    }

    private static byte[][] Contents(string repository, string[] files) => [.. files.Select(file => File.ReadAllBytes(Path.Combine(repository, file)))];

    /// <summary>The case with a cell file that is there.</summary>
    private static byte[] WithCell(byte[] text)
    {
        JsonNode root = JsonNode.Parse(text)!;
        root["Cell"] = "chen2020_bpx.json";
        return Encoding.UTF8.GetBytes(root.ToJsonString(Indented));
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static byte[] Mixed(string text, Draws draws)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return draws.Chance(0.4) ? Damage.Of(bytes, draws) : bytes;
    }

    private static string Setting(string[] paths, Draws draws)
    {
        string path = draws.Of<string>(paths), value = draws.Whole(0, 3) switch { 0 => Damage.Extreme(draws), 1 => Damage.Word(draws), 2 => draws.Of("{}", "[]", "null", "\"x\"", "[1, 2]", "true", "column", "LU"), _ => draws.Of("0.5", "3", "300") };
        if (draws.Chance(0.2)) path = Encoding.UTF8.GetString(Damage.Of(Encoding.UTF8.GetBytes(path), draws));
        string setting = $"{path}{(draws.Chance(0.97) ? "=" : "")}{value}";
        return draws.Chance(0.2) ? $"{setting}\n{Setting(paths, draws)}" : setting;
    }

    /// <summary>Paths of all members of a case, as --set takes them.</summary>
    private static IEnumerable<string> Paths(JsonNode node, string prefix)
    {
        if (node is not JsonObject section) yield break;
        foreach ((string key, JsonNode? value) in section)
        {
            yield return prefix + key;
            if (value is null) continue;
            foreach (string inner in Paths(value, $"{prefix}{key}.")) yield return inner;
        }
    }

    private static bool Case(byte[] text, string beside, string[] settings)
    {
        CaseResult result = CaseFile.Read(text, beside, settings);
        Judge(result.Case is not null, result.Problems);
        if (result.Case is null) return false;
        string resolved = result.Case.ToJson();
        if (resolved.Length == 0) throw new ParserFaultException("the resolved case is empty");
        return true;
    }

    /// <summary>A plane that is read is meshed too, or refused with words.</summary>
    private static bool Outline(byte[] text)
    {
        MshResult result = MshFile.Read(text, "cell.msh", 1);
        Judge(result.Plane is not null, result.Problems);
        if (result.Plane is null) return false;
        try
        {
            if (!(Math.Abs((result.Plane.Mesh.Area.Sum() / result.Plane.Outline.Area) - 1) < 1e-9)) throw new ParserFaultException("the mesh has another area than its outline");
        }
        catch (MeshException)
        {
            return false;
        }
        return true;
    }

    private static bool Bpx(byte[] text)
    {
        BpxResult result = BpxFile.Read(text, "cell.json");
        Judge(result.Cell is not null, result.Problems);
        return result.Cell is not null;
    }

    private static bool Expression(byte[] text)
    {
        try
        {
            ExpressionCurve curve = ExpressionCurve.Parse(Encoding.UTF8.GetString(text));
            foreach (double x in new[] { 0, 0.3, 1, 1000, -1, 1e300, double.NaN })
                curve.ValueAndSlope(x);
            return true;
        }
        catch (ExpressionException e)
        {
            OneLine(e.Message);
            return false;
        }
    }

    private static bool Sentence(byte[] text)
    {
        SentenceResult result = SentenceParser.Parse(Encoding.UTF8.GetString(text));
        if (result.Sentence is null == result.Problem is null) throw new ParserFaultException("neither a step nor a problem, or both");
        if (result.Sentence is { } step && (!double.IsFinite(step.Value) || step.Duration is <= 0 or double.NaN || step.Until.Any(end => !double.IsFinite(end.Value))))
            throw new ParserFaultException($"accepted as {step}");
        if (result.Sentence is { } read && SentenceParser.Parse(read.ToString()).Sentence?.ToString() != read.ToString()) throw new ParserFaultException($"{read} is not read back");
        if (result.Problem is { } problem && (problem.Column < 1 || problem.Column > SentenceParser.Longest + 1)) throw new ParserFaultException("the place lies outside the sentence");
        return result.Sentence is not null;
    }

    private static bool Series(byte[] text)
    {
        try
        {
            TimeSeries series = TimeSeriesReader.Parse(Encoding.UTF8.GetString(text), "measured.csv");
            return series is not null;
        }
        catch (TimeSeriesException e)
        {
            foreach (string error in e.Errors) OneLine(error);
            return false;
        }
    }

    /// <summary>A result is there exactly when no error is, and every message is one printable line.</summary>
    private static void Judge(bool loaded, IReadOnlyList<InputProblem> problems)
    {
        if (loaded == problems.Any(problem => problem.Severity == Severity.Error)) throw new ParserFaultException(loaded ? "loaded in spite of errors" : "refused without an error");
        foreach (InputProblem problem in problems) OneLine(problem.ToString());
    }

    /// <summary>Every message passes <see cref="PlainText"/> on its way to the screen.</summary>
    private static void OneLine(string message)
    {
        foreach (char c in PlainText.OneLine(message))
            if (char.IsControl(c)) throw new ParserFaultException("a message holds a control character");
    }
}
