namespace Cell3D.Output;

/// <summary>A time series that cannot be read: all problems at once, each with its line.</summary>
public sealed class TimeSeriesException : Exception
{
    /// <summary>Collects the problems of one file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="errors">One sentence per problem.</param>
    /// <param name="exitCode">65 bad content, 66 the file cannot be opened.</param>
    public TimeSeriesException(string file, IReadOnlyList<string> errors, int exitCode)
        : base(string.Join(Environment.NewLine, errors.Select(error => $"{file}: {error}")))
    {
        File = file;
        Errors = errors;
        ExitCode = exitCode;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>One sentence per problem, in line order.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Exit code of the program: 65 bad content, 66 the file cannot be opened.</summary>
    public int ExitCode { get; }
}
