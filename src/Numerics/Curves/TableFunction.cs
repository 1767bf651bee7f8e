namespace Cell3D.Numerics.Curves;

/// <summary>y(u₁, u₂) through a grid of points: linear in u₁; in u₂ a cubic between two points, whose slopes there are those of the parabola through
/// three. So y and ∂y/∂u₂ are continuous. Outside, the outermost segments of u₁ and the outermost slopes of u₂ continue.</summary>
public sealed class TableFunction : Function
{
    private readonly double[] _first, _second, _values;

    /// <summary>∂y/∂u₂ at every point.</summary>
    private readonly double[] _slopes;

    /// <summary>A function through the points of a grid.</summary>
    /// <param name="first">u₁, at least two values, strictly rising.</param>
    /// <param name="second">u₂, likewise.</param>
    /// <param name="values">y at all u₁ for the first u₂, then for the second, and so on.</param>
    /// <exception cref="ArgumentException">A list is too short or does not rise, or values are missing.</exception>
    public TableFunction(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> values)
    {
        if (!Rises(first) || !Rises(second)) throw new ArgumentException("both inputs need at least two values, strictly rising");
        if (values.Length != first.Length * second.Length) throw new ArgumentException("there must be one value for each pair of inputs");
        (_first, _second, _values) = (first.ToArray(), second.ToArray(), values.ToArray());
        _slopes = new double[values.Length];
        for (int row = 0; row < second.Length; row++)
            for (int column = 0; column < first.Length; column++)
                _slopes[(row * first.Length) + column] = ParabolaSlope(row, column);
    }

    /// <summary>u₁ of the points.</summary>
    public ReadOnlySpan<double> First => _first;

    /// <summary>u₂ of the points.</summary>
    public ReadOnlySpan<double> Second => _second;

    /// <summary>y, all of the first u₂ first.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <inheritdoc/>
    public override int Inputs => 2;

    /// <inheritdoc/>
    public override bool DependsOn(int input)
    {
        int columns = _first.Length;
        for (int i = 0; i < _values.Length; i++)
            if (input == 0 ? i % columns > 0 && _values[i] != _values[i - 1] : i >= columns && _values[i] != _values[i - columns]) return true;
        return false;
    }

    /// <inheritdoc/>
    public override Function Partial(int input) => input == 1 ? new SlopeOfTable(this) : base.Partial(input);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        CheckLengths(inputs, value, partials);
        int n = value.Length;
        for (int i = 0; i < n; i++)
            (value[i], partials[i], partials[n + i], _, _) = At(inputs[i], inputs[n + i]);
    }

    private static bool Rises(ReadOnlySpan<double> values)
    {
        for (int i = 1; i < values.Length; i++)
            if (!(values[i] > values[i - 1])) return false;
        return values.Length > 1;
    }

    private static int Segment(double[] nodes, double at)
    {
        int found = nodes.AsSpan().BinarySearch(at);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, nodes.Length - 2);
    }

    /// <summary>Slope in u₂ of the parabola through a point and its two neighbours, at an end through the nearest three; of the line where there are only two.</summary>
    private double ParabolaSlope(int row, int column)
    {
        int middle = Math.Clamp(row, 1, Math.Max(1, _second.Length - 2)), columns = _first.Length;
        double Y(int at) => _values[(at * columns) + column];
        double before = (Y(middle) - Y(middle - 1)) / (_second[middle] - _second[middle - 1]);
        if (_second.Length == 2) return before;
        double after = (Y(middle + 1) - Y(middle)) / (_second[middle + 1] - _second[middle]);
        double curvature = (after - before) / (_second[middle + 1] - _second[middle - 1]);
        return before + (curvature * ((2 * _second[row]) - _second[middle] - _second[middle - 1]));
    }

    /// <summary>y, ∂y/∂u₁, ∂y/∂u₂, ∂²y/∂u₂∂u₁ and ∂²y/∂u₂².</summary>
    private (double Value, double ByFirst, double BySecond, double Mixed, double Second) At(double first, double second)
    {
        int column = Segment(_first, first), row = Segment(_second, second);
        Line low = new(_values, (row * _first.Length) + column, this, first, column), high = new(_values, ((row + 1) * _first.Length) + column, this, first, column);
        Line lowSlope = new(_slopes, (row * _first.Length) + column, this, first, column), highSlope = new(_slopes, ((row + 1) * _first.Length) + column, this, first, column);
        double beyond = second - Math.Clamp(second, _second[0], _second[^1]);
        if (beyond != 0)
        {
            (Line end, Line slope) = beyond < 0 ? (low, lowSlope) : (high, highSlope);
            return (end.Value + (beyond * slope.Value), end.Slope + (beyond * slope.Slope), slope.Value, slope.Slope, 0);
        }
        double width = _second[row + 1] - _second[row], s = (second - _second[row]) / width;
        (double rise, double bySlow, double byFast) = (s * s * (3 - (2 * s)), s * (1 - s) * (1 - s) * width, s * s * (s - 1) * width);
        (double rate, double slow, double fast) = (6 * s * (1 - s) / width, (1 - s) * (1 - (3 * s)), s * ((3 * s) - 2));
        double value = low.Value + (rise * (high.Value - low.Value)) + (bySlow * lowSlope.Value) + (byFast * highSlope.Value);
        double byFirst = low.Slope + (rise * (high.Slope - low.Slope)) + (bySlow * lowSlope.Slope) + (byFast * highSlope.Slope);
        double bySecond = (rate * (high.Value - low.Value)) + (slow * lowSlope.Value) + (fast * highSlope.Value);
        double mixed = (rate * (high.Slope - low.Slope)) + (slow * lowSlope.Slope) + (fast * highSlope.Slope);
        double curvature = ((6 * (1 - (2 * s)) * (high.Value - low.Value) / width) + (((6 * s) - 4) * lowSlope.Value) + (((6 * s) - 2) * highSlope.Value)) / width;
        return (value, byFirst, bySecond, mixed, curvature);
    }

    /// <summary>A row of the grid at u₁, and its slope there.</summary>
    private readonly struct Line
    {
        public Line(double[] row, int at, TableFunction table, double first, int column)
        {
            Slope = (row[at + 1] - row[at]) / (table._first[column + 1] - table._first[column]);
            Value = row[at] + (Slope * (first - table._first[column]));
        }

        public double Value { get; }

        public double Slope { get; }
    }

    /// <summary>∂y/∂u₂ of a table.</summary>
    private sealed class SlopeOfTable(TableFunction table) : Function
    {
        public override int Inputs => 2;

        public override bool DependsOn(int input) => table.DependsOn(1);

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
        {
            CheckLengths(inputs, value, partials);
            int n = value.Length;
            for (int i = 0; i < n; i++)
                (_, _, value[i], partials[i], partials[n + i]) = table.At(inputs[i], inputs[n + i]);
        }
    }
}
