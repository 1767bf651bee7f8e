using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>How one property of a layer varies in space: by a factor f(x, y, z, depth) of its own value.</summary>
/// <param name="Property">The property.</param>
/// <param name="Factor">f; its inputs are those of <see cref="PositionKey"/>: x, y, z of a place [m] and its depth within the layer, 0 at the face of lower x and 1 at the other.</param>
/// <param name="Path">Key path in the case file.</param>
public sealed record LayerVariation(LayerProperty Property, ExpressionFunction Factor, string Path)
{
    /// <summary>Name of the property in case files.</summary>
    public string Name => VariationKeys.Keys[Property].Name;

    /// <summary>Allowed range of a property wherever it varies.</summary>
    public Interval Allowed => VariationKeys.Allowed[Property];

    /// <summary>What is said of a value outside its range.</summary>
    /// <param name="factor">f at the place.</param>
    /// <param name="own">The property's own value.</param>
    public string Words(double factor, double own) => FormattableString.Invariant($"the factor {factor:G4} makes it {factor * own:G4}");

    /// <summary>Value of a property in a layer where it does not vary, at a temperature [K]; 0 where the layer has no such property.</summary>
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
