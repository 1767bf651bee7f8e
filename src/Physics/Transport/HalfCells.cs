using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>The two half cells of a face in series, ℓ = d_l r_l + d_r r_r: flows are ∝ 1/ℓ, the heat released in one half ∝ d r/ℓ².</summary>
/// <param name="face">The face.</param>
/// <param name="resistivity">r per local cell.</param>
public readonly struct HalfCells(in Face face, CellProperty resistivity)
{
    private readonly double _left = face.LeftLength, _right = face.RightLength, _leftResistivity = resistivity[face.Left], _rightResistivity = resistivity[face.Right];

    private double Length => (_left * _leftResistivity) + (_right * _rightResistivity);

    /// <summary>∂/∂r_l of what flows.</summary>
    public FaceFlux<Real> ByLeft(in FaceFlux<Real> flux) => By(flux, _left / Length, 1 / _leftResistivity, 0);

    /// <summary>∂/∂r_r of what flows.</summary>
    public FaceFlux<Real> ByRight(in FaceFlux<Real> flux) => By(flux, _right / Length, 0, 1 / _rightResistivity);

    private static FaceFlux<Real> By(in FaceFlux<Real> flux, double share, double byOwnLeft, double byOwnRight) => new()
    {
        Salt = -share * flux.Salt,
        IonicCurrent = -share * flux.IonicCurrent,
        ElectronicCurrent = -share * flux.ElectronicCurrent,
        Heat = -share * flux.Heat,
        DissipationLeft = (byOwnLeft - (2 * share)) * flux.DissipationLeft,
        DissipationRight = (byOwnRight - (2 * share)) * flux.DissipationRight,
    };
}
