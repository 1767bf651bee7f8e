namespace Cell3D.Mesh;

/// <summary>Layers in the order of x.</summary>
public sealed class LayerStack
{
    /// <summary>A stack of at least one layer.</summary>
    /// <exception cref="MeshException">
    /// Thickness not positive, fewer than one cell, ratio below one, repeated name, tab among the layers, casing
    /// between layers, conductors of both polarities in contact; all at once.
    /// </exception>
    public LayerStack(IReadOnlyList<LayerSpec> layers)
    {
        List<string> problems = [.. Problems(layers)];
        if (problems.Count > 0)
            throw new MeshException(problems);
        Layers = [.. layers];
    }

    /// <summary>Layers in the order of x.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>Total thickness [m].</summary>
    public double Thickness => Layers.Sum(layer => layer.Thickness);

    /// <summary>
    /// Electrode pairs of alternating orientation that share their collectors: NC NE S PE PC PE S NE NC …
    /// With more than one pair the names carry numbers, "Separator 1", "Separator 2" …
    /// </summary>
    /// <param name="pairs">Number of electrode pairs, at least one.</param>
    /// <param name="layers">Negative collector, negative electrode, separator, positive electrode, positive collector.</param>
    /// <exception cref="MeshException">As the constructor; or wrong number of pairs or layers.</exception>
    public static LayerStack Pairs(int pairs, params IReadOnlyList<LayerSpec> layers)
    {
        if (pairs < 1 || layers.Count != 5)
            throw new MeshException($"layer stack: needs at least 1 pair of 5 layers, got {pairs} of {layers.Count}");
        if (pairs == 1)
            return new LayerStack(layers);
        List<LayerSpec> stack = [layers[0]];
        for (int pair = 0; pair < pairs; pair++)
            stack.AddRange(pair % 2 == 0 ? layers.Skip(1) : layers.Reverse().Skip(1));
        Dictionary<string, int> used = [];
        for (int i = 0; i < stack.Count; i++)
        {
            int number = used[stack[i].Name] = used.GetValueOrDefault(stack[i].Name) + 1;
            stack[i] = stack[i] with { Name = $"{stack[i].Name} {number}" };
        }
        return new LayerStack(stack);
    }

    /// <summary>Whether a layer lies with its positive side towards smaller x, as in every other pair; false for casings.</summary>
    public bool IsTurned(int layer)
    {
        (int own, int before, int after) = (Order(layer), Order(layer - 1), Order(layer + 1));
        return own >= 0 && (before >= 0 ? before > own : after >= 0 && after < own);
    }

    /// <summary>Place of a layer in a pair that begins with the negative side; −1 for none.</summary>
    private int Order(int layer) => layer < 0 || layer >= Layers.Count ? -1 : Layers[layer].Kind switch
    {
        LayerKind.NegativeCollector => 0,
        LayerKind.NegativeElectrode => 1,
        LayerKind.Separator => 2,
        LayerKind.PositiveElectrode => 3,
        LayerKind.PositiveCollector => 4,
        _ => -1,
    };

    private static IEnumerable<string> Problems(IReadOnlyList<LayerSpec> layers)
    {
        if (layers.Count == 0)
            yield return "layer stack: needs at least one layer";
        HashSet<string> names = [];
        for (int i = 0; i < layers.Count; i++)
        {
            LayerSpec layer = layers[i];
            string place = $"layer {i + 1} '{layer.Name}'";
            if (!names.Add(layer.Name))
                yield return $"{place}: the name is already taken";
            if (!(layer.Thickness > 0 && double.IsFinite(layer.Thickness)))
                yield return $"{place}: thickness must be positive, got {layer.Thickness:G6} m";
            if (layer.Grading.Cells < 1)
                yield return $"{place}: needs at least 1 cell through the thickness, got {layer.Grading.Cells}";
            if (!(layer.Grading.Ratio >= 1 && layer.Grading.Ratio <= 1e6))
                yield return $"{place}: grading ratio must lie in 1 … 1e6, got {layer.Grading.Ratio:G6}";
            if (layer.Kind.IsTab())
                yield return $"{place}: a tab is not a layer of the stack";
            if (layer.Kind == LayerKind.Casing && i != 0 && i != layers.Count - 1)
                yield return $"{place}: casing must be the first or the last layer";
            if (i > 0 && IsShort(layers[i - 1].Kind, layer.Kind))
                yield return $"{place}: touches '{layers[i - 1].Name}' of the other polarity, a short circuit";
        }
    }

    private static bool IsShort(LayerKind a, LayerKind b) =>
        a.ConductsElectrons() && b.ConductsElectrons() && a.Polarity() != b.Polarity();
}
