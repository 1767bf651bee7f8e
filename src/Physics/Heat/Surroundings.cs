using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>What an outer surface exchanges heat with: air, other bodies, a source of heat, a plate that is kept at a temperature.</summary>
/// <param name="HeatTransferCoefficient">h over time [W m⁻² K⁻¹], at least 0; ∞ of a plate.</param>
/// <param name="AmbientTemperature">T_amb over time [K]; the temperature of a plate.</param>
/// <param name="Emissivity">ε towards black surroundings at T_amb; 0 for no radiation. A surface that stands for another one carries its share or multiple.</param>
public sealed record Surroundings(TimeTable HeatTransferCoefficient, TimeTable AmbientTemperature, double Emissivity = 0)
{
    /// <summary>q_0 over time [W m⁻²] that leaves whatever the temperature; negative where the surface is heated.</summary>
    public TimeTable HeatFlux { get; init; } = TimeTable.Constant(0);

    /// <summary>R between the surface and what lies outside [m² K W⁻¹].</summary>
    public double ContactResistance { get; init; }

    /// <summary>Whether what lies outside keeps its temperature whatever heat it takes.</summary>
    public bool IsPlate => double.IsPositiveInfinity(HeatTransferCoefficient.Minimum);

    /// <summary>Whether no heat is exchanged at any time.</summary>
    public bool IsAdiabatic => Emissivity == 0 && HeatTransferCoefficient.Maximum == 0 && !HasFlux;

    /// <summary>Whether some heat leaves or enters whatever the temperature.</summary>
    public bool HasFlux => HeatFlux.Minimum < 0 || HeatFlux.Maximum > 0;

    /// <summary>A body of given temperature that touches the surface.</summary>
    /// <param name="temperature">Its temperature over time [K].</param>
    /// <param name="contactResistance">R of the contact [m² K W⁻¹]; 0 where the surface itself has the temperature.</param>
    public static Surroundings Plate(TimeTable temperature, double contactResistance = 0) =>
        new(TimeTable.Constant(double.PositiveInfinity), temperature) { ContactResistance = contactResistance };

    /// <summary>What a surface exchanges that stands for as many times its own area.</summary>
    public Surroundings Scaled(double factor) => this with
    {
        HeatTransferCoefficient = HeatTransferCoefficient.Scaled(factor),
        Emissivity = factor * Emissivity,
        HeatFlux = HeatFlux.Scaled(factor),
        ContactResistance = ContactResistance / factor,
    };

    /// <summary>Heat per kelvin between the surface and T_amb without radiation, 1/(1/h + R) [W m⁻² K⁻¹]; ∞ of a plate without contact resistance.</summary>
    public double Conductance(double time) => 1 / ((1 / HeatTransferCoefficient.At(time)) + ContactResistance);

    /// <summary>∂q/∂T of radiation between equal temperatures, 4 ε σ_SB T³ [W m⁻² K⁻¹].</summary>
    public double RadiativeCoefficient(double temperature) => 4 * Emissivity * PhysicalConstants.StefanBoltzmann * temperature * temperature * temperature;
}

/// <summary>An outer face of an owned cell, or the part of one that has surroundings of its own.</summary>
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

    /// <summary>Which of the cooled places it belongs to, for the report.</summary>
    public int Place { get; init; }
}
