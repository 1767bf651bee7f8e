using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>One class of particles in the control volumes of an electrode: lithium inside each and the current density at its surface.</summary>
/// <remarks>Held by the reaction that feeds them (<see cref="Intercalation{TKinetics, TEquilibrium}"/>). j is a Newton unknown of its own: from rest undamped
/// Newton converges in 4–5 iterations.</remarks>
public sealed class ReactingParticles
{
    private const double ClosestToFull = 1e-7;
    private readonly ParticleTransport _diffusion;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly double[] _cellVolumes;
    private readonly double _inverseReferenceConcentration;
    private readonly Arrhenius _rateActivation;
    private readonly StateVariable _surface, _mean;
    private readonly SurfaceResponse[] _responses;
    /// <summary>Of a batch: x at the surface, then T [K].</summary>
    private readonly double[] _inputs = new double[2 * LocalBlock.Batch];
    private readonly double[] _rate = new double[LocalBlock.Batch], _rateSlope = new double[LocalBlock.Batch];

    /// <summary>Imaginary parts of the responses to small changes.</summary>
    private readonly (double ByCurrent, double ByTemperature)[] _outOfPhase = new (double ByCurrent, double ByTemperature)[LocalBlock.Batch];

    /// <summary>Of a batch: change of x at the surface along the change of parameters.</summary>
    private readonly double[] _byParameters = new double[LocalBlock.Batch];
    private readonly EquilibriumBatch _equilibrium;

    /// <summary>Of a batch of particles that part into phases: U, dU/dT, and how U changes along the change of parameters.</summary>
    private readonly (double Value, Complex ByCurrent, Complex ByTemperature)[] _ownPotential = new (double Value, Complex ByCurrent, Complex ByTemperature)[LocalBlock.Batch];
    private readonly (double Value, double ByStoichiometry, double ByTemperature)[] _ownEntropic = new (double Value, double ByStoichiometry, double ByTemperature)[LocalBlock.Batch];
    private readonly (double Value, Complex ByCurrent, Complex ByTemperature)[] _ownMixing = new (double Value, Complex ByCurrent, Complex ByTemperature)[LocalBlock.Batch];
    private readonly double[] _ownByParameters = new double[LocalBlock.Batch], _mixingByParameters = new double[LocalBlock.Batch];

    /// <summary>U at the mean stoichiometry, for reports.</summary>
    private readonly EquilibriumBatch _meanEquilibrium;
    private int _lithium, _ownLithium, _warmth, _current, _surfacePower, _meanPower, _hysteresisPower, _mixing;

    /// <summary>Creates the particles at a uniform stoichiometry and registers their states.</summary>
    /// <param name="geometry">Their surface, volume and size in owned control volumes, ascending; the owner of the sites is a unique name, e.g. "Negative
    /// electrode" or "Positive electrode (Large particles)".</param>
    /// <param name="material">Thermodynamics, diffusion, kinetics.</param>
    /// <param name="unknowns">Unknowns inside a particle: modes, or nodes where it parts into phases.</param>
    /// <param name="cellVolumes">Volume per local cell [m³].</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="registry">Receives j, surface and mean stoichiometry and the coefficients.</param>
    /// <param name="tolerance">Error weights of surface and mean stoichiometry.</param>
    /// <param name="referenceConcentration">c0 of the exchange current [mol m⁻³].</param>
    public ReactingParticles(ParticleGeometry geometry, ActiveMaterial material, int unknowns, double[] cellVolumes, CellFields fields,
        StateRegistry registry, ErrorTolerance tolerance, double referenceConcentration)
    {
        (Geometry, Material, _cells, _fields, _inverseReferenceConcentration) = (geometry, material, geometry.Sites.Cells, fields, 1 / referenceConcentration);
        _cellVolumes = cellVolumes;
        _rateActivation = new(material.ReactionActivationEnergy, fields.ReferenceTemperature);
        _diffusion = ParticleTransport.Create(material, unknowns, fields.ReferenceTemperature, geometry, tolerance);
        Phases = _diffusion as PhaseSeparatingDiffusion;
        _equilibrium = new(material.EquilibriumPotentialOf(fields.ReferenceTemperature));
        _meanEquilibrium = new(material.EquilibriumPotentialOf(fields.ReferenceTemperature));
        Current = registry.Register(CurrentQuantity, Sites, isDifferential: false);
        _surface = registry.Register(SurfaceQuantity, Sites, tolerance);
        _mean = registry.Register(MeanQuantity, Sites, tolerance);
        registry.Register(_diffusion.Coefficients);
        if (material.Hysteresis is { IsFollowed: true })
            Hysteresis = new(geometry, material, registry, tolerance);
        _responses = new SurfaceResponse[_cells.Length];
        RateConstant = new($"{Name}: reaction rate constant", "mol m-2 s-1", material.ReactionRateConstant);
        EquilibriumShift = new($"{Name}: shift of the open-circuit potential", "V", 0);
        FilmResistance = new($"{Name}: film resistance", "Ohm m2", material.FilmResistance);
    }

    /// <summary>Lithium in all particles, and in those of one class [mol].</summary>
    public const string Lithium = "Lithium in particles";

    /// <summary>Temperature times sites for lithium, of one class of particles [mol K].</summary>
    public const string Warmth = "Temperature of sites";

    /// <summary>∫ a j of one class of particles, without what else reacts there [A].</summary>
    public const string IntercalationCurrent = "Intercalation current";

    /// <summary>∫ a j U(x_surf, T) of one class of particles [W].</summary>
    public const string SurfacePower = "Power at the surface stoichiometry";

    /// <summary>∫ a j U(x̄, T) of one class of particles, x̄ the mean of each particle [W].</summary>
    public const string MeanPower = "Power at the mean stoichiometry";

    /// <summary>∫ a j h (U_d − U_l)/2 of one class of particles [W], a part of the heat of its reaction.</summary>
    public const string HysteresisPower = "Heat of hysteresis";

    /// <summary>Heat of mixing inside one class of particles that part into phases [W], a part of the reversible heat.</summary>
    public const string MixingHeat = "Heat of mixing";

    /// <summary>j.</summary>
    public static Quantity CurrentQuantity { get; } = new("Interfacial current density", "A m-2", "Current from particles into the electrolyte per area of interface");

    /// <summary>x at the surface.</summary>
    public static Quantity SurfaceQuantity { get; } = new("Surface stoichiometry", "1", "Stoichiometry at the particle surface")
    {
        Range = new(0, 1, 0.005, "particles are empty at their surface", "particles are full at their surface"),
    };

    /// <summary>Mean x.</summary>
    public static Quantity MeanQuantity { get; } = new("Mean stoichiometry", "1", "Mean stoichiometry of the particles");

    public string Name => Sites.Owner;

    /// <summary>Where they are.</summary>
    public StateSites Sites => Geometry.Sites;

    /// <summary>a, ε_s and R_p.</summary>
    public ParticleGeometry Geometry { get; }

    public ActiveMaterial Material { get; }

    /// <summary>k_r at T_ref [mol m⁻² s⁻¹].</summary>
    public Parameter RateConstant { get; }

    /// <summary>R_f [Ω m²].</summary>
    public Parameter FilmResistance { get; }

    /// <summary>What is added to U(x, T) [V].</summary>
    public Parameter EquilibriumShift { get; }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => [RateConstant, FilmResistance, EquilibriumShift, .. _diffusion.Parameters];

    /// <summary>The control volumes.</summary>
    public ReadOnlySpan<int> Cells => _cells;

    /// <summary>j [A m⁻²].</summary>
    public StateVariable Current { get; }

    /// <summary>j per control volume [A m⁻²].</summary>
    public ReadOnlySpan<double> CurrentDensity => Current.Values;

    /// <summary>x_surf per control volume.</summary>
    public ReadOnlySpan<double> SurfaceStoichiometry => _surface.Values;

    /// <summary>Mean x per control volume.</summary>
    public ReadOnlySpan<double> MeanStoichiometry => _mean.Values;

    /// <summary>h of the open-circuit potential; null where it has a single path.</summary>
    public HysteresisState? Hysteresis { get; }

    /// <summary>Particles whose potential is that of a free energy; null where U(x_surf, T) of the material holds.</summary>
    public PhaseSeparatingDiffusion? Phases { get; }

    /// <inheritdoc cref="ParticleTransport.IsIsothermal"/>
    public bool IsIsothermal
    {
        set => _diffusion.IsIsothermal = value;
    }

    /// <summary>Weights of what describes the inside of a particle in its stoichiometry at a radius, r/R_p.</summary>
    public double[] WeightsAt(double radius) => _diffusion.WeightsAt(radius);

    /// <summary>Stoichiometry inside a particle.</summary>
    /// <param name="place">The particle.</param>
    /// <param name="modes">All modes at the radius (<see cref="WeightsAt"/>).</param>
    public double Stoichiometry(int place, ReadOnlySpan<double> modes) =>
        TensorPrimitives.Dot(modes, _diffusion.Coefficients.Values.AsSpan(place * modes.Length, modes.Length));

    /// <summary>Unknowns inside all particles: modes and j.</summary>
    public int LocalUnknowns => _diffusion.Coefficients.Values.Length + Current.Values.Length;

    /// <summary>Sets every particle to rest at a stoichiometry, uniform but where two phases coexist.</summary>
    public void SetUniform(double stoichiometry)
    {
        _diffusion.SetUniform(stoichiometry);
        _surface.Values.AsSpan().Fill(stoichiometry);
        _mean.Values.AsSpan().Fill(stoichiometry);
        Array.Clear(Current.Values);
        if (Phases is not null)
            TakeOver();
    }

    /// <summary>Takes surface and mean stoichiometry of the particles as they are inside.</summary>
    public void TakeOver()
    {
        for (int i = 0; i < _cells.Length; i++)
            (_surface.Values[i], _mean.Values[i]) = (_diffusion.Surface(i), _diffusion.Mean(i));
    }

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    public void BeginStep(TimeCoefficients time)
    {
        _diffusion.BeginStep(time);
        Hysteresis?.BeginStep(time);
    }

    /// <inheritdoc cref="ILocalLaw.Prepare"/>
    public void Prepare(int first, int count, bool accepted)
    {
        Span<double> inputs = _inputs.AsSpan(0, 2 * count), stoichiometry = inputs[..count], temperature = inputs[count..];
        Span<double> rate = _rate.AsSpan(0, count), slope = _rateSlope.AsSpan(0, count);
        for (int i = 0; i < count; i++)
            temperature[i] = Temperature(first + i);
        Span<SurfaceResponse> responses = _responses.AsSpan(first, count);
        bool stands = accepted || _diffusion.IsFrozen;
        if (stands)
            for (int i = 0; i < count; i++)
                responses[i] = new(_surface.Values[first + i], 0, 0);
        else
            _diffusion.Respond(first, CurrentDensity.Slice(first, count), temperature, responses);
        for (int i = 0; i < count; i++)
            stoichiometry[i] = responses[i].Stoichiometry;
        _rateActivation.Evaluate(temperature, rate, slope);
        _equilibrium.Fill(inputs);
        Hysteresis?.Prepare(inputs, accepted);
        if (Phases is not null)
            PreparePhases(Phases, first, inputs, stands);
        if (!accepted)
            return;
        _mean.Values.AsSpan(first, count).CopyTo(stoichiometry);
        _meanEquilibrium.Fill(inputs);
        _surface.Values.AsSpan(first, count).CopyTo(stoichiometry);
    }

    /// <inheritdoc cref="ILocalLaw.PrepareSmallSignal"/>
    public void PrepareSmallSignal(int first, int count, Complex alpha)
    {
        Prepare(first, count, accepted: true);
        for (int i = 0; i < count; i++)
        {
            (Complex byCurrent, Complex byTemperature) = _diffusion.Respond(first + i, alpha, Temperature(first + i));
            _responses[first + i] = new(_inputs[i], byCurrent.Real, byTemperature.Real);
            _outOfPhase[i] = (byCurrent.Imaginary, byTemperature.Imaginary);
            if (Phases is not null)
            {
                (_ownPotential[i].ByCurrent, _ownPotential[i].ByTemperature) = Phases.SmallSignalPotential;
                (_ownMixing[i].ByCurrent, _ownMixing[i].ByTemperature) = Phases.SmallSignalMixing;
            }
        }
        Hysteresis?.PrepareSmallSignal(alpha);
    }

    /// <inheritdoc cref="ILocalLaw.PrepareByParameters"/>
    public void PrepareByParameters(int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _byParameters[i] = _diffusion.IsFrozen ? 0 : _diffusion.RespondToParameters(first + i, Current.Values[first + i], Temperature(first + i));
            (_ownByParameters[i], _mixingByParameters[i]) = _diffusion.IsFrozen || Phases is null ? default : (Phases.PotentialByParameters, Phases.MixingByParameters);
        }
    }

    /// <summary>Fills what the reaction sees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetMaterial<T>(int place, int inBatch, int number, in InterfaceState<T> state, ref IntercalationState<T> own) where T : unmanaged, IScalar<T>
    {
        ref readonly SurfaceResponse response = ref _responses[place];
        own.Salt = _inverseReferenceConcentration * state.Salt;
        own.Temperature = state.Temperature;
        own.Potential = state.Potential;
        own.Drive = state.Drive;
        own.Current = OwnUnknown.Of<T>(Current.Values[place], number);
        (double currentOut, double temperatureOut) = _outOfPhase[inBatch];
        own.Stoichiometry = T.Chain(state.Temperature, response.Stoichiometry, new Complex(response.ByTemperature, temperatureOut))
            + T.Chain(own.Current, 0, new Complex(response.ByCurrent, currentOut));
        if (T.FollowsParameters)
            own.Stoichiometry = T.Changing(own.Stoichiometry, _byParameters[inBatch]);
        own.EquilibriumPotential = _equilibrium.Potential(inBatch, own.Stoichiometry, own.Temperature) + EquilibriumShift;
        own.EntropicCoefficient = _equilibrium.EntropicCoefficient(inBatch, own.Stoichiometry, own.Temperature);
        own.RateConstant = RateConstant * T.Chain(state.Temperature, _rate[inBatch], _rateSlope[inBatch]);
    }

    /// <summary>Puts U and dU/dT of particles that part into phases in place of those of the surface stoichiometry alone.</summary>
    public void SetOwnPotential<T>(int inBatch, ref IntercalationState<T> own) where T : unmanaged, IScalar<T>
    {
        (double value, Complex byCurrent, Complex byTemperature) = _ownPotential[inBatch];
        own.EquilibriumPotential = T.Chain(own.Temperature, value, byTemperature) + T.Chain(own.Current, 0, byCurrent) + EquilibriumShift;
        if (T.FollowsParameters)
            own.EquilibriumPotential = T.Changing(own.EquilibriumPotential, _ownByParameters[inBatch]);
        (double entropic, double byStoichiometry, double entropicByTemperature) = _ownEntropic[inBatch];
        own.EntropicCoefficient = T.Chain(own.Stoichiometry, own.Temperature, entropic, byStoichiometry, entropicByTemperature);
    }

    /// <summary>Heat that arises inside particles that part into phases, per area of their surface [W m⁻²] (equation 6.4a).</summary>
    public T HeatOfMixing<T>(int inBatch, in IntercalationState<T> own) where T : unmanaged, IScalar<T>
    {
        (double value, Complex byCurrent, Complex byTemperature) = _ownMixing[inBatch];
        T heat = T.Chain(own.Temperature, value, byTemperature) + T.Chain(own.Current, 0, byCurrent);
        return T.FollowsParameters ? T.Changing(heat, _mixingByParameters[inBatch]) : heat;
    }

    /// <summary>Keeps surfaces from being emptied or filled in one Newton step.</summary>
    public void Limit(int place, double currentIncrement, double heating, ref double fraction, ref StepObstacle? obstacle)
    {
        double x = Math.Clamp(_responses[place].Stoichiometry, ClosestToFull, 1 - ClosestToFull);
        double dx = (_responses[place].ByCurrent * currentIncrement) + (_responses[place].ByTemperature * heating);
        double room = dx > 0 ? 1 - x : x;
        if (Math.Abs(dx) * fraction <= 0.9 * room)
            return;
        fraction = 0.9 * room / Math.Abs(dx);
        obstacle = new($"surface stoichiometry of {Name.ToLowerInvariant()}", _cells[place], x + dx, "1");
    }

    /// <inheritdoc cref="ILocalLaw.Follow"/>
    public void Follow(int place, double currentIncrement, double heating, double fraction)
    {
        if (!_diffusion.IsFrozen)
            _diffusion.BackSubstitute(place, currentIncrement, heating, fraction);
    }

    /// <inheritdoc cref="ILocalLaw.Conclude"/>
    public void Conclude(int place, double temperature)
    {
        if (_diffusion.IsFrozen)
            return;
        _diffusion.Conclude(place, Current.Values[place], temperature);
        _surface.Values[place] = _diffusion.Surface(place);
        _mean.Values[place] = _diffusion.Mean(place);
        Hysteresis?.Conclude(place, Current.Values[place]);
    }

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void RegisterQuantities(Balance balance)
    {
        int Own(string quantity, string unit) => balance.Register(CellGroups.PartOf(quantity, Name), unit);
        _lithium = balance.Register(Lithium, "mol", Totals.Lithium);
        (_ownLithium, _warmth, _current) = (Own(Lithium, "mol"), Own(Warmth, "mol K"), Own(IntercalationCurrent, "A"));
        (_surfacePower, _meanPower, _hysteresisPower) = (Own(SurfacePower, "W"), Own(MeanPower, "W"), Own(HysteresisPower, "W"));
        _mixing = Own(MixingHeat, "W");
    }

    /// <summary>Adds lithium, temperature and potentials of a prepared place in its accepted state.</summary>
    public void Report(int place, int inBatch, double area, Balance balance)
    {
        double sites = SitesIn(place), lithium = sites * _mean.Values[place], current = area * Current.Values[place];
        Real surface = new(_surface.Values[place]), mean = new(_mean.Values[place]), temperature = new(Temperature(place));
        balance.Add(_lithium, lithium);
        balance.Add(_ownLithium, lithium);
        balance.Add(_warmth, sites * temperature.Number);
        balance.Add(_current, current);
        balance.Add(_surfacePower, current * AtSurface(inBatch, surface, temperature));
        balance.Add(_meanPower, current * _meanEquilibrium.Potential(inBatch, mean, temperature).Number);
        balance.Add(_mixing, area * _ownMixing[inBatch].Value);
        if (Hysteresis is not null)
            balance.Add(_hysteresisPower, current * Hysteresis.Shift(place, inBatch, 0, Current.Values[place], surface, temperature).Number);
    }

    /// <summary>Sites for lithium in all particles of this rank [mol].</summary>
    public double SitesForLithium => Enumerable.Range(0, _cells.Length).Sum(SitesIn);

    private double SitesIn(int place) => _cellVolumes[_cells[place]] * Geometry.ActiveVolumeFraction[_cells[place]] * Material.MaximumConcentration;

    /// <summary>Sets φ_s − φ_e − U(x_surf, T) [V] in the cells of the particles, drop in films included.</summary>
    /// <param name="overpotential">Per owned cell.</param>
    public void FillOverpotential(Span<double> overpotential)
    {
        for (int first = 0; first < _cells.Length; first += LocalBlock.Batch)
        {
            int count = Math.Min(LocalBlock.Batch, _cells.Length - first);
            Prepare(first, count, accepted: true);
            for (int i = 0; i < count; i++)
            {
                int cell = _cells[first + i];
                Real x = new(_surface.Values[first + i]), temperature = new(Temperature(first + i));
                double shift = Hysteresis?.Shift(first + i, i, 0, Current.Values[first + i], x, temperature).Number ?? 0;
                double equilibrium = AtSurface(i, x, temperature) + EquilibriumShift.Value + shift;
                overpotential[cell] = _fields.AbsoluteElectronicPotential(cell) - _fields.IonicPotential[cell] - equilibrium;
            }
        }
    }

    /// <summary>U [V] of a prepared place in its accepted state.</summary>
    private double AtSurface(int inBatch, in Real stoichiometry, in Real temperature) =>
        Phases is null ? _equilibrium.Potential(inBatch, stoichiometry, temperature).Number : _ownPotential[inBatch].Value;

    private void PreparePhases(PhaseSeparatingDiffusion phases, int first, ReadOnlySpan<double> inputs, bool stands)
    {
        int count = inputs.Length / 2;
        for (int i = 0; i < count; i++)
        {
            if (stands)
                phases.Stand(first + i, inputs[count + i]);
            ref readonly SurfacePotential potential = ref phases.Potential(first + i);
            _ownPotential[i] = (potential.Value, potential.ByCurrent, potential.ByTemperature);
            ref readonly HeatOfMixing mixing = ref phases.Mixing(first + i);
            _ownMixing[i] = (mixing.Value, mixing.ByCurrent, mixing.ByTemperature);
            _ownEntropic[i] = phases.EntropicCoefficient(inputs[i], inputs[count + i]);
        }
    }

    private double Temperature(int place) => _fields.ReferenceTemperature + _fields.Temperature[_cells[place]];
}
