using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Physics.Interface;

/// <summary>Surface of lithium metal: its current and how much lithium has left it.</summary>
public sealed class LithiumSurface
{
    private readonly StateVariable _dissolved;
    private readonly double[] _history;
    private double _alpha;
    private bool _isFrozen;
    private int _lithium;

    /// <summary>Creates the surface and registers its states.</summary>
    /// <param name="sites">Its faces.</param>
    /// <param name="foil">Parameters.</param>
    /// <param name="approach">The half cells at its faces.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="referenceConcentration">c0 [mol m⁻³].</param>
    /// <param name="registry">Receives j and the lithium that has left.</param>
    public LithiumSurface(StateSites sites, LithiumFoil foil, FaceApproach approach, double referenceTemperature, double referenceConcentration, StateRegistry registry)
    {
        (Approach, InverseReferenceConcentration) = (approach, 1 / referenceConcentration);
        ExchangeCurrent = new($"{sites.Owner}: exchange current density", "A m-2", foil.ExchangeCurrent);
        FilmResistance = new($"{sites.Owner}: film resistance", "Ohm m2", foil.FilmResistance);
        Activation = new(foil.ActivationEnergy, referenceTemperature);
        Current = registry.Register(ReactingParticles.CurrentQuantity, sites, isDifferential: false);
        _dissolved = registry.Register(new("Dissolved lithium", "mol m-2", "Lithium per area that has left the metal"), sites);
        _history = new double[sites.Cells.Length];
    }

    /// <summary>j0 at T_ref and c0 [A m⁻²].</summary>
    public Parameter ExchangeCurrent { get; }

    /// <summary>R_f [Ω m²].</summary>
    public Parameter FilmResistance { get; }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => [ExchangeCurrent, FilmResistance, .. Approach.Parameters];

    /// <summary>The half cells at its faces.</summary>
    public FaceApproach Approach { get; }

    /// <summary>Factor of the exchange current density.</summary>
    public Arrhenius Activation { get; }

    /// <summary>j [A m⁻²].</summary>
    public StateVariable Current { get; }

    /// <summary>1/c0 [m³ mol⁻¹].</summary>
    public double InverseReferenceConcentration { get; }

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    public void BeginStep(TimeCoefficients time)
    {
        (_alpha, _isFrozen) = (time.Alpha, time.IsFrozen);
        if (!_isFrozen)
            time.SumDifferences(_dissolved, _history);
    }

    /// <summary>∂m/∂t = j/F.</summary>
    public void Conclude(int place)
    {
        if (!_isFrozen)
            _dissolved.Values[place] = _dissolved.Past(0)[place] + (((Current.Values[place] / PhysicalConstants.Faraday) - _history[place]) / _alpha);
    }

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void RegisterQuantities(Balance balance) => _lithium = balance.Register("Lithium given by foil", "mol", Totals.Lithium);

    /// <summary>Takes away the lithium that has left the metal.</summary>
    public void Report(int place, double area, Balance balance) => balance.Add(_lithium, -area * _dissolved.Values[place]);
}
