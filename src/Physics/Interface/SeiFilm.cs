using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Interface;

/// <summary>The film on the particles of many control volumes: its thickness L and the current that feeds it.</summary>
public sealed class SeiFilm
{
    private readonly CellFields _fields;
    private readonly LocalSites _sites;
    private readonly StateVariable _thickness;

    /// <summary>(L − L₀) c: salt per area that the pores no longer hold [mol m⁻²]; null where they stay as they are.</summary>
    private readonly StateVariable? _displaced;

    private readonly double[] _history, _displacedHistory;

    /// <summary>−∂L/∂j without time: V̄/(zF) [m³ A⁻¹ s⁻¹].</summary>
    private readonly double _growth;

    /// <summary>α, and ∂L/∂j [m³ A⁻¹]; real in a step.</summary>
    private Complex _alpha, _byCurrent;

    private bool _isFrozen, _stands;
    private int _lithium, _salt;

    /// <summary>Creates the film and registers its states.</summary>
    /// <param name="particles">Sites of the particles that it grows on.</param>
    /// <param name="growth">Growth.</param>
    /// <param name="sites">Their interface.</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="registry">Receives j, L and the displaced salt.</param>
    public SeiFilm(StateSites particles, FilmGrowth growth, LocalSites sites, CellFields fields, StateRegistry registry)
    {
        (Growth, _sites, _fields) = (growth, sites, fields);
        Resistivity = new($"{particles.Owner}: resistivity of the film", "Ohm m", growth.Resistivity);
        ExchangeCurrent = growth.ExchangeCurrent is { } exchangeCurrent ? new($"{particles.Owner}: exchange current density of film growth", "A m-2", exchangeCurrent) : null;
        SolventSupply = growth.SolventSupply is { } supply ? new($"{particles.Owner}: supply of solvent through the film", "mol m-1 s-1", supply) : null;
        Activation = new(growth.ActivationEnergy, fields.ReferenceTemperature);
        _growth = growth.MolarVolume / (growth.LithiumPerMolecule * PhysicalConstants.Faraday);
        int n = sites.Count;
        Current = registry.Register(new("Current density of film growth", "A m-2", "Current that feeds the film per area of interface"), particles, isDifferential: false);
        _thickness = registry.Register(ThicknessQuantity, particles, new(1e-3 * growth.InitialThickness, 1e-4));
        _thickness.Values.AsSpan().Fill(growth.InitialThickness);
        if (growth.NarrowsPores)
            _displaced = registry.Register(new("Salt displaced by the film", "mol m-2", "Salt per area of interface that the pores no longer hold"), particles);
        (_history, _displacedHistory) = (new double[n], new double[_displaced is null ? 0 : n]);
    }

    /// <summary>L.</summary>
    public static Quantity ThicknessQuantity { get; } = new("Film thickness", "m", "Thickness of the film on the particles");

    public FilmGrowth Growth { get; }

    /// <summary>ρ [Ω m].</summary>
    public Parameter Resistivity { get; }

    /// <summary>j0 at T_ref [A m⁻²]; null where the reaction does not limit.</summary>
    public Parameter? ExchangeCurrent { get; }

    /// <summary>D c of the solvent [mol m⁻¹ s⁻¹]; null where its diffusion does not limit.</summary>
    public Parameter? SolventSupply { get; }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => new[] { Resistivity, ExchangeCurrent, SolventSupply }.OfType<Parameter>();

    /// <summary>Factor of the exchange current density.</summary>
    public Arrhenius Activation { get; }

    /// <summary>j of the growth [A m⁻²].</summary>
    public StateVariable Current { get; }

    /// <summary>L per place [m].</summary>
    public ReadOnlySpan<double> ThicknessValues => _thickness.Values;

    /// <summary>Whether the film narrows the pores.</summary>
    public bool Narrows => _displaced is not null;

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    public void BeginStep(TimeCoefficients time)
    {
        (_alpha, _isFrozen) = (time.Alpha, time.IsFrozen);
        _byCurrent = _isFrozen ? 0 : -_growth / time.Alpha;
        if (_isFrozen)
            return;
        time.SumHistory(_thickness, _history);
        if (_displaced is not null)
            time.SumHistory(_displaced, _displacedHistory);
    }

    /// <summary>Decides whether the film stands as accepted.</summary>
    public void Prepare(bool accepted) => _stands = accepted || _isFrozen;

    /// <inheritdoc cref="ILocalLaw.PrepareSmallSignal"/>
    public void PrepareSmallSignal(Complex alpha) => (_stands, _alpha, _byCurrent) = (true, alpha, -_growth / alpha);

    /// <summary>L at the end of the step, which follows from j.</summary>
    public T Thickness<T>(int place, int number) where T : unmanaged, IScalar<T> =>
        T.Chain(OwnUnknown.Of<T>(0, number), _stands ? _thickness.Values[place] : ThicknessOf(place), _byCurrent);

    /// <summary>∂((L − L₀) c)/∂t [mol m⁻² s⁻¹].</summary>
    public T DisplacedSalt<T>(int place, int number, in T salt) where T : unmanaged, IScalar<T>
    {
        T displaced = (Thickness<T>(place, number) - Growth.InitialThickness) * salt;
        return T.Chain(displaced, _stands ? 0 : (_alpha.Real * displaced.Number) + _displacedHistory[place], _alpha);
    }

    /// <inheritdoc cref="ILocalLaw.Conclude"/>
    public void Conclude(int place)
    {
        if (_isFrozen)
            return;
        _thickness.Values[place] = ThicknessOf(place);
        if (_displaced is not null)
            _displaced.Values[place] = (_thickness.Values[place] - Growth.InitialThickness) * _fields.Salt[_sites.Electrolyte[place]];
    }

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void RegisterQuantities(Balance balance)
    {
        _lithium = balance.Register("Lithium in films", "mol", Totals.Lithium);
        _salt = balance.Register("Lithium in electrolyte", "mol", Totals.Lithium);
    }

    /// <summary>Adds lithium in the film, and takes away the salt that it displaces.</summary>
    public void Report(int place, double area, Balance balance)
    {
        balance.Add(_lithium, area * Growth.LithiumPerMolecule / Growth.MolarVolume * _thickness.Values[place]);
        if (_displaced is not null)
            balance.Add(_salt, -area * _displaced.Values[place]);
    }

    private double ThicknessOf(int place) => -(_history[place] + (_growth * Current.Values[place])) / _alpha.Real;
}
