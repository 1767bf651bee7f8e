using System.Diagnostics;

namespace Cell3D.Benchmarks;

/// <summary>Wall time of one call [ns]: the smallest and the median of many batches.</summary>
/// <param name="Best">Least disturbed batch; what is compared.</param>
/// <param name="Median">Its distance to <paramref name="Best"/> is the noise of the machine.</param>
public readonly record struct Timing(double Best, double Median)
{
    private const int FewestBatches = 9;
    private const double BatchSeconds = 1e-3, Seconds = 0.4;

    /// <summary>How far the median batch lies above the best one.</summary>
    public double Noise => (Median / Best) - 1;

    /// <summary>Times both actions in turn, so that a disturbance of the machine meets both.</summary>
    public static (Timing First, Timing Second) Of(Action first, Action second)
    {
        (int callsOfFirst, int callsOfSecond) = (CallsPerBatch(first), CallsPerBatch(second));
        List<double> times = [], others = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < FewestBatches || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds)
        {
            times.Add(Batch(first, callsOfFirst));
            others.Add(Batch(second, callsOfSecond));
        }
        return (From(times), From(others));
    }

    /// <summary>Times one action.</summary>
    public static Timing Of(Action action) => Of(action, () => { }).First;

    /// <summary>The same per item of each call.</summary>
    public Timing Per(int items) => new(Best / items, Median / items);

    private static Timing From(List<double> times)
    {
        times.Sort();
        return new(times[0], times[times.Count / 2]);
    }

    private static int CallsPerBatch(Action action)
    {
        Batch(action, 2);
        return Math.Max(1, (int)Math.Min(1e6, 1e9 * BatchSeconds / Batch(action, 2)));
    }

    private static double Batch(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
