namespace Cell3D.Microstructure.Structures;

/// <summary>Random numbers that a seed determines on every machine and rank: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
internal sealed class SeededNumbers(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A point of a box, each coordinate uniform.</summary>
    public double[] Point(IReadOnlyList<double> box) => [Next() * box[0], Next() * box[1], Next() * box[2]];
}
