using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>A quantity over u and T: a spline over u for each temperature of a table, between them the parabola through the three nearest, or a straight line through two.</summary>
/// <param name="temperatures">Strictly rising [K].</param>
/// <param name="splines">One for each.</param>
internal sealed class SplineFamily(double[] temperatures, SmoothingSpline[] splines)
{
    private const int Degree = 2;

    /// <summary>First and last temperature [K].</summary>
    public (double Lowest, double Highest) Temperatures => (temperatures[0], temperatures[^1]);

    /// <summary>Largest residual of a spline.</summary>
    public double Residual => splines.Max(spline => spline.Residual);

    /// <summary>y, ∂y/∂u, ∂²y/∂u², ∂y/∂T, ∂²y/∂u∂T; the last two NaN with one temperature.</summary>
    public (double Value, double Slope, double Curvature, double ByTemperature, double Mixed) At(double u, double temperature)
    {
        if (splines.Length == 1)
        {
            (double only, double onlySlope, double onlyCurvature) = splines[0].At(u);
            return (only, onlySlope, onlyCurvature, double.NaN, double.NaN);
        }
        int count = Math.Min(Degree + 1, splines.Length), first = First(temperature, count);
        double value = 0, slope = 0, curvature = 0, byTemperature = 0, mixed = 0;
        for (int i = first; i < first + count; i++)
        {
            (double weight, double weightSlope) = Weight(i, first, count, temperature);
            (double y, double ySlope, double yCurvature) = splines[i].At(u);
            value += weight * y;
            slope += weight * ySlope;
            curvature += weight * yCurvature;
            byTemperature += weightSlope * y;
            mixed += weightSlope * ySlope;
        }
        return (value, slope, curvature, byTemperature, mixed);
    }

    /// <summary>The first of the temperatures whose middle lies nearest.</summary>
    private int First(double temperature, int count)
    {
        int nearest = 0;
        for (int i = 1; i < temperatures.Length; i++)
            if (Math.Abs(temperatures[i] - temperature) < Math.Abs(temperatures[nearest] - temperature)) nearest = i;
        return Math.Clamp(nearest - (count / 2), 0, temperatures.Length - count);
    }

    /// <summary>Lagrange's weight of a temperature and its derivative by T.</summary>
    private (double Value, double Slope) Weight(int own, int first, int count, double temperature)
    {
        double value = 1, slope = 0;
        for (int i = first; i < first + count; i++)
        {
            if (i == own) continue;
            double scale = 1 / (temperatures[own] - temperatures[i]), factor = (temperature - temperatures[i]) * scale;
            slope = (slope * factor) + (value * scale);
            value *= factor;
        }
        return (value, slope);
    }
}
