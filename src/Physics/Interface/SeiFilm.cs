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
    private readonly PoreSpace? _pores;
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
    /// <param name="name">Unique name of the interface.</param>
    /// <param name="growth">Growth.</param>
    /// <param name="sites">Where.</param>
    /// <param name="fields">Macroscopic state.</param>
    /// <param name="registry">Receives j, L and the displaced salt.</param>
    /// <param name="pores">The pores that the film narrows; null where they stay as they are.</param>
    public SeiFilm(string name, FilmGrowth growth, LocalSites sites, CellFields fields, StateRegistry registry, PoreSpace? pores)
    {
        (Growth, _sites, _fields) = (growth, sites, fields);
        _pores = growth.NarrowsPores ? pores : null;
        Resistivity = new($"{name}: resistivity of the film", "Ohm m", growth.Resistivity);
        ExchangeCurrent = growth.ExchangeCurrent is { } current ? new($"{name}: exchange current density of film growth", "A m-2", current) : null;
        SolventSupply = growth.SolventSupply is { } supply ? new($"{name}: supply of solvent through the film", "mol m-1 s-1", supply) : null;
        Activation = new(growth.ActivationEnergy, fields.ReferenceTemperature);
        _growth = growth.MolarVolume / (growth.LithiumPerMolecule * PhysicalConstants.Faraday);
        int n = sites.Count;
        Current = registry.Register(new($"{name}: current density of film growth", "A m-2", new double[n], n) { IsDifferential = false });
        _thickness = registry.Register(new($"{name}: film thickness", "m", new double[n], n, new(1e-3 * growth.InitialThickness, 1e-4)) { Cells = sites.Electrolyte });
        _thickness.Values.AsSpan().Fill(growth.InitialThickness);
        if (_pores is not null)
            _displaced = registry.Register(new($"{name}: salt displaced by the film", "mol m-2", new double[n], n));
        (_history, _displacedHistory) = (new double[n], new double[_displaced is null ? 0 : n]);
    }

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
        if (!_isFrozen)
        {
            time.SumHistory(_thickness, _history);
            if (_displaced is not null)
                time.SumHistory(_displaced, _displacedHistory);
        }
        for (int place = 0; place < _sites.Count; place++)
            SetPorosity(place);
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

    /// <summary>Keeps the pores open in one Newton step.</summary>
    public void Limit(int place, double increment, ref double fraction, ref StepObstacle? obstacle)
    {
        if (_pores is null || _isFrozen)
            return;
        int cell = _sites.Electrolyte[place];
        double change = _pores.AreaPerVolume(_sites, place) * -_byCurrent.Real * increment, room = 0.9 * _pores[cell];
        if (-change * fraction <= room)
            return;
        fraction = room / -change;
        obstacle = new("porosity", cell, _pores[cell] + change, "1");
    }

    /// <summary>Lets the pores follow the film.</summary>
    public void SetPorosity(int place) =>
        _pores?.Set(_sites, place, (_isFrozen ? _thickness.Values[place] : ThicknessOf(place)) - Growth.InitialThickness, this);

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
