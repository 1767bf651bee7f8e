using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>A step of constant current out of rest, and the rest behind it: what equivalent circuits and diffusivities are fitted to. Currents and resistances are
/// those of the whole cell.</summary>
/// <remarks>R(τ) = [V(τ) − V_rest]/I, null where the pulse is shorter.</remarks>
public sealed record PulseSummary
{
    /// <summary>Step of the protocol, counted as it is carried out.</summary>
    [JsonPropertyName("Step count")]
    public required int StepCount { get; init; }

    /// <summary>When the current was switched on.</summary>
    [JsonPropertyName("Start [s]")]
    public required double Start { get; init; }

    /// <summary>How long it flowed.</summary>
    [JsonPropertyName("Duration [s]")]
    public required double Duration { get; init; }

    /// <summary>I of the whole cell, positive while charging.</summary>
    [JsonPropertyName("Current [A]")]
    public required double Current { get; init; }

    /// <summary>State of charge before it, 0 to 1.</summary>
    [JsonPropertyName("SOC")]
    public required double StateOfCharge { get; init; }

    /// <summary>Mean temperature before it.</summary>
    [JsonPropertyName("Temperature [K]")]
    public required double Temperature { get; init; }

    /// <summary>How long the cell had rested.</summary>
    [JsonPropertyName("Rest before [s]")]
    public required double RestBefore { get; init; }

    /// <summary>V_rest: the voltage at the end of that rest.</summary>
    [JsonPropertyName("Rest voltage before [V]")]
    public required double VoltageBefore { get; init; }

    /// <summary>R right after the switch, 0 s+.</summary>
    [JsonPropertyName("Resistance at 0 s [Ohm]")]
    public required double ResistanceAtOnce { get; init; }

    /// <summary>R(1 s).</summary>
    [JsonPropertyName("Resistance at 1 s [Ohm]")]
    public required double ResistanceAt1 { get; init; }

    /// <summary>R(10 s).</summary>
    [JsonPropertyName("Resistance at 10 s [Ohm]")]
    public required double ResistanceAt10 { get; init; }

    /// <summary>R(30 s).</summary>
    [JsonPropertyName("Resistance at 30 s [Ohm]")]
    public required double ResistanceAt30 { get; init; }

    /// <summary>R at the end of the pulse.</summary>
    [JsonPropertyName("Resistance at end [Ohm]")]
    public required double ResistanceAtEnd { get; init; }

    /// <summary>Voltage at the end of the pulse.</summary>
    [JsonPropertyName("Last voltage [V]")]
    public required double LastVoltage { get; init; }

    /// <summary>How long the cell rested afterwards; null where no rest follows.</summary>
    [JsonPropertyName("Rest after [s]")]
    public required double RestAfter { get; init; }

    /// <summary>Voltage at the end of that rest.</summary>
    [JsonPropertyName("Rest voltage after [V]")]
    public required double VoltageAfter { get; init; }

    /// <summary>State of charge after it, 0 to 1.</summary>
    [JsonPropertyName("SOC after")]
    public required double StateOfChargeAfter { get; init; }

    /// <summary>D = 4 L²/(πτ) (ΔE_s/ΔE_t)² of the particles in a half cell, L their volume over their surface; ΔE_s between the rests, ΔE_t from 0 s+ to the end of the
    /// pulse of length τ.</summary>
    [JsonPropertyName("Diffusivity (Weppner-Huggins) [m2.s-1]")]
    public required double Diffusivity { get; init; }

    /// <summary>Writes pulses as a table of comma-separated values, headers as in the Battery Data Format.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WriteCsv(string path, IReadOnlyList<PulseSummary> pulses) =>
        CsvText.Write(path, Columns.Select(column => column.Column.Header), [.. Columns.Select(column => pulses.Select(column.Of).ToArray())]);

    private static (SeriesColumn Column, Func<PulseSummary, double> Of)[] Columns { get; } =
    [
        (SeriesColumn.StepCount, pulse => pulse.StepCount),
        (SeriesColumn.Time, pulse => pulse.Start),
        (new("Duration", "s"), pulse => pulse.Duration),
        (SeriesColumn.CellCurrent, pulse => pulse.Current),
        (SeriesColumn.StateOfCharge, pulse => pulse.StateOfCharge),
        (SeriesColumn.MeanTemperature, pulse => pulse.Temperature),
        (new("Rest before", "s"), pulse => pulse.RestBefore),
        (new("Rest voltage before", "V"), pulse => pulse.VoltageBefore),
        (new("Resistance at 0 s", "Ohm"), pulse => pulse.ResistanceAtOnce),
        (new("Resistance at 1 s", "Ohm"), pulse => pulse.ResistanceAt1),
        (new("Resistance at 10 s", "Ohm"), pulse => pulse.ResistanceAt10),
        (new("Resistance at 30 s", "Ohm"), pulse => pulse.ResistanceAt30),
        (new("Resistance at end", "Ohm"), pulse => pulse.ResistanceAtEnd),
        (new("Last voltage", "V"), pulse => pulse.LastVoltage),
        (new("Rest after", "s"), pulse => pulse.RestAfter),
        (new("Rest voltage after", "V"), pulse => pulse.VoltageAfter),
        (new("State of charge after", "1"), pulse => pulse.StateOfChargeAfter),
        (new("Diffusivity (Weppner-Huggins)", "m2.s-1"), pulse => pulse.Diffusivity),
    ];
}
