using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>A law whose current also runs down a potential that diffusion builds up: a part of its heat is not ohmic.</summary>
public interface IDiffusionPotential
{
    /// <summary>Name of that part in the balances.</summary>
    const string HeatName = "Heat of the diffusion potential";

    /// <summary>i ΔΦ_D in the left and right half of a face's path [W], contained in the heat that the law releases there.</summary>
    /// <param name="face">The face.</param>
    /// <param name="flux">What flows through it.</param>
    (double Left, double Right) DiffusionHeat(in Face face, in FaceFlux<Real> flux);
}
