using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>Whether voxels belong to a phase, with planes of the neighbours' beside a slab; outside of the image its outermost voxels are repeated, or the image is.</summary>
internal sealed class PaddedIndicator
{
    /// <summary>Planes of the neighbours.</summary>
    public const int Ghosts = 3;

    private readonly VoxelImage _image;
    private readonly byte[] _below, _above;
    private readonly bool _periodic;

    /// <summary>*Collective.*</summary>
    public PaddedIndicator(Communicator communicator, VoxelImage image, bool periodic)
    {
        (_image, _periodic) = (image, periodic);
        int entries = Ghosts * image.PlaneSize;
        if (image.Slab.Count < Ghosts) throw new ArgumentException($"A slab of {image.Slab.Count} planes has too few for its neighbours.");
        using SlabExchange exchange = new(communicator, periodic, entries, entries);
        for (int i = 0; i < entries; i++) (exchange.ToBelow[i], exchange.ToAbove[i]) = (image.Phases[i], image.Phases[image.Phases.Length - entries + i]);
        exchange.Exchange();
        (_below, _above) = (new byte[exchange.Below], new byte[exchange.Above]);
        for (int i = 0; i < _below.Length; i++) _below[i] = (byte)exchange.FromBelow[i];
        for (int i = 0; i < _above.Length; i++) _above[i] = (byte)exchange.FromAbove[i];
    }

    /// <summary>Fills a plane with <see cref="Ghosts"/> more columns and rows on either side: 1 for the phase, 0 for others. z counts within the slab.</summary>
    public void Fill(int z, byte phase, byte[] plane)
    {
        VoxelShape shape = _image.Shape;
        ReadOnlySpan<byte> from = Plane(z);
        int width = shape.X + (2 * Ghosts);
        for (int y = -Ghosts; y < shape.Y + Ghosts; y++)
        {
            ReadOnlySpan<byte> row = from.Slice(Inside(y, shape.Y) * shape.X, shape.X);
            Span<byte> to = plane.AsSpan((y + Ghosts) * width, width);
            for (int x = 0; x < row.Length; x++) to[x + Ghosts] = row[x] == phase ? (byte)1 : (byte)0;
            for (int x = 1; x <= Ghosts; x++)
            {
                to[Ghosts - x] = to[Ghosts + Inside(-x, shape.X)];
                to[Ghosts + shape.X - 1 + x] = to[Ghosts + Inside(shape.X - 1 + x, shape.X)];
            }
        }
    }

    private int Inside(int i, int n) => _periodic ? ((i % n) + n) % n : Math.Clamp(i, 0, n - 1);

    private ReadOnlySpan<byte> Plane(int z)
    {
        int size = _image.PlaneSize, count = _image.Slab.Count;
        if (z < 0 && _below.Length > 0) return _below.AsSpan((z + Ghosts) * size, size);
        if (z >= count && _above.Length > 0) return _above.AsSpan((z - count) * size, size);
        return _image.Phases.AsSpan(Math.Clamp(z, 0, count - 1) * size, size);
    }
}
