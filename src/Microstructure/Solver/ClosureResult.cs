namespace Cell3D.Microstructure.Solver;

/// <summary>How the solution of a closure problem went.</summary>
public sealed record ClosureResult
{
    /// <summary>Where nothing conducts from end to end.</summary>
    internal static ClosureResult Nothing { get; } = new()
    {
        Iterations = 0,
        RelativeResidual = 0,
        Converged = true,
        Stopped = false,
        SetUpSeconds = 0,
        Seconds = 0,
        BytesOfFields = 0,
        BytesOfLevels = 0,
        Levels = [],
    };

    /// <summary>Steps of conjugate gradients, each with one cycle of multigrid.</summary>
    public required int Iterations { get; init; }

    /// <summary>‖b − A χ‖₂/‖b‖₂ in double precision; 0 where b vanishes.</summary>
    public required double RelativeResidual { get; init; }

    /// <summary>Whether the tolerance was met.</summary>
    public required bool Converged { get; init; }

    /// <summary>Whether it was stopped on request.</summary>
    public required bool Stopped { get; init; }

    /// <summary>Wall time until the coarse levels were ready [s].</summary>
    public required double SetUpSeconds { get; init; }

    /// <summary>Wall time of all [s].</summary>
    public required double Seconds { get; init; }

    /// <summary>Bytes of this rank's fields.</summary>
    public required long BytesOfFields { get; init; }

    /// <summary>Bytes of this rank's coarse levels.</summary>
    public required long BytesOfLevels { get; init; }

    /// <summary>Unknowns of the coarse levels.</summary>
    public required IReadOnlyList<long> Levels { get; init; }
}
