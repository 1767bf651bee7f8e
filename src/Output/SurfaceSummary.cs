using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>Heat that left the simulated part through one surface or patch.</summary>
public sealed record SurfaceSummary
{
    /// <summary>Name of the surface, where no patch lies on it, or of the patch.</summary>
    [JsonPropertyName("Surface")]
    public required string Name { get; init; }

    /// <summary>Its area.</summary>
    [JsonPropertyName("Area [m2]")]
    public required double Area { get; init; }

    /// <summary>Heat over the run; negative where it came in.</summary>
    [JsonPropertyName("Heat lost [W.h]")]
    public required double HeatLost { get; init; }

    /// <summary>Heat per time of largest magnitude.</summary>
    [JsonPropertyName("Largest heat lost [W]")]
    public required double Largest { get; init; }

    /// <summary>Heat per time at the end.</summary>
    [JsonPropertyName("Last heat lost [W]")]
    public required double Last { get; init; }
}
