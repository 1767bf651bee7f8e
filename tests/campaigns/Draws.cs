namespace Cell3D.Campaigns;

/// <summary>Random choices that a seed and a number repeat.</summary>
internal sealed class Draws(int seed, int number)
{
    private readonly Random _random = new(Mixed(((ulong)(uint)seed << 32) | (uint)number));

    /// <summary>Uniform in [low, high].</summary>
    public double Uniform(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>Uniform in the logarithm.</summary>
    public double Log(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    /// <summary>A whole number from low to high, both included.</summary>
    public int Whole(int low, int high) => _random.Next(low, high + 1);

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>One of these.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>Neighbouring numbers must not give neighbouring sequences (the finaliser of splitmix64).</summary>
    private static int Mixed(ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return (int)(state ^ (state >> 31));
    }
}
