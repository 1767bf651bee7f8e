using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>Files of a mesh: a picture, which needs no cells, and one for ParaView, which does.</summary>
internal static class MeshFiles
{
    /// <summary>Of the cells, their faces and outlines while they are written.</summary>
    private const long BytesPerCell = 700;

    /// <summary>Draws the plane and the layers.</summary>
    public static void Draw(CellDomain domain, Partition partition, string path)
    {
        if (Launcher.Rank > 0) return;
        MeshPicture.Write(domain, partition, Path.GetFullPath(path));
        Screen.Out.WriteLine($"Wrote {path}");
    }

    /// <summary>Builds the mesh on this process and writes it: regions, volumes, columns, and the rank of a division that would own each cell.</summary>
    /// <exception cref="UserError">The mesh does not fit into memory (71), or a launcher started several processes (64).</exception>
    /// <exception cref="OutputException">The folder cannot be used.</exception>
    public static void Export(SimulationCase simulation, CellDomain domain, Partition partition, string folder, bool overwrite)
    {
        if (Launcher.Size > 1) throw new UserError(ExitCode.Usage, "--vtk builds the mesh on one process; start it without a launcher, --ranks tells the division");
        RequireMemory(domain.CellCount);
        MeshSize size = CaseSource.MeshSize(simulation);
        using IDisposable runtime = ParallelRuntime.Start([], false, Launcher.IsPresent);
        using OutputFolder output = OutputFolder.Create(folder, overwrite, DiskSpace.ForecastMesh(domain.CellCount, size.Points, size.Connectivity, 1) + DiskSpace.ForecastFields(domain.CellCount, 2, FieldPrecision.Float32));
        CellMesh mesh = CaseSource.Meshed(simulation, domain.Whole);
        FieldWriter writer = new(Communicator.Self, output, mesh);
        writer.Write(0,
        [
            new("Column", "1", "In-plane column", values => Fill(values, cell => mesh.Column[cell])),
            new("Part", "1", FormattableString.Invariant($"Rank that owns the cell when {partition.Ranks} share the mesh"), values => Fill(values, cell => OwnerOf(domain, partition, mesh, cell))),
        ]);
        Screen.Out.WriteLine($"Wrote {output.File(OutputFolder.FieldsName(0))}");
    }

    private static void Fill(Span<double> values, Func<int, double> value)
    {
        for (int cell = 0; cell < values.Length; cell++)
            values[cell] = value(cell);
    }

    private static int OwnerOf(CellDomain domain, Partition partition, CellMesh mesh, int cell)
    {
        int column = mesh.Column[cell];
        return partition.Owner(column, domain.DepthOf(column, mesh.Level[cell]));
    }

    private static void RequireMemory(long cells)
    {
        long needed = BytesPerCell * cells;
        if (MachineMemory.AvailableBytes is long available && needed > available)
            throw new UserError(ExitCode.NotEnoughMemory, $"the mesh will take about {ByteText.Format(needed)} of memory, and {ByteText.Format(available)} are available") { Hint = "Choose a coarser mesh; everything else that this command shows takes no memory." };
    }
}
