using Cell3D.Microstructure.Analysis;

namespace Cell3D.Microstructure.Results;

/// <summary>Whether an image is large enough to stand for its material.</summary>
public static class RepresentativeVolume
{
    /// <summary>Largest relative scatter that images of this size may have.</summary>
    public const double Enough = 0.05;

    /// <summary>Relative standard deviation of D_eff that images of this size are expected to have; NaN where windows would be too small.</summary>
    public static double ExpectedScatter(IReadOnlyList<WindowSize> windows) => windows.Count == 0 ? double.NaN : windows[0].Scatter / windows[0].Mean / Math.Sqrt(8);

    /// <summary>The verdict in words.</summary>
    public static string Verdict(IReadOnlyList<WindowSize> windows, double whole)
    {
        if (windows.Count == 0) return FormattableString.Invariant($"unknown: windows of half the edge would have fewer than {WindowStudy.Least} voxels");
        double scatter = ExpectedScatter(windows), drift = Math.Abs(windows[0].Mean - whole) / whole;
        if (!double.IsFinite(scatter) || !double.IsFinite(drift)) return "not representative: windows do not conduct";
        // The sides of a window cut paths off; where that shifts the mean by more than it scatters, windows are too small to judge by.
        double allowed = Math.Max(Enough, 3 * windows[0].Scatter / windows[0].Mean / Math.Sqrt(windows[0].Effective.Length));
        if (drift > allowed) return FormattableString.Invariant($"not shown: the mean of windows of half the edge differs by {100 * drift:g2} % from the whole");
        return scatter <= Enough
            ? FormattableString.Invariant($"representative: images of this size scatter by {100 * scatter:g2} %")
            : FormattableString.Invariant($"not representative: images of this size scatter by {100 * scatter:g2} % (wanted: at most {100 * Enough:g2} %)");
    }
}
