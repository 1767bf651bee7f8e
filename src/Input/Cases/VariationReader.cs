using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Reads how properties of layers vary in space.</summary>
internal static class VariationReader
{
    /// <summary>The layers with their variations. Values are tried on a grid of points; the mesh tries them again in all its cells.</summary>
    public static IReadOnlyList<CellLayer> Read(SectionReader section, CellGeometry outline, IReadOnlyList<CellLayer> layers, double temperature)
    {
        foreach ((SectionKey key, _) in VariationKeys.Layers.Where(entry => section.Has(entry.Layer) && layers.All(layer => layer.Name != entry.Layer.Name)))
            section.Error(key, "the case has no such layer", $"layers that are there, or a section Layers.{key.Name}");
        List<CellLayer> read = [];
        foreach (CellLayer layer in layers)
        {
            (SectionKey key, LayerProperty[] properties) = VariationKeys.Layers.First(entry => entry.Layer.Name == layer.Name);
            read.Add(section.Has(key) ? layer with { Variations = Read(section.Open(key), properties, layer, layers, outline, temperature) } : layer);
        }
        return read;
    }

    private static List<LayerVariation> Read(SectionReader section, LayerProperty[] properties, CellLayer layer, IReadOnlyList<CellLayer> layers, CellGeometry outline, double temperature)
    {
        List<LayerVariation> variations = [];
        bool hasExtents = double.IsFinite(layers.Sum(any => any.Thickness) + outline.Width + outline.Height) && (outline.Form != CellForm.Roll || outline.Winding is not null);
        TrialPlaces? places = hasExtents ? new(outline, layers, layer) : null;
        foreach (LayerProperty property in properties)
        {
            PositionKey key = VariationKeys.Keys[property];
            if (!section.Has(key)) continue;
            LayerVariation variation = new(property, section.Get(key, key.Placeholder), section.PathOf(key));
            variations.Add(variation);
            if (outline.Form != CellForm.Roll && Enumerable.Range(0, PositionKey.Variables.Count).Where(variation.Factor.DependsOn).Select(input => PositionKey.Variables[input]).FirstOrDefault(PositionKey.OfRoll.Contains) is { } wound)
                section.Error(key, $"only a roll has {wound}", string.Join(", ", PositionKey.Variables.Except(PositionKey.OfRoll)));
            if (places is not null)
                Try(section, key, variation, variation.OwnValues(layer.Material, temperature), places);
        }
        return variations;
    }

    /// <summary>Reports the first place where the property leaves its range.</summary>
    private static void Try(SectionReader section, PositionKey key, LayerVariation variation, IReadOnlyList<OwnValue> owns, TrialPlaces places)
    {
        double[] factors = places.Evaluate(variation);
        int wrong = Array.FindIndex(factors, factor => variation.Problem(factor, owns) is not null);
        if (wrong >= 0)
            section.Error(key, $"{variation.Problem(factors[wrong], owns)} at {places.Words(wrong)}", variation.Allowed.ToString());
    }
}
