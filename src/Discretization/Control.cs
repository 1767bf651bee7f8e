namespace Cell3D.Discretization;

/// <summary>How the terminals are driven: g(V, I) = 0, the equation of the terminal voltage V. I is not an unknown of its own, being Σ G (V − φ_s).</summary>
/// <remarks>Every control is written in amperes. I &gt; 0 charges the cell, and so does positive power.</remarks>
public abstract record Control
{
    private Control() { }

    /// <summary>The control that leaves an open circuit.</summary>
    public static Control OpenCircuit { get; } = new Current(0);

    /// <summary>g [A] with ∂g/∂V [S] and ∂g/∂I.</summary>
    /// <param name="voltage">V [V].</param>
    /// <param name="current">I [A].</param>
    /// <param name="conductance">Σ G of the positive terminal [S], the measure of what a volt amounts to.</param>
    public abstract (double Value, double ByVoltage, double ByCurrent) Equation(double voltage, double current, double conductance);

    /// <summary>The control of the same kind that lies a share of the way from a state (V, I) to this one.</summary>
    public abstract Control Towards(double voltage, double current, double share);

    /// <summary>The current that it prescribes whatever V is; null for the others.</summary>
    public virtual double? PrescribedCurrent => null;

    /// <summary>g = I − I₀.</summary>
    /// <param name="Amperes">I₀ [A].</param>
    public sealed record Current(double Amperes) : Control
    {
        public override double? PrescribedCurrent => Amperes;

        public override (double Value, double ByVoltage, double ByCurrent) Equation(double voltage, double current, double conductance) => (current - Amperes, 0, 1);

        public override Control Towards(double voltage, double current, double share) => new Current(Between(current, Amperes, share));
    }

    /// <summary>g = ΣG (V − V₀).</summary>
    /// <param name="Volts">V₀ [V].</param>
    public sealed record Voltage(double Volts) : Control
    {
        public override (double Value, double ByVoltage, double ByCurrent) Equation(double voltage, double current, double conductance) =>
            (conductance * (voltage - Volts), conductance, 0);

        public override Control Towards(double voltage, double current, double share) => new Voltage(Between(voltage, Volts, share));
    }

    /// <summary>g = I − P/V.</summary>
    /// <param name="Watts">P [W].</param>
    public sealed record Power(double Watts) : Control
    {
        public override (double Value, double ByVoltage, double ByCurrent) Equation(double voltage, double current, double conductance) =>
            (current - (Watts / voltage), Watts / (voltage * voltage), 1);

        public override Control Towards(double voltage, double current, double share) => new Power(Between(voltage * current, Watts, share));
    }

    /// <summary>g = I + V/R: a resistor across the terminals discharges the cell.</summary>
    /// <param name="Ohms">R [Ω], above 0.</param>
    public sealed record Resistance(double Ohms) : Control
    {
        public override (double Value, double ByVoltage, double ByCurrent) Equation(double voltage, double current, double conductance) =>
            (current + (voltage / Ohms), 1 / Ohms, 1);

        public override Control Towards(double voltage, double current, double share) => new Resistance(1 / Between(-current / voltage, 1 / Ohms, share));
    }

    private static double Between(double from, double to, double share) => share >= 1 ? to : from + (share * (to - from));
}
