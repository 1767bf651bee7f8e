using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation.Recording;

/// <summary>What the terminal voltage is made of: V = U_oc + Σ_k P_k/I (equation 7.7), columns of the time series.</summary>
/// <remarks>The electric energy balance, divided by the current and gathered by mechanism and layer: every P_k is a power of the balances, so that the sum is V
/// to the tolerance of Newton's method. Contributions lower V while the cell discharges and raise it while it charges.</remarks>
public sealed class VoltageLosses
{
    /// <summary>Currents smaller than this share of 1C are none, and losses over them undefined.</summary>
    private const double NoCurrent = 1e-9;

    private readonly CellModel _model;
    private readonly double _leastCurrent;
    private readonly ElectrodeAtRest[] _electrodes;
    private readonly List<SeriesColumn> _columns = [];
    private readonly List<Func<double>> _powers = [];

    /// <summary>Number of the mechanism of each column.</summary>
    private readonly List<int> _mechanisms = [];

    /// <summary>*Collective.* Finds what the cell has of each mechanism.</summary>
    /// <param name="model">The cell.</param>
    /// <param name="nominalCurrent">1C [A].</param>
    /// <param name="hasShorts">Whether the case has internal shorts.</param>
    /// <param name="world">The ranks.</param>
    public VoltageLosses(CellModel model, double nominalCurrent, bool hasShorts, Communicator world)
    {
        (_model, _leastCurrent) = (model, NoCurrent * nominalCurrent);
        _electrodes = [.. new[] { Polarity.Negative, Polarity.Positive }.Select(polarity => new ElectrodeAtRest(model, polarity, world))];
        foreach (ElectrodeAtRest electrode in _electrodes)
            AddElectrode(electrode);
        foreach (LayerKind kind in model.Mesh.Regions.Select(region => region.Kind).Distinct().Order())
            AddTransport(kind);
        Add(Mechanism.SolidsAndContacts, "Contacts: ohmic loss", () => Balance["Contact heat"]);
        if (hasShorts)
            Add(Mechanism.SolidsAndContacts, "Internal shorts: voltage loss", () => Balance["Short heat"] - (OpenCircuitVoltage * Balance["Short current"]));
    }

    /// <summary>The contributions.</summary>
    public IReadOnlyList<SeriesColumn> Columns => _columns;

    /// <summary>What a picture shows: the same over all layers, in V, by mechanism.</summary>
    public static IReadOnlyList<SeriesColumn> Mechanisms { get; } = [.. Enum.GetNames<Mechanism>().Select(name => new SeriesColumn(InWords(name), "V"))];

    /// <summary>U_oc = U⁺(x̄⁺, T̄⁺) − U⁻(x̄⁻, T̄⁻) of the newest record [V]: what the terminals would show if all lithium of each electrode were spread evenly.</summary>
    public double OpenCircuitVoltage => _electrodes[1].Potential - _electrodes[0].Potential;

    private Balance Balance => _model.System.Balance;

    /// <summary>Whether a current is one that losses can be told of.</summary>
    public bool Flows(double current) => Math.Abs(current) > _leastCurrent;

    /// <summary>Takes the balances of the present state, summed over all ranks.</summary>
    /// <param name="current">I [A].</param>
    /// <param name="values">Receives the values of <see cref="Columns"/>; NaN without a current.</param>
    public void Take(double current, Span<double> values)
    {
        foreach (ElectrodeAtRest electrode in _electrodes)
            electrode.Update();
        for (int i = 0; i < _powers.Count; i++)
            values[i] = Flows(current) ? _powers[i]() / current : double.NaN;
    }

    /// <summary>Sums contributions by mechanism.</summary>
    /// <param name="values">Those of <see cref="Columns"/>.</param>
    /// <param name="sums">Receives those of <see cref="Mechanisms"/>.</param>
    public void Sum(ReadOnlySpan<double> values, Span<double> sums)
    {
        sums.Clear();
        for (int i = 0; i < values.Length; i++)
            sums[_mechanisms[i]] += values[i];
    }

    private void AddElectrode(ElectrodeAtRest electrode)
    {
        string place = electrode.Name;
        Func<double> reaction = Sum(InterfaceBalance.ReactionHeat, electrode.Interfaces), film = Sum(InterfaceBalance.FilmHeat, electrode.Interfaces);
        Func<double> hysteresis = Sum(ReactingParticles.HysteresisPower, electrode.Interfaces), surface = Sum(ReactingParticles.SurfacePower, electrode.Interfaces);
        Func<double> mean = Sum(ReactingParticles.MeanPower, electrode.Interfaces), current = Sum(ReactingParticles.IntercalationCurrent, electrode.Interfaces);
        Add(Mechanism.Reaction, $"{place}: reaction overpotential", () => reaction() - film() - hysteresis());
        if (electrode.HasFilm)
            Add(Mechanism.Reaction, $"{place}: film loss", film);
        if (electrode.Particles.Count == 0)
            return;
        Add(Mechanism.Particles, $"{place}: particle diffusion overpotential", () => surface() - mean());
        Add(Mechanism.Particles, $"{place}: uneven lithiation", () => mean() - (electrode.Potential * current()));
        if (electrode.Particles.Any(particles => particles.Hysteresis is not null))
            Add(Mechanism.Reaction, $"{place}: hysteresis", hysteresis);
        if (electrode.Particles.Any(particles => particles.Material.Film is not null))
        {
            Func<double> chemical = Sum(InterfaceBalance.ChemicalPower, electrode.Interfaces), all = Sum(InterfaceBalance.ReactionCurrent, electrode.Interfaces);
            Add(Mechanism.Reaction, $"{place}: side reaction", () => chemical() - surface() - (electrode.Potential * (all() - current())));
        }
        if (electrode.Particles.Any(particles => particles.Material.DoubleLayerCapacitance > 0))
        {
            Func<double> stored = Sum(DoubleLayer.StoredPower, electrode.Interfaces), charging = Sum(DoubleLayer.ChargingCurrent, electrode.Interfaces);
            Add(Mechanism.Reaction, $"{place}: double layer", () => stored() - (electrode.Potential * charging()));
        }
    }

    /// <summary>A quantity of the balances, summed over those interfaces that have it.</summary>
    private Func<double> Sum(string quantity, IReadOnlyList<string> interfaces)
    {
        int[] slots = [.. interfaces.Select(name => Balance.Slot(CellGroups.PartOf(quantity, name))).Where(slot => slot >= 0)];
        return () =>
        {
            double sum = 0;
            foreach (int slot in slots)
                sum += Balance.Values[slot];
            return sum;
        };
    }

    /// <summary>Electrolyte and conductor of all layers of one kind.</summary>
    private void AddTransport(LayerKind kind)
    {
        string place = kind.Name(), diffusion = CellGroups.PartOf(IDiffusionPotential.HeatName, place);
        string ionic = CellGroups.PartOf(SeriesColumn.IonicHeat.Name, place), electronic = CellGroups.PartOf(SeriesColumn.ElectronicHeat.Name, place);
        if (kind.HasElectrolyte())
        {
            Add(Mechanism.ElectrolyteOhmic, $"{place}: electrolyte ohmic loss", () => Balance[ionic] - Balance[diffusion]);
            Add(Mechanism.ElectrolyteConcentration, $"{place}: electrolyte concentration overpotential", () => Balance[diffusion]);
        }
        if (kind.ConductsElectrons())
            Add(Mechanism.SolidsAndContacts, $"{place}: electronic ohmic loss", () => Balance[electronic]);
    }

    private void Add(Mechanism mechanism, string name, Func<double> power)
    {
        _columns.Add(new(name, "V"));
        _powers.Add(power);
        _mechanisms.Add((int)mechanism);
    }

    /// <summary>What contributions have in common.</summary>
    private enum Mechanism
    {
        /// <summary>What happens at the interfaces of particles and foil.</summary>
        Reaction,

        /// <summary>Lithium within and among particles.</summary>
        Particles,

        /// <summary>Resistance of the electrolyte.</summary>
        ElectrolyteOhmic,

        /// <summary>Gradients of salt.</summary>
        ElectrolyteConcentration,

        /// <summary>Electrodes, collectors, tabs, contacts and shorts.</summary>
        SolidsAndContacts,
    }

    private static string InWords(string name) => name switch
    {
        nameof(Mechanism.ElectrolyteOhmic) => "Electrolyte, ohmic",
        nameof(Mechanism.ElectrolyteConcentration) => "Electrolyte, concentration",
        nameof(Mechanism.SolidsAndContacts) => "Solids and contacts",
        _ => name,
    };
}
