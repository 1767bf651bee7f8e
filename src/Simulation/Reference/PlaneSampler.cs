using Cell3D.Mesh;

namespace Cell3D.Simulation.Reference;

/// <summary>Reads layers at the points of a plan: at a grid in the plane, and at depths through the thickness.</summary>
/// <remarks>Layers that have the same columns share their stencils.</remarks>
internal sealed class PlaneSampler
{
    private readonly PlaneStencil[][] _ofPlane;
    private readonly DepthStencil[][] _ofDepth;

    public PlaneSampler(Extrusion extrusion, LayerSums sums, SamplePlan plan, IReadOnlyList<int> regions)
    {
        Dictionary<string, PlaneStencil[]> known = [];
        _ofPlane = [.. regions.Select(region => Stencils(sums.Columns[region]))];
        _ofDepth = [.. regions.Select(region => Depths(sums.Levels[region]))];

        PlaneStencil[] Stencils(int[] columns)
        {
            string key = string.Join(',', columns);
            if (!known.TryGetValue(key, out PlaneStencil[]? stencils))
                known[key] = stencils = [.. from height in plan.Height from along in plan.Along select PlaneStencil.Of(extrusion, columns, along, height)];
            return stencils;
        }

        DepthStencil[] Depths(int[] levels)
        {
            double[] centres = [.. levels.Select(level => extrusion.LevelCentre[level])];
            double first = centres[0] - (0.5 * extrusion.LevelThickness[levels[0]]), last = centres[^1] + (0.5 * extrusion.LevelThickness[levels[^1]]);
            return [.. plan.Depth.Select(share => DepthStencil.Of(centres, first + (share * (last - first))))];
        }
    }

    /// <summary>Values at the grid, z by z.</summary>
    /// <param name="layer">Place of the layer among those that are sampled.</param>
    /// <param name="means">Of its columns.</param>
    /// <param name="values">Receives them.</param>
    public void ReadPlane(int layer, ReadOnlySpan<double> means, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = _ofPlane[layer][i].Read(means);
    }

    /// <summary>Values at the depths.</summary>
    /// <inheritdoc cref="ReadPlane"/>
    public void ReadDepths(int layer, ReadOnlySpan<double> means, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = _ofDepth[layer][i].Read(means);
    }
}
