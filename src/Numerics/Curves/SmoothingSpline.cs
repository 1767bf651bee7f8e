namespace Cell3D.Numerics.Curves;

/// <summary>Polynomial of least squares plus natural cubic spline through what it leaves, smoothed by Σ w² (s − y)² + λ ∫ s″² dx.</summary>
/// <remarks>
/// The banded form of Reinsch (doi:10.1007/BF02162161). λ is the largest at which the weighted rms residual does not exceed what the caller allows;
/// 0 interpolates. The polynomial, of degree 4 where points suffice, spares the spline its natural ends. Memory and time go with the number of points.
/// </remarks>
public sealed class SmoothingSpline
{
    private const int PointsOfQuartic = 8, Halvings = 60;
    private const double SmallestLog = -24, LargestLog = 8;
    private readonly double[] _at, _rest, _curvature, _polynomial;
    private readonly double _centre, _halfWidth;

    /// <summary>A spline through or near points.</summary>
    /// <param name="x">Strictly rising, at least 2.</param>
    /// <param name="y">Values at them.</param>
    /// <param name="residual">Weighted rms distance to the points that is allowed; 0 for a spline through them.</param>
    /// <param name="weights">w of each point; empty for 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or x does not rise.</exception>
    public SmoothingSpline(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double residual = 0, ReadOnlySpan<double> weights = default)
    {
        if (TableCurve.Check(x, y) is [TableProblem first, ..]) throw new ArgumentException(first.Text);
        if (x[0] > x[1]) throw new ArgumentException("x does not rise");
        (_centre, _halfWidth) = (0.5 * (x[0] + x[^1]), 0.5 * (x[^1] - x[0]));
        _at = new double[x.Length];
        for (int i = 0; i < x.Length; i++) _at[i] = (x[i] - _centre) / _halfWidth;
        double[] w = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, x.Length)] : weights.ToArray();
        _polynomial = Polynomial(_at, y, w);
        double[] rest = new double[x.Length];
        for (int i = 0; i < x.Length; i++) rest[i] = y[i] - Horner(_at[i]).Value;
        (_rest, _curvature) = Smoothed(rest, w, residual);
        Residual = Rms(rest, _rest, w);
    }

    /// <summary>Weighted rms distance to the points.</summary>
    public double Residual { get; }

    /// <summary>s, s′ and s″ at a point; beyond the ends the polynomial and a straight line go on.</summary>
    public (double Value, double Slope, double Curvature) At(double x)
    {
        double t = (x - _centre) / _halfWidth;
        int last = _at.Length - 2, found = Array.BinarySearch(_at, t), left = Math.Clamp(found >= 0 ? found : ~found - 1, 0, last);
        double h = _at[left + 1] - _at[left], b = (t - _at[left]) / h, a = 1 - b, chord = (_rest[left + 1] - _rest[left]) / h;
        (double before, double after) = (_curvature[left], _curvature[left + 1]);
        (double value, double slope, double curvature) = Horner(t);
        if (b is < 0 or > 1)
        {
            double end = b < 0 ? chord - (h * ((2 * before) + after) / 6) : chord + (h * (before + (2 * after)) / 6);
            value += b < 0 ? _rest[left] + (end * (t - _at[left])) : _rest[left + 1] + (end * (t - _at[left + 1]));
            slope += end;
        }
        else
        {
            value += (a * _rest[left]) + (b * _rest[left + 1]) + (h * h / 6 * ((a * ((a * a) - 1) * before) + (b * ((b * b) - 1) * after)));
            slope += chord + (h / 6 * ((((3 * b * b) - 1) * after) - (((3 * a * a) - 1) * before)));
            curvature += (a * before) + (b * after);
        }
        return (value, slope / _halfWidth, curvature / (_halfWidth * _halfWidth));
    }

    private static double[] Polynomial(double[] t, ReadOnlySpan<double> y, double[] w)
    {
        int terms = t.Length >= PointsOfQuartic ? 5 : t.Length >= 5 ? 3 : 2;
        double[] normal = new double[terms * terms], right = new double[terms], powers = new double[terms];
        for (int i = 0; i < t.Length; i++)
        {
            powers[0] = 1;
            for (int k = 1; k < terms; k++) powers[k] = powers[k - 1] * t[i];
            for (int k = 0; k < terms; k++)
            {
                right[k] += w[i] * w[i] * powers[k] * y[i];
                for (int m = 0; m < terms; m++) normal[(k * terms) + m] += w[i] * w[i] * powers[k] * powers[m];
            }
        }
        int[] pivots = new int[terms];
        if (!DenseFactor.Factor(normal, pivots)) return new double[terms];
        DenseFactor.Solve(normal, pivots, right);
        return right;
    }

    private (double Value, double Slope, double Curvature) Horner(double t)
    {
        double value = 0, slope = 0, curvature = 0;
        for (int k = _polynomial.Length - 1; k >= 0; k--)
        {
            curvature = (curvature * t) + (2 * slope);
            slope = (slope * t) + value;
            value = (value * t) + _polynomial[k];
        }
        return (value, slope, curvature);
    }

    private (double[] Values, double[] Curvature) Smoothed(double[] y, double[] w, double residual)
    {
        (double[] Values, double[] Curvature) found = Solve(y, w, 0);
        if (residual <= 0) return found;
        (double low, double high) = (SmallestLog, LargestLog);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            (double[] Values, double[] Curvature) trial = Solve(y, w, Math.Pow(10, middle));
            if (Rms(y, trial.Values, w) <= residual) (low, found) = (middle, trial);
            else high = middle;
        }
        return found;
    }

    /// <summary>(R + λ Qᵀ W⁻² Q) γ = Qᵀ y, s = y − λ W⁻² Q γ: γ are second derivatives, 0 at the ends.</summary>
    private (double[] Values, double[] Curvature) Solve(double[] y, double[] w, double lambda)
    {
        int n = y.Length, inner = n - 2;
        double[] curvature = new double[n], values = [.. y];
        if (inner < 1) return (values, curvature);
        double[] main = new double[inner], next = new double[inner], third = new double[inner], right = new double[inner];
        double Inverse(int i) => 1 / (_at[i + 1] - _at[i]);
        for (int j = 0; j < inner; j++)
        {
            (double before, double after) = (Inverse(j), Inverse(j + 1));
            double centre = -before - after;
            right[j] = (after * (y[j + 2] - y[j + 1])) - (before * (y[j + 1] - y[j]));
            main[j] = ((1 / before) + (1 / after)) / 3
                + (lambda * ((before * before / (w[j] * w[j])) + (centre * centre / (w[j + 1] * w[j + 1])) + (after * after / (w[j + 2] * w[j + 2]))));
            if (j + 1 < inner)
            {
                double beyond = Inverse(j + 2);
                next[j] = (1 / after / 6) + (lambda * after * ((centre / (w[j + 1] * w[j + 1])) + ((-after - beyond) / (w[j + 2] * w[j + 2]))));
                if (j + 2 < inner) third[j] = lambda * after * beyond / (w[j + 2] * w[j + 2]);
            }
        }
        double[] gamma = Pentadiagonal(main, next, third, right);
        gamma.CopyTo(curvature, 1);
        for (int i = 0; i < n && lambda > 0; i++)
        {
            double bend = (i < n - 1 ? Inverse(i) * (curvature[i + 1] - curvature[i]) : 0) - (i > 0 ? Inverse(i - 1) * (curvature[i] - curvature[i - 1]) : 0);
            values[i] -= lambda * bend / (w[i] * w[i]);
        }
        return (values, curvature);
    }

    /// <summary>L D Lᵀ of a symmetric positive matrix with two bands above its diagonal, in place.</summary>
    private static double[] Pentadiagonal(double[] main, double[] next, double[] third, double[] right)
    {
        int n = main.Length;
        for (int j = 0; j < n; j++)
        {
            double one = next[j] / main[j], two = third[j] / main[j];
            if (j + 1 < n)
            {
                main[j + 1] -= one * next[j];
                next[j + 1] -= one * third[j];
                right[j + 1] -= one * right[j];
            }
            if (j + 2 < n)
            {
                main[j + 2] -= two * third[j];
                right[j + 2] -= two * right[j];
            }
            (next[j], third[j], right[j]) = (one, two, right[j] / main[j]);
        }
        for (int j = n - 2; j >= 0; j--)
            right[j] -= (next[j] * right[j + 1]) + (j + 2 < n ? third[j] * right[j + 2] : 0);
        return right;
    }

    private static double Rms(double[] y, double[] smooth, double[] w)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++) sum += w[i] * w[i] * (smooth[i] - y[i]) * (smooth[i] - y[i]);
        return Math.Sqrt(sum / y.Length);
    }
}
