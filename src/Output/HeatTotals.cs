namespace Cell3D.Output;

/// <summary>Heat of each mechanism since the start of a run, by the rule of <see cref="TerminalTotals"/>: their sum is its heat.</summary>
/// <param name="mechanisms">Columns of heat production [W].</param>
public sealed class HeatTotals(IReadOnlyList<SeriesColumn> mechanisms) : IResumable
{
    private readonly double[] _rates = new double[mechanisms.Count], _slopes = new double[mechanisms.Count], _totals = new double[mechanisms.Count];
    private double _time = double.NaN, _before;

    /// <inheritdoc/>
    public long LongestState => 2 + (3 * mechanisms.Count);

    /// <inheritdoc/>
    public double[] State
    {
        get => [_time, _before, .. _rates, .. _slopes, .. _totals];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of {mechanisms.Count} mechanisms.", nameof(value));
            (_time, _before) = (value[0], value[1]);
            value.AsSpan(2, _rates.Length).CopyTo(_rates);
            value.AsSpan(2 + _rates.Length, _rates.Length).CopyTo(_slopes);
            value.AsSpan(2 + (2 * _rates.Length)).CopyTo(_totals);
        }
    }

    /// <summary>Takes the state at the end of a step; a repeated time is a jump and adds nothing.</summary>
    /// <param name="time">[s], never decreasing.</param>
    /// <param name="rates">Heat production by mechanism [W].</param>
    public void Add(double time, ReadOnlySpan<double> rates)
    {
        double seconds = time - _time;
        for (int i = 0; i < _rates.Length; i++)
        {
            if (seconds > 0)
                _totals[i] += StepIntegral.Over(_rates[i], rates[i], seconds, _before, ref _slopes[i]);
            _rates[i] = rates[i];
        }
        _before = seconds > 0 ? seconds : 0;
        _time = time;
    }

    /// <summary>The totals as they stand [J], by the names of the columns, and their sum.</summary>
    public IReadOnlyDictionary<string, double> ToSummary()
    {
        Dictionary<string, double> totals = mechanisms.Select((column, i) => KeyValuePair.Create(column.Name, _totals[i])).ToDictionary();
        totals.Add("Total", _totals.Sum());
        return totals;
    }
}
