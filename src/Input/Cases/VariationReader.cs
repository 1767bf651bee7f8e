using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Reads how properties of layers vary in space.</summary>
internal static class VariationReader
{
    /// <summary>Points along an extent at which a factor is tried before there is a mesh.</summary>
    private const int Trials = 8;

    /// <summary>The layers with their variations. Values are tried on a grid of points; the mesh tries them again in all its cells.</summary>
    public static IReadOnlyList<CellLayer> Read(SectionReader section, CellGeometry outline, IReadOnlyList<CellLayer> layers, double temperature)
    {
        foreach ((SectionKey key, _) in VariationKeys.Layers.Where(entry => section.Has(entry.Layer) && layers.All(layer => layer.Name != entry.Layer.Name)))
            section.Error(key, "the case has no such layer", $"layers that are there, or a section Layers.{key.Name}");
        List<CellLayer> read = [];
        double start = 0;
        foreach (CellLayer layer in layers)
        {
            (SectionKey key, LayerProperty[] properties) = VariationKeys.Layers.First(entry => entry.Layer.Name == layer.Name);
            read.Add(section.Has(key) ? layer with { Variations = Read(section.Open(key), properties, layer, outline, start, temperature) } : layer);
            start += layer.Thickness;
        }
        return read;
    }

    private static List<LayerVariation> Read(SectionReader section, LayerProperty[] properties, CellLayer layer, CellGeometry outline, double start, double temperature)
    {
        List<LayerVariation> variations = [];
        foreach (LayerProperty property in properties)
        {
            PositionKey key = VariationKeys.Keys[property];
            if (!section.Has(key)) continue;
            LayerVariation variation = new(property, section.Get(key, key.Placeholder), section.PathOf(key));
            variations.Add(variation);
            double own = LayerVariation.Own(layer.Material, property, temperature);
            if (double.IsFinite(own) && double.IsFinite(start + layer.Thickness + outline.Width + outline.Height)) Try(section, key, variation, own, outline, start, layer.Thickness);
        }
        return variations;
    }

    /// <summary>Reports the first point of a grid inside the layer where the property leaves its range.</summary>
    private static void Try(SectionReader section, PositionKey key, LayerVariation variation, double own, CellGeometry outline, double start, double thickness)
    {
        const int count = Trials * Trials * Trials;
        static double Share(int i) => (i + 0.5) / Trials;
        double[] inputs = new double[4 * count], factors = new double[count];
        for (int i = 0; i < count; i++)
        {
            double depth = Share(i % Trials);
            inputs[i] = start + (depth * thickness);
            inputs[count + i] = outline.Width * Share(i / Trials % Trials);
            inputs[(2 * count) + i] = outline.Height * Share(i / (Trials * Trials));
            inputs[(3 * count) + i] = depth;
        }
        variation.Factor.Evaluate(inputs, factors, new double[4 * count]);
        int wrong = Array.FindIndex(factors, factor => !variation.Allowed.Contains(factor * own));
        if (wrong < 0) return;
        section.Error(key, FormattableString.Invariant(
            $"{variation.Words(factors[wrong], own)} at depth {inputs[(3 * count) + wrong]:G4}, y = {inputs[count + wrong]:G4} m, z = {inputs[(2 * count) + wrong]:G4} m"), variation.Allowed.ToString());
    }
}
