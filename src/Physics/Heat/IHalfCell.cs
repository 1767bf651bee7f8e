using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>d/k between the centre of a cell and its outer face [m² K W⁻¹].</summary>
public interface IHalfCell
{
    /// <summary>d/k behind a face; partials by the cell's own unknowns.</summary>
    T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T>;
}

/// <summary>Half cells whose conductivity does not depend on temperature.</summary>
public readonly struct FixedHalfCell : IHalfCell
{
    public T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T> => T.Constant(face.Resistance);
}

/// <summary>Half cells with d/k_T(T).</summary>
/// <param name="throughResistivity">1/k_T through the layers [m K W⁻¹].</param>
/// <param name="inPlaneResistivity">1/k_T in their plane.</param>
public readonly struct VariableHalfCell(TemperatureProperty throughResistivity, TemperatureProperty inPlaneResistivity) : IHalfCell
{
    public T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T>
    {
        TemperaturePropertyValue resistivity = (face.IsInPlane ? inPlaneResistivity : throughResistivity)[face.Cell];
        return T.Left(face.Distance * resistivity.Value, Vector256.Create(0, 0, 0, face.Distance * resistivity.Slope));
    }
}
