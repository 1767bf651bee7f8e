namespace Cell3D.Numerics;

/// <summary>Gauss–Legendre quadrature on [0, 1]: exact for polynomials up to degree 2n − 1.</summary>
public static class GaussLegendre
{
    /// <summary>Nodes (ascending) and weights (sum 1) of the n-point rule, by Newton iteration on P_n.</summary>
    public static (double[] Nodes, double[] Weights) Rule(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        double[] nodes = new double[n], weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double z = -Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), slope = 0;
            for (int iteration = 0; iteration < 100; iteration++)
            {
                (double value, slope) = Legendre(n, z);
                double step = value / slope;
                z -= step;
                if (Math.Abs(step) < 1e-15)
                    break;
            }
            nodes[i] = 0.5 * (1 + z);
            weights[i] = 1 / ((1 - (z * z)) * slope * slope);
        }
        return (nodes, weights);
    }

    /// <summary>P_n(z) and P_n′(z) for |z| ≤ 1, by the three-term recurrence.</summary>
    public static (double Value, double Slope) Legendre(int n, double z)
    {
        double before = 0, value = 1, slopeBefore = 0, slope = 0;
        for (int k = 1; k <= n; k++)
        {
            double next = (((2 * k) - 1) * z * value - ((k - 1) * before)) / k;
            double nextSlope = slopeBefore + (((2 * k) - 1) * value);
            (before, value, slopeBefore, slope) = (value, next, slope, nextSlope);
        }
        return (value, slope);
    }

    /// <summary>Σ_l a_l P_2l(z).</summary>
    /// <param name="coefficients">a_l.</param>
    /// <param name="z">|z| ≤ 1.</param>
    public static double SumOfEven(ReadOnlySpan<double> coefficients, double z)
    {
        double before = 0, value = 1, sum = 0;
        for (int k = 0; k < 2 * coefficients.Length; k++)
        {
            sum += k % 2 == 0 ? coefficients[k / 2] * value : 0;
            (before, value) = (value, ((((2 * k) + 1) * z * value) - (k * before)) / (k + 1));
        }
        return sum;
    }
}
