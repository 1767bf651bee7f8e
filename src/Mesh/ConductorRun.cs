namespace Cell3D.Mesh;

/// <summary>Neighbouring layers of one polarity that conduct electrons: a collector with its coatings.</summary>
/// <param name="First">Index of the first layer.</param>
/// <param name="Last">Index of the last layer.</param>
/// <param name="Polarity">Side they belong to.</param>
internal readonly record struct ConductorRun(int First, int Last, Polarity Polarity)
{
    /// <summary>All runs of a stack in the order of x.</summary>
    internal static List<ConductorRun> Find(LayerStack stack)
    {
        List<ConductorRun> runs = [];
        for (int layer = 0; layer < stack.Layers.Count; layer++)
        {
            LayerKind kind = stack.Layers[layer].Kind;
            if (!kind.ConductsElectrons())
                continue;
            if (runs.Count > 0 && runs[^1].Last == layer - 1 && runs[^1].Polarity == kind.Polarity())
                runs[^1] = runs[^1] with { Last = layer };
            else
                runs.Add(new ConductorRun(layer, layer, kind.Polarity()));
        }
        return runs;
    }

    /// <summary>Whether the outer side of an outermost run is the one at smaller x.</summary>
    internal bool FacesSmallX(IReadOnlyList<ConductorRun> runs) =>
        runs.Count == 1 ? Polarity == Polarity.Negative : this == runs[0];
}
