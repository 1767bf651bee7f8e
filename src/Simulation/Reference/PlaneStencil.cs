using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Simulation.Reference;

/// <summary>Reads a point of the plane from the means of columns: f(p) ≈ Σ w_k f_k, by a parabola of least squares through the columns next to it.</summary>
/// <remarks>Exact for f = a + b y + c z + d y² + e yz + f z², so that the error, of third order, stays below that of the two-point fluxes. Where columns lie in one line, or are
/// fewer than three in a direction, powers of that direction are left out.</remarks>
/// <param name="Columns">Places in the list of columns; empty where the point lies in none of them.</param>
/// <param name="Weights">Of each.</param>
public sealed record PlaneStencil(int[] Columns, double[] Weights)
{
    private const int Neighbours = 12, Candidates = 8;

    /// <summary>Softens 1/d² [columns²].</summary>
    private const double Softening = 0.1;

    /// <summary>Coordinates closer than this share of a column are one.</summary>
    private const double SameLine = 0.05;

    /// <summary>A point outside of all columns, which has no value.</summary>
    public static PlaneStencil Outside { get; } = new([], []);

    /// <summary>The stencil of a point.</summary>
    /// <param name="extrusion">Outlines of the columns.</param>
    /// <param name="columns">Columns that have values.</param>
    /// <param name="along">Distance along the line of the body [m].</param>
    /// <param name="height">z [m].</param>
    public static PlaneStencil Of(Extrusion extrusion, IReadOnlyList<int> columns, double along, double height)
    {
        double Distance(int place, double width, double tall) =>
            double.Hypot((extrusion.ColumnY[columns[place]] - along) / width, (extrusion.ColumnZ[columns[place]] - height) / tall);
        int[] nearest = [.. Enumerable.Range(0, columns.Count).OrderBy(place => Distance(place, 1, 1)).Take(Candidates)];
        int at = Array.FindIndex(nearest, place => extrusion.Contains(columns[place], along, height));
        if (at < 0)
            return Outside;
        (double y, double z) = extrusion.Size(columns[nearest[at]]);
        int[] chosen = [.. Enumerable.Range(0, columns.Count).OrderBy(place => Distance(place, y, z)).Take(Neighbours)];
        double[] dy = [.. chosen.Select(place => (extrusion.ColumnY[columns[place]] - along) / y)], dz = [.. chosen.Select(place => (extrusion.ColumnZ[columns[place]] - height) / z)];
        return new(chosen, Weigh(dy, dz));
    }

    /// <summary>The value at the point; NaN outside.</summary>
    public double Read(ReadOnlySpan<double> means)
    {
        double sum = Columns.Length == 0 ? double.NaN : 0;
        for (int i = 0; i < Columns.Length; i++)
            sum += Weights[i] * means[Columns[i]];
        return sum;
    }

    private static double[] Weigh(double[] y, double[] z)
    {
        for ((int ofY, int ofZ) = (Power(y), Power(z)); ; (ofY, ofZ) = (Math.Max(0, ofY - 1), Math.Max(0, ofZ - 1)))
        {
            (int Y, int Z)[] powers = [.. from i in Enumerable.Range(0, ofY + 1) from k in Enumerable.Range(0, ofZ + 1) where i + k <= Math.Max(ofY, ofZ) select (i, k)];
            if (Fit(y, z, powers) is { } weights)
                return weights;
        }
    }

    /// <summary>Weights of the value at the origin; null where the columns do not tell all coefficients.</summary>
    private static double[]? Fit(double[] y, double[] z, (int Y, int Z)[] powers)
    {
        int n = powers.Length;
        if (n > y.Length)
            return null;
        double[] normal = new double[n * n], basis = new double[n], origin = new double[n];
        double Weight(int i) => 1 / (Softening + (y[i] * y[i]) + (z[i] * z[i]));
        for (int i = 0; i < y.Length; i++)
        {
            Fill(i);
            for (int row = 0; row < n; row++)
                for (int column = 0; column < n; column++)
                    normal[(row * n) + column] += Weight(i) * basis[row] * basis[column];
        }
        int[] pivots = new int[n];
        double scale = Enumerable.Range(0, n).Max(row => normal[(row * n) + row]);
        if (!DenseFactor.Factor(normal, pivots) || Enumerable.Range(0, n).Any(row => Math.Abs(normal[(row * n) + row]) < 1e-9 * scale))
            return null;
        origin[Array.IndexOf(powers, (0, 0))] = 1;
        DenseFactor.Solve(normal, pivots, origin);
        double[] weights = new double[y.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            Fill(i);
            for (int row = 0; row < n; row++)
                weights[i] += Weight(i) * basis[row] * origin[row];
        }
        return weights;

        void Fill(int i)
        {
            for (int row = 0; row < n; row++)
                basis[row] = Math.Pow(y[i], powers[row].Y) * Math.Pow(z[i], powers[row].Z);
        }
    }

    /// <summary>Highest power that so many different coordinates tell, at most 2.</summary>
    private static int Power(double[] coordinates)
    {
        double[] sorted = [.. coordinates.Order()];
        int different = 1;
        for (int i = 1; i < sorted.Length; i++)
            different += sorted[i] - sorted[i - 1] > SameLine ? 1 : 0;
        return Math.Min(2, different - 1);
    }
}
