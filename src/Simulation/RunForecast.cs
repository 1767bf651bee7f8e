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
    private const long BytesPerRank = 120L << 20, BytesPerGlobalUnknown = 2400, BytesPerLocalUnknown = 48, BytesPerWholeMeshCell = 600;
    private const int TypicalSteps = 150, TypicalColumns = 16;

    /// <summary>Estimates from the case and its mesh.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="whole">Its mesh.</param>
    /// <param name="ranks">MPI ranks.</param>
    /// <param name="writesFields">Whether fields are written at the case's output times.</param>
    public static RunForecast Of(SimulationCase simulation, CellMesh whole, int ranks, bool writesFields = true)
    {
        long cells = whole.CellCount, global = GlobalUnknownsOf(simulation, whole), local = LocalUnknownsOf(simulation, whole);
        long memory = (ranks * (BytesPerRank + (BytesPerWholeMeshCell * cells))) + (BytesPerGlobalUnknown * global) + (BytesPerLocalUnknown * local);
        FieldPrecision precision = simulation.Output.DoublePrecision ? FieldPrecision.Float64 : FieldPrecision.Float32;
        int outputs = writesFields && simulation.Output.FieldCount != 0 ? ProtocolEstimate.FieldTimes(simulation).Length + 2 : 0;
        long disk = DiskSpace.Documents + DiskSpace.ForecastSeries(TypicalSteps, TypicalColumns);
        (long points, long connectivity) = outputs > 0 ? CellShapes.Count(whole, Partition.Assign(whole, ranks)) : default;
        if (outputs > 0)
            disk += DiskSpace.ForecastMesh(cells, points, connectivity, ranks) + (outputs * DiskSpace.ForecastFields(cells, simulation.Output.Fields.Count, precision));
        return new(cells, global, local, ranks, memory, disk, ProtocolEstimate.Seconds(simulation)) { FieldOutputs = outputs };
    }

    /// <summary>Times at which fields are written, start and end included; 0 for none.</summary>
    public int FieldOutputs { get; init; }

    private static long GlobalUnknownsOf(SimulationCase simulation, CellMesh whole) =>
        MeshStatistics.Of(whole).Unknowns - (simulation.Thermal.Model == ThermalModel.Isothermal ? whole.CellCount : 0);

    /// <summary>Per particle class: the modes of diffusion and the interfacial current density.</summary>
    private static long LocalUnknownsOf(SimulationCase simulation, CellMesh whole)
    {
        ParticleModes modes = new(simulation);
        long negative = whole.Region.Count(region => whole.Regions[region].Kind == LayerKind.NegativeElectrode);
        long positive = whole.Region.Count(region => whole.Regions[region].Kind == LayerKind.PositiveElectrode);
        return (negative * Unknowns(StackLayer.NegativeElectrode)) + (positive * Unknowns(StackLayer.PositiveElectrode));

        long Unknowns(StackLayer layer) => simulation.Layer(layer)!.Material.ActiveMaterials.Sum(material => modes[material] + 1);
    }

    /// <summary>One line for the log.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cells:N0} control volumes, {GlobalUnknowns:N0} unknowns and {LocalUnknowns:N0} inside particles on {Ranks} rank{(Ranks == 1 ? "" : "s")}; about {ByteText.Format(MemoryBytes)} of memory, {ByteText.Format(DiskBytes)} on disk, {SimulatedSeconds:N0} s to be simulated");
}
