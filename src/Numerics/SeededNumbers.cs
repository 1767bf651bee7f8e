namespace Cell3D.Numerics;

/// <summary>Random numbers that a seed determines on every machine and rank: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
public sealed class SeededNumbers
{
    private const ulong Increment = 0x9E3779B97F4A7C15UL;
    private ulong _state;

    /// <summary>The numbers of a seed.</summary>
    public SeededNumbers(long seed) => _state = (ulong)seed;

    /// <summary>The numbers of one of many places, a sequence of its own whatever the others are asked for.</summary>
    /// <param name="seed">Of all places.</param>
    /// <param name="place">Whole numbers that tell it from the others.</param>
    public static SeededNumbers At(long seed, params ReadOnlySpan<long> place)
    {
        ulong state = (ulong)seed;
        foreach (long index in place)
            state = Mixed(state + Increment) ^ (ulong)index;
        return new((long)Mixed(state + Increment));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => (Mixed(_state += Increment) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normally distributed with mean 0 and deviation 1 (Box and Muller, Ann. Math. Stat. 29 (1958) 610).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>A point of a box, each coordinate uniform.</summary>
    public double[] Point(IReadOnlyList<double> box) => [Next() * box[0], Next() * box[1], Next() * box[2]];

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
