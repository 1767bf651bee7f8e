using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Output;

namespace Cell3D.Simulation.Recording;

/// <summary>The newest accepted rows of numbers, read between them as the time integrator reads its states: by the polynomial through as many as its formula used.</summary>
/// <remarks>What is linear in the states, such as a mean or the voltage, comes out as if the states had been interpolated; sums over columns stay sums.</remarks>
/// <param name="columns">Numbers in a row.</param>
public sealed class RowHistory(int columns) : IResumable
{
    private const int Most = TimeCoefficients.MostOrder + 1;
    private readonly double[] _times = new double[Most], _weights = new double[Most];
    private double[][] _rows = [.. Enumerable.Range(0, Most).Select(_ => new double[columns])];
    private int _count, _points;

    /// <summary>Of the newest row alone, so that no state needs it.</summary>
    private StepClock _clock;

    /// <summary>Time of the newest row [s].</summary>
    public double Time => _times[0];

    /// <summary>The newest row.</summary>
    public ReadOnlySpan<double> Newest => _rows[0];

    /// <inheritdoc/>
    public long LongestState => 2 + Most + ((long)Most * columns);

    /// <inheritdoc/>
    public double[] State
    {
        get => [_count, _points, .. _times, .. _rows.SelectMany(row => row)];
        set
        {
            if (value.Length != LongestState || !(value[0] is >= 0 and <= Most) || !(value[1] is >= 0 and <= Most))
                throw new ArgumentException($"{value.Length} numbers are not those of rows with {columns} columns.", nameof(value));
            (_count, _points) = ((int)value[0], (int)value[1]);
            value.AsSpan(2, Most).CopyTo(_times);
            _rows = [.. value.Skip(2 + Most).Chunk(columns)];
        }
    }

    /// <summary>Adds the row of an accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="row">Its numbers.</param>
    /// <param name="afterStep">False where the state follows a start or a switch: nothing before it is read any more.</param>
    /// <param name="before">How the step that led to it is read.</param>
    public void Add(double time, ReadOnlySpan<double> row, bool afterStep, Interpolant before)
    {
        _count = afterStep ? Math.Min(_count + 1, Most) : 1;
        _points = Math.Min(_count, before.Order + 1);
        _clock = before.Clock;
        double[] oldest = _rows[^1];
        Array.Copy(_rows, 0, _rows, 1, Most - 1);
        Array.Copy(_times, 0, _times, 1, Most - 1);
        (_rows[0], _times[0]) = (oldest, time);
        row.CopyTo(oldest);
    }

    /// <summary>The row of a time within the newest step.</summary>
    /// <param name="time">[s].</param>
    /// <param name="row">Receives it.</param>
    public void Read(double time, Span<double> row)
    {
        TimeCoefficients.Interpolate(time, _times.AsSpan(0, _points), _weights, _clock);
        row.Clear();
        for (int i = 0; i < _points; i++)
            TensorPrimitives.MultiplyAdd(_rows[i], _weights[i], row, row);
    }
}
