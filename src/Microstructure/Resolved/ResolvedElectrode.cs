using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Microstructure.Resolved;

/// <summary>The positive electrode of a half cell as its pores and solid are, and the same as a layer with effective properties.</summary>
public sealed record ResolvedElectrode
{
    /// <summary>Half cell against lithium foil: electrolyte, foil, separator, active material, temperature.</summary>
    public required SimulationCase Case { get; init; }

    /// <summary>Pores and solid.</summary>
    public required ResolvedStructure Structure { get; init; }

    /// <summary>σ of the solid itself [S m⁻¹].</summary>
    public required double SolidConductivity { get; init; }

    /// <summary>D_s [m² s⁻¹].</summary>
    public required double SolidDiffusivity { get; init; }

    /// <summary>k_r [mol m⁻² s⁻¹].</summary>
    public required double ReactionRate { get; init; }

    /// <summary>A structure in place of a layer: its solid conducts so that the whole does as the layer, its particles take the time R²/D_s of the layer's to even out, and as much reacts per volume.</summary>
    /// <param name="simulation">The half cell, with one active material of a constant diffusivity.</param>
    /// <param name="structure">Pores and solid.</param>
    /// <exception cref="ArgumentException">The case is no such half cell.</exception>
    public static ResolvedElectrode InPlaceOfALayer(SimulationCase simulation, ResolvedStructure structure)
    {
        if (simulation.Layer(LayerKind.NegativeCollector)?.Material.Foil is null)
            throw new ArgumentException("it is no half cell against lithium foil");
        CellLayer layer = simulation.Layer(LayerKind.PositiveElectrode)!;
        if (layer.Material.ActiveMaterials is not [{ PhaseSeparation: null, Film: null, Hysteresis: null, DoubleLayerCapacitance: 0 } own])
            throw new ArgumentException("its electrode has not one active material alone, without phases, films, hysteresis and double layer");
        if (!own.Diffusivity.IsConstant)
            throw new ArgumentException("the diffusivity of its active material depends on the stoichiometry or the temperature");
        if (simulation.Thermal.Model != ThermalModel.Isothermal || simulation.Thermal.InitialTemperature != simulation.Thermal.ReferenceTemperature)
            throw new ArgumentException("it is not isothermal at its reference temperature");
        ResolvedElectrode made = new() { Case = simulation, Structure = structure, SolidConductivity = 0, SolidDiffusivity = 0, ReactionRate = 0 };
        double area = structure.Area() / made.Edge, radius = structure.Share(ResolvedPhase.Solid) / area, ratio = radius / own.ParticleRadius;
        return made with
        {
            SolidConductivity = layer.Material.ElectronicConductivity!.Value / structure.Efficiency(ResolvedPhase.Solid),
            SolidDiffusivity = ratio * ratio * own.Diffusivity.Widened(2).Value(0.5, simulation.Thermal.ReferenceTemperature),
            ReactionRate = own.ReactionRateConstant * own.SurfaceAreaPerVolume / area,
        };
    }

    /// <summary>Edge of a voxel [m].</summary>
    public double Edge => Electrode.Thickness / Structure.Depths;

    /// <summary>Area of all columns [m²].</summary>
    public double Area => Structure.Unit.Y * Structure.Unit.Z * Edge * Edge;

    /// <summary>The electrode as the case has it.</summary>
    public CellLayer Electrode => Case.Layer(LayerKind.PositiveElectrode)!;

    /// <summary>Its active material with the values of this electrode.</summary>
    public ActiveMaterial Material => Electrode.Material.ActiveMaterials[0] with { Diffusivity = Curve.Constant(SolidDiffusivity), DiffusivityActivationEnergy = 0, ReactionRateConstant = ReactionRate };

    /// <summary>Share of the separator that is there.</summary>
    public double SeparatorShare => Structure.DividesSeparator ? Columns(Structure) : 1;

    /// <summary>Columns of voxels between foil and terminal, with regions foil, separator, pores and active material.</summary>
    public CellDomain Describe()
    {
        CellLayer foil = Case.Layer(LayerKind.NegativeCollector)!, separator = Case.Layer(LayerKind.Separator)!;
        int between = Math.Max(2, (int)Math.Round(separator.Thickness / Edge));
        List<double> levels = [0, foil.Thickness];
        for (int i = 1; i <= between; i++)
            levels.Add(foil.Thickness + (separator.Thickness * i / between));
        for (int i = 1; i <= Structure.Depths; i++)
            levels.Add(foil.Thickness + separator.Thickness + (Electrode.Thickness * i / Structure.Depths));
        PlaneMesh plane = PlaneMesh.Rectilinear(Edges(Structure.Unit.Y), Edges(Structure.Unit.Z));
        Region[] regions =
        [
            new(foil.Name, LayerKind.NegativeCollector), new(separator.Name, LayerKind.Separator), new("Pores", LayerKind.Separator), new("Active material", LayerKind.PositiveCollector),
        ];
        return VoxelColumns.Describe(plane, [.. levels], regions, RegionAt);

        double[] Edges(int count) => [.. Enumerable.Range(0, count + 1).Select(i => i * Edge)];

        int RegionAt(int column, int depth) => depth == 0 ? FoilRegion
            : depth > between ? Structure.At(column, depth - between - 1) switch { ResolvedPhase.Pore => PoreRegion, ResolvedPhase.Solid => SolidRegion, _ => Body.Absent }
            : Structure.DividesSeparator && Structure.At(column, 0) != ResolvedPhase.Pore ? Body.Absent : SeparatorRegion;
    }

    /// <summary>Numbers of the regions.</summary>
    internal const int FoilRegion = 0, SeparatorRegion = 1, PoreRegion = 2, SolidRegion = 3;

    /// <summary>The half cell with a layer in place of the structure: porosity, transport efficiencies, area and plates of half the thickness ε_s/a.</summary>
    /// <remarks>All are those of the voxels, so that nothing is compared but the scales. A steady profile of n control volumes over half a plate rises by 1 + 1/(2n²) more
    /// than a parabola from its mean to the face: that is what D_s is divided by.</remarks>
    public SimulationCase Homogenised()
    {
        double solid = Structure.Share(ResolvedPhase.Solid), area = Structure.Area() / Edge, share = SeparatorShare, voxels = solid / Structure.Area();
        ActiveMaterial plates = Material with { Diffusivity = Curve.Constant(SolidDiffusivity / (1 + (0.5 / (voxels * voxels)))), SurfaceAreaPerVolume = area, ActiveVolumeFraction = solid, ParticleRadius = solid / area, Shape = ParticleShape.Plate };
        LayerMaterial layer = Electrode.Material with
        {
            Pores = new(Structure.Share(ResolvedPhase.Pore), Structure.Efficiency(ResolvedPhase.Pore)),
            ElectronicConductivity = SolidConductivity * Structure.Efficiency(ResolvedPhase.Solid),
            ActiveMaterials = [plates],
        };
        return Case with { Layers = [.. Case.Layers.Select(Changed)] };

        CellLayer Changed(CellLayer own) => own.Kind switch
        {
            LayerKind.PositiveElectrode => own with { Material = layer },
            LayerKind.Separator => own with { Material = own.Material with { Pores = new(share * own.Material.Pores!.Porosity, share * own.Material.Pores.TransportEfficiency) } },
            LayerKind.NegativeCollector => own with { Material = own.Material with { Foil = own.Material.Foil! with { ExchangeCurrent = share * own.Material.Foil!.ExchangeCurrent } } },
            _ => own,
        };
    }

    private static double Columns(ResolvedStructure structure)
    {
        int columns = structure.Unit.Y * structure.Unit.Z;
        return Enumerable.Range(0, columns).Count(column => structure.At(column, 0) == ResolvedPhase.Pore) / (double)columns;
    }
}
