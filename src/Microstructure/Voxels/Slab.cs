namespace Cell3D.Microstructure.Voxels;

/// <summary>The planes of constant z that one rank holds.</summary>
/// <param name="First">Number of its first plane.</param>
/// <param name="Count">Number of its planes, at least 1.</param>
public readonly record struct Slab(int First, int Count)
{
    /// <summary>Planes of one block of the coarse levels; slabs made of whole blocks make results independent of the number of ranks.</summary>
    private const int Block = 4;

    /// <summary>Plane behind the last one.</summary>
    public int End => First + Count;

    /// <summary>Divides the planes evenly, in whole blocks where every rank can have one.</summary>
    /// <param name="planes">Planes of the image.</param>
    /// <param name="ranks">Ranks; at most one per plane.</param>
    /// <param name="rank">Whose slab.</param>
    public static Slab Of(int planes, int ranks, int rank)
    {
        if (ranks > planes)
            throw new ArgumentException($"{planes} planes cannot be divided between {ranks} ranks.");
        int unit = planes / Block >= ranks ? Block : 1, blocks = (planes + unit - 1) / unit;
        int first = (int)((long)blocks * rank / ranks) * unit, end = rank == ranks - 1 ? planes : (int)((long)blocks * (rank + 1) / ranks) * unit;
        return new(first, end - first);
    }
}
