using Cell3D.Numerics;
using Cell3D.Physics.Particles;

namespace Cell3D.Benchmarks.Particles;

/// <summary>Diffusion in a unit sphere, discretised in space only: uncoupled modes dq_k/dτ = −λ_k q_k − b_k f with the surface value Σ s_k q_k − h f,
/// so that time is exact and what remains is the error of the discretisation.</summary>
/// <remarks>τ = D t/R², f = R N/(D c_max), x = 0 at rest.</remarks>
/// <param name="Name">Method.</param>
/// <param name="Eigenvalues">λ_k ≥ 0.</param>
/// <param name="Surface">s_k.</param>
/// <param name="Uptake">b_k.</param>
/// <param name="HalfCell">h: distance from the last centre to the surface; 0 for polynomials.</param>
public sealed record ModalSphere(string Name, double[] Eigenvalues, double[] Surface, double[] Uptake, double HalfCell)
{
    public int Unknowns => Eigenvalues.Length;

    /// <summary>The program's basis.</summary>
    public static ModalSphere Spectral(int modes)
    {
        SpectralBasis basis = new(modes);
        return new("spectral", basis.Eigenvalues, basis.Surface, [.. basis.Surface.Select(p => 3 * p)], 0);
    }

    /// <summary>Finite volumes whose widths shrink geometrically towards the surface; largest over smallest width = <paramref name="grading"/>.</summary>
    public static ModalSphere FiniteVolumes(int shells, double grading)
    {
        double[] edges = Edges(shells, grading);
        double[] volumes = [.. Enumerable.Range(0, shells).Select(i => Math.Pow(edges[i + 1], 3) - Math.Pow(edges[i], 3))];
        double[,] matrix = new double[shells, shells];
        for (int i = 0; i + 1 < shells; i++)
        {
            double conductance = 3 * edges[i + 1] * edges[i + 1] / (0.5 * (edges[i + 2] - edges[i]));
            matrix[i, i] += conductance / volumes[i];
            matrix[i + 1, i + 1] += conductance / volumes[i + 1];
            matrix[i, i + 1] = matrix[i + 1, i] = -conductance / Math.Sqrt(volumes[i] * volumes[i + 1]);
        }
        (double[] values, double[,] vectors) = SymmetricEigen.Decompose(matrix);
        values[0] = 0;
        int last = shells - 1;
        double root = Math.Sqrt(volumes[last]);
        return new(grading == 1 ? "uniform shells" : $"graded shells, {grading:g3}", values,
            [.. Enumerable.Range(0, shells).Select(k => vectors[last, k] / root)],
            [.. Enumerable.Range(0, shells).Select(k => 3 * vectors[last, k] / root)], 0.5 * (edges[shells] - edges[last]));
    }

    /// <summary>Surface value at τ under a constant flux f = 1.</summary>
    public double SurfaceValue(double time)
    {
        double sum = -HalfCell;
        for (int k = 0; k < Unknowns; k++)
            sum -= Surface[k] * Uptake[k] * (Eigenvalues[k] == 0 ? time : (1 - Math.Exp(-Eigenvalues[k] * time)) / Eigenvalues[k]);
        return sum;
    }

    /// <summary>The exact surface value: −(3τ + 1/5 − 2 Σ exp(−λ_n² τ)/λ_n²), tan λ_n = λ_n (Crank, The Mathematics of Diffusion, 2nd ed., 6.45).</summary>
    public static double ExactSurfaceValue(double time)
    {
        double sum = (3 * time) + 0.2;
        for (int n = 1; ; n++)
        {
            double root = (n + 0.5) * Math.PI;
            for (int iteration = 0; iteration < 6; iteration++)
                root = (n * Math.PI) + Math.Atan(root);
            double addend = 2 * Math.Exp(-root * root * time) / (root * root);
            sum -= addend;
            if (addend < 1e-14)
                return -sum;
        }
    }

    private static double[] Edges(int shells, double grading)
    {
        double ratio = shells == 1 ? 1 : Math.Pow(grading, -1.0 / (shells - 1));
        double[] edges = new double[shells + 1];
        double width = 1;
        for (int i = 0; i < shells; i++, width *= ratio)
            edges[i + 1] = edges[i] + width;
        return [.. edges.Select(edge => edge / edges[shells])];
    }
}
