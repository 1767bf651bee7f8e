using System.Globalization;
using System.Text;

namespace Cell3D.Input.Protocols;

/// <summary>What a step sentence asks of the terminals.</summary>
internal enum DriveKind
{
    /// <summary>No current.</summary>
    Rest,

    /// <summary>I [A] is held.</summary>
    Current,

    /// <summary>I is held, in multiples of the nominal capacity per hour.</summary>
    Rate,

    /// <summary>P [W] is held.</summary>
    Power,

    /// <summary>A resistor [Ω].</summary>
    Resistance,

    /// <summary>V [V] is held.</summary>
    Voltage,

    /// <summary>The smallest potential against lithium [V] is held.</summary>
    LithiumMargin,

    /// <summary>Samples in time.</summary>
    Cycle,
}

/// <summary>A condition as written, of the cell that the case speaks of.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Value">In the quantity's unit, or a multiple of the nominal capacity per hour.</param>
/// <param name="IsRate">Whether <paramref name="Value"/> is a C-rate.</param>
/// <param name="Crossing">From which side.</param>
internal sealed record SentenceEnd(EndQuantity Quantity, double Value, bool IsRate = false, Crossing Crossing = Crossing.Either)
{
    /// <summary>Name of the place of <see cref="EndQuantity.ProbeTemperature"/>; empty for others.</summary>
    public string Probe { get; init; } = "";

    /// <summary>The condition in the words of the grammar.</summary>
    public override string ToString()
    {
        string value = StepSentence.Number(Value), sign = Crossing switch { Crossing.Rising => "> ", Crossing.Falling => "< ", _ => "" };
        return Quantity switch
        {
            EndQuantity.Voltage => $"{sign}{value} V",
            EndQuantity.Current => IsRate ? $"{sign}{value}C" : $"{sign}{value} A",
            EndQuantity.Power => $"{sign}{value} W",
            EndQuantity.MaximumTemperature => $"{sign}{value} K",
            EndQuantity.MeanTemperature => $"mean temperature {sign}{value} K",
            EndQuantity.MinimumTemperature => $"lowest temperature {sign}{value} K",
            EndQuantity.ProbeTemperature => $"temperature at {StepSentence.Quoted(Probe)} {sign}{value} K",
            EndQuantity.Capacity => $"{sign}{value} A.s",
            EndQuantity.StateOfCharge => $"SOC {sign}{value}",
            EndQuantity.LithiumMargin => $"lithium margin {sign}{value} V",
            EndQuantity.MinimumSalt => $"salt {sign}{value} mol.m-3",
            EndQuantity.NegativeStoichiometry => $"stoichiometry {sign}{value} in the negative electrode",
            _ => $"stoichiometry {sign}{value} in the positive electrode",
        };
    }
}

/// <summary>A step of a protocol as written, of the cell that the case speaks of.</summary>
/// <param name="Kind">What drives the terminals.</param>
/// <param name="Value">In the unit of <paramref name="Kind"/>; current, C-rate and power are positive when charging. 0 for rests and samples.</param>
internal sealed record StepSentence(DriveKind Kind, double Value = 0)
{
    /// <summary>Name of the samples.</summary>
    public string Cycle { get; init; } = "";

    /// <summary>Whether the samples are said to be powers, or currents; null where nothing is said.</summary>
    public bool? IsPower { get; init; }

    /// <summary>[s]; null without a limit.</summary>
    public double? Duration { get; init; }

    /// <summary>What else ends it.</summary>
    public IReadOnlyList<SentenceEnd> Until { get; init; } = [];

    /// <summary>Interval of rows [s]; null where nothing is said.</summary>
    public double? Period { get; init; }

    /// <summary>Temperature of the surroundings [K]; null where nothing is said.</summary>
    public double? Ambient { get; init; }

    /// <summary>A name in quotes that it does not hold.</summary>
    public static string Quoted(string name) => name.Contains('"', StringComparison.Ordinal) ? $"'{name}'" : $"\"{name}\"";

    /// <summary>A number that is read back as the same double.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The sentence in SI units; the parser reads the same from it.</summary>
    public override string ToString()
    {
        string verb = Value < 0 ? "Discharge" : "Charge", value = Number(Math.Abs(Value));
        StringBuilder text = new(Kind switch
        {
            DriveKind.Rest => "Rest",
            DriveKind.Current => $"{verb} at {value} A",
            DriveKind.Rate => $"{verb} at {value}C",
            DriveKind.Power => $"{verb} at {value} W",
            DriveKind.Resistance => $"Discharge at {value} Ohm",
            DriveKind.Voltage => $"Hold at {value} V",
            DriveKind.LithiumMargin => $"Hold lithium margin at {Number(Value)} V",
            _ => $"Run {Quoted(Cycle)}{(IsPower is bool power ? power ? " (W)" : " (A)" : "")}",
        });
        if (Duration is double seconds) text.Append(" for ").Append(Number(seconds)).Append(" s");
        for (int i = 0; i < Until.Count; i++) text.Append(i > 0 || Duration is not null ? " or until " : " until ").Append(Until[i]);
        string?[] extras = [Period is double period ? $"{Number(period)} s period" : null, Ambient is double kelvin ? $"{Number(kelvin)} K" : null];
        if (extras.Any(extra => extra is not null)) text.Append(" (").AppendJoin(", ", extras.Where(extra => extra is not null)).Append(')');
        return text.ToString();
    }
}

/// <summary>Where a sentence goes wrong.</summary>
/// <param name="Column">Of the place, from 1; one behind the last character where something is missing.</param>
/// <param name="Length">Characters of the place, at least 1.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Allowed">What is allowed there; null where the text says it all.</param>
internal sealed record SentenceProblem(int Column, int Length, string Text, string? Allowed);

/// <summary>A sentence, or why it is not one.</summary>
/// <param name="Sentence">The sentence; null when there is a problem.</param>
/// <param name="Problem">What is wrong; null when there is a sentence.</param>
internal sealed record SentenceResult(StepSentence? Sentence, SentenceProblem? Problem);
