using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>h of many particles: −1 on the lithiation branch of the open-circuit potential, 1 on the delithiation branch;
/// ∂h/∂t = γ b (j − |j| h), b = a/(F ε_s c_max).</summary>
public sealed class HysteresisState
{
    /// <summary>|v| of the rate v = b j is √(v² + δ²), δ a millionth of what fills the particles in an hour [s⁻¹].</summary>
    private const double Smoothing = 1e-6 / 3600;

    private readonly ParticleGeometry _geometry;
    private readonly StateVariable _state;
    private readonly FunctionBatch _halfGap;
    private readonly double[] _history;

    /// <summary>γ.</summary>
    private readonly double _decay;

    private Complex _alpha;
    private bool _isFrozen, _stands, _follows;

    /// <summary>Creates the states.</summary>
    /// <param name="geometry">Where the particles are, their surface and volume.</param>
    /// <param name="material">With its hysteresis.</param>
    /// <param name="registry">Receives h.</param>
    /// <param name="tolerance">Error weights of h.</param>
    public HysteresisState(ParticleGeometry geometry, ActiveMaterial material, StateRegistry registry, ErrorTolerance tolerance)
    {
        PotentialHysteresis hysteresis = material.Hysteresis!;
        (_geometry, _decay) = (geometry, hysteresis.DecayRate!.Value);
        _halfGap = new(hysteresis.HalfGap);
        _state = registry.Register(Quantity, geometry.Sites, tolerance);
        _state.Values.AsSpan().Fill(hysteresis.InitialState);
        _history = new double[geometry.Sites.Cells.Length];
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
        T state = T.Chain(OwnUnknown.Of<T>(0, number), value, _follows ? Slope(place, current, value) : 0);
        return state * _halfGap.At(inBatch, stoichiometry, temperature);
    }

    /// <summary>Takes h of the converged current.</summary>
    public void Conclude(int place, double current)
    {
        if (!_isFrozen)
            _state.Values[place] = At(place, current);
    }

    /// <summary>h = (γv − history)/(α + γ|v|), v = b j.</summary>
    private double At(int place, double current)
    {
        double rate = _geometry.Uptake(place) * current;
        return ((_decay * rate) - _history[place]) / (_alpha.Real + (_decay * Size(rate)));
    }

    /// <summary>∂h/∂j = γ b (1 − h v/|v|)/(α + γ|v|).</summary>
    private Complex Slope(int place, double current, double value)
    {
        double uptake = _geometry.Uptake(place), rate = uptake * current, size = Size(rate);
        Complex total = _alpha + (_decay * size);
        return _decay * uptake * (1 - (value * rate / size)) / ((total.Real * total.Real) + (total.Imaginary * total.Imaginary)) * Complex.Conjugate(total);
    }

    private static double Size(double rate) => Math.Sqrt((rate * rate) + (Smoothing * Smoothing));
}
