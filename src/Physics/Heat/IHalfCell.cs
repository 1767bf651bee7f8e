using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>d/k between the centre of a cell and its outer face [m² K W⁻¹].</summary>
public interface IHalfCell
{
    /// <inheritdoc cref="Term.Parameters"/>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>d/k behind a face; partials by the cell's own unknowns.</summary>
    T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T>;
}

/// <summary>Half cells whose conductivity does not depend on temperature.</summary>
/// <param name="conductivity">Factors of k_T.</param>
public readonly struct FixedHalfCell(RegionFactors conductivity) : IHalfCell
{
    public IEnumerable<Parameter> Parameters => conductivity.Parameters;

    public T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T>
    {
        double resistance = face.Resistance / conductivity[face.Cell];
        return T.Changing(T.Constant(resistance), T.FollowsParameters ? -conductivity.RelativeChange(face.Cell) * resistance : 0);
    }
}

/// <summary>Half cells with d/k_T(T).</summary>
/// <param name="throughResistivity">1/k_T through the layers [m K W⁻¹].</param>
/// <param name="inPlaneResistivity">1/k_T in their plane.</param>
public readonly struct VariableHalfCell(TemperatureProperty throughResistivity, TemperatureProperty inPlaneResistivity) : IHalfCell
{
    public IEnumerable<Parameter> Parameters => throughResistivity.Parameters;

    public T Resistance<T>(in CooledFace face) where T : unmanaged, IScalar<T>
    {
        TemperatureProperty property = face.IsInPlane ? inPlaneResistivity : throughResistivity;
        TemperaturePropertyValue resistivity = property[face.Cell];
        T resistance = T.Left(face.Distance * resistivity.Value, Vector256.Create(0, 0, 0, face.Distance * resistivity.Slope));
        return T.Changing(resistance, T.FollowsParameters ? property.RelativeChange(face.Cell) * resistance.Number : 0);
    }
}
