namespace Cell3D.Output;

/// <summary>Forecast of what a run will write, and the check that the disk holds it.</summary>
public static class DiskSpace
{
    /// <summary>Bytes of HDF5 headers and layer names per file, and per dataset with its attributes, measured and rounded up.</summary>
    private const long FileOverhead = 40_000, DatasetOverhead = 200;

    /// <summary>Datasets of the mesh.</summary>
    private const int MeshDatasets = 10;

    /// <summary>Bytes of the resolved case, the summary, the list of files and the pictures, measured and rounded up.</summary>
    public const long Documents = 400_000;

    /// <summary>Bytes of one number with its comma in the time series.</summary>
    private const long TextNumber = 20;

    /// <summary>Bytes a user can still write where <paramref name="path"/> (which need not exist yet) lies.</summary>
    public static bool TryGetFreeBytes(string path, out long bytes)
    {
        bytes = 0;
        try
        {
            string? place = Path.GetFullPath(path);
            while (place is not null && !Directory.Exists(place))
            {
                place = Path.GetDirectoryName(place);
            }

            if (place is null)
                return false;

            DriveInfo drive = new(place);
            bytes = drive.AvailableFreeSpace;
            return drive.TotalSize > 0; // /proc and its like have no size
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Bytes of <c>mesh.hdf</c> for the whole mesh.</summary>
    /// <param name="cells">Cells of all parts.</param>
    /// <param name="points">Points of all parts.</param>
    /// <param name="connectivity">Connectivity entries of all parts.</param>
    /// <param name="parts">Parts, one per rank.</param>
    public static long ForecastMesh(long cells, long points, long connectivity, int parts)
    {
        const long counts = 3 * sizeof(long), point = 3 * sizeof(double);
        const long cell = sizeof(long) + sizeof(byte) + sizeof(int) + (2 * sizeof(double)); // offset, type, region, volume, rank
        return FileOverhead + (MeshDatasets * DatasetOverhead) + (parts * (counts + sizeof(long))) + (point * points) + (sizeof(long) * connectivity) + (cell * cells);
    }

    /// <summary>Bytes of one <c>fields_*.hdf</c>, uncompressed.</summary>
    public static long ForecastFields(long cells, int fields, FieldPrecision precision)
        => FileOverhead + (fields * (DatasetOverhead + (cells * (precision == FieldPrecision.Float64 ? sizeof(double) : sizeof(float)))));

    /// <summary>Bytes of the time series.</summary>
    public static long ForecastSeries(long steps, int columns) => steps * columns * TextNumber;

    /// <summary>Refuses a run that cannot fit (exit code 73); a disk whose free space cannot be read passes.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="forecast">Bytes the run will write.</param>
    /// <param name="reclaimable">Bytes of earlier results that the run will delete first.</param>
    /// <exception cref="OutputException">The forecast exceeds the free space.</exception>
    public static void Require(string folder, long forecast, long reclaimable = 0)
    {
        if (TryGetFreeBytes(folder, out long free) && forecast - reclaimable is long needed && needed > free)
        {
            long available = free + reclaimable;
            throw OutputException.CannotCreate(folder, $"the run will write about {ByteText.Format(forecast)}, but only {ByteText.Format(available)} are free there. Write fewer output times or fields, choose another folder, or free some space");
        }
    }
}
