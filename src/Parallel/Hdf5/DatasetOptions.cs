namespace Cell3D.Parallel.Hdf5;

/// <summary>How a dataset is stored.</summary>
/// <param name="ChunkRows">Rows per chunk; 0 stores contiguously, or in chunks of about 64 Ki values when a filter asks for chunks.</param>
/// <param name="Deflate">Compression level 0 (off) … 9.</param>
/// <param name="Shuffle">Sorts bytes by significance first, which makes numbers compress better.</param>
/// <param name="Fletcher32">Keeps a checksum per chunk, tested at every read.</param>
public sealed record DatasetOptions(long ChunkRows = 0, int Deflate = 0, bool Shuffle = false, bool Fletcher32 = false)
{
    private const long ChunkValues = 65536;

    /// <summary>One block without filters.</summary>
    public static DatasetOptions Contiguous { get; } = new();

    /// <summary>Compressed chunks with checksums.</summary>
    public static DatasetOptions Compressed { get; } = new(Deflate: 4, Shuffle: true, Fletcher32: true);

    internal long RowsPerChunk(long rowLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ChunkRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Deflate, 9);
        if (ChunkRows > 0 || !(Deflate > 0 || Shuffle || Fletcher32)) return ChunkRows;
        return Math.Max(1, ChunkValues / Math.Max(1, rowLength));
    }
}
