using System.Text;

namespace Cell3D.Input;

/// <summary>How grave a problem of an input file is.</summary>
public enum Severity
{
    /// <summary>Something was converted, assumed or left unused, as the file's author will expect.</summary>
    Note,

    /// <summary>The input is usable, but the results may not be what its author expects.</summary>
    Warning,

    /// <summary>The input cannot be used.</summary>
    Error,
}

/// <summary>One problem of an input file: where it is, what was found and what is allowed.</summary>
public sealed record InputProblem
{
    /// <summary>Whether the input is usable nevertheless.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The file, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Line in the file, from 1; 0 where no line can be named (a value set on the command line, a missing file).</summary>
    public int Line { get; init; }

    /// <summary>Keys from the root, joined by dots, e.g. "Layers.Separator.Porosity"; empty for the file as a whole.</summary>
    public string Path { get; init; } = "";

    /// <summary>The offending value as written; null where there is none (missing key).</summary>
    public string? Value { get; init; }

    /// <summary>"path = value", or that of both which there is; empty for the file as a whole.</summary>
    public string Subject => Value is null ? Path : Path.Length == 0 ? Value : $"{Path} = {Value}";

    /// <summary>What is wrong.</summary>
    public required string Text { get; init; }

    /// <summary>The allowed values or range; null where the text says it all.</summary>
    public string? Allowed { get; init; }

    /// <summary>The sentence in which it is; null where it is in no sentence.</summary>
    public string? Sentence { get; init; }

    /// <summary>Column of the place in <see cref="Sentence"/>, from 1; 0 without one.</summary>
    public int Column { get; init; }

    /// <summary>Characters of the place in <see cref="Sentence"/>.</summary>
    public int Length { get; init; }

    /// <summary>Two lines that show the place: the sentence, or the part of it that fits, and a caret under it; empty without one.</summary>
    /// <param name="width">Characters that fit into a line.</param>
    public IReadOnlyList<string> Excerpt(int width)
    {
        if (Sentence is null) return [];
        int start = Math.Max(0, Math.Min(Column - 1 - (width / 2), Sentence.Length - width));
        string shown = Json.SourceNode.Printable(Sentence[start..], width);
        int before = Column - 1 - start;
        return [shown, new string(' ', before) + new string('^', Math.Clamp(width - before, 1, Math.Max(Length, 1)))];
    }

    /// <summary>One line: "file(line): error: path = value: text; allowed: range".</summary>
    public override string ToString()
    {
        StringBuilder line = new(File);
        if (Line > 0) line.Append('(').Append(Line).Append(')');
        line.Append(": ").Append(Severity.ToString().ToLowerInvariant()).Append(": ");
        if (Subject.Length > 0) line.Append(Subject).Append(": ");
        line.Append(Text);
        if (Allowed is not null) line.Append("; allowed: ").Append(Allowed);
        return line.ToString();
    }

    /// <summary>
    /// Problems as a reader wants them: the gravest first, and notes or warnings that say the same of several keys of a file as one. Within a
    /// severity the order stays.
    /// </summary>
    public static IReadOnlyList<InputProblem> InOrder(IEnumerable<InputProblem> problems) =>
    [
        .. problems.GroupBy(problem => problem.Severity == Severity.Error || problem.Value is not null ? (object)problem : (problem.Severity, problem.File, problem.Text, problem.Allowed))
            .Select(alike => alike.First() with { Path = Joined([.. alike.Select(problem => problem.Path).Distinct()]) })
            .OrderByDescending(problem => problem.Severity),
    ];

    /// <summary>The first key in full, the next ones by their last name where they stand in the same section, the number of the others.</summary>
    private static string Joined(IReadOnlyList<string> paths)
    {
        const int most = 4;
        string section = paths[0][..(paths[0].LastIndexOf('.') + 1)];
        IEnumerable<string> shown = paths.Take(most).Select((path, i) => i > 0 && path.StartsWith(section, StringComparison.Ordinal) ? path[section.Length..] : path);
        return string.Join(", ", shown) + (paths.Count > most ? FormattableString.Invariant($" and {paths.Count - most} more") : "");
    }
}
