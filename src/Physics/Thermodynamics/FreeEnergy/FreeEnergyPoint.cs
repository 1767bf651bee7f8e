namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>The free energy of a host per mole of its sites, and its derivatives, at one θ and T.</summary>
/// <param name="Energy">f [J mol⁻¹].</param>
/// <param name="Potential">μ = ∂f/∂θ [J mol⁻¹].</param>
/// <param name="Stiffness">∂μ/∂θ [J mol⁻¹]; below 0 the host is unstable.</param>
/// <param name="EnergyByTemperature">∂f/∂T at constant θ [J mol⁻¹ K⁻¹]; NaN where f is known at one temperature only.</param>
/// <param name="PotentialByTemperature">∂μ/∂T at constant θ [J mol⁻¹ K⁻¹]; NaN likewise.</param>
public readonly record struct FreeEnergyPoint(double Energy, double Potential, double Stiffness, double EnergyByTemperature, double PotentialByTemperature)
{
    /// <summary>RT[θ ln θ + (1 − θ) ln(1 − θ)], the configurations of an ideal lattice gas (equation 9.2).</summary>
    /// <param name="filling">0 &lt; θ &lt; 1; at 0 and 1 f is 0 and the rest infinite.</param>
    /// <param name="temperature">T [K].</param>
    public static FreeEnergyPoint Ideal(double filling, double temperature)
    {
        double empty = 1 - filling, heat = PhysicalConstants.Gas * temperature;
        double energy = heat * ((filling > 0 ? filling * Math.Log(filling) : 0) + (empty > 0 ? empty * Math.Log(empty) : 0)), potential = heat * Math.Log(filling / empty);
        return new(energy, potential, heat / (filling * empty), energy / temperature, potential / temperature);
    }

    /// <summary>The sum of two shares of a free energy.</summary>
    public static FreeEnergyPoint operator +(FreeEnergyPoint a, FreeEnergyPoint b) =>
        new(a.Energy + b.Energy, a.Potential + b.Potential, a.Stiffness + b.Stiffness, a.EnergyByTemperature + b.EnergyByTemperature, a.PotentialByTemperature + b.PotentialByTemperature);
}
