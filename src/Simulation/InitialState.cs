using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation;

/// <summary>Rest at a state of charge: uniform composition and temperature, potentials at open circuit.</summary>
public static class InitialState
{
    /// <summary>Fills every field and particle; ghosts included.</summary>
    public static void Apply(CellModel model, SimulationCase simulation)
    {
        model.Fields.Salt.AsSpan().Fill(simulation.Cell.Electrolyte.InitialConcentration);
        model.Fields.Temperature.AsSpan().Fill(simulation.Thermal.InitialTemperature - simulation.Thermal.ReferenceTemperature);
        double negative = Fill(model, simulation, LayerKind.NegativeElectrode,
            simulation.Cell.Balance.NegativeStoichiometries(simulation.InitialStateOfCharge, simulation.Thermal.InitialTemperature));
        double positive = Fill(model, simulation, LayerKind.PositiveElectrode,
            simulation.Cell.Balance.PositiveStoichiometries(simulation.InitialStateOfCharge, simulation.Thermal.InitialTemperature));
        model.Fields.IonicPotential.AsSpan().Fill(-negative);
        model.Fields.ElectronicPotential.AsSpan().Clear();
        model.Fields.TerminalVoltage = positive - negative;
        foreach (Term term in model.System.Terms)
            term.Start();
    }

    /// <summary>Fills the particles of one electrode; its open-circuit potential [V], which all its materials share; 0 for lithium metal.</summary>
    private static double Fill(CellModel model, SimulationCase simulation, LayerKind layer, double[] stoichiometries)
    {
        if (simulation.Layer(layer) is not { Material.ActiveMaterials: { } materials })
            return 0;
        for (int i = 0; i < materials.Count; i++)
            foreach (ReactingParticles particles in model.Particles.Where(p => ReferenceEquals(p.Material, materials[i])))
                particles.SetUniform(stoichiometries[i]);
        return materials[0].EquilibriumPotentialOf(simulation.Thermal.ReferenceTemperature).Value(stoichiometries[0], simulation.Thermal.InitialTemperature);
    }
}
