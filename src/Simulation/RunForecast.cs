using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

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
    private const long BytesPerRank = 120L << 20, BytesPerGlobalUnknown = 1600, BytesPerLocalUnknown = 48, BytesPerWholeMeshCell = 600;
    private const int TypicalSteps = 150, TypicalColumns = 16;

    /// <summary>*Collective.* Estimates from the size of the discrete problem.</summary>
    public static RunForecast Of(CellModel model, SimulationCase simulation, CellMesh whole, int fieldOutputs, double simulatedSeconds, Communicator world)
    {
        Span<long> sizes = [model.Layout.Rows, model.Particles.Sum(p => (long)p.LocalUnknowns)];
        world.Allreduce(sizes, Operation.Sum);
        long memory = (world.Size * (BytesPerRank + (BytesPerWholeMeshCell * whole.CellCount))) + (BytesPerGlobalUnknown * sizes[0]) + (BytesPerLocalUnknown * sizes[1]);
        FieldPrecision precision = simulation.Output.DoublePrecision ? FieldPrecision.Float64 : FieldPrecision.Float32;
        long disk = DiskSpace.ForecastMesh(whole.CellCount, 2L * whole.CellCount, 8L * whole.CellCount)
            + (fieldOutputs * DiskSpace.ForecastFields(whole.CellCount, simulation.Output.Fields.Count, precision))
            + DiskSpace.ForecastSeries(TypicalSteps, TypicalColumns);
        return new(whole.CellCount, sizes[0], sizes[1], world.Size, memory, fieldOutputs == 0 ? DiskSpace.ForecastSeries(TypicalSteps, TypicalColumns) : disk, simulatedSeconds);
    }

    /// <summary>One line for the log.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cells:N0} control volumes, {GlobalUnknowns:N0} unknowns and {LocalUnknowns:N0} inside particles on {Ranks} rank{(Ranks == 1 ? "" : "s")}; about {ByteText.Format(MemoryBytes)} of memory, {ByteText.Format(DiskBytes)} on disk, {SimulatedSeconds:N0} s to be simulated");
}
