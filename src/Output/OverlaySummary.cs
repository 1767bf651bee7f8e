using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>Difference of the run's voltage and temperature to measured curves.</summary>
public sealed record OverlaySummary
{
    /// <summary>The measured curve's file; without its folder where that was given from the root on.</summary>
    public required string File { get; init; }

    /// <summary>By which the measured times were shifted to those of the run.</summary>
    [JsonPropertyName("Offset [s]")]
    public required double Offset { get; init; }

    /// <summary>Measured points compared.</summary>
    public required int Points { get; init; }

    /// <summary>Start of the common time.</summary>
    [JsonPropertyName("From [s]")]
    public required double From { get; init; }

    /// <summary>End of the common time.</summary>
    [JsonPropertyName("To [s]")]
    public required double To { get; init; }

    /// <summary>Root of the time-averaged squared difference.</summary>
    [JsonPropertyName("RMS difference [V]")]
    public required double Rms { get; init; }

    /// <summary>Largest difference, either sign.</summary>
    [JsonPropertyName("Largest difference [V]")]
    public required double Largest { get; init; }

    /// <summary>When the difference is largest.</summary>
    [JsonPropertyName("Time of largest difference [s]")]
    public required double TimeOfLargest { get; init; }

    /// <summary>Time-averaged difference, computed minus measured.</summary>
    [JsonPropertyName("Mean difference [V]")]
    public required double Mean { get; init; }

    /// <summary>The run's last time minus the measured one: of interest where both end at the same cut-off.</summary>
    [JsonPropertyName("End time difference [s]")]
    public required double EndTimeDifference { get; init; }

    /// <summary>Root of the time-averaged squared difference of the mean temperature; NaN where none was measured.</summary>
    [JsonPropertyName("RMS temperature difference [K]")]
    public double TemperatureRms { get; init; } = double.NaN;

    /// <summary>Largest difference of the mean temperature, either sign.</summary>
    [JsonPropertyName("Largest temperature difference [K]")]
    public double TemperatureLargest { get; init; } = double.NaN;

    /// <summary>Time-averaged difference of the mean temperature, computed minus measured.</summary>
    [JsonPropertyName("Mean temperature difference [K]")]
    public double TemperatureMean { get; init; } = double.NaN;
}
