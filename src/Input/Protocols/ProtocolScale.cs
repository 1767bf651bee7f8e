namespace Cell3D.Input.Protocols;

/// <summary>From the cell that a case speaks of to its simulated part: what adds up over electrode area goes with it, a resistance against it.</summary>
/// <param name="Share">Current of the simulated part over the current as written.</param>
/// <param name="OneC">Current of 1C of the simulated part [A].</param>
internal readonly record struct ProtocolScale(double Share, double OneC)
{
    /// <summary>What drives the terminals of the simulated part.</summary>
    /// <param name="sentence">As written.</param>
    public Drive Of(StepSentence sentence) => sentence.Kind switch
    {
        DriveKind.Rest => Drive.Rest,
        DriveKind.Current => new Drive.Current(sentence.Value * Share),
        DriveKind.Rate => new Drive.Current(sentence.Value * OneC),
        DriveKind.Power => new Drive.Power(sentence.Value * Share),
        DriveKind.Resistance => new Drive.Resistance(sentence.Value / Share),
        DriveKind.Voltage => new Drive.Voltage(sentence.Value),
        DriveKind.LithiumMargin => new Drive.LithiumMargin(sentence.Value),
        _ => throw new ArgumentException("Samples are a drive of their own.", nameof(sentence)),
    };

    /// <summary>A condition of the simulated part.</summary>
    public EndCondition Of(SentenceEnd end) => new(end.Quantity, end.Value * (end.Quantity switch
    {
        EndQuantity.Current when end.IsRate => OneC,
        EndQuantity.Current or EndQuantity.Power or EndQuantity.Capacity => Share,
        _ => 1,
    }), end.Crossing)
    { Probe = end.Probe };

    /// <summary>Ends of a loop, of the simulated part; a capacity without a side is one that a round no longer gives.</summary>
    public IEnumerable<LoopEnd> Of(LoopSentence sentence)
    {
        ProtocolScale scale = this;
        return [.. sentence.Conditions.Select(end => new LoopEnd.Holds(scale.Of(end.Crossing == Crossing.Either ? end with { Crossing = Crossing.Falling } : end))), .. sentence.Others];
    }

    /// <summary>Samples times a factor.</summary>
    public static DriveCycle Of(DriveCycle samples, double factor) => factor == 1 ? samples : samples with { Values = [.. samples.Values.Select(value => value * factor)] };
}
