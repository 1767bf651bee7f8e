namespace Cell3D.Numerics;

/// <summary>A number that laws depend on and that may be differentiated by, such as a rate constant, or a factor of a material property.</summary>
/// <param name="name">Name shown to users, with the place that it belongs to.</param>
/// <param name="unit">SI unit.</param>
/// <param name="value">Its value.</param>
public sealed class Parameter(string name, string unit, double value)
{
    private double _value = value;

    /// <summary>Raised after <see cref="Value"/> was set: for what is kept of it elsewhere.</summary>
    public event Action? Changed;

    public string Name { get; } = name;

    public string Unit { get; } = unit;

    public double Value
    {
        get => _value;
        set
        {
            _value = value;
            Changed?.Invoke();
        }
    }

    /// <summary>δθ of the change of parameters that <see cref="Tangent"/> differentiates along: 1 for the derivative by this one, 0 if it stands.</summary>
    public double Seed { get; set; }

    /// <summary>δθ/θ of a factor.</summary>
    public double RelativeChange => Seed / Value;

    /// <summary>A factor of a property, 1 as long as nobody sets it.</summary>
    public static Parameter Factor(string name) => new($"{name}, factor", "1", 1);
}
