using Cell3D.Numerics;

namespace Cell3D.Physics.Particles;

/// <summary>The Gauss–Radau nodes of a basis: as many radii as it has modes, the last one at the surface, at which its functions are as well known as by their coefficients.</summary>
/// <remarks>
/// With their weights w_i products of two functions of the basis are integrated exactly, so that q_k = Σ_i w_i P_k(ρ_i) x_i is the inverse of x_i = Σ_k P_k(ρ_i) q_k. The inner nodes are where
/// Σ_k P_k(1) P_k(ρ) vanishes: that sum is orthogonal to all (1 − ρ²) f, f of one degree less.
/// </remarks>
public sealed class RadauNodes
{
    /// <summary>Places per mode at which signs are compared to find a node; neighbours are an eighth of this apart.</summary>
    private const int TrialsPerMode = 40;
    private const int Bisections = 60;

    /// <summary>Finds the nodes of a basis.</summary>
    public RadauNodes(SpectralBasis basis)
    {
        int n = basis.Modes;
        Radii = [.. Inner(basis), 1];
        Weights = new double[n];
        (Values, Moments) = (new double[n * n], new double[n * n]);
        for (int i = 0; i < n; i++)
        {
            double[] at = basis.At(Radii[i]);
            at.CopyTo(Values, i * n);
            Weights[i] = 1 / at.Sum(value => value * value);
        }
        MakeOrthogonal(n);
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                Moments[(k * n) + i] = Weights[i] * Values[(i * n) + k];
        Stiffness = new double[LaneCholesky.Row(n)];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                for (int k = 1; k < n; k++)
                    Stiffness[LaneCholesky.Row(i) + j] += basis.Eigenvalues[k] * Values[(i * n) + k] * Values[(j * n) + k];
    }

    /// <summary>ρ_i, ascending; the last is 1.</summary>
    public double[] Radii { get; }

    /// <summary>w_i of ∫ (s + 1) ρ^s f dρ.</summary>
    public double[] Weights { get; }

    /// <summary>P_k(ρ_i), row-major [i, k].</summary>
    public double[] Values { get; }

    /// <summary>w_i P_k(ρ_i), row-major [k, i].</summary>
    public double[] Moments { get; }

    /// <summary>Σ_k λ_k P_k(ρ_i) P_k(ρ_j), j ≤ i, row by row.</summary>
    public double[] Stiffness { get; }

    /// <summary>Takes the round-off of the series away: the matrix Q of w_i^½ P_k(ρ_i) is orthogonal, so Q (3 − QᵀQ)/2 is nearer to it.</summary>
    private void MakeOrthogonal(int n)
    {
        double[] correction = new double[n * n], row = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
                VectorLoop.Add(-0.5 * Weights[i] * Values[(i * n) + k], Values.AsSpan(i * n, n), correction.AsSpan(k * n, n));
            correction[(k * n) + k] += 1.5;
        }
        for (int i = 0; i < n; i++)
        {
            Values.AsSpan(i * n, n).CopyTo(row);
            Values.AsSpan(i * n, n).Clear();
            for (int k = 0; k < n; k++)
                VectorLoop.Add(row[k], correction.AsSpan(k * n, n), Values.AsSpan(i * n, n));
        }
    }

    private static double[] Inner(SpectralBasis basis)
    {
        Func<double, double> sum = basis.Sum(basis.Surface);
        List<double> found = [];
        int trials = TrialsPerMode * basis.Modes;
        (double angle, double value) before = (0, double.NaN);
        // Even spacing in the angle: nodes crowd at the surface.
        for (int trial = 1; trial <= trials; trial++)
        {
            (double angle, double value) here = (0.5 * Math.PI * trial / trials, Sum(0.5 * Math.PI * trial / trials));
            if (here.value * before.value < 0)
                found.Add(Math.Cos(Root(before.angle, here.angle, before.value)));
            before = here;
        }
        if (found.Count != basis.Modes - 1)
            throw new InvalidOperationException($"{found.Count} inner nodes were found of a basis of {basis.Modes} modes.");
        found.Reverse();
        return [.. found];

        double Sum(double angle) => sum(Math.Cos(angle));

        double Root(double low, double high, double atLow)
        {
            for (int i = 0; i < Bisections; i++)
            {
                double middle = 0.5 * (low + high), value = Sum(middle);
                (low, high) = value * atLow > 0 ? (middle, high) : (low, middle);
            }
            return 0.5 * (low + high);
        }
    }
}
