using System.Text;

namespace Cell3D.Input;

/// <summary>How grave a problem of an input file is.</summary>
public enum Severity
{
    /// <summary>Something was assumed or converted; the input is usable.</summary>
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

    /// <summary>What is wrong.</summary>
    public required string Text { get; init; }

    /// <summary>The allowed values or range; null where the text says it all.</summary>
    public string? Allowed { get; init; }

    /// <summary>One line: "file(line): error: path = value: text; allowed: range".</summary>
    public override string ToString()
    {
        StringBuilder line = new(File);
        if (Line > 0) line.Append('(').Append(Line).Append(')');
        line.Append(Severity == Severity.Error ? ": error: " : ": warning: ").Append(Path);
        if (Value is not null) line.Append(" = ").Append(Value);
        if (Path.Length > 0) line.Append(": ");
        line.Append(Text);
        if (Allowed is not null) line.Append("; allowed: ").Append(Allowed);
        return line.ToString();
    }
}
