using System.Text;

namespace Cell3D.Cli;

/// <summary>Standard output could not be written: a full disk behind a redirection.</summary>
internal sealed class StandardOutputException(Exception cause) : Exception("standard output cannot be written", cause);

/// <summary>Standard output whose failures can be told from those of result files.</summary>
internal sealed class StandardOutput : TextWriter
{
    public override Encoding Encoding => Console.Out.Encoding;

    public override void Write(char value) => Guarded(() => Console.Out.Write(value));

    public override void Write(string? value) => Guarded(() => Console.Out.Write(value));

    public override void WriteLine(string? value) => Guarded(() => Console.Out.WriteLine(value));

    public override void Flush() => Guarded(Console.Out.Flush);

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new StandardOutputException(e);
        }
    }
}
