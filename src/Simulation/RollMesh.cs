using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Divides the roll of a case.</summary>
internal static class RollMesh
{
    /// <summary>The roll with its mesh: fine along the axis towards the ends.</summary>
    /// <exception cref="MeshException">More cells along the winding or the height than are possible.</exception>
    public static RollSpec Of(Winding winding, SimulationCase simulation)
    {
        MeshSettings mesh = simulation.Mesh;
        LayerStack layers = CaseMesh.Stack(simulation);
        RollSpec roll = winding.Shape with { Layers = layers, Missing = CaseMesh.Missing(simulation, layers.Layers, winding.Shape.Rolls), CellsPerTurn = mesh.CellsPerTurn, CellsAlongCore = mesh.CellsAlongCore };
        if (roll.EstimateColumns() > MeshSettings.MostCellsAlong)
            throw new MeshException(FormattableString.Invariant($"mesh: about {roll.EstimateColumns():G3} cells along the winding, at most {MeshSettings.MostCellsAlong} are possible; take fewer cells per turn"));
        return roll with { Axial = Heights(roll, mesh) };
    }

    private static double[] Heights(RollSpec roll, MeshSettings mesh)
    {
        double height = roll.Height, largest = height / mesh.CellsAlongHeight;
        // Current gathers at the ends at which tabs sit, and heat leaves at both.
        Refinement[] ends = [.. new[] { 0, height }.Select(end => new Refinement(end, end, largest / mesh.TabRefinement))];
        double estimate = Grading.EstimateRefined(height, largest, ends);
        if (estimate > MeshSettings.MostCellsAlong)
            throw new MeshException(FormattableString.Invariant($"mesh: about {estimate:G3} cells along the height, at most {MeshSettings.MostCellsAlong} are possible; take fewer cells or less refinement towards tabs"));
        double[] breaks = [.. roll.Missing.SelectMany(patch => new[] { patch.Rectangle.Bottom, patch.Rectangle.Top })];
        return breaks.Length == 0 && mesh.TabRefinement == 1 ? Grading.Uniform(0, height, mesh.CellsAlongHeight) : Grading.Refined(0, height, largest, ends, breaks);
    }
}
