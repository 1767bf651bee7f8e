using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>h(T) = ∫ c_p dT from T_ref [J kg⁻¹], of which a control volume stores its mass times as much where c_p depends on temperature (equation 6.1).</summary>
/// <param name="ofTemperature">h over T [K], 0 at T_ref.</param>
/// <param name="referenceTemperature">T_ref [K]; temperatures are stored from it.</param>
public readonly struct Enthalpy(Curve ofTemperature, double referenceTemperature) : IStored
{
    public static bool IsProportional => false;

    public void Evaluate(ReadOnlySpan<double> unknown, Span<double> stored, Span<double> slope)
    {
        Span<double> temperature = stackalloc double[unknown.Length];
        TensorPrimitives.Add(unknown, referenceTemperature, temperature);
        ofTemperature.Evaluate(temperature, stored, slope);
    }
}
