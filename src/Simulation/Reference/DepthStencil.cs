namespace Cell3D.Simulation.Reference;

/// <summary>Reads a depth within a layer from the means of its levels: by the parabola through the three next to it, or what fewer of them tell.</summary>
/// <param name="Levels">Places in the list of levels.</param>
/// <param name="Weights">Of each.</param>
public sealed record DepthStencil(int[] Levels, double[] Weights)
{
    private const int Points = 3;

    /// <summary>The stencil of a depth.</summary>
    /// <param name="centres">Depths of the levels' middles, ascending [m].</param>
    /// <param name="depth">[m].</param>
    public static DepthStencil Of(double[] centres, double depth)
    {
        int count = Math.Min(Points, centres.Length);
        int first = Enumerable.Range(0, centres.Length - count + 1).MinBy(start => Math.Abs(centres[start] + centres[start + count - 1] - (2 * depth)));
        int[] levels = [.. Enumerable.Range(first, count)];
        return new(levels, [.. levels.Select(level => levels.Where(other => other != level).Aggregate(1.0, (weight, other) => weight * (depth - centres[other]) / (centres[level] - centres[other])))]);
    }

    /// <summary>The value at the depth.</summary>
    public double Read(ReadOnlySpan<double> means)
    {
        double sum = 0;
        for (int i = 0; i < Levels.Length; i++)
            sum += Weights[i] * means[Levels[i]];
        return sum;
    }
}
