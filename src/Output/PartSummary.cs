using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>What of the cell was simulated: currents, capacities, energies and heat of the run, also in its time series, are those of this part.</summary>
public sealed record PartSummary
{
    /// <summary>Simulated electrode pairs.</summary>
    [JsonPropertyName("Electrode pairs")]
    public required int ElectrodePairs { get; init; }

    /// <summary>Simulated electrode area.</summary>
    [JsonPropertyName("Electrode area [m2]")]
    public required double ElectrodeArea { get; init; }

    /// <summary>Simulated electrode area over that of the cell.</summary>
    [JsonPropertyName("Share of the cell")]
    public required double Share { get; init; }

    /// <summary>1C through this part.</summary>
    [JsonPropertyName("Current of 1C [A]")]
    public required double OneC { get; init; }
}

/// <summary>Figures of the whole cell: those of the simulated part over its share.</summary>
public sealed record WholeCellSummary
{
    /// <summary>Electrode pairs of the cell.</summary>
    [JsonPropertyName("Electrode pairs")]
    public required int ElectrodePairs { get; init; }

    /// <summary>Electrode area of the cell.</summary>
    [JsonPropertyName("Electrode area [m2]")]
    public required double ElectrodeArea { get; init; }

    /// <summary>1C of the cell.</summary>
    [JsonPropertyName("Current of 1C [A]")]
    public required double OneC { get; init; }

    /// <summary>Outer surface without tabs as simulated; NaN where heat is not resolved.</summary>
    [JsonPropertyName("Outer surface [m2]")]
    public required double OuterSurface { get; init; }

    /// <summary>Charge taken out of the cell.</summary>
    [JsonPropertyName("Discharged capacity [A.h]")]
    public required double DischargedCapacity { get; init; }

    /// <summary>Charge put into the cell.</summary>
    [JsonPropertyName("Charged capacity [A.h]")]
    public required double ChargedCapacity { get; init; }

    /// <summary>Energy taken out of the cell.</summary>
    [JsonPropertyName("Discharged energy [W.h]")]
    public required double DischargedEnergy { get; init; }

    /// <summary>Energy put into the cell.</summary>
    [JsonPropertyName("Charged energy [W.h]")]
    public required double ChargedEnergy { get; init; }

    /// <summary>Heat produced in the cell.</summary>
    [JsonPropertyName("Heat [W.h]")]
    public required double Heat { get; init; }

    /// <summary>The current of largest magnitude.</summary>
    [JsonPropertyName("Largest current [A]")]
    public required double LargestCurrent { get; init; }

    /// <summary>Scales the terminals' figures of a part to its cell.</summary>
    /// <param name="terminal">Of the simulated part.</param>
    /// <param name="part">The simulated part.</param>
    /// <param name="electrodePairs">Of the cell.</param>
    /// <param name="outerSurface">Of the cell [m²].</param>
    public static WholeCellSummary Of(TerminalSummary terminal, PartSummary part, int electrodePairs, double outerSurface) => new()
    {
        ElectrodePairs = electrodePairs,
        ElectrodeArea = part.ElectrodeArea / part.Share,
        OneC = part.OneC / part.Share,
        OuterSurface = outerSurface,
        DischargedCapacity = terminal.DischargedCapacity / part.Share,
        ChargedCapacity = terminal.ChargedCapacity / part.Share,
        DischargedEnergy = terminal.DischargedEnergy / part.Share,
        ChargedEnergy = terminal.ChargedEnergy / part.Share,
        Heat = terminal.Heat / part.Share,
        LargestCurrent = terminal.LargestCurrent / part.Share,
    };
}
