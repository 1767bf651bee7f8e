using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>What every region of a mesh is made of, and its properties in every cell.</summary>
public sealed class RegionMaterials
{
    /// <summary>By which volume fractions may exceed the whole.</summary>
    private const double RoundOff = 1e-9;

    private readonly CellMesh _mesh;
    private readonly LayerMaterial[] _materials;
    private readonly double _temperature;

    /// <summary>Factors per local cell of what varies anywhere in space.</summary>
    private readonly Dictionary<LayerProperty, double[]> _factors = [];

    /// <summary>The first value outside its range; null where there is none.</summary>
    private readonly string? _problem;

    /// <summary>Finds the material of each region in the case and evaluates what varies in space.</summary>
    public RegionMaterials(CellMesh mesh, SimulationCase simulation)
    {
        (_mesh, _temperature) = (mesh, simulation.Thermal.InitialTemperature);
        CellLayer?[] layers = [.. mesh.Regions.Select(region => Layer(region, simulation))];
        _materials = [.. mesh.Regions.Select((region, i) => layers[i]?.Material ?? (region.Kind.IsTab() ? Strip(region, simulation) : new() { Thermal = simulation.Geometry.ThermalOf(region.Name)! }))];
        double start = mesh.Extrusion.Levels[0];
        LayerStack stack = CaseMesh.Stack(simulation);
        for (int region = 0; region < stack.Layers.Count * (simulation.Geometry.Winding?.Shape.Rolls ?? 1); region++)
        {
            CellLayer layer = layers[region]!;
            int inBody = region % stack.Layers.Count;
            double thickness = stack.Layers[inBody].Thickness;
            if (inBody == 0) start = mesh.Extrusion.Levels[0];
            // Depth counts from the negative side of the pair, and every other pair is turned round.
            (double zero, double length) = stack.IsTurned(inBody) ? (start + thickness, -thickness) : (start, thickness);
            foreach (LayerVariation variation in layer.Variations)
                _problem ??= Evaluate(layer, variation, region, zero, length, CaseMesh.Number(stack.Layers, region), simulation);
            if (layer.Variations.LastOrDefault(variation => variation.Property is LayerProperty.Porosity or LayerProperty.ActiveMaterial) is { } volumes)
                _problem ??= Overfilled(volumes, region, simulation.File);
            start += thickness;
        }
    }

    public LayerMaterial this[int region] => _materials[region];

    /// <summary>Whether a thermal conductivity depends on temperature.</summary>
    public bool ConductivityDependsOnTemperature =>
        _materials.Any(material => !material.Thermal.ThroughConductivity.IsConstant || !material.Thermal.InPlaneConductivity.IsConstant);

    /// <summary>Whether a heat capacity depends on temperature.</summary>
    public bool HeatCapacityDependsOnTemperature => _materials.Any(material => !material.Thermal.SpecificHeatCapacity.IsConstant);

    /// <summary>h(T) of each region [J kg⁻¹], over T [K].</summary>
    /// <param name="referenceTemperature">Where h is 0 [K].</param>
    public IReadOnlyList<Curve> SpecificEnthalpies(double referenceTemperature) => [.. _materials.Select(material => material.Thermal.SpecificEnthalpy(referenceTemperature))];

    /// <summary>*Collective.* Refuses values outside their range on all ranks alike.</summary>
    /// <exception cref="CaseValueException">There is one on this or another rank.</exception>
    public void RequireValid(Communicator world)
    {
        (double isWrong, int rank) = world.MaxLocation(_problem is null ? 0 : 1);
        if (isWrong > 0)
            throw new CaseValueException(world.Broadcast(_problem, rank));
    }

    /// <summary>A property of every local cell; what depends on temperature at the initial one.</summary>
    public CellProperty Property(LayerProperty property) => Proportional(material => LayerVariation.Own(material, property, _temperature), property);

    /// <summary>The particles of a material: their area varies with that of the layer's particles and with their amount.</summary>
    /// <param name="material">One of a region.</param>
    /// <param name="sites">Where they are.</param>
    public ParticleGeometry Particles(ActiveMaterial material, StateSites sites) => new(sites, material.MaximumConcentration,
        Proportional(_ => material.SurfaceAreaPerVolume, LayerProperty.ActiveMaterial, LayerProperty.SurfaceArea),
        Proportional(_ => material.ActiveVolumeFraction, LayerProperty.ActiveMaterial),
        Proportional(_ => material.ParticleRadius, LayerProperty.ParticleRadius));

    /// <summary>The factor of every local cell by which a property differs from that of its layer.</summary>
    public CellProperty Factor(LayerProperty property) =>
        _factors.TryGetValue(property, out double[]? factors)
            ? CellProperty.PerCell(factors)
            : CellProperty.PerRegion([.. _materials.Select(_ => 1.0)], _mesh.Region);

    /// <summary>1/p of every local cell, for a property that depends on temperature.</summary>
    /// <param name="fields">The state.</param>
    /// <param name="property">Which property, for its variation in space.</param>
    /// <param name="curve">p over T [K] of a layer.</param>
    /// <param name="factors">Further factors of p.</param>
    public TemperatureProperty Inverse(CellFields fields, LayerProperty property, Func<ThermalProperties, Curve> curve, RegionFactors factors) =>
        new(fields, [.. _materials.Select(material => new ReciprocalCurve(curve(material.Thermal)))], _mesh.Region, Factor(property).Inverse(), factors);

    /// <summary>Something that is proportional to properties, in every local cell; an array of its own where one of them varies.</summary>
    /// <param name="value">Its value where none varies.</param>
    /// <param name="properties">The properties.</param>
    private CellProperty Proportional(Func<LayerMaterial, double> value, params ReadOnlySpan<LayerProperty> properties)
    {
        double[] own = [.. _materials.Select(value)];
        double[]? product = null;
        foreach (LayerProperty property in properties)
        {
            if (!_factors.TryGetValue(property, out double[]? factors))
                continue;
            product ??= Array.ConvertAll(_mesh.Region, region => own[region]);
            for (int cell = 0; cell < product.Length; cell++)
                product[cell] *= factors[cell];
        }
        return product is null ? CellProperty.PerRegion(own, _mesh.Region) : CellProperty.PerCell(product);
    }

    /// <summary>Fills the factors of a property in one region; the first value outside its range in words.</summary>
    private string? Evaluate(CellLayer layer, LayerVariation variation, int region, double start, double thickness, int pair, SimulationCase simulation)
    {
        if (!_factors.TryGetValue(variation.Property, out double[]? factors))
        {
            _factors.Add(variation.Property, factors = new double[_mesh.CellCount]);
            Array.Fill(factors, 1);
        }
        int[] cells = [.. Enumerable.Range(0, _mesh.CellCount).Where(cell => _mesh.Region[cell] == region)];
        int n = cells.Length;
        double[] inputs = new double[PositionKey.Variables.Count * n], values = new double[n];
        for (int i = 0; i < n; i++)
        {
            int cell = cells[i];
            (double, double)? wound = simulation.Geometry.Winding?.Wound(_mesh.Regions[region].Kind, _mesh.Extrusion.ColumnY[_mesh.Column[cell]]);
            new LayerPlace(_mesh.CentreX[cell], _mesh.CentreY[cell], _mesh.CentreZ[cell], (_mesh.Depth[cell] - start) / thickness, pair, wound).Write(layer, inputs, i);
        }
        variation.Factor.Evaluate(inputs, values, new double[inputs.Length]);
        string? problem = null;
        IReadOnlyList<OwnValue> owns = variation.OwnValues(_materials[region], _temperature);
        for (int i = 0; i < n; i++)
        {
            factors[cells[i]] = values[i];
            if (problem is null && variation.Problem(values[i], owns) is { } words)
                problem = $"{simulation.File}: {variation.Path} = \"{variation.Factor.Text}\": {words} in the {Place(cells[i])} (allowed: {variation.Allowed})";
        }
        return problem;
    }

    /// <summary>The first place in a region where variations make pores and active material take more than the whole volume, or than they do without them, in words.</summary>
    private string? Overfilled(LayerVariation variation, int region, string file)
    {
        double porosity = _materials[region].Pores?.Porosity ?? 0, active = _materials[region].ActiveMaterials.Sum(material => material.ActiveVolumeFraction);
        CellProperty pores = Factor(LayerProperty.Porosity), amount = Factor(LayerProperty.ActiveMaterial);
        double most = Math.Max(1, porosity + active);
        for (int cell = 0; cell < _mesh.CellCount; cell++)
        {
            (double open, double solid) = (pores[cell] * porosity, amount[cell] * active);
            if (_mesh.Region[cell] != region || open + solid <= most * (1 + RoundOff)) continue;
            string sum = FormattableString.Invariant($"porosity {open:G4} and active volume fraction {solid:G4} add up to {open + solid:G4}");
            return $"{file}: {variation.Path} = \"{variation.Factor.Text}\": {sum} in the {Place(cell)} (allowed: ≤ {Interval.Write(most)})";
        }
        return null;
    }

    private string Place(int cell) => FormattableString.Invariant(
        $"{_mesh.Regions[_mesh.Region[cell]].Name.ToLowerInvariant()} at x = {_mesh.CentreX[cell]:G6} m, y = {_mesh.CentreY[cell]:G6} m, z = {_mesh.CentreZ[cell]:G6} m");

    /// <summary>The layer of a region; null for the strip of a tab and for a can. A seam consists of its casing.</summary>
    private static CellLayer? Layer(Region region, SimulationCase simulation) =>
        region.Kind.IsTab() ? null
        : region.Kind == LayerKind.Casing ? simulation.Layers.FirstOrDefault(layer => layer.Name == region.Name || SeamSpec.RegionName(layer.Name) == region.Name)
        : simulation.Layer(region.Kind)!;

    private static LayerMaterial Strip(Region region, SimulationCase simulation)
    {
        Tab tab = region.Kind == LayerKind.NegativeTab ? simulation.Geometry.NegativeTab! : simulation.Geometry.PositiveTab!;
        return tab.Lead is { } lead && region.Name.StartsWith(region.Kind.LeadName(), StringComparison.Ordinal)
            ? new() { ElectronicConductivity = lead.Conductivity, Thermal = lead.Thermal }
            : new() { ElectronicConductivity = tab.Conductivity, Thermal = tab.Thermal };
    }
}
