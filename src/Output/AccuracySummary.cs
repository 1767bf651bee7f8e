using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>What was chosen for a largest error of V(t): the key Accuracy as a voltage.</summary>
public sealed record AccuracySummary
{
    /// <summary>Largest error of V(t) that was asked for [V].</summary>
    [JsonPropertyName("Budget [V]")]
    public required double Budget { get; init; }

    /// <summary>Error that the measured models expect, by source [V].</summary>
    [JsonPropertyName("Expected error [V]")]
    public required IReadOnlyDictionary<string, double> Expected { get; init; }

    /// <summary>Keys of the case with the values in force: those that were chosen, or that the case gives itself.</summary>
    public required IReadOnlyDictionary<string, double> Chosen { get; init; }
}
