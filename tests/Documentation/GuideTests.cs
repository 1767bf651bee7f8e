using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Tests.Cli;
using Cell3D.Tests.Input;
using NUnit.Framework;
using PureHDF;

namespace Cell3D.Tests.Documentation;

/// <summary>docs/guide.md is held against the program: its commands run, and everything a run writes is explained.</summary>
public partial class GuideTests
{
    private static readonly string Folder = Here();
    private static readonly string Guide = File.ReadAllText(Path.Combine(Folder, "..", "..", "docs", "guide.md"));

    [Test]
    [Category("Slow")]
    public void ItsCommandsWork()
    {
        ProgramResult result = Cell3DProgram.Finish(Cell3DProgram.Start("bash", [Path.Combine(Folder, "guide.sh"), Path.GetDirectoryName(Cell3DProgram.Path)!]));
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("can be run").And.Contain("Done at t = "));
    }

    [Test]
    public void EveryBlockOfCommandsIsRun()
    {
        Assert.That(Guide.Split("```sh\n"), Has.Length.GreaterThan(3));
        Assert.That(UnmarkedBlock().Matches(Guide).Select(match => match.Value), Is.Empty);
    }

    [Test]
    public void ItsCaseCanBeRun()
    {
        string text = AnnotatedCase().Match(Guide).Groups[1].Value;
        string plain = Regex.Replace(text, @"\s*// .*", "").Replace("my_cell_BPX.json", Samples.Nmc, StringComparison.Ordinal);
        CaseResult result = Samples.Load(JsonNode.Parse(plain)!);
        Assert.That(result.Case, Is.Not.Null, string.Join('\n', result.Problems));
        Assert.That(result.Case!.Protocol.Steps, Has.Count.EqualTo(4));
    }

    [Test]
    public void ItsPrismaticCellCanBeRun()
    {
        JsonObject simulation = JsonNode.Parse(Regex.Replace(AnnotatedCase().Match(Guide).Groups[1].Value, @"\s*// .*", "").Replace("my_cell_BPX.json", Samples.Nmc, StringComparison.Ordinal))!.AsObject();
        string block = Guide[Guide.IndexOf("### Prismatic", StringComparison.Ordinal)..].Split("```")[1];
        foreach ((string section, JsonNode? value) in JsonNode.Parse($"{{{block["jsonc".Length..]}}}")!.AsObject())
            simulation[section] = value!.DeepClone();
        CaseResult result = Samples.Load(simulation);
        Assert.That(result.Case?.Geometry.Can, Is.Not.Null, string.Join('\n', result.Problems));
    }

    [Test]
    public void ItsProtocolsCanBeRun()
    {
        string section = Guide[Guide.IndexOf("## Protocols", StringComparison.Ordinal)..Guide.IndexOf("## Signs", StringComparison.Ordinal)];
        string[] sentences = section.Split("```text\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] clauses = [.. Clause().Matches(section).Select(match => match.Groups[1].Value)];
        Assert.That(sentences, Has.Length.GreaterThan(8));
        Assert.That(clauses, Has.Length.GreaterThan(10));
        foreach (string sentence in sentences.Concat(clauses.Select(clause => clause.Contains("50", StringComparison.Ordinal) ? $"Hold at 4 V {clause}" : $"Charge at 1C {clause}")))
            Assert.That(SentenceParser.Parse(sentence).Problem, Is.Null, sentence);
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse(Regex.Replace(section.Split("```jsonc\n")[1].Split("```")[0], @"\s*// .*", ""));
        CaseResult result = Samples.Load(text);
        Assert.That(result.Case, Is.Not.Null, string.Join('\n', result.Problems));
        Assert.That(result.Case!.Protocol.Steps, Has.Count.EqualTo(2 + (3 * 11) + 3));
    }

    [Test]
    public void EverySubcommandAndOptionIsShown()
    {
        string[] commands = Names(Cell3DProgram.Run("--help").Output, "Commands:", @"^  (\w+)");
        Assert.That(commands, Has.Length.GreaterThanOrEqualTo(9));
        Assert.That(commands.Where(command => !Guide.Contains($"\ncell3d {command}", StringComparison.Ordinal)), Is.Empty);
        string[] options = Names(Cell3DProgram.Run("run", "--help").Output, "Options:", @"(--[a-z-]+)");
        Assert.That(options, Has.Length.GreaterThanOrEqualTo(8));
        Assert.That(options.Except(["--help", "--trace", "--quiet", "--verbose"]).Where(option => !Guide.Contains($"`{option}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void EverythingARunWritesIsExplained()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        File.WriteAllText(folder.In("measured.csv"), "Test Time / s,Voltage / V\n0.01,4.0\n0.05,4.0\n");
        ProgramResult result = Cell3DProgram.Run(["run", folder.Path, "--output", folder.Results, "--steps", "12", "--overlay", folder.In("measured.csv"), "--set", "Probes.Layer means=false", "--set", "Probes.Points [m]={}", .. CaseFolder.Coarse]);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        string[] written =
        [
            .. Directory.EnumerateFiles(folder.Results).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith('.')),
            .. TimeSeriesReader.Read(folder.In("results", OutputFolder.TimeSeriesName)).Columns.Select(column => Regex.Replace(column.Header, "^.+: ", "NAME: ")),
            .. Keys(JsonNode.Parse(File.ReadAllText(folder.In("results", OutputFolder.SummaryName)))!.AsObject()),
            .. Fields(folder.In("results", OutputFolder.FieldsName(0))),
        ];
        Assert.That(written, Has.Length.GreaterThan(60));
        Assert.That(written.Where(name => !Guide.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>Keys of a summary and of its sections; those of lists and of sections whose keys are data (phases, libraries, options) are left out.</summary>
    private static IEnumerable<string> Keys(JsonObject summary)
    {
        foreach ((string key, JsonNode? value) in summary)
        {
            yield return key;
            if (value is JsonObject section && key is not ("Wall time [s]" or "Versions" or "Options in force"))
                foreach ((string inner, JsonNode? _) in section) yield return inner;
        }
    }

    private static string[] Fields(string file)
    {
        using PureHDF.VOL.Native.NativeFile fields = H5File.OpenRead(file);
        return [.. fields.Group("/VTKHDF/CellData").Children().Select(child => child.Name)];
    }

    private static string[] Names(string help, string heading, string pattern) =>
        [.. help[help.IndexOf(heading, StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => line.Trim().Length > 0)
            .SelectMany(line => Regex.Matches(line, pattern)).Select(match => match.Groups[1].Value).Distinct()];

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"```jsonc\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex AnnotatedCase();

    [GeneratedRegex(@"`(until [^`]+|for [^`]+)`")]
    private static partial Regex Clause();

    [GeneratedRegex(@"(?<!<!-- run(: \w+)? -->\n)```sh\n.*")]
    private static partial Regex UnmarkedBlock();
}
