using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;

namespace Cell3D.Simulation;

/// <summary>What a run will take, known before it starts.</summary>
/// <param name="Cells">Control volumes.</param>
/// <param name="GlobalUnknowns">Unknowns of the global system.</param>
/// <param name="LocalUnknowns">Unknowns inside control volumes.</param>
/// <param name="Ranks">MPI ranks.</param>
/// <param name="MemoryBytes">Estimated resident memory of all ranks.</param>
/// <param name="DiskBytes">Estimated size of the results.</param>
/// <param name="SimulatedSeconds">Estimated length of the protocol [s].</param>
public sealed record RunForecast(long Cells, long GlobalUnknowns, long LocalUnknowns, int Ranks, long MemoryBytes, long DiskBytes, double SimulatedSeconds)
{
    /// <summary>Field files that a run may write; each is a file of its own.</summary>
    public const long MostFieldOutputs = 1_000_000;

    /// <summary>A quarter more of an unknown than was measured at the peaks of runs with fields, docs/performance.md: systems of 20 Krylov iterations take that much.</summary>
    private const long BytesPerRank = 120L << 20, BytesPerGlobalUnknown = 1250, BytesPerLocalUnknown = 40, BytesPerColumn = 600;
    private const double MostRows = 1e12;
    private const int TypicalSteps = 150, TypicalColumns = 45, MostCheckpoints = 3;

    /// <summary>Estimates from the case alone: nothing is built, so it takes no time for the largest case.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="ranks">MPI ranks.</param>
    /// <param name="writesFields">Whether fields are written at the case's output times.</param>
    /// <exception cref="MeshException">The geometry cannot be meshed, or not with so many cells.</exception>
    public static RunForecast Of(SimulationCase simulation, int ranks, bool writesFields = true)
    {
        MeshSize mesh = CaseMesh.Size(simulation);
        long cells = mesh.Cells, global = mesh.Unknowns(simulation.Thermal.Model == ThermalModel.Resolved), local = LocalUnknownsOf(simulation, mesh);
        long memory = MemoryOf(ranks, mesh.Columns, global, local) + (sizeof(double) * Couplings.CopiesOfState(simulation.Solver.Coupling) * (global + local));
        FieldPrecision precision = simulation.Output.DoublePrecision ? FieldPrecision.Float64 : FieldPrecision.Float32;
        long outputs = writesFields && simulation.Output.FieldCount != 0 ? ProtocolEstimate.FieldTimeCount(simulation) + 2 : 0;
        double disk = DiskSpace.Documents + DiskSpace.ForecastSeries(RowsOf(simulation), TypicalColumns);
        if (outputs > 0)
            disk += DiskSpace.ForecastMesh(cells, mesh.PointsOf(ranks), mesh.Connectivity, ranks) + ((double)outputs * DiskSpace.ForecastFields(Written(simulation, mesh), simulation.Output.ValuesPerCell, precision));
        return new(cells, global, local, ranks, memory, (long)Math.Min(disk, long.MaxValue / 2), ProtocolEstimate.Seconds(simulation))
        {
            FieldOutputs = outputs,
            CheckpointBytes = (long)Math.Min(long.MaxValue / 4, MostCheckpoints * sizeof(double) * (double)(simulation.Solver.MaximumOrder + 1) * (global + local)),
            BytesOfEveryRank = MemoryOf(1, mesh.Columns, 0, 0),
            CoreSeconds = RankForecast.SecondsPerCell * RankForecast.Steps(simulation) * cells * Couplings.WorkFactor(simulation.Solver.Coupling),
        };
    }

    /// <summary>Rows of the time series: those at wanted times where the case asks for them, else one for every time step.</summary>
    private static long RowsOf(SimulationCase simulation)
    {
        OutputSettings output = simulation.Output;
        double wanted = simulation.Protocol.Steps.Sum(step => step is { Period: { } period, Duration: { } duration } ? duration / period : 0);
        double others = output.RowTimes?.Count ?? (output.RowPeriod is { } interval ? ProtocolEstimate.Seconds(simulation) / interval : TypicalSteps + simulation.Thermal.TimesOfChange.Count());
        return (long)Math.Min(wanted + others, MostRows);
    }

    /// <summary>Size of the checkpoints that are there at one time [bytes]: two that are whole, and one that is being written.</summary>
    public long CheckpointBytes { get; init; }

    /// <summary>Times at which fields are written, start and end included; 0 for none.</summary>
    public long FieldOutputs { get; init; }

    /// <summary>Memory that every rank takes whatever its share [bytes]: the program, and what it knows of the plane.</summary>
    public long BytesOfEveryRank { get; init; }

    /// <summary>Memory that the ranks share [bytes].</summary>
    public long SharedBytes => MemoryBytes - (Ranks * BytesOfEveryRank);

    /// <summary>Estimated time of the protocol on one core [s].</summary>
    public double CoreSeconds { get; init; }

    /// <summary>Cells of the layers that are written.</summary>
    private static long Written(SimulationCase simulation, MeshSize mesh)
    {
        LayerSelection layers = simulation.Output.Layers;
        ILookup<LayerKind, long> kinds = mesh.Regions.ToLookup(region => region.Kind, region => region.Cells);
        if (layers.Names.Count == 0)
            return mesh.Cells;
        return kinds.Sum(kind => layers.Names.Contains(kind.Key.Name()) ? kind.Sum() : kind.Max() * layers.Names.Count(name => name.Contains(kind.Key.Name(), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Per particle class: the modes of diffusion and the interfacial current density.</summary>
    private static long LocalUnknownsOf(SimulationCase simulation, MeshSize mesh)
    {
        return (mesh.CellsOf(LayerKind.NegativeElectrode) * LocalUnknownsIn(simulation, LayerKind.NegativeElectrode))
            + (mesh.CellsOf(LayerKind.PositiveElectrode) * LocalUnknownsIn(simulation, LayerKind.PositiveElectrode));
    }

    /// <summary>Unknowns inside one control volume of a layer: those of its particles.</summary>
    internal static long LocalUnknownsIn(SimulationCase simulation, LayerKind layer)
    {
        ParticleModes modes = ParticleModes.Of(simulation);
        return layer.IsElectrode() ? simulation.Layer(layer)?.Material.ActiveMaterials.Sum(material => modes[material] + 1) ?? 0 : 0;
    }

    /// <summary>Estimated resident memory [bytes], as much as can be counted; every rank knows all columns.</summary>
    internal static long MemoryOf(int ranks, long columns, long global, long local) => (long)Math.Min(long.MaxValue / 4,
        ((double)ranks * (BytesPerRank + (BytesPerColumn * columns))) + ((double)BytesPerGlobalUnknown * global) + ((double)BytesPerLocalUnknown * local));

    /// <summary>One line for the log.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cells:N0} control volumes, {GlobalUnknowns:N0} unknowns and {LocalUnknowns:N0} inside particles on {Ranks} rank{(Ranks == 1 ? "" : "s")}; about {ByteText.Format(MemoryBytes)} of memory, {ByteText.Format(DiskBytes)} on disk, {SimulatedSeconds:N0} s to be simulated");
}
