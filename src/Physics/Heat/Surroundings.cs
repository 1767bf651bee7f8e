using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>What an outer surface exchanges heat with.</summary>
/// <param name="HeatTransferCoefficient">h over time [W m⁻² K⁻¹], at least 0.</param>
/// <param name="AmbientTemperature">T_amb over time [K].</param>
/// <param name="Emissivity">ε towards black surroundings at T_amb; 0 for no radiation. A surface that stands for another one carries its share or multiple.</param>
public sealed record Surroundings(TimeTable HeatTransferCoefficient, TimeTable AmbientTemperature, double Emissivity = 0)
{
    /// <summary>Whether no heat is exchanged at any time.</summary>
    public bool IsAdiabatic => Emissivity == 0 && HeatTransferCoefficient.Maximum == 0;

    /// <summary>What a surface exchanges that stands for as many times its own area.</summary>
    public Surroundings Scaled(double factor) =>
        this with { HeatTransferCoefficient = HeatTransferCoefficient.Scaled(factor), Emissivity = factor * Emissivity };

    /// <summary>∂q/∂T of radiation between equal temperatures, 4 ε σ_SB T³ [W m⁻² K⁻¹].</summary>
    public double RadiativeCoefficient(double temperature) => 4 * Emissivity * PhysicalConstants.StefanBoltzmann * temperature * temperature * temperature;
}

/// <summary>An outer face of an owned cell.</summary>
/// <param name="Cell">Local cell.</param>
/// <param name="Area">A [m²].</param>
/// <param name="Resistance">d/k between the cell's centre and the face [m² K W⁻¹], where k does not depend on temperature.</param>
/// <param name="Surroundings">What lies outside.</param>
public readonly record struct CooledFace(int Cell, double Area, double Resistance, Surroundings Surroundings)
{
    /// <summary>d between the cell's centre and the face [m]; read where k depends on temperature.</summary>
    public double Distance { get; init; }

    /// <summary>Whether the way to the face runs in the plane of the layers; read where k depends on temperature.</summary>
    public bool IsInPlane { get; init; }
}
