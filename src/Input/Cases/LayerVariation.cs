using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>How one property of a layer varies in space: by a factor of its own value.</summary>
/// <param name="Property">The property.</param>
/// <param name="Factor">f; its inputs are those of <see cref="PositionKey"/>: x, y, z of a place [m] and its depth within the layer, 0 at the face of lower x and 1 at the other; the number of its pair; in a roll turns and distance along the foil; the random number of its patch.</param>
/// <param name="Path">Key path in the case file.</param>
public sealed record LayerVariation(LayerProperty Property, ExpressionFunction Factor, string Path)
{
    /// <summary>Name of the property in case files.</summary>
    public string Name => VariationKeys.Keys[Property].Name;

    /// <summary>Whether it differs from patch to patch at random.</summary>
    public bool IsRandom => Factor.DependsOn(PositionKey.Variables.Count - 1);

    /// <summary>Allowed range of a property wherever it varies.</summary>
    public Interval Allowed => VariationKeys.Allowed[Property];

    /// <summary>The property's values in a layer where it does not vary, at a temperature [K]: one, or that of every active material.</summary>
    public IReadOnlyList<OwnValue> OwnValues(LayerMaterial material, double temperature) => Property switch
    {
        LayerProperty.SurfaceArea => [.. material.ActiveMaterials.Select(active => new OwnValue(active.SurfaceAreaPerVolume, active.Name))],
        LayerProperty.ParticleRadius => [.. material.ActiveMaterials.Select(active => new OwnValue(active.ParticleRadius, active.Name))],
        _ => [new(Own(material, Property, temperature), "")],
    };

    /// <summary>What is wrong with the property at a place, in words; null where it is in its range.</summary>
    /// <param name="factor">f at the place.</param>
    /// <param name="owns">The property's own values; those that could not be read do not count.</param>
    public string? Problem(double factor, IReadOnlyList<OwnValue> owns)
    {
        foreach (OwnValue own in owns)
            if (double.IsFinite(own.Value) && !Allowed.Contains(factor * own.Value))
                return FormattableString.Invariant($"the factor {factor:G4} makes it {factor * own.Value:G4}{(own.Material.Length == 0 ? "" : $" ({own.Material})")}");
        return null;
    }

    /// <summary>Value of a property of a layer as a whole where it does not vary, at a temperature [K]; 0 where the layer has no such property, 1 for the
    /// amount of active material.</summary>
    public static double Own(LayerMaterial material, LayerProperty property, double temperature) => property switch
    {
        LayerProperty.Porosity => material.Pores?.Porosity ?? 0,
        LayerProperty.TransportEfficiency => material.Pores?.TransportEfficiency ?? 0,
        LayerProperty.ElectronicConductivity => material.ElectronicConductivity ?? 0,
        LayerProperty.Density => material.Thermal.Density,
        LayerProperty.SpecificHeatCapacity => material.Thermal.SpecificHeatCapacity.Value(temperature),
        LayerProperty.ThroughConductivity => material.Thermal.ThroughConductivity.Value(temperature),
        LayerProperty.InPlaneConductivity => material.Thermal.InPlaneConductivity.Value(temperature),
        _ => 1,
    };
}

/// <summary>A value of a layer where it does not vary.</summary>
/// <param name="Value">In the unit of its key.</param>
/// <param name="Material">Name of the active material of a blend whose value it is; empty for any other.</param>
public readonly record struct OwnValue(double Value, string Material);
