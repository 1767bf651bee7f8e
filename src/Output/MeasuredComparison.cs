namespace Cell3D.Output;

/// <summary>Compares the voltage of a run, and its mean temperature where that was measured, with measured curves while the run goes on; it holds the measured curves, not the run.</summary>
public sealed class MeasuredComparison : IResumable
{
    private readonly TimeSeries _measured;
    private readonly int[] _rows;
    private readonly double[] _times;
    private readonly SeriesSampler _voltage;

    /// <summary>Null where no temperature was measured.</summary>
    private readonly SeriesSampler? _temperature;

    /// <summary>Nothing compared yet.</summary>
    /// <param name="measured">The measured curves, in the time of the run; rows without a voltage are skipped.</param>
    /// <param name="interpolation">How the run is read between its steps.</param>
    /// <param name="from">Earlier times are left out [s].</param>
    public MeasuredComparison(TimeSeries measured, Interpolation interpolation = Interpolation.Cubic, double from = 0)
    {
        _measured = measured;
        _rows = [.. Enumerable.Range(0, measured.Count).Where(i => measured.Time[i] >= from && double.IsFinite(measured.Voltage[i]))];
        _times = [.. _rows.Select(i => measured.Time[i])];
        _voltage = new(_times, interpolation);
        if (measured.Temperature is { } temperature && temperature.Any(double.IsFinite))
            _temperature = new(_times, interpolation);
    }

    /// <inheritdoc/>
    public long LongestState => _voltage.LongestState + (_temperature?.LongestState ?? 0);

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _voltage.State, .. _temperature?.State ?? []];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of a comparison.", nameof(value));
            int first = (int)_voltage.LongestState;
            _voltage.State = value[..first];
            if (_temperature is not null)
                _temperature.State = value[first..];
        }
    }

    /// <summary>Takes the run's next row.</summary>
    /// <param name="time">[s].</param>
    /// <param name="voltage">[V].</param>
    /// <param name="temperature">Mean [K].</param>
    public void Add(double time, double voltage, double temperature)
    {
        _voltage.Add(time, voltage);
        _temperature?.Add(time, temperature);
    }

    /// <summary>The comparison; no row may follow.</summary>
    /// <param name="run">The run as it is drawn.</param>
    /// <param name="offset">Seconds by which the measured times were shifted.</param>
    /// <exception cref="TimeSeriesException">The curves have less than two measured points in common.</exception>
    public Overlay Finish(TimeSeries run, double offset = 0)
    {
        double[] computed = _voltage.Finish();
        if (CurveDifference.Where(_times, computed, [.. _rows.Select(i => _measured.Voltage[i])]) is not { } voltage)
        {
            (double first, double last) = _voltage.Range;
            throw new TimeSeriesException(_measured.Source, [FormattableString.Invariant($"has {computed.Count(double.IsFinite)} points in common with the run: the run covers {first} … {last} s, the curve {_measured.Time[0]} … {_measured.Time[^1]} s")], 65);
        }
        CurveDifference? temperature = _temperature is not null && _measured.Temperature is { } known
            ? CurveDifference.Where(_times, _temperature.Finish(), [.. _rows.Select(i => known[i])]) : null;
        return new Overlay(run, _measured, voltage, temperature) { Offset = offset };
    }
}
