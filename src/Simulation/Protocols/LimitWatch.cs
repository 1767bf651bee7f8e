using Cell3D.Discretization;

namespace Cell3D.Simulation.Protocols;

/// <summary>Finds whether and where a time step passes one of the limits of a protocol step.</summary>
/// <remarks>What each limit watches is known at the accepted times; a polynomial through these and the attempted state tells where it is met, even
/// where it has turned back before the end of the step. The place is a first guess: whoever asks solves for it.</remarks>
public sealed class LimitWatch(IReadOnlyList<StepLimit> limits, EndQuantities quantities)
{
    private const int MostPoints = 4, Samples = 8, Bisections = 40;
    private readonly double[] _times = new double[MostPoints], _weights = new double[MostPoints];
    private readonly double[][] _passed = [.. limits.Select(_ => new double[MostPoints])];
    private int _points;

    /// <summary>What is known of the limits at accepted states.</summary>
    /// <exception cref="ArgumentException">What is set does not come from one like this.</exception>
    public LimitHistory History
    {
        get => new(_times[.._points], [.. _passed.Select(passed => passed[.._points])]);
        set
        {
            _points = value.Times.Length;
            if (_points is 0 or > MostPoints || value.Passed.Count != limits.Count || value.Passed.Any(passed => passed.Length != _points))
                throw new ArgumentException("What is known is not of these limits.", nameof(value));
            value.Times.CopyTo(_times, 0);
            for (int k = 0; k < limits.Count; k++)
                value.Passed[k].CopyTo(_passed[k], 0);
        }
    }

    /// <summary>The limits.</summary>
    public IReadOnlyList<StepLimit> Limits => limits;

    /// <summary>*Collective.* Begins at a state.</summary>
    /// <returns>The limit that is met already; null for none.</returns>
    /// <param name="time">[s].</param>
    /// <param name="charge">What has passed the terminals by then.</param>
    public StepLimit? Start(double time, in PassedCharge charge)
    {
        _points = 0;
        Take(time, charge);
        return Met;
    }

    /// <summary>The limit that is met by the newest state taken, in the order of the list; null for none.</summary>
    public StepLimit? Met
    {
        get
        {
            for (int i = 0; i < limits.Count; i++)
                if (limits[i].IsMet(_passed[i][0]))
                    return limits[i];
            return null;
        }
    }

    /// <summary>*Collective.* Takes the solved state of a time, later than all before, into account.</summary>
    /// <param name="time">[s].</param>
    /// <param name="charge">What has passed the terminals by then.</param>
    public void Take(double time, in PassedCharge charge)
    {
        for (int i = MostPoints - 1; i > 0; i--)
            _times[i] = _times[i - 1];
        _times[0] = time;
        for (int k = 0; k < limits.Count; k++)
        {
            double[] passed = _passed[k];
            for (int i = MostPoints - 1; i > 0; i--)
                passed[i] = passed[i - 1];
            passed[0] = limits[k].Passed(quantities.At(limits[k].Quantity, charge, limits[k].Probe), quantities.Current);
        }
        _points = Math.Min(_points + 1, MostPoints);
    }

    /// <summary>Forgets the newest state taken.</summary>
    public void Drop()
    {
        for (int i = 1; i < MostPoints; i++)
            _times[i - 1] = _times[i];
        foreach (double[] passed in _passed)
            for (int i = 1; i < MostPoints; i++)
                passed[i - 1] = passed[i];
        _points--;
    }

    /// <summary>How far a limit is passed by the newest state taken, or one before.</summary>
    public double Passed(StepLimit limit, int before)
    {
        for (int i = 0; i < limits.Count; i++)
            if (ReferenceEquals(limits[i], limit))
                return _passed[i][before];
        throw new ArgumentException("is not watched", nameof(limit));
    }

    /// <summary>The limit that is met first between the newest two states taken, and about when [s]; null for none.</summary>
    public (StepLimit? Limit, double Time) First()
    {
        (StepLimit? Limit, double Time) first = (null, double.PositiveInfinity);
        for (int i = 0; i < limits.Count; i++)
        {
            double time = Root(limits[i], _passed[i]);
            if (time < first.Time)
                first = (limits[i], time);
        }
        return first;
    }

    /// <summary>Where a polynomial first vanishes; infinite where it does not.</summary>
    private double Root(StepLimit limit, double[] passed)
    {
        bool isMet = limit.IsMet(passed[0]);
        int points = 1;
        while (points < _points && double.IsFinite(passed[points]))
            points++;
        if (!double.IsFinite(passed[0]) || points < 2)
            return isMet ? _times[0] : double.PositiveInfinity;
        // A line cannot turn back.
        if (!isMet && points < 3)
            return double.PositiveInfinity;
        double from = _times[1], step = (_times[0] - from) / Samples, threshold = isMet ? 0 : 2 * limit.Accuracy;
        for (int k = 1; k <= Samples; k++)
        {
            double to = k == Samples ? _times[0] : _times[1] + (k * step);
            if (Value(passed, points, to) > threshold)
                return Bisect(passed, points, from, to);
            from = to;
        }
        return isMet ? _times[0] : double.PositiveInfinity;
    }

    private double Bisect(double[] passed, int points, double from, double to)
    {
        for (int k = 0; k < Bisections; k++)
        {
            double middle = 0.5 * (from + to);
            if (Value(passed, points, middle) > 0)
                to = middle;
            else
                from = middle;
        }
        return to;
    }

    private double Value(double[] passed, int points, double time)
    {
        TimeCoefficients.Interpolate(time, _times.AsSpan(0, points), _weights);
        double sum = 0;
        for (int i = 0; i < points; i++)
            sum += _weights[i] * passed[i];
        return sum;
    }
}

/// <summary>What is known of limits at accepted states, newest first.</summary>
/// <param name="Times">[s].</param>
/// <param name="Passed">By limit, how far it was passed.</param>
public sealed record LimitHistory(double[] Times, IReadOnlyList<double[]> Passed);
