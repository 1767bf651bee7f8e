using Cell3D.Input.Cases;
using Cell3D.Parallel;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Cli;

/// <summary>Tells what PETSc refuses as a mistake in the options that it was given, where it was given any.</summary>
/// <param name="ofCase">Options of the case file.</param>
/// <param name="typed">Options behind "--".</param>
/// <param name="environment">Whether .petscrc files and PETSC_OPTIONS were read.</param>
internal sealed class PetscRefusal(IReadOnlyList<string> ofCase, IReadOnlyList<string> typed, bool environment)
{
    /// <summary>Options of a case and those behind "--"; the environment is not read.</summary>
    public static PetscRefusal Of(SimulationCase simulation) => new(simulation.Solver.PetscOptions, CommandLine.ForPetsc, environment: false);

    /// <summary>*Collective.* Starts PETSc with the options given.</summary>
    public IDisposable Start() => Told(() => ParallelRuntime.Start([.. ofCase, .. typed]));

    /// <summary>*Collective.* Carries something out; a refusal ends all ranks with one sentence, for others may wait in a collective call.</summary>
    public T Told<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (PetscException exception) when (IsLikely && ParallelRuntime.Abort(Explained(exception), typed.Count > 0 || environment ? ExitCode.Usage : ExitCode.BadInput))
        {
            throw;
        }
    }

    private bool IsLikely => ofCase.Count + typed.Count > 0 || environment;

    private string Sources => string.Join(", ", new[]
    {
        typed.Count > 0 ? $"behind '--': {string.Join(' ', typed)}" : "",
        ofCase.Count > 0 ? $"in the case file: {string.Join(' ', ofCase)}" : "",
        environment ? "in .petscrc files and PETSC_OPTIONS" : "",
    }.Where(source => source.Length > 0));

    private UserError Explained(PetscException exception)
    {
        string reason = exception.Message.Split('\n')[0].TrimEnd('.');
        string text = PlainText.OneLine($"cell3d: error: PETSc refuses its options ({Sources}): {reason}");
        return new UserError(ExitCode.Usage, CommandLine.IsTraced ? $"{text}{Environment.NewLine}{exception}" : text);
    }
}
