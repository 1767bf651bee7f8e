namespace Cell3D.Numerics;

/// <summary>A number that laws depend on and that may be differentiated by, such as a rate constant.</summary>
/// <param name="name">Name shown to users, with the place that it belongs to.</param>
/// <param name="unit">SI unit.</param>
/// <param name="value">Its value.</param>
public sealed class Parameter(string name, string unit, double value)
{
    public string Name { get; } = name;

    public string Unit { get; } = unit;

    public double Value { get; set; } = value;

    /// <summary>δθ of the change of parameters that <see cref="Tangent"/> differentiates along: 1 for the derivative by this one, 0 if it stands.</summary>
    public double Seed { get; set; }
}
