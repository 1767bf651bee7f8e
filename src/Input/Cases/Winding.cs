using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>How a wound cell is wound, where its terminals are, and its can. x and y are measured from the axis, z from the lower end of the electrodes.</summary>
public sealed record Winding
{
    /// <summary>The roll without its mesh: layers of a turn, turns, tabs, can.</summary>
    public required RollSpec Shape { get; init; }

    /// <summary>Resistance between the negative terminal and metal times its area [Ω m²].</summary>
    public required double NegativeContact { get; init; }

    /// <summary>Resistance between the positive terminal and metal times its area [Ω m²].</summary>
    public required double PositiveContact { get; init; }

    /// <summary>ρ, c_p, k of the can and its gaps, in the order of <see cref="CanSpec.RegionNames"/>; empty without a can.</summary>
    public required IReadOnlyList<ThermalProperties> CanThermal { get; init; }

    /// <summary>ρ, c_p, k of the rod in the core; null without one.</summary>
    public ThermalProperties? MandrelThermal { get; init; }

    /// <summary>Turns from the inner end of the roll, and the distance along the foil of a layer from its inner end [m]; a separator counts along the positive foil.</summary>
    /// <param name="layer">Kind of the layer.</param>
    /// <param name="along">Distance along the inner side of the ribbon [m].</param>
    public (double Turn, double Along) Wound(LayerKind layer, double along)
    {
        double turns = Shape.Line.Turns(along);
        return (turns, Shape.AlongFoil(layer.Polarity(), turns));
    }

    /// <summary>Something per volume, summed over all layers, the can and the rod in the core.</summary>
    /// <param name="layers">Those of one pair.</param>
    /// <param name="density">What there is of it per volume.</param>
    public double Sum(IEnumerable<CellLayer> layers, Func<ThermalProperties, double> density)
    {
        IReadOnlyList<LayerSpec> turn = Shape.Layers.Layers;
        double can = CanThermal.Count == 0 ? 0 : Shape.CanVolume() * density(CanThermal[0]);
        double rod = MandrelThermal is null ? 0 : Shape.MandrelVolume() * density(MandrelThermal);
        return can + rod + Enumerable.Range(0, turn.Count).Sum(i => Shape.LayerVolume(i) * density(layers.First(layer => layer.Kind == turn[i].Kind).Material.Thermal));
    }

    /// <summary>Properties of a region of the can or of the rod in the core; null for others.</summary>
    public ThermalProperties? OfRegion(string region) => region == MandrelSpec.RegionName ? MandrelThermal
        : CanThermal.Zip(CanSpec.RegionNames).FirstOrDefault(entry => entry.Second == region).First;
}
