using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The macroscopic unknowns on one rank.</summary>
/// <param name="Layout">Where they live.</param>
/// <param name="Halo">Who shares them.</param>
/// <param name="Fields">Their values.</param>
/// <param name="States">Their history and that of the terminal voltage; local systems add theirs.</param>
public sealed record MacroscopicState(FieldLayout Layout, FieldHalo Halo, CellFields Fields, StateRegistry States)
{
    /// <summary>*Collective.* Those of a table on a mesh.</summary>
    /// <param name="unknowns">Which.</param>
    /// <param name="part">The cells of this rank.</param>
    /// <param name="simulation">Gives temperatures, tolerances and the order in time.</param>
    /// <param name="world">The ranks.</param>
    public static MacroscopicState Of(UnknownTable unknowns, MeshPart part, SimulationCase simulation, Communicator world)
    {
        CellMesh mesh = part.Mesh;
        FieldSet[] perRegion = [.. mesh.Regions.Select(region => unknowns.In(region.Kind))];
        FieldLayout layout = new(Array.ConvertAll(mesh.Region, region => perRegion[region]), mesh.OwnedCellCount, world.Rank == world.Size - 1);
        FieldHalo halo = new(world, unknowns.Count, [.. part.Halo.Select(h => new HaloNeighbour(h.Rank, h.Send, h.Receive))]);
        halo.Number(layout, world);
        bool[] positive = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.Kind(cell).Polarity() == Polarity.Positive)];
        CellFields fields = new(mesh.CellCount, positive, simulation.Thermal.ReferenceTemperature, unknowns.Count);
        StateRegistry states = new(simulation.Solver.MaximumOrder);
        StateSites everywhere = new("", [.. Enumerable.Range(0, layout.OwnedCells)]);
        foreach (Unknown unknown in unknowns.All)
            states.Register(new(unknown.Quantity, fields[unknown.Field], layout.OwnedCells, unknown.Tolerance)
            {
                Sites = everywhere,
                Determined = layout.CellsWith(unknown.Field),
                IsPositive = unknown.Minimum == 0,
                LargestExtrapolation = unknown.LargestChange,
                IsDifferential = unknown.IsDifferential,
            });
        states.Register(new(new("Terminal voltage", "V"), fields.TerminalVoltageState, 1, new(simulation.Solver.VoltageTolerance, 0)) { IsDifferential = false });
        return new(layout, halo, fields, states);
    }
}
