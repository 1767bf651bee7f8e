using Cell3D.Parallel.Hdf5;

namespace Cell3D.Output;

/// <summary>How field values are stored.</summary>
/// <param name="Precision">Single precision for pictures, double for the full value.</param>
/// <param name="Compress">Whether values are compressed, with a checksum per chunk.</param>
public sealed record FieldFormat(FieldPrecision Precision = FieldPrecision.Float32, bool Compress = false)
{
    internal DatasetOptions Storage => Compress ? DatasetOptions.Compressed : DatasetOptions.Contiguous;
}
