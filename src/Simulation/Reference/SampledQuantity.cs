namespace Cell3D.Simulation.Reference;

/// <summary>Numbers that are taken of a run at given times, alike for every resolution of its mesh.</summary>
/// <param name="Path">Place in the file, e.g. <c>maps/temperature</c>.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Description">What it is, in ASCII.</param>
/// <param name="Axes">Names of the axes, time first.</param>
/// <param name="Shape">Their lengths.</param>
public sealed record SampledQuantity(string Path, string Unit, string Description, IReadOnlyList<string> Axes, IReadOnlyList<int> Shape)
{
    /// <summary>What Newton's method leaves of a potential [V] and of a temperature [K], and of everything else as a share of its largest value.</summary>
    private const double NoiseOfVoltage = 2e-6, NoiseOfTemperature = 1e-5, RelativeNoise = 1e-6;

    /// <summary>Numbers in all.</summary>
    public int Count => Shape.Aggregate(1, (product, length) => checked(product * length));

    /// <summary>Numbers at one time.</summary>
    public int PerTime => Count / Shape[0];

    /// <summary>Numbers of one layer or pair at one time: a map or a section, otherwise 1.</summary>
    public int PerMap => Shape.Skip(2).Aggregate(1, (product, length) => product * length);

    /// <summary>Differences below this are not told apart.</summary>
    /// <param name="values">Of the run in question; NaN where there is no value.</param>
    public double Noise(ReadOnlySpan<double> values)
    {
        if (Unit == "V")
            return NoiseOfVoltage;
        if (Unit == "K")
            return NoiseOfTemperature;
        double largest = 0;
        foreach (double value in values)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        return RelativeNoise * largest;
    }
}
