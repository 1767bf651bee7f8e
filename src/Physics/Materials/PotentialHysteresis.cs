using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Materials;

/// <summary>Open-circuit potential that depends on the way it was reached: (U_d + U_l)/2 + h (U_d − U_l)/2.</summary>
/// <param name="Delithiation">U_d(x) or U_d(x, T) [V], h = 1.</param>
/// <param name="Lithiation">U_l(x) or U_l(x, T) [V], h = −1.</param>
/// <param name="DecayRate">γ of ∂h/∂t = γ a |j|/(F ε_s c_max) (sign j − h); null where the mean of both branches is meant.</param>
/// <param name="InitialState">h at the start.</param>
public sealed record PotentialHysteresis(Function Delithiation, Function Lithiation, double? DecayRate = null, double InitialState = 0)
{
    /// <summary>Whether h is followed; otherwise U does not depend on the way.</summary>
    public bool IsFollowed => DecayRate is not null;

    /// <summary>(U_d + U_l)/2.</summary>
    public Function Mean { get; } = new WeightedSum(0.5, Delithiation, 0.5, Lithiation);

    /// <summary>(U_d − U_l)/2.</summary>
    public Function HalfGap { get; } = new WeightedSum(0.5, Delithiation, -0.5, Lithiation);
}
