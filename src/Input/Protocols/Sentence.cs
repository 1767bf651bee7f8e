namespace Cell3D.Input.Protocols;

/// <summary>What a step does.</summary>
internal enum StepKind
{
    /// <summary>No current.</summary>
    Rest,

    /// <summary>Current into the cell.</summary>
    Charge,

    /// <summary>Current out of the cell.</summary>
    Discharge,
}

/// <summary>A step sentence taken apart.</summary>
/// <param name="Kind">Rest, charge or discharge.</param>
/// <param name="Current">Magnitude in A, or in multiples of the nominal capacity per hour; 0 at rest.</param>
/// <param name="IsRate">Whether <paramref name="Current"/> is a C-rate.</param>
/// <param name="Duration">[s]; null without a limit.</param>
/// <param name="UntilVoltage">[V]; null without a target.</param>
internal sealed record Sentence(StepKind Kind, double Current, bool IsRate, double? Duration, double? UntilVoltage);

/// <summary>A sentence, or why it is not one.</summary>
/// <param name="Sentence">The sentence; null when there is a problem.</param>
/// <param name="Problem">What is wrong; null when there is a sentence.</param>
/// <param name="Allowed">What is allowed instead.</param>
internal sealed record SentenceResult(Sentence? Sentence, string? Problem, string? Allowed = null);
