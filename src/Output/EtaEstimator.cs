namespace Cell3D.Output;

/// <summary>Estimates the wall time left from the steps that remain and the wall time that steps have taken.</summary>
/// <remarks>
/// The wall time of a step is its mean with a memory of a fifth of the elapsed time, at least three seconds;
/// the first one, in which code is compiled, counts only until the second. The time left counts down with the clock
/// and follows the estimate within a second at first and within a twentieth of the time left later, so that it neither flickers nor sticks.
/// The fraction never falls and stays below one until no step remains.
/// </remarks>
public sealed class EtaEstimator
{
    private const double ShortestMemory = 3, MemoryShare = 0.2, ShortestReaction = 1, ReactionShare = 0.05;

    private double _start = double.NaN, _last, _done, _perStep = double.NaN;
    private int _intervals;

    /// <summary>Largest share of the steps done, 0 … 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Wall-clock seconds left; NaN until a step has been taken, 0 only when none remains.</summary>
    public double SecondsLeft { get; private set; } = double.NaN;

    /// <summary>Takes a new state and returns the wall-clock seconds left.</summary>
    /// <param name="done">Steps taken; smaller numbers than before count as none.</param>
    /// <param name="left">Steps that remain, 0 at the end; NaN while unknown.</param>
    /// <param name="wallSeconds">Wall clock [s], from any origin.</param>
    public double Update(double done, double left, double wallSeconds)
    {
        if (double.IsNaN(_start))
            (_start, _last, _done) = (wallSeconds, wallSeconds, done);
        double elapsed = wallSeconds - _last, steps = done - _done;
        if (elapsed > 0 && steps > 0)
        {
            double memory = Math.Max(ShortestMemory, MemoryShare * (wallSeconds - _start));
            double weight = Math.Max(1 - Math.Exp(-elapsed / memory), 1.0 / Math.Max(1, _intervals++));
            _perStep = weight >= 1 ? elapsed / steps : _perStep + weight * (elapsed / steps - _perStep);
            (_last, _done) = (wallSeconds, done);
        }
        else
        {
            elapsed = 0;
        }

        if (double.IsNaN(left))
            return SecondsLeft;
        Fraction = Math.Max(Fraction, done + left > 0 ? done / (done + left) : 0);
        SecondsLeft = left <= 0 ? 0 : Followed(left * _perStep, elapsed);
        return SecondsLeft;
    }

    private double Followed(double estimate, double elapsed)
    {
        double countdown = Math.Max(SecondsLeft - elapsed, 0);
        if (double.IsNaN(countdown))
            return estimate;
        double reaction = Math.Min(Math.Max(ShortestReaction, ReactionShare * estimate), MemoryShare * (_last - _start));
        return countdown + (1 - Math.Exp(-elapsed / reaction)) * (estimate - countdown);
    }
}
