using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>Extremes over all cells and steps.</summary>
public sealed record ExtremesSummary
{
    /// <summary>Coldest cell and moment, in K.</summary>
    [JsonPropertyName("Minimum temperature [K]")]
    public required Extreme MinimumTemperature { get; init; }

    /// <summary>Hottest cell and moment, in K.</summary>
    [JsonPropertyName("Maximum temperature [K]")]
    public required Extreme MaximumTemperature { get; init; }

    /// <summary>Largest difference between two cells at one moment.</summary>
    [JsonPropertyName("Largest temperature difference [K]")]
    public double LargestTemperatureDifference { get; init; } = double.NaN;

    /// <summary>Smallest φ_s − φ_e against lithium in the negative electrode: below 0 V metallic lithium can plate.</summary>
    [JsonPropertyName("Minimum potential margin against lithium [V]")]
    public required Extreme LithiumMargin { get; init; }
}

/// <summary>A value with its place and time.</summary>
public sealed record Extreme
{
    /// <summary>The value, in the unit of the key that holds it.</summary>
    public required double Value { get; init; }

    /// <summary>Simulated time.</summary>
    [JsonPropertyName("Time [s]")]
    public required double Time { get; init; }

    /// <summary>Layer or body, for instance <c>Negative electrode</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Cell centre x, y, z.</summary>
    [JsonPropertyName("Place [m]")]
    public required IReadOnlyList<double> Place { get; init; }
}
