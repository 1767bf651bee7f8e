namespace Cell3D.Input.Cases;

/// <summary>A resolved case with its notes and warnings, or all errors of case and cell file.</summary>
/// <param name="Case">The case; null when there is an error.</param>
/// <param name="Problems">Notes, warnings and errors, by file and line.</param>
public sealed record CaseResult(SimulationCase? Case, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>Whether a file the case needs does not exist (as opposed to being wrong).</summary>
    public bool FileMissing { get; init; }

    /// <summary>Only the warnings.</summary>
    public IEnumerable<InputProblem> Warnings => Problems.Where(problem => problem.Severity == Severity.Warning);

    /// <summary>Only the errors; empty when <see cref="Case"/> is there.</summary>
    public IEnumerable<InputProblem> Errors => Problems.Where(problem => problem.Severity == Severity.Error);
}
