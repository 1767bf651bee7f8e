using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Physics.Materials;

namespace Cell3D.Simulation.Reports;

/// <summary>What a largest error of V(t) led to, for the summary.</summary>
public static class BudgetReport
{
    /// <summary>Of a case; null where it asks for no voltage.</summary>
    public static AccuracySummary? Of(SimulationCase simulation)
    {
        if (simulation.Budget is not { } budget)
            return null;
        Dictionary<string, double> chosen = [];
        for (int layer = 0; layer < simulation.Layers.Count; layer++)
            if (simulation.Layers[layer].Kind.HasElectrolyte())
                chosen[$"Mesh.Cells through.{simulation.Layers[layer].Name}"] = simulation.Mesh.CellsThrough[layer];
        if (budget.InPlane is not null)
            (chosen["Mesh.Cells along width"], chosen["Mesh.Cells along height"]) = (simulation.Mesh.CellsAlongWidth, simulation.Mesh.CellsAlongHeight);
        ParticleModes modes = ParticleModes.Of(simulation);
        foreach (CellLayer layer in simulation.Layers)
            foreach (ActiveMaterial material in layer.Material.ActiveMaterials)
                chosen[$"Mesh.Particle, {layer.Name.ToLowerInvariant()}{(material.Name.Length == 0 ? "" : $" ({material.Name})")}"] = modes[material];
        chosen["Solver.Relative tolerance"] = simulation.Solver.RelativeTolerance;
        chosen["Solver.Voltage tolerance [V]"] = simulation.Solver.VoltageTolerance;
        return new() { Budget = budget.Volts, Expected = budget.Expected, Chosen = chosen };
    }
}
