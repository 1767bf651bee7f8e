namespace Cell3D.Numerics;

/// <summary>A quantity given over time: linear between its points, constant before the first and after the last.</summary>
/// <remarks>Immutable; equal when all points are. Evaluation allocates nothing, so it may run inside the time loop.</remarks>
public sealed class TimeTable : IEquatable<TimeTable>
{
    private readonly double[] _times, _values;

    /// <summary>A quantity with the given values at the given times.</summary>
    /// <param name="times">Times [s], strictly rising; at least one.</param>
    /// <param name="values">As many values.</param>
    /// <exception cref="ArgumentException">The lists differ in length or are empty, or the times do not rise.</exception>
    public TimeTable(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        if (times.Length == 0 || times.Length != values.Length)
            throw new ArgumentException($"{times.Length} times and {values.Length} values");
        for (int i = 1; i < times.Length; i++)
            if (!(times[i] > times[i - 1]))
                throw new ArgumentException(FormattableString.Invariant($"time {i}, {times[i]} s, does not lie after {times[i - 1]} s"));
        (_times, _values) = (times.ToArray(), values.ToArray());
    }

    /// <summary>Times of the points [s].</summary>
    public ReadOnlySpan<double> Times => _times;

    /// <summary>Values at <see cref="Times"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Whether the value is the same at all times.</summary>
    public bool IsConstant => _values.AsSpan().IndexOfAnyExcept(_values[0]) < 0;

    /// <summary>The smallest value.</summary>
    public double Minimum => _values.Min();

    /// <summary>The largest value.</summary>
    public double Maximum => _values.Max();

    /// <summary>The same value at all times.</summary>
    public static TimeTable Constant(double value) => new([0], [value]);

    /// <summary>The value at a time [s].</summary>
    public double At(double time)
    {
        int found = _times.AsSpan().BinarySearch(time), after = ~found;
        if (found >= 0)
            return _values[found];
        if (after == 0 || after == _times.Length)
            return _values[after == 0 ? 0 : ^1];
        double share = (time - _times[after - 1]) / (_times[after] - _times[after - 1]);
        return _values[after - 1] + (share * (_values[after] - _values[after - 1]));
    }

    /// <summary>The same course with every value multiplied.</summary>
    public TimeTable Scaled(double factor) => new(_times, [.. _values.Select(value => factor * value)]);

    public bool Equals(TimeTable? other) => other is not null && _times.AsSpan().SequenceEqual(other._times) && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as TimeTable);

    public override int GetHashCode() => HashCode.Combine(_times.Length, _times[^1], _values[0], _values[^1]);

    public override string ToString() => IsConstant
        ? FormattableString.Invariant($"{_values[0]}")
        : FormattableString.Invariant($"{_values.Length} points from {Minimum} to {Maximum}");
}
