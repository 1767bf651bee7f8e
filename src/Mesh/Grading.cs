namespace Cell3D.Mesh;

/// <summary>Node coordinates along one axis. Each function returns cells + 1 increasing nodes with exact ends.</summary>
public static class Grading
{
    /// <summary>Cells of equal size.</summary>
    /// <param name="start">First node [m].</param>
    /// <param name="end">Last node [m].</param>
    /// <param name="cells">Number of cells, ≥ 1.</param>
    public static double[] Uniform(double start, double end, int cells) => Map(start, end, cells, s => s);

    /// <summary>Each cell larger than the one before by the same factor.</summary>
    /// <param name="start">First node [m].</param>
    /// <param name="end">Last node [m].</param>
    /// <param name="cells">Number of cells, ≥ 1.</param>
    /// <param name="lastToFirst">Size of the last over that of the first cell; above 1 refines the start.</param>
    public static double[] Geometric(double start, double end, int cells, double lastToFirst)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lastToFirst);
        double growth = cells > 1 ? Math.Log(lastToFirst) * cells / (cells - 1) : 0;
        return Math.Abs(growth) < 1e-12
            ? Uniform(start, end, cells)
            : Map(start, end, cells, s => (Math.Exp(growth * s) - 1) / (Math.Exp(growth) - 1));
    }

    /// <summary>Smoothly refined towards both ends (hyperbolic tangent).</summary>
    /// <param name="start">First node [m].</param>
    /// <param name="end">Last node [m].</param>
    /// <param name="cells">Number of cells, ≥ 1.</param>
    /// <param name="ratio">Spacing in the middle over spacing at the ends, ≥ 1; 1 is uniform.</param>
    public static double[] Symmetric(double start, double end, int cells, double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ratio, 1);
        double strength = Math.Acosh(Math.Sqrt(ratio));
        return strength < 1e-6
            ? Uniform(start, end, cells)
            : Map(start, end, cells, s => 0.5 * (1 + Math.Tanh(strength * (2 * s - 1)) / Math.Tanh(strength)));
    }

    /// <summary>
    /// Cells no larger than asked anywhere, growing smoothly away from refined stretches, with a node on every break.
    /// </summary>
    /// <param name="start">First node [m].</param>
    /// <param name="end">Last node [m].</param>
    /// <param name="largest">Largest cell size anywhere [m].</param>
    /// <param name="refinements">Stretches with smaller cells.</param>
    /// <param name="breaks">Coordinates that must be nodes, e.g. tab ends; those outside are ignored.</param>
    /// <param name="growth">Largest size ratio of neighbouring cells, above 1.05.</param>
    /// <exception cref="MeshException">A size is not positive, the growth too small, or the range empty.</exception>
    public static double[] Refined(
        double start,
        double end,
        double largest,
        IReadOnlyList<Refinement> refinements,
        IReadOnlyList<double>? breaks = null,
        double growth = 1.3) => new RefinedGrading(start, end, largest, refinements, breaks ?? [], growth).Nodes();

    /// <summary>An upper estimate of the cells that <see cref="Refined"/> makes, in closed form.</summary>
    /// <param name="length">Length of the range [m].</param>
    /// <param name="largest">Largest cell size anywhere [m].</param>
    /// <param name="refinements">Stretches with smaller cells.</param>
    /// <param name="growth">Largest size ratio of neighbouring cells, above 1.05.</param>
    public static double EstimateRefined(double length, double largest, IReadOnlyList<Refinement> refinements, double growth = 1.3)
    {
        double slope = RefinedGrading.Slope(growth);
        return (length / largest) + refinements.Sum(stretch => ((stretch.To - stretch.From) / stretch.Size) + (2 * Math.Log(Math.Max(1, Math.Min(largest / stretch.Size, 1 + (slope * length / stretch.Size)))) / slope));
    }

    private static double[] Map(double start, double end, int cells, Func<double, double> place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        double[] nodes = new double[cells + 1];
        for (int i = 1; i < cells; i++)
            nodes[i] = start + (end - start) * place((double)i / cells);
        nodes[0] = start;
        nodes[cells] = end;
        return nodes;
    }
}
