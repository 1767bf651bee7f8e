using System.Globalization;

namespace Cell3D.Input.Keys;

/// <summary>A range of allowed numbers.</summary>
/// <param name="Minimum">Lower end; −∞ for none.</param>
/// <param name="Maximum">Upper end; +∞ for none.</param>
/// <param name="AboveMinimum">Whether the lower end itself is excluded.</param>
/// <param name="BelowMaximum">Whether the upper end itself is excluded.</param>
public readonly record struct Interval(double Minimum, double Maximum, bool AboveMinimum = false, bool BelowMaximum = false)
{
    /// <summary>Any finite number.</summary>
    public static Interval Finite { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>0 to 1, both included.</summary>
    public static Interval Fraction { get; } = new(0, 1);

    /// <summary>Whether a number is allowed; NaN and infinities never are.</summary>
    public bool Contains(double value) =>
        double.IsFinite(value)
        && (AboveMinimum ? value > Minimum : value >= Minimum)
        && (BelowMaximum ? value < Maximum : value <= Maximum);

    /// <summary>E.g. "1e-9 to 0.01", "&gt; 0 and ≤ 1", "≥ 0".</summary>
    public override string ToString()
    {
        bool below = double.IsFinite(Maximum), above = double.IsFinite(Minimum);
        if (!above && !below) return "a finite number";
        if (above && below && !AboveMinimum && !BelowMaximum) return $"{Write(Minimum)} to {Write(Maximum)}";
        string low = $"{(AboveMinimum ? ">" : "≥")} {Write(Minimum)}", high = $"{(BelowMaximum ? "<" : "≤")} {Write(Maximum)}";
        return above && below ? $"{low} and {high}" : above ? low : high;
    }

    /// <summary>A number in its shortest form, with a lower-case exponent.</summary>
    public static string Write(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');
}
