using System.Globalization;

namespace Cell3D.Numerics.Curves;

/// <summary>Linear interpolation between points; outside, the first and last segments continue.</summary>
/// <remarks>At a point the slope is that of the segment to its right, at the last point that of the last segment.</remarks>
public sealed class TableCurve : Curve
{
    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] slopes;
    private readonly double uniformStep;

    /// <summary>A curve through points whose x all rise or all fall.</summary>
    /// <exception cref="ArgumentException">What <see cref="Check"/> finds first.</exception>
    public TableCurve(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (Check(x, y) is [TableProblem first, ..]) throw new ArgumentException(first.Text);
        (this.x, this.y) = (x.ToArray(), y.ToArray());
        if (x[0] > x[1])
        {
            Array.Reverse(this.x);
            Array.Reverse(this.y);
        }
        slopes = new double[x.Length - 1];
        for (int i = 0; i < slopes.Length; i++) slopes[i] = (this.y[i + 1] - this.y[i]) / (this.x[i + 1] - this.x[i]);
        uniformStep = UniformStep(this.x);
    }

    /// <summary>Points in rising order.</summary>
    public ReadOnlySpan<double> X => x;

    /// <summary>Values at <see cref="X"/>.</summary>
    public ReadOnlySpan<double> Y => y;

    /// <inheritdoc/>
    public override bool DependsOn(int input) => slopes.AsSpan().IndexOfAnyExcept(0.0) >= 0;

    /// <summary>All reasons why points cannot be a table; indices count from 0 in the order given.</summary>
    /// <param name="x">The points.</param>
    /// <param name="y">Values at them.</param>
    /// <param name="name">What the input is called.</param>
    public static IReadOnlyList<TableProblem> Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y, string name = "x")
    {
        List<TableProblem> problems = [];
        if (x.Length != y.Length)
            problems.Add(new TableProblem(Math.Min(x.Length, y.Length), true, Invariant($"{name} has {x.Length} values, y has {y.Length}")));
        if (x.Length < 2) problems.Add(new TableProblem(0, true, Invariant($"a table needs at least 2 points, this one has {x.Length}")));
        for (int i = 0; i < x.Length; i++)
            if (!double.IsFinite(x[i])) problems.Add(new TableProblem(i, true, Invariant($"{name}[{i}] is not a finite number")));
        for (int i = 0; i < y.Length; i++)
            if (!double.IsFinite(y[i])) problems.Add(new TableProblem(i, false, Invariant($"y[{i}] is not a finite number")));
        if (problems.Count > 0) return problems;
        bool rising = x[1] > x[0];
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] == x[i - 1])
                problems.Add(new TableProblem(i, true, Invariant($"{name}[{i - 1}] and {name}[{i}] are the same, {x[i]}")));
            else if (x[i] > x[i - 1] != rising)
                problems.Add(new TableProblem(i, true, Invariant($"{name}[{i}] = {x[i]} turns back after {name}[{i - 1}] = {x[i - 1]}")));
        }
        return problems;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        CheckLengths(x, value, slope);
        int segment = 0;
        for (int i = 0; i < x.Length; i++)
        {
            segment = Segment(x[i], segment);
            slope[i] = slopes[segment];
            value[i] = y[segment] + slopes[segment] * (x[i] - this.x[segment]);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The segment that holds a point; the neighbour's is tried first, as neighbours in space lie close in x.</summary>
    private int Segment(double at, int guess)
    {
        int last = slopes.Length - 1;
        if (uniformStep > 0 && at > x[0] && at < x[^1]) guess = Math.Min((int)((at - x[0]) / uniformStep), last);
        if ((at >= x[guess] || guess == 0) && (at < x[guess + 1] || guess == last)) return guess;
        int found = x.AsSpan().BinarySearch(at);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, last);
    }

    /// <summary>The distance between points when all are alike, otherwise 0.</summary>
    private static double UniformStep(double[] x)
    {
        double step = (x[^1] - x[0]) / (x.Length - 1);
        for (int i = 1; i < x.Length; i++)
            if (Math.Abs(x[i] - x[i - 1] - step) > 1e-6 * step) return 0;
        return step;
    }
}

/// <summary>Why points cannot be a table.</summary>
/// <param name="Index">Index of the point, from 0.</param>
/// <param name="InX">Whether the x or the y of the point is to blame.</param>
/// <param name="Text">What is wrong, naming the index.</param>
public sealed record TableProblem(int Index, bool InX, string Text);
