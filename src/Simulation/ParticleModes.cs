using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>How many modes the particles of a case have: as the case says, else by material and largest current.</summary>
public sealed class ParticleModes
{
    /// <summary>Particles next to the separator can carry this multiple of the mean current while the electrolyte depletes.</summary>
    private const double Unevenness = 4;

    /// <summary>For a budget of V(t) shares of the mean current that particles may carry: those with the least of it stay longest where U is steep, those with the most have the steepest profiles.</summary>
    private static readonly double[] Shares = [0.5, 1, 2, 4];

    /// <summary>A budget of V(t) holds from then on after a switch [s].</summary>
    private const double SettledAfter = 1;

    /// <summary>The newest choice alone: a table by case would have a place for every run since the last full collection of garbage.</summary>
    private static ParticleModes? newest;

    private readonly SimulationCase _simulation;
    private readonly Dictionary<ActiveMaterial, ParticleResolution> _resolutions = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _warnings = [];

    private ParticleModes(SimulationCase simulation)
    {
        _simulation = simulation;
        foreach (CellLayer layer in simulation.Layers)
            foreach (ActiveMaterial material in layer.Material.ActiveMaterials)
                _resolutions[material] = Choose(simulation, layer, material);
    }

    /// <summary>The choice for every active material of a case, made once: forecast, equations and warnings of a run share it.</summary>
    public static ParticleModes Of(SimulationCase simulation)
    {
        ParticleModes? known = newest;
        return known?._simulation == (object)simulation ? known : newest = new(simulation);
    }

    /// <summary>Modes of one particle of a material.</summary>
    public int this[ActiveMaterial material] => _resolutions[material].Modes;

    /// <summary>Materials for which even the largest number leaves more than the allowed error, in words.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    private ParticleResolution Choose(SimulationCase simulation, CellLayer layer, ActiveMaterial material)
    {
        if (material.PhaseSeparation is not null)
            return new(Nodes(simulation, layer, material), double.NaN);
        if (simulation.Mesh.ParticleModes is int chosen)
            return new(chosen, double.NaN);
        (ActiveMaterial steepest, double areaFactor) = Steepest(simulation, layer, material);
        double areaPerVolume = areaFactor * layer.Material.ActiveMaterials.Sum(m => m.SurfaceAreaPerVolume);
        double interfaces = simulation.Geometry.Area * simulation.Geometry.ElectrodePairs * layer.Thickness * areaPerVolume;
        // Lithium leaves the negative particles while the cell discharges.
        double sign = layer.Kind == LayerKind.NegativeElectrode ? -1 : 1;
        ParticleResolution most = new(ParticleResolution.FewestModes, 0);
        ExpectedCurrent expected = new(simulation);
        (double Discharge, double Charge)[] currents = [.. new HashSet<Drive>(simulation.Protocol.Steps.Select(step => step.Drive), ReferenceEqualityComparer.Instance).Select(expected.Extremes)];
        foreach (double current in new[] { currents.Min(step => step.Discharge), currents.Max(step => step.Charge) })
        {
            double mean = sign * current / interfaces;
            ParticleResolution needed = simulation.Mesh.ParticleError is { } allowed
                ? Shares.Select(share => ParticleResolution.Within(steepest, simulation.Cell.ReferenceTemperature, simulation.Thermal.InitialTemperature, share * mean, allowed, SettledAfter)).MaxBy(one => one.Modes)
                : ParticleResolution.For(steepest, simulation.Cell.ReferenceTemperature, simulation.Thermal.InitialTemperature, Unevenness * mean);
            if (needed.Modes > most.Modes)
                most = needed;
        }
        if (simulation.Mesh.ParticleError is { } wanted)
        {
            if (most.Error > wanted)
                _warnings.Add(FormattableString.Invariant(
                    $"{most.Modes} unknowns per particle of the {layer.Name.ToLowerInvariant()}{(material.Name.Length == 0 ? "" : $" ({material.Name})")} leave an error of about {1e3 * most.Error:g2} mV instead of {1e3 * wanted:g2} mV; Mesh.Particle sets more"));
        }
        else if (most.Error > ParticleResolution.Tolerance)
            _warnings.Add(FormattableString.Invariant(
                $"the diffusivity in the {layer.Name.ToLowerInvariant()}{(material.Name.Length == 0 ? "" : $" ({material.Name})")} varies so strongly with the stoichiometry that {most.Modes} unknowns per particle leave an error of about {1e3 * most.Error:g2} mV; Mesh.Particle sets more"));
        return most with { Modes = (int)Math.Ceiling(simulation.Mesh.ModesShare * most.Modes) };
    }

    /// <summary>Nodes of particles that part into phases, the largest of them.</summary>
    private int Nodes(SimulationCase simulation, CellLayer layer, ActiveMaterial material)
    {
        double largest = layer.Variations.FirstOrDefault(variation => variation.Property == LayerProperty.ParticleRadius) is { } variation
            ? new TrialPlaces(simulation.Geometry, simulation.Layers, layer).Evaluate(variation).Max() : 1;
        PhaseResolution resolution = PhaseResolution.For(material, largest * material.ParticleRadius, simulation.Cell.ReferenceTemperature, simulation.Mesh.ParticleModes, simulation.Mesh.ModesShare);
        if (largest > 1 && resolution.PerInterface < PhaseResolution.Enough)
            _warnings.Add(FormattableString.Invariant(
                $"interfaces between phases in the largest particles of the {layer.Name.ToLowerInvariant()} span {resolution.PerInterface:g2} distances between {resolution.Nodes} nodes; Mesh.Particle sets more"));
        return Math.Max(ParticleGrid.Fewest, resolution.Nodes);
    }

    /// <summary>The particles of a material whose profile becomes steepest, and the factor of the layer's area.</summary>
    /// <remarks>Differences of stoichiometry go with R_p² b j/D_s. At a place of less area than the mean j may be so much larger that particles fill at the
    /// mean rate, at one of more area j may be the same: the larger of both counts.</remarks>
    private static (ActiveMaterial Steepest, double AreaFactor) Steepest(SimulationCase simulation, CellLayer layer, ActiveMaterial material)
    {
        TrialPlaces places = new(simulation.Geometry, simulation.Layers, layer);
        double[] amount = Factors(LayerProperty.ActiveMaterial), area = Factors(LayerProperty.SurfaceArea), radius = Factors(LayerProperty.ParticleRadius);
        double interfaces = amount.Zip(area, (share, factor) => share * factor).Average(), mean = interfaces / amount.Average();
        int at = Enumerable.Range(0, TrialPlaces.Count).MaxBy(place => Filling(place) * radius[place] * radius[place]);
        return (material with { SurfaceAreaPerVolume = Filling(at) * material.SurfaceAreaPerVolume, ParticleRadius = radius[at] * material.ParticleRadius }, interfaces);

        double Filling(int place) => Math.Max(area[place], mean);

        double[] Factors(LayerProperty property) => layer.Variations.FirstOrDefault(variation => variation.Property == property) is { } variation
            ? places.Evaluate(variation)
            : [.. Enumerable.Repeat(1.0, TrialPlaces.Count)];
    }
}
