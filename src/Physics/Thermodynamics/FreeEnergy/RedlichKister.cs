using System.Numerics.Tensors;

namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>f = ε₀θ + RT[θ ln θ + (1 − θ) ln(1 − θ)] + θ(1 − θ) Σ_k A_k (2θ − 1)^k (equation 9.2).</summary>
/// <remarks>Without A it is the ideal lattice gas, with A₀ alone the regular solution, whose Ω_r it is; after Redlich and Kister (doi:10.1021/ie50458a036).
/// ε₀ and A are linear in T, so U is linear in T as equation (3.2) has it.</remarks>
/// <param name="siteEnergy">ε₀ at 0 K [J mol⁻¹].</param>
/// <param name="siteEnergySlope">dε₀/dT [J mol⁻¹ K⁻¹].</param>
/// <param name="interactions">A_k at 0 K [J mol⁻¹].</param>
/// <param name="interactionSlopes">dA_k/dT [J mol⁻¹ K⁻¹]; as many as <paramref name="interactions"/>, or none for 0.</param>
public sealed class RedlichKister(double siteEnergy, double siteEnergySlope, IReadOnlyList<double> interactions, IReadOnlyList<double> interactionSlopes) : HostFreeEnergy
{
    /// <summary>ε₀ at T [J mol⁻¹].</summary>
    public double SiteEnergy(double temperature) => siteEnergy + (siteEnergySlope * temperature);

    /// <summary>dε₀/dT [J mol⁻¹ K⁻¹].</summary>
    public double SiteEnergySlope => siteEnergySlope;

    /// <summary>A_k at T [J mol⁻¹].</summary>
    public double[] Interactions(double temperature) => [.. interactions.Select((value, k) => value + (Slope(k) * temperature))];

    /// <summary>dA_k/dT [J mol⁻¹ K⁻¹].</summary>
    public double[] InteractionSlopes => [.. interactions.Select((_, k) => Slope(k))];

    public override (double Lowest, double Highest) Range(double temperature) => (0, 1);

    public override FreeEnergyPoint At(double filling, double temperature)
    {
        (double energy, double potential, double stiffness) = Excess(filling, SiteEnergy(temperature), Interactions(temperature));
        (double byTemperature, double potentialByTemperature, _) = Excess(filling, siteEnergySlope, InteractionSlopes);
        return FreeEnergyPoint.Ideal(filling, temperature) + new FreeEnergyPoint(energy, potential, stiffness, byTemperature, potentialByTemperature);
    }

    public override void Evaluate(ReadOnlySpan<double> fillings, double temperature, Span<double> potential, Span<double> stiffness, Span<double> byTemperature)
    {
        Span<double> values = stackalloc double[interactions.Count], slopes = stackalloc double[interactions.Count];
        for (int k = 0; k < values.Length; k++)
            (values[k], slopes[k]) = (interactions[k] + (Slope(k) * temperature), Slope(k));
        double siteEnergyNow = SiteEnergy(temperature), heat = PhysicalConstants.Gas * temperature;
        for (int i = 0; i < fillings.Length; i++)
            potential[i] = fillings[i] / (1 - fillings[i]);
        TensorPrimitives.Log(potential[..fillings.Length], potential);
        for (int i = 0; i < fillings.Length; i++)
        {
            double filling = fillings[i], logarithm = potential[i];
            (_, double own, double ownStiffness) = Excess(filling, siteEnergyNow, values);
            (_, double ownByTemperature, _) = Excess(filling, siteEnergySlope, slopes);
            potential[i] = own + (heat * logarithm);
            stiffness[i] = ownStiffness + (heat / (filling * (1 - filling)));
            byTemperature[i] = ownByTemperature + (PhysicalConstants.Gas * logarithm);
        }
    }

    private double Slope(int k) => k < interactionSlopes.Count ? interactionSlopes[k] : 0;

    /// <summary>ε₀θ + θ(1 − θ) L(2θ − 1) and its first two derivatives by θ.</summary>
    private static (double Value, double Slope, double Curvature) Excess(double filling, double linear, ReadOnlySpan<double> coefficients)
    {
        double u = (2 * filling) - 1, value = 0, slope = 0, curvature = 0, product = filling * (1 - filling);
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            curvature = (curvature * u) + (2 * slope);
            slope = (slope * u) + value;
            value = (value * u) + coefficients[k];
        }
        return ((linear * filling) + (product * value), linear - (u * value) + (2 * product * slope), (-2 * value) - (4 * u * slope) + (4 * product * curvature));
    }
}
