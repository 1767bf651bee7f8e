namespace Cell3D.Simulation.Verification;

/// <summary>What three resolutions tell of the error of the finest.</summary>
/// <param name="Error">Estimate of |f₁ − f| with its margin; NaN where the values do not converge in order.</param>
/// <param name="Order">Observed order; NaN where there is none.</param>
public readonly record struct ErrorEstimate(double Error, double Order)
{
    /// <summary>Values that do not tell an error: they do not approach a limit in order.</summary>
    public static ErrorEstimate Unknown { get; } = new(double.NaN, double.NaN);

    public bool IsKnown => !double.IsNaN(Error);
}

/// <summary>Richardson's extrapolation on three resolutions: f(h) ≈ f + C hᵖ.</summary>
/// <remarks>The error of the finest value is (f₂ − f₁)/((h₂/h₁)ᵖ − 1), times a margin; p is observed, and taken for no more than its formal value
/// (Roache, Quantification of uncertainty in computational fluid dynamics, Annu. Rev. Fluid Mech. 29 (1997) 123).</remarks>
public static class Richardson
{
    private const double Margin = 1.25, LowestOrder = 0.5, HighestOrder = 8;
    private const int Bisections = 60;

    /// <summary>Differences below this multiple of the noise have no order to be seen; they bound the error.</summary>
    private const double Drowned = 3;

    /// <summary>The error of the finest of three values.</summary>
    /// <param name="values">f₁, f₂, f₃, finest first.</param>
    /// <param name="spacings">h₁ &lt; h₂ &lt; h₃.</param>
    /// <param name="formalOrder">Order of the method.</param>
    /// <param name="noise">Differences below this are round-off or the error of something else.</param>
    public static ErrorEstimate Of(ReadOnlySpan<double> values, ReadOnlySpan<double> spacings, double formalOrder, double noise)
    {
        double near = values[1] - values[0], far = values[2] - values[1];
        double largest = Math.Max(Math.Abs(near), Math.Abs(far));
        if (largest <= Drowned * noise)
            return new(Math.Max(largest, noise), double.NaN);
        if (!(near * far > 0))
            return ErrorEstimate.Unknown;
        double order = ObservedOrder(far / near, spacings[1] / spacings[0], spacings[2] / spacings[0]);
        if (!(order >= LowestOrder))
            return ErrorEstimate.Unknown;
        double taken = Math.Min(order, formalOrder);
        return new(Margin * Math.Abs(near) / (Math.Pow(spacings[1] / spacings[0], taken) - 1), order);
    }

    /// <summary>The error of the first of three values where the others are so much finer that they serve as the truth.</summary>
    /// <param name="values">The value in question, a finer one, the finest.</param>
    /// <param name="noise">Differences below this are round-off or the error of something else.</param>
    public static ErrorEstimate AgainstFinest(ReadOnlySpan<double> values, double noise)
    {
        double whole = Math.Abs(values[0] - values[2]), rest = Math.Abs(values[1] - values[2]);
        if (Math.Max(whole, rest) <= Drowned * noise)
            return new(Math.Max(Math.Max(whole, rest), noise), double.NaN);
        return rest < whole ? new(Margin * (whole + rest), double.NaN) : ErrorEstimate.Unknown;
    }

    /// <summary>p of two errors, e ∝ hᵖ.</summary>
    /// <param name="coarse">e of the wider spacing.</param>
    /// <param name="fine">e of the narrower one.</param>
    /// <param name="ratio">Of the spacings, above 1.</param>
    public static double OrderOf(double coarse, double fine, double ratio) => Math.Log(coarse / fine) / Math.Log(ratio);

    /// <summary>p from (f₃ − f₂)/(f₂ − f₁) = (bᵖ − aᵖ)/(aᵖ − 1), with a = h₂/h₁ and b = h₃/h₁; NaN where there is none in the range.</summary>
    public static double ObservedOrder(double ratio, double a, double b)
    {
        double low = 0.01, high = HighestOrder;
        if (Ratio(low) > ratio)
            return double.NaN;
        if (Ratio(high) < ratio)
            return high;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Ratio(middle) < ratio ? (middle, high) : (low, middle);
        }
        return low;

        double Ratio(double p) => (Math.Pow(b, p) - Math.Pow(a, p)) / (Math.Pow(a, p) - 1);
    }
}
