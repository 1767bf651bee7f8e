namespace Cell3D.Output;

/// <summary>The unit in which an axis shows time.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Seconds">Its length [s].</param>
internal readonly record struct TimeUnit(string Name, double Seconds)
{
    /// <summary>The unit in which a duration reads best: 300 s, 60 min, 20 h.</summary>
    public static TimeUnit For(double duration) => duration switch
    {
        > 4 * 3600 => new("h", 3600),
        > 600 => new("min", 60),
        _ => new("s", 1),
    };

    /// <summary>Times in this unit.</summary>
    public double[] Scale(double[] seconds)
    {
        double length = Seconds;
        return [.. seconds.Select(t => t / length)];
    }
}
