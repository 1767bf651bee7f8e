namespace Cell3D.Input.Protocols;

/// <summary>Current or power of the simulated part as samples in time.</summary>
/// <param name="Times">Since the start of the step [s], from 0 on, rising.</param>
/// <param name="Values">As many [A], or [W] where <paramref name="IsPower"/>; positive charges.</param>
/// <param name="IsPower">Whether the values are powers.</param>
/// <param name="IsHeld">Whether a value holds until the next sample; otherwise lines join the samples.</param>
/// <param name="Repeats">Times that the samples are run through, each lasting as long as the last of <paramref name="Times"/>.</param>
public sealed record DriveCycle(double[] Times, double[] Values, bool IsPower, bool IsHeld, int Repeats = 1)
{
    /// <summary>Length of all repeats [s].</summary>
    public double Duration => Repeats * Times[^1];
}
