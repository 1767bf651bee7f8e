using Cell3D.Mesh;

namespace Cell3D.Physics.Heat;

/// <summary>Conduction of heat inside the two cells of a face.</summary>
public interface IHeatPath
{
    /// <summary>l/k_T of both half paths of a face [K W⁻¹], each in the direction in which it runs, with the slopes by the temperatures of the cells [W⁻¹].</summary>
    (double Value, double LeftSlope, double RightSlope) Resistance(in Face face, bool leftIsInPlane, bool rightIsInPlane);

    /// <summary>Relative change of the heat that flows where nothing else is in series, along the change of parameters.</summary>
    double RelativeChange(in Face face, bool leftIsInPlane, bool rightIsInPlane);
}
