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

    /// <summary>Of each class of particles in the balances: lithium, and temperature times sites.</summary>
    private readonly (int Lithium, int Warmth)[] _slots;

    /// <summary>*Collective.* Takes the particles of one side; lithium metal has none and is at 0 V.</summary>
    public ElectrodeAtRest(CellModel model, Polarity polarity, Communicator world)
    {
        (_balance, _referenceTemperature) = (model.System.Balance, model.Fields.ReferenceTemperature);
        Particles = [.. model.Interfaces.Where(electrode => electrode.Polarity == polarity).Select(electrode => electrode.Particles)];
        (string Name, LithiumFoil Foil)[] foils = [.. model.Mesh.Regions.SelectMany((region, i) => region.Kind.Polarity() == polarity && model.Materials[i].Foil is { } foil ? new[] { (region.Name, foil) } : [])];
        Name = Particles.Count > 0 ? (polarity == Polarity.Negative ? LayerKind.NegativeElectrode : LayerKind.PositiveElectrode).Name() : foils[0].Name;
        Interfaces = [.. Particles.Select(particles => particles.Name), .. foils.Select(foil => foil.Name)];
        HasFilm = Particles.Any(particles => particles.Material.Film is not null || particles.Material.FilmResistance > 0) || foils.Any(foil => foil.Foil.FilmResistance > 0);
        int Slot(string quantity, string name) => _balance.Slot(CellGroups.PartOf(quantity, name));
        _slots = [.. Particles.Select(particles => (Slot(ReactingParticles.Lithium, particles.Name), Slot(ReactingParticles.Warmth, particles.Name)))];
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
            filled += _balance.Values[_slots[i].Lithium] - (_sites[i] * material.MinimumStoichiometry);
            window += _sites[i] * (material.MaximumStoichiometry - material.MinimumStoichiometry);
            warmth += _balance.Values[_slots[i].Warmth];
        }
        Potential = CellBalance.RestPotential(_materials, filled / window, warmth / _sites.Sum(), _referenceTemperature);
    }
}
