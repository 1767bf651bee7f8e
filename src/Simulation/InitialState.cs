using Cell3D.Input.Cases;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>Rest at a state of charge: uniform composition and temperature, potentials at open circuit.</summary>
public static class InitialState
{
    /// <summary>Stoichiometry of a material at a state of charge 0 … 1 of its window; the negative electrode fills on charging.</summary>
    public static double Stoichiometry(ActiveMaterial material, double stateOfCharge, bool negative)
    {
        double share = negative ? stateOfCharge : 1 - stateOfCharge;
        return material.MinimumStoichiometry + (share * (material.MaximumStoichiometry - material.MinimumStoichiometry));
    }

    /// <summary>Fills every field and particle; ghosts included.</summary>
    public static void Apply(CellModel model, SimulationCase simulation)
    {
        double temperature = simulation.Thermal.InitialTemperature - simulation.Thermal.ReferenceTemperature;
        model.Fields.Salt.AsSpan().Fill(simulation.Electrolyte.InitialConcentration);
        model.Fields.Temperature.AsSpan().Fill(temperature);
        foreach (ReactingParticles particles in model.Particles)
            particles.SetUniform(Stoichiometry(particles.Material, simulation.InitialStateOfCharge, IsNegative(simulation, particles.Material)));
        double negative = Equilibrium(simulation, StackLayer.NegativeElectrode, temperature), positive = Equilibrium(simulation, StackLayer.PositiveElectrode, temperature);
        model.Fields.IonicPotential.AsSpan().Fill(-negative);
        model.Fields.ElectronicPotential.AsSpan().Clear();
        model.Fields.TerminalVoltage = positive - negative;
    }

    private static bool IsNegative(SimulationCase simulation, ActiveMaterial material) =>
        simulation.Layer(StackLayer.NegativeElectrode)!.Material.ActiveMaterials.Contains(material);

    /// <summary>U of the first material of an electrode at the start [V].</summary>
    private static double Equilibrium(SimulationCase simulation, StackLayer layer, double heating)
    {
        ActiveMaterial material = simulation.Layer(layer)!.Material.ActiveMaterials[0];
        double x = Stoichiometry(material, simulation.InitialStateOfCharge, layer == StackLayer.NegativeElectrode);
        return material.OpenCircuitPotential.Value(x) + (heating * material.EntropicCoefficient.Value(x));
    }
}
