using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Physics.Transport;

/// <summary>Relative change of what flows through the two half cells of a face in series, ℓ = d_l r_l + d_r r_r, while their resistivities r change: flows are
/// ∝ 1/ℓ, the heat released in one half ∝ d r/ℓ².</summary>
public readonly struct SeriesChange
{
    /// <summary>Takes the half cells.</summary>
    /// <param name="left">d_l r_l.</param>
    /// <param name="right">d_r r_r.</param>
    /// <param name="leftChange">δr_l/r_l.</param>
    /// <param name="rightChange">δr_r/r_r.</param>
    public SeriesChange(double left, double right, double leftChange, double rightChange)
    {
        Flow = -((left * leftChange) + (right * rightChange)) / (left + right);
        (LeftHeat, RightHeat) = (leftChange + (2 * Flow), rightChange + (2 * Flow));
    }

    /// <summary>Along the change of parameters.</summary>
    public SeriesChange(in Face face, CellProperty resistivity)
        : this(face.LeftLength * resistivity[face.Left], face.RightLength * resistivity[face.Right], resistivity.RelativeChange(face.Left), resistivity.RelativeChange(face.Right))
    {
    }

    /// <summary>Of all flows.</summary>
    public double Flow { get; }

    /// <summary>Of the heat released in the left half.</summary>
    public double LeftHeat { get; }

    /// <summary>Of the heat released in the right half.</summary>
    public double RightHeat { get; }
}
