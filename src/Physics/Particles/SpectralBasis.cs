using System.Collections.Concurrent;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Polynomial eigenmodes of diffusion in a particle: even polynomials in ρ = r/R_p, orthonormal under (s + 1) ρ^s dρ, that diagonalise −ρ^−s ∂(ρ^s ∂); s is
/// the number of its shape, 2 for a sphere.</summary>
/// <remarks>Galerkin with natural flux boundary: mode 0 is the mean (lithium is conserved to round-off), convergence is spectral,
/// and a constant D_s leaves the modes uncoupled. docs/decisions/ compares it with graded finite volumes.</remarks>
public sealed class SpectralBasis
{
    private static readonly ConcurrentDictionary<(int Modes, ParticleShape Shape), SpectralBasis> Built = [];

    private RadauNodes? _radau;
    private double[]? _series;

    /// <summary>The n modes of a shape, built once for all particles and runs of the process.</summary>
    /// <inheritdoc cref="SpectralBasis(int, ParticleShape)"/>
    public static SpectralBasis Of(int modes, ParticleShape shape) => Built.GetOrAdd((modes, shape), static key => new(key.Modes, key.Shape));

    /// <summary>Builds n modes.</summary>
    /// <param name="modes">n ≥ 2.</param>
    /// <param name="shape">Of the particle.</param>
    public SpectralBasis(int modes, ParticleShape shape = ParticleShape.Sphere)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modes, 2);
        (Modes, Shape) = (modes, shape);
        (Nodes, double[] weights) = GaussLegendre.Rule(2 * modes);
        Weights = [.. Nodes.Select((rho, m) => Density(rho) * weights[m])];
        double[,] values = new double[Nodes.Length, modes], slopes = new double[Nodes.Length, modes];
        double[] surface = new double[modes];
        for (int k = 0; k < modes; k++)
        {
            for (int m = 0; m < Nodes.Length; m++)
                (values[m, k], slopes[m, k]) = GaussLegendre.Legendre(2 * k, Nodes[m]);
            surface[k] = 1;
        }
        Orthonormalise(values, slopes, surface);
        Diagonalise(values, slopes, surface);
    }

    /// <summary>Number of modes n.</summary>
    public int Modes { get; }

    /// <summary>Of the particle.</summary>
    public ParticleShape Shape { get; }

    /// <summary>Quadrature points ρ_m in (0, 1).</summary>
    public double[] Nodes { get; }

    /// <summary>Weights of ∫ (s + 1) ρ^s f dρ.</summary>
    public double[] Weights { get; }

    /// <summary>P_k(ρ_m), row-major [m, k].</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>P_k′(ρ_m), row-major [m, k].</summary>
    public double[] Slopes { get; private set; } = [];

    /// <summary>P_k(1).</summary>
    public double[] Surface { get; private set; } = [];

    /// <summary>λ_k of −ρ^−s ∂(ρ^s ∂P_k) = λ_k P_k; λ_0 = 0.</summary>
    public double[] Eigenvalues { get; private set; } = [];

    /// <summary>As many radii as modes that tell a function of this basis, the surface among them.</summary>
    public RadauNodes Radau => LazyInitializer.EnsureInitialized(ref _radau, () => new(this));

    /// <summary>Modes by Legendre polynomials of even degree, P_k = Σ_l C_lk P̂_2l(ρ), row-major [l, k]; exact, as the quadrature takes their degrees.</summary>
    private double[] Series => LazyInitializer.EnsureInitialized(ref _series, FindSeries);

    /// <summary>P_k(ρ) of all modes at a radius.</summary>
    /// <param name="rho">ρ = r/R_p, 0 to 1.</param>
    public double[] At(double rho)
    {
        double[] at = new double[Modes];
        for (int l = 0; l < Modes; l++)
            VectorLoop.Add(GaussLegendre.Legendre(2 * l, rho).Value, Series.AsSpan(l * Modes, Modes), at);
        return at;
    }

    /// <summary>Σ_k a_k P_k(ρ) of all radii.</summary>
    /// <param name="coefficients">a_k.</param>
    /// <returns>The sum at a radius, ρ = r/R_p.</returns>
    public Func<double, double> Sum(double[] coefficients)
    {
        double[] ofLegendre = new double[Modes];
        for (int l = 0; l < Modes; l++)
            for (int k = 0; k < Modes; k++)
                ofLegendre[l] += Series[(l * Modes) + k] * coefficients[k];
        return rho => GaussLegendre.SumOfEven(ofLegendre, rho);
    }

    private double[] FindSeries()
    {
        double[] series = new double[Modes * Modes];
        for (int l = 0; l < Modes; l++)
            for (int m = 0; m < Nodes.Length; m++)
                VectorLoop.Add(((4 * l) + 1) * GaussLegendre.Legendre(2 * l, Nodes[m]).Value * Weights[m] / Density(Nodes[m]), Values.AsSpan(m * Modes, Modes), series.AsSpan(l * Modes, Modes));
        return series;
    }

    /// <summary>Share of the volume per ρ.</summary>
    private double Density(double rho) => Shape switch
    {
        ParticleShape.Plate => 1,
        ParticleShape.Cylinder => 2 * rho,
        _ => 3 * rho * rho,
    };

    /// <summary>Gram–Schmidt, twice for round-off.</summary>
    private void Orthonormalise(double[,] values, double[,] slopes, double[] surface)
    {
        for (int k = 0; k < Modes; k++)
        {
            for (int pass = 0; pass < 2; pass++)
                for (int l = 0; l < k; l++)
                    Combine(values, slopes, surface, k, l, -Product(values, k, l));
            double norm = Math.Sqrt(Product(values, k, k));
            for (int m = 0; m < Nodes.Length; m++)
                (values[m, k], slopes[m, k]) = (values[m, k] / norm, slopes[m, k] / norm);
            surface[k] /= norm;
        }
    }

    private static void Combine(double[,] values, double[,] slopes, double[] surface, int k, int l, double factor)
    {
        for (int m = 0; m < values.GetLength(0); m++)
        {
            values[m, k] += factor * values[m, l];
            slopes[m, k] += factor * slopes[m, l];
        }
        surface[k] += factor * surface[l];
    }

    private double Product(double[,] functions, int k, int l)
    {
        double sum = 0;
        for (int m = 0; m < Nodes.Length; m++)
            sum += Weights[m] * functions[m, k] * functions[m, l];
        return sum;
    }

    private void Diagonalise(double[,] values, double[,] slopes, double[] surface)
    {
        double[,] stiffness = new double[Modes, Modes];
        for (int k = 1; k < Modes; k++)
            for (int l = 1; l <= k; l++)
                stiffness[k, l] = stiffness[l, k] = Product(slopes, k, l);
        (Eigenvalues, double[,] vectors) = SymmetricEigen.Decompose(stiffness);
        Eigenvalues[0] = 0;
        Values = Rotate(values, vectors);
        Slopes = Rotate(slopes, vectors);
        Surface = new double[Modes];
        for (int k = 0; k < Modes; k++)
            for (int l = 0; l < Modes; l++)
                Surface[k] += surface[l] * vectors[l, k];
    }

    private double[] Rotate(double[,] functions, double[,] vectors)
    {
        double[] rotated = new double[Nodes.Length * Modes];
        for (int m = 0; m < Nodes.Length; m++)
            for (int k = 0; k < Modes; k++)
                for (int l = 0; l < Modes; l++)
                    rotated[(m * Modes) + k] += functions[m, l] * vectors[l, k];
        return rotated;
    }
}
