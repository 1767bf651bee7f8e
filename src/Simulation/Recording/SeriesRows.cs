using Cell3D.Output;

namespace Cell3D.Simulation.Recording;

/// <summary>Which rows the time series gets: one for every state that is known, middles of steps included, or those of wanted times, interpolated, and both sides of every switch.</summary>
/// <remarks>Nothing of it touches the states: wanted times never change a step.</remarks>
/// <param name="writer">The series; voltage and current are the first two numbers of a row.</param>
/// <param name="columns">Numbers in a row.</param>
/// <param name="counts">Of them those that are counts and hold until the next one, where they begin and how many they are.</param>
/// <param name="times">Wanted times; null where none are listed.</param>
public sealed class SeriesRows(TimeSeriesWriter writer, int columns, Range counts, TimeList? times) : IResumable
{
    /// <summary>Round-off of a number of periods.</summary>
    private const double SamePeriod = 1e-9;

    private readonly RowHistory _history = new(columns);
    private readonly double[] _row = new double[columns];

    /// <summary>Time of the newest accepted state [s].</summary>
    private double _accepted;

    /// <summary>Whether the newest row is not written yet: it is where a switch or the end follows.</summary>
    private bool _waits;

    /// <inheritdoc/>
    public long LongestState => 2 + _history.LongestState;

    /// <inheritdoc/>
    public double[] State
    {
        get => [_waits ? 1 : 0, _accepted, .. _history.State];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of rows with {columns} columns.", nameof(value));
            _waits = value[0] == 1;
            _accepted = value[1];
            _history.State = value[2..];
        }
    }

    /// <summary>Takes the row of an accepted state.</summary>
    /// <param name="moment">When.</param>
    /// <param name="row">Voltage, current and the further columns.</param>
    public void Take(in RunMoment moment, ReadOnlySpan<double> row)
    {
        if (!moment.AfterStep)
            Complete();
        double from = _accepted;
        _history.Add(moment.Time, row, moment.AfterStep, moment.Before);
        if (moment.IsMiddle)
        {
            if (moment.Period is null && times is null)
                Write(moment.Time, row);
            return;
        }
        _accepted = moment.Time;
        _waits = moment.AfterStep && (moment.Period is not null || times is not null);
        if (!_waits)
        {
            Write(moment.Time, row);
            return;
        }
        double time = After(from, moment);
        for (; time < moment.Time && !TimeList.AreSame(time, moment.Time); time = After(time, moment))
        {
            _history.Read(time, _row);
            row[counts].CopyTo(_row.AsSpan(counts));
            Write(time, _row);
        }
        if (TimeList.AreSame(time, moment.Time))
            Complete();
    }

    /// <summary>Writes the newest row if it is not there yet: a switch or the end of the run follows.</summary>
    public void Complete()
    {
        if (_waits)
            Write(_history.Time, _history.Newest);
        _waits = false;
    }

    /// <summary>The next wanted time [s]: a whole number of periods since the protocol step began, or one of the list.</summary>
    private double After(double time, in RunMoment moment) => moment.Period is { } period
        ? moment.StepStart + ((Math.Floor(((time - moment.StepStart) / period) + SamePeriod) + 1) * period)
        : times!.After(time);

    private void Write(double time, ReadOnlySpan<double> row) => writer.Append(time, row[0], row[1], row[2..]);
}
