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
            if (!section.Has(key))
            {
                read.Add(layer);
                continue;
            }
            SectionReader own = section.Open(key);
            CellLayer scattered = layer with { Scatter = own.Has(VariationKeys.Scatter) ? ReadScatter(own.Open(VariationKeys.Scatter)) : null };
            read.Add(scattered with { Variations = Read(own, properties, scattered, layers, outline, temperature) });
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
            if (variation.IsRandom && !section.Has(VariationKeys.Scatter))
                section.Error(key, $"{PositionKey.Random} is the number of a patch, and there are none", $"a section {VariationKeys.Scatter.Name} beside it");
            if (places is not null)
                Try(section, key, variation, variation.OwnValues(layer.Material, temperature), places);
        }
        if (section.Has(VariationKeys.Scatter) && !variations.Exists(variation => variation.IsRandom))
            section.Error(VariationKeys.Scatter, "no factor beside it depends on it", $"a factor of {PositionKey.Random}");
        return variations;
    }

    private static Scatter? ReadScatter(SectionReader section)
    {
        (int seed, double edge, int through) = (section.Get(VariationKeys.Seed), section.Get(VariationKeys.PatchEdge), section.Get(VariationKeys.PatchesThrough));
        return edge > 0 ? new(seed, edge, through) : null;
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
