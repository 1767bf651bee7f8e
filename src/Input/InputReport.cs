using System.Globalization;
using Cell3D.Input.Json;

namespace Cell3D.Input;

/// <summary>Collects the problems of one file.</summary>
/// <param name="file">The file as the user named it.</param>
public sealed class InputReport(string file)
{
    /// <summary>Problems that are kept; of more, only the number is told.</summary>
    public const int MostProblems = 200;

    private readonly List<InputProblem> problems = [];
    private const int LongestPath = 300;
    private int dropped;

    /// <summary>Whether further problems are only counted, so that no work need be put into their words.</summary>
    public bool IsFull => problems.Count >= MostProblems;

    /// <summary>The file as the user named it.</summary>
    public string File => file;

    /// <summary>Whether the file does not exist.</summary>
    public bool FileMissing { get; set; }

    /// <summary>Whether there is an error so far.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Everything collected so far, each problem once, by line; what has no line comes first.</summary>
    public IReadOnlyList<InputProblem> Problems => [.. problems.Distinct().OrderBy(problem => problem.Line), .. Rest()];

    /// <summary>An error at a value, or at the section that should hold it.</summary>
    public void Error(string path, SourceNode? node, string text, string? allowed = null, string? value = null) =>
        Add(Severity.Error, path, node?.Line ?? 0, value ?? Found(node), text, allowed);

    /// <summary>An error in a sentence.</summary>
    internal void Error(string path, SourceNode? node, string sentence, Protocols.SentenceProblem problem)
    {
        string value = $"\"{SourceNode.Printable(sentence)}\"";
        Add(Severity.Error, path, node?.Line ?? 0, node is { Line: 0 } ? value + " (from --set)" : value,
            problem.Column > Protocols.SentenceParser.Longest ? problem.Text : string.Create(CultureInfo.InvariantCulture, $"column {problem.Column}: {problem.Text}"), problem.Allowed,
            added => added with { Sentence = sentence, Column = problem.Column, Length = problem.Length });
    }

    /// <summary>An error at a line of a file that is not JSON.</summary>
    public void Error(string path, int line, string? value, string text, string? allowed) => Add(Severity.Error, path, line, value, text, allowed);

    /// <summary>An error about a key that is not there; the line is that of its section.</summary>
    public void Missing(string path, SourceNode? section, string text, string? allowed = null) =>
        Add(Severity.Error, path, section?.Line ?? 0, null, text, allowed);

    /// <summary>Something was converted, assumed or left unused.</summary>
    public void Note(string path, SourceNode? node, string text, bool withValue = true) =>
        Add(Severity.Note, path, node?.Line ?? 0, withValue ? node?.ToString() : null, text, null);

    /// <summary>The results may not be what the author expects.</summary>
    public void Warning(string path, SourceNode? node, string text, bool withValue = true) =>
        Add(Severity.Warning, path, node?.Line ?? 0, withValue ? node?.ToString() : null, text, null);

    /// <summary>An error of the file as a whole.</summary>
    public void FileError(string text) => Add(Severity.Error, "", 0, null, text, null);

    /// <summary>The file is not JSON.</summary>
    public void SyntaxError(int line, int column, string reason) =>
        Add(Severity.Error, "", line, null, string.Create(CultureInfo.InvariantCulture, $"not valid JSON at column {column}: {reason}"), null);

    private static string? Found(SourceNode? node) => node is { Line: 0 } ? node + " (from --set)" : node?.ToString();

    private IEnumerable<InputProblem> Rest()
    {
        if (dropped > 0) yield return new InputProblem { Severity = HasErrors ? Severity.Error : Severity.Warning, File = file, Line = 0, Path = "", Text = string.Create(CultureInfo.InvariantCulture, $"and {dropped} more problems"), Value = null, Allowed = null };
    }

    private void Add(Severity severity, string path, int line, string? value, string text, string? allowed, Func<InputProblem, InputProblem>? more = null)
    {
        HasErrors |= severity == Severity.Error;
        if (IsFull && (severity != Severity.Error || problems.Exists(problem => problem.Severity == Severity.Error)))
        {
            dropped++;
            return;
        }
        InputProblem problem = new()
        {
            Severity = severity,
            File = file,
            Line = line,
            Path = SourceNode.Printable(path, LongestPath),
            Value = value,
            Text = text,
            Allowed = allowed,
        };
        problems.Add(more is null ? problem : more(problem));
    }
}
