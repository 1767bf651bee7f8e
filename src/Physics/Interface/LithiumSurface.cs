using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Interface;

/// <summary>Surface of lithium metal: its current and how much lithium has left it.</summary>
public sealed class LithiumSurface
{
    private readonly Arrhenius _activation;
    private readonly StateVariable _dissolved;
    private readonly double[] _weights = new double[TimeCoefficients.MostOrder];
    private double _alpha;
    private int _order, _lithium;

    /// <summary>Creates the surface and registers its states.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="foil">Parameters.</param>
    /// <param name="approach">The half cells at its faces.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="referenceConcentration">c0 [mol m⁻³].</param>
    /// <param name="registry">Receives j and the lithium that has left.</param>
    public LithiumSurface(string name, LithiumFoil foil, FaceApproach approach, double referenceTemperature, double referenceConcentration, StateRegistry registry)
    {
        (Foil, Approach, InverseReferenceConcentration) = (foil, approach, 1 / referenceConcentration);
        int faces = approach.Faces;
        _activation = new(foil.ActivationEnergy, referenceTemperature);
        Current = registry.Register(new($"{name}: interfacial current density", "A m-2", new double[faces], faces) { IsDifferential = false });
        _dissolved = registry.Register(new($"{name}: dissolved lithium", "mol m-2", new double[faces], faces));
    }

    public LithiumFoil Foil { get; }

    /// <summary>The half cells at its faces.</summary>
    public FaceApproach Approach { get; }

    /// <summary>j [A m⁻²].</summary>
    public StateVariable Current { get; }

    /// <summary>1/c0 [m³ mol⁻¹].</summary>
    public double InverseReferenceConcentration { get; }

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    public void BeginStep(TimeCoefficients time)
    {
        (_alpha, _order) = (time.Alpha, time.IsFrozen ? 0 : time.Order);
        time.History.CopyTo(_weights);
    }

    /// <summary>exp(E/R (1/T_ref − 1/T)).</summary>
    public T Activation<T>(in T temperature) where T : unmanaged, IScalar<T>
    {
        (double factor, double slope) = _activation.At(temperature.Number);
        return T.Chain(temperature, factor, slope);
    }

    /// <summary>∂m/∂t = j/F.</summary>
    public void Conclude(int place)
    {
        if (_order == 0)
            return;
        double history = 0;
        for (int i = 0; i < _order; i++)
            history += _weights[i] * _dissolved.Past(i)[place];
        _dissolved.Values[place] = ((Current.Values[place] / PhysicalConstants.Faraday) - history) / _alpha;
    }

    /// <inheritdoc cref="Term.RegisterQuantities"/>
    public void RegisterQuantities(Balance balance) => _lithium = balance.Register("Lithium given by foil", "mol", Totals.Lithium);

    /// <summary>Takes away the lithium that has left the metal.</summary>
    public void Report(int place, double area, Balance balance) => balance.Add(_lithium, -area * _dissolved.Values[place]);
}
