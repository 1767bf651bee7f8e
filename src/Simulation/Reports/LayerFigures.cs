using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Simulation.Reports;

/// <summary>Key figures of one layer.</summary>
public sealed record LayerFigures
{
    /// <summary>Which layer, in the words of case files.</summary>
    public required string Name { get; init; }

    /// <summary>δ [m].</summary>
    public required double Thickness { get; init; }

    /// <summary>Pores; null where there is no electrolyte.</summary>
    public required PorousMedium? Pores { get; init; }

    /// <summary>σ_eff [S m⁻¹]; null where no electrons flow.</summary>
    public required double? Conductivity { get; init; }

    /// <summary>Names of the active materials; empty where there are none.</summary>
    public required IReadOnlyList<string> ActiveMaterials { get; init; }

    /// <summary>Σ ε_s of the active materials.</summary>
    public required double ActiveVolumeFraction { get; init; }

    /// <summary>Capacity between the ends of the stoichiometry windows per area, Σ F ε_s c_max (x_max − x_min) δ [A h m⁻²]; 0 without active material.</summary>
    public required double ArealCapacity { get; init; }

    /// <summary>ρ c_p and conduction; null where only lumped values are known.</summary>
    public required ThermalProperties? Thermal { get; init; }

    /// <summary>Where the values come from, in the case author's words.</summary>
    public string Source { get; init; } = "";

    /// <summary>ρ δ [kg m⁻²]; null without a density.</summary>
    public double? ArealMass => Thermal?.Density * Thickness;

    /// <summary>The temperature at which heat capacities hold [K].</summary>
    public required double Temperature { get; init; }

    /// <summary>ρ c_p δ [J m⁻² K⁻¹]; null without a heat capacity.</summary>
    public double? ArealHeatCapacity => Thermal?.VolumetricHeatCapacity(Temperature) * Thickness;

    /// <summary>The layers of a case, negative side first.</summary>
    public static IReadOnlyList<LayerFigures> Of(SimulationCase simulation) =>
        [.. simulation.Layers.Select(layer => Of(layer.Name, layer.Thickness, layer.Material, layer.Material.Thermal, layer.Source, simulation.Thermal.InitialTemperature))];

    /// <summary>The three layers that a BPX file describes.</summary>
    public static IReadOnlyList<LayerFigures> Of(BpxCell cell) =>
    [
        Of(LayerKind.NegativeElectrode.Name(), cell.NegativeElectrode, cell.ReferenceTemperature),
        new LayerFigures
        {
            Name = LayerKind.Separator.Name(),
            Thickness = cell.Separator.Thickness,
            Pores = cell.Separator.Pores,
            Conductivity = null,
            ActiveMaterials = [],
            ActiveVolumeFraction = 0,
            ArealCapacity = 0,
            Thermal = null,
            Temperature = cell.ReferenceTemperature,
        },
        Of(LayerKind.PositiveElectrode.Name(), cell.PositiveElectrode, cell.ReferenceTemperature),
    ];

    private static LayerFigures Of(string name, PorousElectrode electrode, double temperature)
    {
        LayerMaterial material = new()
        {
            Pores = electrode.Pores,
            ElectronicConductivity = electrode.Conductivity,
            ActiveMaterials = electrode.ActiveMaterials,
            Thermal = new ThermalProperties(0, 0, 0, 0),
        };
        return Of(name, electrode.Thickness, material, null, "", temperature);
    }

    private static LayerFigures Of(string name, double thickness, LayerMaterial material, ThermalProperties? thermal, string source, double temperature) => new()
    {
        Name = name,
        Thickness = thickness,
        Pores = material.Pores,
        Conductivity = material.ElectronicConductivity,
        ActiveMaterials = [.. material.ActiveMaterials.Select(active => active.Name)],
        ActiveVolumeFraction = material.ActiveMaterials.Sum(active => active.ActiveVolumeFraction),
        ArealCapacity = CellFigures.ArealCapacity(material.ActiveMaterials.Sum(UsableSites), thickness),
        Thermal = thermal,
        Temperature = temperature,
        Source = source,
    };

    /// <summary>Lithium between the ends of the window per volume of layer [mol m⁻³].</summary>
    private static double UsableSites(ActiveMaterial active) =>
        active.ActiveVolumeFraction * active.MaximumConcentration * (active.MaximumStoichiometry - active.MinimumStoichiometry);
}
