using Cell3D.Discretization;
using Cell3D.Input.Protocols;

namespace Cell3D.Simulation.Protocols;

/// <summary>How the terminals are driven during a protocol step, as a function of time.</summary>
/// <remarks>Between breaks a drive cycle is as good as a line: time steps may pass over samples, none of them over a break.</remarks>
/// <param name="drive">What the step says.</param>
/// <param name="start">When it starts [s].</param>
public sealed class StepDrive(Drive drive, double start)
{
    /// <summary>Samples that lie this close to a line, over their largest magnitude, are passed over.</summary>
    private const double Straightness = 1e-4;

    /// <summary>Charge or energy that may be missed between two breaks where samples are held, over what passes in one run through all of them.</summary>
    private const double MissedShare = 1e-5;

    private readonly double _band = drive is Drive.Cycle cycle ? Straightness * cycle.Samples.Values.Max(Math.Abs) : 0;
    private readonly double _mostMissed = drive is Drive.Cycle passing ? MissedShare * Passing(passing.Samples) : 0;

    /// <summary>Whether the drive changes in time.</summary>
    public bool Varies => drive is Drive.Cycle;

    /// <summary>Whether it jumps at a time [s].</summary>
    public bool JumpsAt(double time) => drive is Drive.Cycle && At(time) != Until(time);

    /// <summary>When the samples are over [s]; infinite where there are none.</summary>
    public double End => drive is Drive.Cycle cycle ? start + cycle.Samples.Duration : double.PositiveInfinity;

    /// <summary>The control at a time [s], just after a jump.</summary>
    public Control At(double time) => drive switch
    {
        Drive.Current current => new Control.Current(current.Amperes),
        Drive.Voltage voltage => new Control.Voltage(voltage.Volts),
        Drive.Power power => new Control.Power(power.Watts),
        Drive.Resistance resistance => new Control.Resistance(resistance.Ohms),
        Drive.Cycle cycle => Of(cycle.Samples, Value(cycle.Samples, time, before: false)),
        _ => throw new InvalidOperationException("What holds a margin has no control of its own."),
    };

    /// <summary>The control at the end of a time step, just before a jump.</summary>
    public Control Until(double time) => drive is Drive.Cycle cycle ? Of(cycle.Samples, Value(cycle.Samples, time, before: true)) : At(time);

    /// <summary>The first time behind <paramref name="time"/> at which a time step must end [s]; infinite where there is none.</summary>
    public double BreakAfter(double time)
    {
        if (drive is not Drive.Cycle { Samples: { } samples })
            return double.PositiveInfinity;
        int last = samples.Times.Length - 1;
        (double round, int i) = Locate(samples, time, before: false);
        double from = time - start, value = Value(samples, time, before: false), lowest = double.NegativeInfinity, highest = double.PositiveInfinity;
        double end = round + samples.Times[i + 1];
        if (samples.IsHeld)
        {
            double missed = 0;
            while (i + 1 < last && Math.Abs(samples.Values[i + 1] - value) <= _band)
            {
                missed += (samples.Values[i + 1] - value) * (samples.Times[i + 2] - samples.Times[i + 1]);
                if (Math.Abs(missed) > _mostMissed)
                    break;
                end = round + samples.Times[++i + 1];
            }
            return start + end;
        }
        // As far as some line from here stays within the band around all samples on its way.
        for (int next = i + 1; next <= last; next++)
        {
            double ahead = round + samples.Times[next] - from, slope = (samples.Values[next] - value) / ahead;
            if (slope < lowest || slope > highest)
                break;
            end = round + samples.Times[next];
            lowest = Math.Max(lowest, slope - (_band / ahead));
            highest = Math.Min(highest, slope + (_band / ahead));
        }
        return start + end;
    }

    /// <summary>∫ |I| dt or ∫ |P| dt over held samples.</summary>
    private static double Passing(DriveCycle samples) => Enumerable.Range(0, samples.Times.Length - 1).Sum(i => Math.Abs(samples.Values[i]) * (samples.Times[i + 1] - samples.Times[i]));

    private static Control Of(DriveCycle samples, double value) => samples.IsPower ? new Control.Power(value) : new Control.Current(value);

    private double Value(DriveCycle samples, double time, bool before)
    {
        (double round, int i) = Locate(samples, time, before);
        if (samples.IsHeld)
            return samples.Values[i];
        double left = samples.Times[i], share = Math.Clamp((time - start - round - left) / (samples.Times[i + 1] - left), 0, 1);
        return samples.Values[i] + (share * (samples.Values[i + 1] - samples.Values[i]));
    }

    /// <summary>The start of the present run through the samples, since the start of the step [s], and the interval that a time lies in.</summary>
    private (double Round, int Interval) Locate(DriveCycle samples, double time, bool before)
    {
        double length = samples.Times[^1], since = time - start;
        int rounds = Math.Clamp((int)Math.Floor(since / length), 0, samples.Repeats - 1);
        if (rounds > 0 && before && TimeList.AreSame(start + (rounds * length), time))
            rounds--;
        else if (!before && rounds + 1 < samples.Repeats && TimeList.AreSame(start + ((rounds + 1) * length), time))
            rounds++;
        double round = rounds * length, inside = since - round;
        int at = Array.BinarySearch(samples.Times, inside);
        int interval = at >= 0 ? at : ~at - 1;
        if (interval + 1 < samples.Times.Length && !before && TimeList.AreSame(start + round + samples.Times[interval + 1], time))
            interval++;
        else if (interval > 0 && before && TimeList.AreSame(start + round + samples.Times[interval], time))
            interval--;
        return (round, Math.Clamp(interval, 0, samples.Times.Length - 2));
    }
}
