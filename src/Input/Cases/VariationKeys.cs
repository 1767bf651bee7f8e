using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>What of a layer may vary in space.</summary>
internal static class VariationKeys
{
    /// <summary>Range of each property, however it varies.</summary>
    public static readonly IReadOnlyDictionary<LayerProperty, Interval> Allowed = new Dictionary<LayerProperty, Interval>
    {
        [LayerProperty.Porosity] = BpxKeys.Porosity.Allowed,
        [LayerProperty.TransportEfficiency] = BpxKeys.TransportEfficiency.Allowed,
        [LayerProperty.ElectronicConductivity] = new(1e-8, 1e12),
        [LayerProperty.ActiveMaterial] = new(1e-6, 1e6),
        [LayerProperty.SurfaceArea] = BpxKeys.SurfaceArea.Allowed,
        [LayerProperty.ParticleRadius] = BpxKeys.ParticleRadius.Allowed,
        [LayerProperty.Density] = LayerKeys.Density.Allowed,
        [LayerProperty.SpecificHeatCapacity] = LayerKeys.HeatCapacity.Allowed,
        [LayerProperty.ThroughConductivity] = LayerKeys.Through.Allowed,
        [LayerProperty.InPlaneConductivity] = LayerKeys.InPlane.Allowed,
    };

    public static readonly IReadOnlyDictionary<LayerProperty, PositionKey> Keys = new Dictionary<LayerProperty, PositionKey>
    {
        [LayerProperty.Porosity] = Key(BpxKeys.Porosity),
        [LayerProperty.TransportEfficiency] = Key(BpxKeys.TransportEfficiency),
        [LayerProperty.ElectronicConductivity] = Key(BpxKeys.Conductivity),
        [LayerProperty.ActiveMaterial] = new("Active material", "Factor of the surface area per volume and of the active volume fraction of all particles together, of x, y, z [m], depth and pair; in a roll also of turn and s [m]."),
        [LayerProperty.SurfaceArea] = new("Surface area per unit volume", "Factor of the surface area per volume of all particles, on top of that of \"Active material\", of x, y, z [m], depth and pair; in a roll also of turn and s [m]."),
        [LayerProperty.ParticleRadius] = new("Particle radius", "Factor of the radius of all particles, whose surface area stays as it is, of x, y, z [m], depth and pair; in a roll also of turn and s [m]."),
        [LayerProperty.Density] = Key(LayerKeys.Density),
        [LayerProperty.SpecificHeatCapacity] = Key(LayerKeys.HeatCapacity),
        [LayerProperty.ThroughConductivity] = Key(LayerKeys.Through),
        [LayerProperty.InPlaneConductivity] = Key(LayerKeys.InPlane),
    };

    private static readonly LayerProperty[] Thermal =
        [LayerProperty.Density, LayerProperty.SpecificHeatCapacity, LayerProperty.ThroughConductivity, LayerProperty.InPlaneConductivity];

    private static readonly LayerProperty[] Pores = [LayerProperty.Porosity, LayerProperty.TransportEfficiency];

    private static readonly LayerProperty[] Particles = [LayerProperty.ActiveMaterial, LayerProperty.SurfaceArea, LayerProperty.ParticleRadius];

    public static readonly IntegerKey Seed = new("Seed", "Number that the draws follow from, the same on every machine.", 0, int.MaxValue) { Default = 1 };
    public static readonly NumberKey PatchEdge = new("Patch [m]", "Edge of a patch in the plane, of squares from y = z = 0 on; in a roll along the foil and the height.", new(1e-6, 100)) { Required = true };
    public static readonly IntegerKey PatchesThrough = new("Patches through", "Patches between the two faces of the layer, each as thick.", 1, 1000) { Default = 1 };
    public static readonly SectionKey Scatter = new("Scatter", $"Patches that differ at random: {PositionKey.Random} is a number of each, from a normal distribution of mean 0 and deviation 1, the same on every mesh.", new(Seed, PatchEdge, PatchesThrough));

    public static readonly IReadOnlyList<(SectionKey Layer, LayerProperty[] Properties)> Layers =
    [
        Layer(LayerKeys.NegativeCasing, Thermal),
        Layer(LayerKeys.NegativeCollector, LayerProperty.ElectronicConductivity, Thermal),
        Layer(LayerKeys.NegativeElectrode, [.. Pores, LayerProperty.ElectronicConductivity, .. Particles, .. Thermal]),
        Layer(LayerKeys.Separator, [.. Pores, .. Thermal]),
        Layer(LayerKeys.PositiveElectrode, [.. Pores, LayerProperty.ElectronicConductivity, .. Particles, .. Thermal]),
        Layer(LayerKeys.PositiveCollector, LayerProperty.ElectronicConductivity, Thermal),
        Layer(LayerKeys.PositiveCasing, Thermal),
    ];

    public static readonly SectionKey Variation = new("Variation",
        "Properties of layers that vary in space, each by a factor of the layer's own value: an expression of x, y, z [m], of depth, which is 0 at the layer's face of lower x and 1 at the other, and of pair, the number of the layer among those of its kind, from the negative face. In a roll also of turn, counted from the inner end, and s, the distance along the foil of the layer from its inner end [m]; of a separator that along the positive foil. With Scatter also of normal, a random number of the patch.",
        new([.. Layers.Select(entry => entry.Layer)]));

    private static PositionKey Key(Key own)
    {
        string name = own.Name.Split(" [")[0];
        return new(name, $"Factor of \"{own.Name}\" of the layer, of x, y, z [m], depth and pair; in a roll also of turn and s [m].");
    }

    private static (SectionKey, LayerProperty[]) Layer(SectionKey layer, LayerProperty first, LayerProperty[] others) => Layer(layer, [first, .. others]);

    private static (SectionKey, LayerProperty[]) Layer(SectionKey layer, LayerProperty[] properties) =>
        (new(layer.Name, $"What varies in the {layer.Name.ToLowerInvariant()}.", new([Scatter, .. properties.Select(property => Keys[property])])), properties);
}
