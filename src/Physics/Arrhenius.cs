namespace Cell3D.Physics;

/// <summary>exp(E/R (1/T_ref − 1/T)) (equations.md §3).</summary>
/// <param name="ActivationEnergy">E [J mol⁻¹].</param>
/// <param name="ReferenceTemperature">T_ref [K].</param>
public readonly record struct Arrhenius(double ActivationEnergy, double ReferenceTemperature)
{
    /// <summary>The factor and its slope ∂/∂T [K⁻¹] at T [K].</summary>
    public (double Factor, double Slope) At(double temperature)
    {
        if (ActivationEnergy == 0)
            return (1, 0);
        double exponent = ActivationEnergy / PhysicalConstants.Gas;
        double factor = Math.Exp(exponent * ((1 / ReferenceTemperature) - (1 / temperature)));
        return (factor, factor * exponent / (temperature * temperature));
    }
}
