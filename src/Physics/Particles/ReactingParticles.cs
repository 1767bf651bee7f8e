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
    private readonly ParticleDiffusion _diffusion;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly double[] _cellVolumes;
    private readonly double _inverseReferenceConcentration;
    private readonly Arrhenius _rateActivation;
    private readonly StateVariable _surface, _mean;
    private readonly SurfaceResponse[] _responses;
    private readonly double[] _inputs = new double[2 * LocalBlock.Batch], _rate = new double[LocalBlock.Batch], _rateSlope = new double[LocalBlock.Batch];
    private readonly EquilibriumBatch _equilibrium;
    private int _lithium;

    /// <summary>Creates the particles at a uniform stoichiometry and registers their states.</summary>
    /// <param name="name">Unique name, e.g. "Negative electrode" or "Positive electrode (Large particles)".</param>
    /// <param name="material">Thermodynamics, diffusion, kinetics.</param>
    /// <param name="basis">Modes inside a particle.</param>
    /// <param name="cells">Owned control volumes, ascending.</param>
    /// <param name="cellVolumes">Volume per local cell [m³].</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="registry">Receives j, surface and mean stoichiometry and the coefficients.</param>
    /// <param name="tolerance">Error weights of surface and mean stoichiometry.</param>
    /// <param name="referenceConcentration">c0 of the exchange current [mol m⁻³].</param>
    public ReactingParticles(string name, ActiveMaterial material, SpectralBasis basis, int[] cells, double[] cellVolumes, CellFields fields,
        StateRegistry registry, ErrorTolerance tolerance, double referenceConcentration)
    {
        (Name, Material, _cells, _fields, _inverseReferenceConcentration) = (name, material, cells, fields, 1 / referenceConcentration);
        _cellVolumes = cellVolumes;
        _rateActivation = new(material.ReactionActivationEnergy, fields.ReferenceTemperature);
        _diffusion = ParticleDiffusion.Create(material, basis, fields.ReferenceTemperature, cells.Length, $"{name}: stoichiometry modes");
        _equilibrium = new(material.EquilibriumPotentialOf(fields.ReferenceTemperature));
        int n = cells.Length;
        Current = registry.Register(new($"{name}: interfacial current density", "A m-2", new double[n], n) { IsDifferential = false });
        _surface = registry.Register(new($"{name}: surface stoichiometry", "1", new double[n], n, tolerance) { Cells = cells });
        _mean = registry.Register(new($"{name}: mean stoichiometry", "1", new double[n], n, tolerance) { Cells = cells });
        registry.Register(_diffusion.Coefficients);
        if (material.Hysteresis is { IsFollowed: true })
            Hysteresis = new(name, material, n, registry, tolerance);
        _responses = new SurfaceResponse[n];
    }

    public string Name { get; }

    public ActiveMaterial Material { get; }

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

    /// <summary>Unknowns inside all particles: modes and j.</summary>
    public int LocalUnknowns => _diffusion.Coefficients.Values.Length + Current.Values.Length;

    /// <summary>Sets every particle to rest at a uniform stoichiometry.</summary>
    public void SetUniform(double stoichiometry)
    {
        _diffusion.SetUniform(stoichiometry);
        _surface.Values.AsSpan().Fill(stoichiometry);
        _mean.Values.AsSpan().Fill(stoichiometry);
        Array.Clear(Current.Values);
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
        bool stands = accepted || _diffusion.IsFrozen;
        for (int i = 0; i < count; i++)
        {
            double temperature = Temperature(first + i);
            SurfaceResponse response = stands ? new(_surface.Values[first + i], 0, 0) : _diffusion.Respond(first + i, Current.Values[first + i], temperature);
            _responses[first + i] = response;
            (_inputs[i], _inputs[count + i]) = (response.Stoichiometry, temperature);
            (double factor, double slope) = _rateActivation.At(temperature);
            (_rate[i], _rateSlope[i]) = (Material.ReactionRateConstant * factor, Material.ReactionRateConstant * slope);
        }
        ReadOnlySpan<double> inputs = _inputs.AsSpan(0, 2 * count);
        _equilibrium.Fill(inputs);
        Hysteresis?.Prepare(inputs, accepted);
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
        own.Stoichiometry = T.Left(response.Stoichiometry, Vector256.Create(0, 0, 0, response.ByTemperature)) + OwnUnknown.Of<T>(0, number, response.ByCurrent);
        own.EquilibriumPotential = _equilibrium.Potential(inBatch, own.Stoichiometry, own.Temperature);
        own.EntropicCoefficient = _equilibrium.EntropicCoefficient(inBatch, own.Stoichiometry, own.Temperature);
        own.RateConstant = T.Chain(state.Temperature, _rate[inBatch], _rateSlope[inBatch]);
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
    public void RegisterQuantities(Balance balance) => _lithium = balance.Register("Lithium in particles", "mol", Totals.Lithium);

    /// <summary>Adds the lithium that particles hold.</summary>
    public void Report(int place, Balance balance) =>
        balance.Add(_lithium, _cellVolumes[_cells[place]] * Material.ActiveVolumeFraction * Material.MaximumConcentration * _mean.Values[place]);

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
                double equilibrium = _equilibrium.Potential(i, x, temperature).Number + shift;
                overpotential[cell] = _fields.AbsoluteElectronicPotential(cell) - _fields.IonicPotential[cell] - equilibrium;
            }
        }
    }

    private double Temperature(int place) => _fields.ReferenceTemperature + _fields.Temperature[_cells[place]];
}
