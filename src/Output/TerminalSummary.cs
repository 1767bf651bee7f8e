using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>What the terminals of the simulated part saw over the run.</summary>
public sealed record TerminalSummary
{
    /// <summary>Charge taken out, ∫max(−I, 0) dt.</summary>
    [JsonPropertyName("Discharged capacity [A.h]")]
    public required double DischargedCapacity { get; init; }

    /// <summary>Charge put in, ∫max(I, 0) dt.</summary>
    [JsonPropertyName("Charged capacity [A.h]")]
    public required double ChargedCapacity { get; init; }

    /// <summary>Energy taken out, ∫max(−V·I, 0) dt.</summary>
    [JsonPropertyName("Discharged energy [W.h]")]
    public required double DischargedEnergy { get; init; }

    /// <summary>Energy put in, ∫max(V·I, 0) dt.</summary>
    [JsonPropertyName("Charged energy [W.h]")]
    public required double ChargedEnergy { get; init; }

    /// <summary>Heat produced in the simulated part.</summary>
    [JsonPropertyName("Heat [W.h]")]
    public required double Heat { get; init; }

    /// <summary>The current of largest magnitude, positive while charging.</summary>
    [JsonPropertyName("Largest current [A]")]
    public required double LargestCurrent { get; init; }

    /// <summary>Voltage at the first instant with current.</summary>
    [JsonPropertyName("First voltage [V]")]
    public required double FirstVoltage { get; init; }

    /// <summary>Voltage at the end.</summary>
    [JsonPropertyName("Last voltage [V]")]
    public required double LastVoltage { get; init; }

    /// <summary>Capacities, energies and heat by the trapezoidal rule from the series of a run.</summary>
    public static TerminalSummary FromSeries(ReadOnlySpan<double> time, ReadOnlySpan<double> voltage, ReadOnlySpan<double> current, ReadOnlySpan<double> heat)
    {
        TerminalTotals totals = new();
        for (int i = 0; i < time.Length; i++)
        {
            totals.Add(time[i], voltage[i], current[i], heat[i]);
        }

        return totals.ToSummary();
    }
}
