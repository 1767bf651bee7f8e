using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Simulation.Recording;

/// <summary>One side of the cell as it would be if its lithium were spread evenly: its mean stoichiometry and open-circuit potential against lithium.</summary>
public sealed class ElectrodeAtRest
{
    private readonly Balance _balance;
    private readonly double _referenceTemperature;

    /// <summary>Sites for lithium of each class of particles, all ranks [mol].</summary>
    private readonly double[] _sites;
    private readonly ActiveMaterial[] _materials;

    /// <summary>*Collective.* Takes the particles of one side; lithium metal has none and is at 0 V.</summary>
    public ElectrodeAtRest(CellModel model, Polarity polarity, Communicator world)
    {
        (_balance, _referenceTemperature) = (model.System.Balance, model.Fields.ReferenceTemperature);
        Region[] layers = [.. model.Mesh.Regions.Where(region => region.Kind.Polarity() == polarity)];
        Particles = [.. model.Interfaces.Where(electrode => electrode.Polarity == polarity).Select(electrode => electrode.Particles)];
        (string Name, LithiumFoil Foil)[] foils = [.. model.Mesh.Regions.Select((region, i) => (region, model.Materials[i].Foil)).Where(entry => entry.Foil is not null && layers.Contains(entry.region)).Select(entry => (entry.region.Name, entry.Foil!))];
        Name = Particles.Count > 0 ? (polarity == Polarity.Negative ? LayerKind.NegativeElectrode : LayerKind.PositiveElectrode).Name() : foils[0].Name;
        Interfaces = [.. Particles.Select(particles => particles.Name), .. foils.Select(foil => foil.Name)];
        HasFilm = Particles.Any(particles => particles.Material.Film is not null || particles.Material.FilmResistance > 0) || foils.Any(foil => foil.Foil.FilmResistance > 0);
        _sites = [.. Particles.Select(particles => particles.SitesForLithium)];
        world.Allreduce(_sites.AsSpan(), Operation.Sum);
        _materials = [.. Particles.Select(particles => particles.Material).Distinct(ReferenceEqualityComparer.Instance).Cast<ActiveMaterial>()];
    }

    /// <summary>Of the electrode, or of the foil.</summary>
    public string Name { get; }

    /// <summary>Classes of particles in all layers of this side.</summary>
    public IReadOnlyList<ReactingParticles> Particles { get; }

    /// <summary>Names of the interfaces with the electrolyte.</summary>
    public IReadOnlyList<string> Interfaces { get; }

    /// <summary>Whether films lie at an interface.</summary>
    public bool HasFilm { get; }

    /// <summary>U(x̄, T̄) against lithium [V]; of a blend that of its materials once lithium has spread over them.</summary>
    public double Potential { get; private set; }

    /// <summary>Takes the balances of the present state, summed over all ranks.</summary>
    public void Update()
    {
        if (_materials.Length == 0)
            return;
        double filled = 0, window = 0, warmth = 0;
        for (int i = 0; i < _sites.Length; i++)
        {
            ActiveMaterial material = Particles[i].Material;
            filled += _balance[CellGroups.PartOf(ReactingParticles.Lithium, Particles[i].Name)] - (_sites[i] * material.MinimumStoichiometry);
            window += _sites[i] * (material.MaximumStoichiometry - material.MinimumStoichiometry);
            warmth += _balance[CellGroups.PartOf(ReactingParticles.Warmth, Particles[i].Name)];
        }
        Potential = CellBalance.RestPotential(_materials, filled / window, warmth / _sites.Sum(), _referenceTemperature);
    }
}
