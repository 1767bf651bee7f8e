namespace Cell3D.Cli.Doctor;

/// <summary>Outcome of one test of the installation.</summary>
/// <param name="Subject">What was tested.</param>
/// <param name="Works">Whether it serves a run.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do about it; null when nothing has to be done.</param>
internal sealed record Finding(string Subject, bool Works, string Detail, string? Remedy = null)
{
    /// <summary>Carries out a test; an exception is its failure.</summary>
    public static Finding Try(string subject, Func<string> test, string remedy)
    {
        try
        {
            return new Finding(subject, true, test());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Finding(subject, false, e.Message.ReplaceLineEndings(" "), remedy);
        }
    }
}
