using System.Text;

namespace Cell3D.Cli;

/// <summary>Standard output could not be written: a full disk behind a redirection.</summary>
internal sealed class StandardOutputException(Exception cause) : Exception($"standard output cannot be written: {cause.Message}", cause);

/// <summary>Standard output whose failures can be told from those of result files, and through which only <see cref="PlainText"/> passes.</summary>
/// <param name="splitsLines">Whether a line break within a line that is written ends it, as a library writes lists; else it is shown as a character.</param>
internal sealed class StandardOutput(bool splitsLines = false) : TextWriter
{
    /// <summary>EIO, what writing to a closed terminal gives.</summary>
    private const int InputOutputError = 5;

    private static volatile bool s_terminalIsGone;

    public override Encoding Encoding => Console.Out.Encoding;

    public override void Write(char value) => Write(value.ToString());

    /// <summary>Text of any number of lines.</summary>
    public override void Write(string? value) => Guarded(() => Console.Out.Write(PlainText.Lines(value ?? "")));

    /// <summary>One line, or, where lines are split, as many as the text has.</summary>
    public override void WriteLine(string? value) => Guarded(() => Console.Out.WriteLine(splitsLines ? PlainText.Lines(value ?? "") : PlainText.OneLine(value ?? "")));

    /// <summary>The program's own control sequences; never with text from elsewhere that is not cleaned.</summary>
    public void WriteControl(string sequence) => Guarded(() => Console.Out.Write(sequence));

    public override void Flush() => Guarded(Console.Out.Flush);

    /// <summary>A terminal that was closed is no reason to lose a run: from then on nothing is shown.</summary>
    private static void Guarded(Action write)
    {
        if (s_terminalIsGone) return;
        try
        {
            write();
        }
        catch (IOException e) when (e.HResult == InputOutputError)
        {
            s_terminalIsGone = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StandardOutputException(e);
        }
    }
}
