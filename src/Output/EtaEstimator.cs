namespace Cell3D.Output;

/// <summary>Estimates the wall time left from how fast a done fraction grows.</summary>
/// <remarks>
/// The fraction never falls. Its rate is smoothed exponentially with a memory of a fifth of the elapsed time, at
/// least ten seconds. The time left counts down with the clock and is lifted only when the smoothed estimate exceeds
/// it by a quarter and ten seconds, so that it does not flicker and yet admits a slow-down.
/// </remarks>
public sealed class EtaEstimator
{
    private const double ShortestMemory = 10;
    private const double MemoryShare = 0.2;
    private const double LiftFactor = 1.25;
    private const double LiftSeconds = 10;

    private double _start = double.NaN;
    private double _last;
    private double _rate = double.NaN;

    /// <summary>Largest fraction seen, 0 … 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Wall-clock seconds left; NaN until the fraction has grown once.</summary>
    public double SecondsLeft { get; private set; } = double.NaN;

    /// <summary>Takes a new state and returns the wall-clock seconds left.</summary>
    /// <param name="fraction">Done share of the work, 0 … 1; smaller values than before count as no progress.</param>
    /// <param name="wallSeconds">Wall clock [s], from any origin.</param>
    public double Update(double fraction, double wallSeconds)
    {
        double now = double.IsNaN(fraction) ? Fraction : Math.Clamp(Math.Max(fraction, Fraction), 0, 1);
        if (double.IsNaN(_start))
        {
            (_start, _last, Fraction) = (wallSeconds, wallSeconds, now);
            return SecondsLeft;
        }

        double elapsed = wallSeconds - _last;
        if (elapsed <= 0)
            return SecondsLeft;

        Smooth((now - Fraction) / elapsed, elapsed, wallSeconds - _start);
        (_last, Fraction) = (wallSeconds, now);
        double estimate = Fraction >= 1 ? 0 : _rate > 0 ? (1 - Fraction) / _rate : double.NaN;
        double countdown = Math.Max(SecondsLeft - elapsed, 0);
        SecondsLeft = double.IsNaN(countdown) || estimate < countdown || estimate > LiftFactor * countdown + LiftSeconds ? estimate : countdown;
        return SecondsLeft;
    }

    /// <summary>Done share of a run that ends at a time or at a charge, whichever comes first.</summary>
    /// <param name="time">Simulated time [s].</param>
    /// <param name="endTime">Its end [s]; infinite where only the charge limits.</param>
    /// <param name="charge">Charge passed, either sign [A·h].</param>
    /// <param name="expectedCharge">Charge expected to pass until the cut-off [A·h]; infinite where unknown.</param>
    public static double FractionOf(double time, double endTime, double charge, double expectedCharge)
        => Math.Clamp(Math.Max(Share(time, endTime), Share(Math.Abs(charge), Math.Abs(expectedCharge))), 0, 1);

    private void Smooth(double rate, double elapsed, double sinceStart)
    {
        double memory = Math.Max(ShortestMemory, MemoryShare * sinceStart);
        double weight = double.IsNaN(_rate) || _rate == 0 ? 1 : 1 - Math.Exp(-elapsed / memory);
        _rate = weight == 1 ? rate : _rate + weight * (rate - _rate);
    }

    private static double Share(double done, double whole) => whole > 0 && double.IsFinite(whole) ? done / whole : 0;
}
