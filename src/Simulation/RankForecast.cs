using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>What one rank of a run will take.</summary>
/// <param name="Cells">Control volumes it owns.</param>
/// <param name="Ghosts">Control volumes of other ranks at its faces.</param>
/// <param name="GlobalUnknowns">Unknowns of the global system.</param>
/// <param name="LocalUnknowns">Unknowns inside control volumes.</param>
/// <param name="Work">Its work over the mean of all ranks.</param>
/// <param name="MemoryBytes">Estimated resident memory.</param>
/// <param name="Seconds">Estimated time of the protocol, were it alone on its core [s].</param>
public sealed record RankForecast(long Cells, long Ghosts, long GlobalUnknowns, long LocalUnknowns, double Work, long MemoryBytes, double Seconds)
{
    /// <summary>Of a step on one core of 2023, per control volume of mean work [s]: what 20 000 to 130 000 of them in pouch cells took, with two ranks.</summary>
    internal const double SecondsPerCell = 1e-5;

    /// <summary>Of all ranks; nothing is built.</summary>
    /// <exception cref="MeshException">The mesh cannot be divided into so many parts.</exception>
    public static IReadOnlyList<RankForecast> Of(SimulationCase simulation, CellDomain domain, int ranks)
    {
        PartStatistics[] parts = PartStatistics.Of(domain, Partition.Of(domain, ranks, CaseMesh.Work));
        double mean = parts.Average(part => part.Work), perCell = SecondsPerCell * Steps(simulation) * domain.CellCount / parts.Sum(part => part.Work);
        int heat = simulation.Thermal.Model == ThermalModel.Resolved ? 1 : 0;
        return [.. parts.Select(Of)];

        RankForecast Of(PartStatistics part)
        {
            long global = 0, local = 0;
            for (int region = 0; region < part.Cells.Length; region++)
            {
                LayerKind kind = domain.Regions[region].Kind;
                global += part.Cells[region] * (heat + (kind.HasElectrolyte() ? 2 : 0) + (kind.ConductsElectrons() ? 1 : 0));
                local += part.Cells[region] * RunForecast.LocalUnknownsIn(simulation, kind);
            }
            return new(part.Cells.Sum(), part.Ghosts, global, local, part.Work / mean, RunForecast.MemoryOf(1, domain.ColumnCount, global, local), part.Work * perCell);
        }
    }

    /// <summary>Time steps that the protocol usually takes.</summary>
    public static double Steps(SimulationCase simulation) => simulation.Solver.FixedSteps is [.., double last]
        ? ProtocolEstimate.Seconds(simulation) / last
        : simulation.Thermal.TimesOfChange.Count() + simulation.Protocol.Steps.Sum(StepForecast.UsualSteps);
}
