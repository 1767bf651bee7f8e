using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>Size of the discrete problem.</summary>
public sealed record SizeSummary
{
    /// <summary>Control volumes.</summary>
    public required long Cells { get; init; }

    /// <summary>Unknowns of the global system.</summary>
    [JsonPropertyName("Global unknowns")]
    public required long GlobalUnknowns { get; init; }

    /// <summary>Unknowns inside control volumes, such as those of particles.</summary>
    [JsonPropertyName("Local unknowns")]
    public required long LocalUnknowns { get; init; }

    /// <summary>MPI ranks.</summary>
    public required int Ranks { get; init; }
}

/// <summary>Steps and iterations of the run.</summary>
public sealed record WorkSummary
{
    /// <summary>Accepted time steps.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps repeated because the error was too large.</summary>
    [JsonPropertyName("Steps rejected by error test")]
    public required long RejectedByError { get; init; }

    /// <summary>Steps repeated because Newton's iteration failed.</summary>
    [JsonPropertyName("Steps rejected by solver")]
    public required long RejectedBySolver { get; init; }

    /// <summary>Accepted steps by what set their length; they sum up to <see cref="Steps"/>.</summary>
    [JsonPropertyName("Steps by reason")]
    public IReadOnlyDictionary<string, long> StepsByReason { get; init; } = new Dictionary<string, long>();

    /// <summary>Attempts that were not accepted by why.</summary>
    [JsonPropertyName("Repeated by reason")]
    public IReadOnlyDictionary<string, long> RepeatedByReason { get; init; } = new Dictionary<string, long>();

    /// <summary>Steps of a higher order than the one before; without first steps.</summary>
    [JsonPropertyName("Orders raised")]
    public long OrdersRaised { get; init; }

    /// <summary>Steps of a lower order than the one before.</summary>
    [JsonPropertyName("Orders lowered")]
    public long OrdersLowered { get; init; }

    /// <summary>Newton iterations, rejected steps included.</summary>
    [JsonPropertyName("Newton iterations")]
    public required long NewtonIterations { get; init; }

    /// <summary>Krylov iterations, rejected steps included.</summary>
    [JsonPropertyName("Krylov iterations")]
    public required long KrylovIterations { get; init; }

    /// <summary>How linear systems were solved.</summary>
    [JsonPropertyName("Linear solver")]
    public required string LinearSolver { get; init; }

    /// <summary>Preconditioners built.</summary>
    [JsonPropertyName("Preconditioner builds")]
    public required long PreconditionerBuilds { get; init; }

    /// <summary>Order of work within a step; null where all equations are solved at once.</summary>
    public string? Coupling { get; init; }

    /// <summary>Parts solved; null where all equations are solved at once.</summary>
    [JsonPropertyName("Partial solves")]
    public long? PartialSolves { get; init; }

    /// <summary>Most iterations between the parts in one step; null where nothing is iterated.</summary>
    [JsonPropertyName("Most inner iterations")]
    public long? MostInnerIterations { get; init; }
}

/// <summary>Resident memory at its peak.</summary>
public sealed record MemorySummary
{
    /// <summary>Of the rank that used most.</summary>
    [JsonPropertyName("Largest rank [MiB]")]
    public required double LargestRank { get; init; }

    /// <summary>Sum of all ranks' peaks.</summary>
    [JsonPropertyName("All ranks [MiB]")]
    public required double AllRanks { get; init; }

    /// <summary>Peak resident memory of this process so far [MiB]; NaN where the system does not tell.</summary>
    public static double OfThisProcess()
    {
        const string Status = "/proc/self/status";
        string? line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? double.NaN : long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) / 1024.0;
    }
}
