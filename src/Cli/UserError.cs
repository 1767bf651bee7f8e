using Cell3D.Input;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Native;
using Cell3D.Simulation;
using Cell3D.Simulation.Checkpoints;

namespace Cell3D.Cli;

/// <summary>Something the user can put right: sentences for the screen and an exit code.</summary>
internal sealed class UserError : Exception
{
    /// <summary>One sentence per problem, fit for the user.</summary>
    public UserError(int exitCode, params IReadOnlyList<string> sentences)
        : base(string.Join(Environment.NewLine, sentences)) => (ExitCode, Sentences) = (exitCode, sentences);

    /// <summary>Code that the program ends with.</summary>
    public int ExitCode { get; }

    /// <summary>What to tell.</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <summary>What to do about it; null when the sentences say it all.</summary>
    public string? Hint { get; init; }

    /// <summary>Problems of input files, to be told first.</summary>
    public IReadOnlyList<InputProblem> Problems { get; init; } = [];

    /// <summary>The user's side of an exception; null when it is an error of the program.</summary>
    public static UserError? Of(Exception exception) => exception switch
    {
        UserError error => error,
        OutputException output => new(output.ExitCode, output.Message),
        TimeSeriesException series => new(series.ExitCode, [.. series.Errors.Select(error => $"{series.File}: {error}")]),
        NativeLibraryMissingException library => new(Cli.ExitCode.LibraryMissing, library.Message) { Hint = "Run 'cell3d doctor' to see what is missing." },
        CaseValueException value => new(Cli.ExitCode.BadInput, value.Message),
        CheckpointException checkpoint => new(Cli.ExitCode.BadInput, checkpoint.Message) { Hint = "To start anew in the same folder: --resume never --overwrite." },
        MeshException mesh => new(Cli.ExitCode.Usage, mesh.Messages),
        StandardOutputException closed => new(Cli.ExitCode.WriteFailed, $"standard output cannot be written: {closed.InnerException!.Message}"),
        _ => null,
    };
}
