namespace Cell3D.Input.Protocols;

/// <summary>What drives the terminals of the simulated part during a protocol step. I &gt; 0 charges, and so does positive power.</summary>
public abstract record Drive
{
    private Drive() { }

    /// <summary>No current.</summary>
    public static Drive Rest { get; } = new Current(0);

    /// <summary>I is held.</summary>
    /// <param name="Amperes">I [A].</param>
    public sealed record Current(double Amperes) : Drive;

    /// <summary>V is held.</summary>
    /// <param name="Volts">V [V].</param>
    public sealed record Voltage(double Volts) : Drive;

    /// <summary>P = V I is held.</summary>
    /// <param name="Watts">P [W].</param>
    public sealed record Power(double Watts) : Drive;

    /// <summary>A resistor across the terminals: I = −V/R.</summary>
    /// <param name="Ohms">R [Ω], above 0.</param>
    public sealed record Resistance(double Ohms) : Drive;

    /// <summary>Current or power follows samples in time.</summary>
    /// <param name="Samples">The samples, from the start of the step on.</param>
    public sealed record Cycle(DriveCycle Samples) : Drive;

    /// <summary>The smallest φ_s − φ_e of the negative electrode is held, by the current that it takes: the fastest charge without lithium plating.</summary>
    /// <param name="Volts">Margin [V]; plating becomes possible below 0.</param>
    public sealed record LithiumMargin(double Volts) : Drive;
}
