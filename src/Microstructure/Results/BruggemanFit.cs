using Cell3D.Microstructure.Analysis;

namespace Cell3D.Microstructure.Results;

/// <summary>D_eff/D = εᵇ through the windows of an image.</summary>
/// <param name="Exponent">b of least squares in logarithms.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Windows">How many windows conduct, and so count.</param>
public readonly record struct BruggemanFit(double Exponent, double Error, int Windows)
{
    /// <summary>Through all windows of all sizes that conduct; no numbers for fewer than three.</summary>
    public static BruggemanFit Of(IReadOnlyList<WindowSize> sizes)
    {
        (double X, double Y)[] points = [.. sizes.SelectMany(size => size.Porosity.Zip(size.Effective)).Where(window => window.First is > 0 and < 1 && window.Second > 0).Select(window => (Math.Log(window.First), Math.Log(window.Second)))];
        if (points.Length < 3) return new(double.NaN, double.NaN, points.Length);
        double squares = points.Sum(point => point.X * point.X), exponent = points.Sum(point => point.X * point.Y) / squares;
        double left = points.Sum(point => (point.Y - (exponent * point.X)) * (point.Y - (exponent * point.X)));
        return new(exponent, Math.Sqrt(left / (points.Length - 1) / squares), points.Length);
    }
}
