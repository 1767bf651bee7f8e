using System.Text;
using Cell3D.Input;

namespace Cell3D.Cli;

/// <summary>
/// What the user sees. Colours and width follow the terminal; only rank 0 writes. Everything that reaches standard output or standard
/// error passes here and is <see cref="PlainText"/>, but for the sequences written in this file.
/// </summary>
internal static class Screen
{
    private const int TableWidth = 80, WidthOfFiles = 160, LeastWidth = 60, Indent = 4;

    /// <summary>Whether lines may be redrawn and coloured: a person's terminal, not a file and not the pseudo-terminal of a launcher.</summary>
    public static bool IsTerminal { get; private set; }

    /// <summary>Results.</summary>
    public static TextWriter Out { get; private set; } = TextWriter.Null;

    /// <summary>Characters in a line; a terminal that does not tell its width is taken as wide.</summary>
    public static int Width => IsTerminal && Console.WindowWidth >= LeastWidth ? Console.WindowWidth : WidthOfFiles;

    private static bool ErrorsAreColoured { get; set; }

    private static StandardOutput Terminal { get; } = new();

    /// <summary>Looks at the terminal. Call before anything else touches the console.</summary>
    public static void Prepare()
    {
        // Under a launcher standard output is a pseudo-terminal: without this .NET sends control sequences into the log.
        if (Launcher.IsPresent) Environment.SetEnvironmentVariable("TERM", "dumb");
        bool plain = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IsTerminal = !plain && !Console.IsOutputRedirected;
        ErrorsAreColoured = !plain && !Console.IsErrorRedirected;
        Out = Launcher.Rank == 0 ? TextWriter.Synchronized(Terminal) : TextWriter.Null;
    }

    /// <summary>A heading above a table or list.</summary>
    public static void Heading(string text)
    {
        if (IsTerminal && Launcher.Rank == 0) Terminal.WriteControl($"\e[1m{PlainText.OneLine(text)}\e[0m{Environment.NewLine}");
        else Out.WriteLine(text);
    }

    /// <summary>Puts a text in place of the line that the cursor is in; for a terminal only.</summary>
    public static void Redraw(string text)
    {
        Terminal.WriteControl($"\r{PlainText.OneLine(text)}\e[K");
        Terminal.Flush();
    }

    /// <summary>Names and values in two aligned columns, long values wrapped on a terminal; those without a value are left out.</summary>
    public static void Figures(params IReadOnlyList<(string Name, string? Value)> figures)
    {
        (string Name, string? Value)[] shown = [.. figures.Where(figure => figure.Value is not null)];
        if (shown.Length == 0) return;
        int width = shown.Max(figure => figure.Name.Length), room = IsTerminal ? Math.Max(Width - width - 5, LeastWidth / 2) : int.MaxValue;
        foreach ((string name, string? value) in shown)
        {
            string start = name;
            foreach (string line in TextTable.Wrapped(PlainText.OneLine(value!), room))
            {
                Out.WriteLine($"  {start.PadRight(width)}  {line}");
                start = "";
            }
        }
    }

    /// <summary>A table of at most 80 characters in a line wherever its numbers allow; text may wrap.</summary>
    public static void Table(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<IReadOnlyList<string>> clean = [.. rows.Select(row => row.Select(PlainText.OneLine).ToArray())];
        foreach (string line in TextTable.Lines(columns, clean, Math.Min(Width, TableWidth))) Out.WriteLine(line);
    }

    /// <summary>All problems of the input, the gravest first, one line each; below one in a sentence, the place.</summary>
    public static void Problems(IEnumerable<InputProblem> problems)
    {
        foreach (InputProblem problem in InputProblem.InOrder(problems))
        {
            string place = problem.Line > 0 ? FormattableString.Invariant($"{problem.File}:{problem.Line}: ") : $"{problem.File}: ";
            WriteError(place, problem.Severity, Text(problem));
            foreach (string line in problem.Excerpt(Math.Min(Width, TableWidth) - Indent)) WriteToErrors(new string(' ', Indent) + PlainText.OneLine(line));
        }
    }

    /// <summary>Problems that do not stop the program; rank 0 tells them for all.</summary>
    public static void Remarks(IEnumerable<InputProblem> problems)
    {
        if (Launcher.Rank == 0) Problems(problems);
    }

    /// <summary>A sentence about an error.</summary>
    public static void Error(string sentence) => WriteError("cell3d: ", Severity.Error, sentence);

    /// <summary>Text about an error that needs no heading: a hint, or a stack trace of several lines.</summary>
    public static void ErrorText(string text) => WriteToErrors(PlainText.Lines(text));

    /// <summary>A sentence about something that deserves attention; rank 0 tells it for all.</summary>
    public static void Warning(string sentence)
    {
        if (Launcher.Rank == 0) WriteError("cell3d: ", Severity.Warning, sentence);
    }

    /// <summary>A sentence about something the user will expect; rank 0 tells it for all.</summary>
    public static void Note(string sentence)
    {
        if (Launcher.Rank == 0) WriteError("cell3d: ", Severity.Note, sentence);
    }

    private static string Text(InputProblem problem)
    {
        StringBuilder text = new(problem.Subject);
        if (text.Length > 0) text.Append(": ");
        text.Append(problem.Text);
        if (problem.Allowed is not null) text.Append(" (allowed: ").Append(problem.Allowed).Append(')');
        return text.ToString();
    }

    private static void WriteError(string place, Severity severity, string text)
    {
        if (Launcher.Rank > 0) place = $"rank {Launcher.Rank}: {place}";
        string kind = $"{severity.ToString().ToLowerInvariant()}: ";
        int colour = severity switch { Severity.Error => 31, Severity.Warning => 33, _ => 36 };
        if (ErrorsAreColoured) kind = $"\e[1;{colour}m{kind}\e[0m";
        WriteToErrors(PlainText.OneLine(place) + kind + PlainText.OneLine(text));
    }

    /// <summary>Where standard error itself is full or closed, there is nobody left to tell; the exit code still does.</summary>
    private static void WriteToErrors(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
