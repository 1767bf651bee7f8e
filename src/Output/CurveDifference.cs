namespace Cell3D.Output;

/// <summary>The difference of a computed to a measured quantity over their common time.</summary>
/// <remarks>Averages are those over time by the trapezoidal rule, so dense stretches of the measurement weigh no more than sparse ones.</remarks>
public sealed class CurveDifference
{
    /// <summary>Compares values at the same times.</summary>
    /// <param name="times">At least two, ascending [s].</param>
    /// <param name="computed">Of the run.</param>
    /// <param name="reference">Measured.</param>
    public CurveDifference(double[] times, double[] computed, double[] reference)
    {
        (Times, Computed, Reference) = (times, computed, reference);
        Difference = [.. computed.Zip(reference, (ours, theirs) => ours - theirs)];
        double length = times[^1] - times[0];
        Mean = Integrate(times, Difference) / length;
        Rms = Math.Sqrt(Integrate(times, [.. Difference.Select(d => d * d)]) / length);
        LargestIndex = Enumerable.Range(0, times.Length).MaxBy(i => Math.Abs(Difference[i]));
    }

    /// <summary>Times compared [s], ascending.</summary>
    public double[] Times { get; }

    /// <summary>The run's values at those times.</summary>
    public double[] Computed { get; }

    /// <summary>The measured values at those times.</summary>
    public double[] Reference { get; }

    /// <summary>Computed minus measured.</summary>
    public double[] Difference { get; }

    /// <summary>Root of the time-averaged squared difference.</summary>
    public double Rms { get; }

    /// <summary>Time-averaged difference.</summary>
    public double Mean { get; }

    /// <summary>Largest difference, either sign.</summary>
    public double Largest => Difference[LargestIndex];

    /// <summary>When the difference is largest [s].</summary>
    public double TimeOfLargest => Times[LargestIndex];

    private int LargestIndex { get; }

    /// <summary>The difference where both values exist; null where that is at less than two times.</summary>
    public static CurveDifference? Where(double[] times, double[] computed, double[] reference)
    {
        int[] common = [.. Enumerable.Range(0, times.Length).Where(i => double.IsFinite(computed[i]) && double.IsFinite(reference[i]))];
        return common.Length < 2 || times[common[^1]] <= times[common[0]] ? null
            : new([.. common.Select(i => times[i])], [.. common.Select(i => computed[i])], [.. common.Select(i => reference[i])]);
    }

    private static double Integrate(double[] t, double[] y)
    {
        double sum = 0;
        for (int i = 1; i < t.Length; i++)
            sum += (t[i] - t[i - 1]) * (y[i] + y[i - 1]) / 2;
        return sum;
    }
}
