namespace Cell3D.Output;

/// <summary>Compares a run with a measured curve while the run goes on; it holds the measured curve, not the run.</summary>
public sealed class VoltageComparison : IResumable
{
    private readonly TimeSeries _measured;
    private readonly int[] _rows;
    private readonly double[] _times;
    private readonly SeriesSampler _sampler;

    /// <summary>Nothing compared yet.</summary>
    /// <param name="measured">The measured curve; rows without a voltage are skipped.</param>
    /// <param name="interpolation">How the run is read between its steps.</param>
    /// <param name="from">Earlier times are left out [s].</param>
    public VoltageComparison(TimeSeries measured, Interpolation interpolation = Interpolation.Cubic, double from = 0)
    {
        _measured = measured;
        _rows = [.. Enumerable.Range(0, measured.Count).Where(i => measured.Time[i] >= from && double.IsFinite(measured.Voltage[i]))];
        _times = [.. _rows.Select(i => measured.Time[i])];
        _sampler = new(_times, interpolation);
    }

    /// <inheritdoc/>
    public long LongestState => _sampler.LongestState;

    /// <inheritdoc/>
    public double[] State
    {
        get => _sampler.State;
        set => _sampler.State = value;
    }

    /// <summary>Takes the run's next row.</summary>
    /// <param name="time">[s].</param>
    /// <param name="voltage">[V].</param>
    public void Add(double time, double voltage) => _sampler.Add(time, voltage);

    /// <summary>The comparison; no row may follow.</summary>
    /// <param name="run">The run as it is drawn.</param>
    /// <exception cref="TimeSeriesException">The curves have less than two measured points in common.</exception>
    public Overlay Finish(TimeSeries run)
    {
        double[] computed = _sampler.Finish();
        int[] common = [.. Enumerable.Range(0, _times.Length).Where(i => double.IsFinite(computed[i]))];
        if (common.Length < 2 || _times[common[^1]] <= _times[common[0]])
        {
            (double first, double last) = _sampler.Range;
            throw new TimeSeriesException(_measured.Source, [FormattableString.Invariant($"has {common.Length} points in common with the run: the run covers {first} … {last} s, the curve {_measured.Time[0]} … {_measured.Time[^1]} s")], 65);
        }

        return new Overlay(run, _measured, [.. common.Select(i => _times[i])], [.. common.Select(i => computed[i])], [.. common.Select(i => _measured.Voltage[_rows[i]])]);
    }
}
