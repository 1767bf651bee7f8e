using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>h of many particles: −1 on the lithiation branch of the open-circuit potential, 1 on the delithiation branch;
/// ∂h/∂t = κ (j − |j| h), κ = γ a/(F ε_s c_max).</summary>
public sealed class HysteresisState
{
    /// <summary>|j| is √(j² + δ²), δ this share of the current that fills the particles in an hour.</summary>
    private const double Smoothing = 1e-6;

    private const double SecondsPerHour = 3600;
    private readonly StateVariable _state;
    private readonly FunctionBatch _halfGap;
    private readonly double[] _history;
    private readonly double _rate, _smallest;
    private Complex _alpha;
    private bool _isFrozen, _stands, _follows;

    /// <summary>Creates the states.</summary>
    /// <param name="sites">Where the particles are.</param>
    /// <param name="material">With its hysteresis.</param>
    /// <param name="registry">Receives h.</param>
    /// <param name="tolerance">Error weights of h.</param>
    public HysteresisState(StateSites sites, ActiveMaterial material, StateRegistry registry, ErrorTolerance tolerance)
    {
        PotentialHysteresis hysteresis = material.Hysteresis!;
        double fillingTime = PhysicalConstants.Faraday * material.ActiveVolumeFraction * material.MaximumConcentration / material.SurfaceAreaPerVolume;
        (_rate, _smallest) = (hysteresis.DecayRate!.Value / fillingTime, Smoothing * fillingTime / SecondsPerHour);
        _halfGap = new(hysteresis.HalfGap);
        _state = registry.Register(Quantity, sites, tolerance);
        _state.Values.AsSpan().Fill(hysteresis.InitialState);
        _history = new double[sites.Cells.Length];
    }

    /// <summary>h.</summary>
    public static Quantity Quantity { get; } = new("Hysteresis state", "1", "−1 on the lithiation branch of the open-circuit potential, 1 on the delithiation branch");

    /// <summary>h per particle.</summary>
    public ReadOnlySpan<double> Values => _state.Values;

    /// <inheritdoc cref="ILocalLaw.BeginStep"/>
    public void BeginStep(TimeCoefficients time)
    {
        (_alpha, _isFrozen) = (time.Alpha, time.IsFrozen);
        if (!_isFrozen)
            time.SumHistory(_state, _history);
    }

    /// <summary>Prepares a batch at its x and T [K].</summary>
    public void Prepare(ReadOnlySpan<double> inputs, bool accepted)
    {
        _stands = accepted || _isFrozen;
        _follows = !_stands;
        _halfGap.Fill(inputs);
    }

    /// <inheritdoc cref="ILocalLaw.PrepareSmallSignal"/>
    public void PrepareSmallSignal(Complex alpha) => (_alpha, _follows) = (alpha, true);

    /// <summary>h (U_d − U_l)/2 [V].</summary>
    public T Shift<T>(int place, int inBatch, int number, double current, in T stoichiometry, in T temperature) where T : unmanaged, IScalar<T>
    {
        double value = _stands ? _state.Values[place] : At(place, current);
        T state = T.Chain(OwnUnknown.Of<T>(0, number), value, _follows ? Slope(current, value) : 0);
        return state * _halfGap.At(inBatch, stoichiometry, temperature);
    }

    /// <summary>Takes h of the converged current.</summary>
    public void Conclude(int place, double current)
    {
        if (!_isFrozen)
            _state.Values[place] = At(place, current);
    }

    /// <summary>h = (κj − history)/(α + κ|j|).</summary>
    private double At(int place, double current) => ((_rate * current) - _history[place]) / (_alpha.Real + (_rate * Size(current)));

    /// <summary>∂h/∂j = κ (1 − h j/|j|)/(α + κ|j|).</summary>
    private Complex Slope(double current, double value)
    {
        double size = Size(current);
        Complex total = _alpha + (_rate * size);
        return _rate * (1 - (value * current / size)) / ((total.Real * total.Real) + (total.Imaginary * total.Imaginary)) * Complex.Conjugate(total);
    }

    private double Size(double current) => Math.Sqrt((current * current) + (_smallest * _smallest));
}
