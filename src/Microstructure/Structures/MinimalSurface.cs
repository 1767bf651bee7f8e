namespace Cell3D.Microstructure.Structures;

/// <summary>Trigonometric approximations of triply periodic minimal surfaces, period 2π, and the level at which they leave a given porosity.</summary>
internal static class MinimalSurface
{
    private const int Samples = 64;
    private const double Largest = 3;

    public static double Gyroid(double x, double y, double z) => (Math.Sin(x) * Math.Cos(y)) + (Math.Sin(y) * Math.Cos(z)) + (Math.Sin(z) * Math.Cos(x));

    public static double SchwarzP(double x, double y, double z) => Math.Cos(x) + Math.Cos(y) + Math.Cos(z);

    /// <summary>The level that a share of the volume lies below.</summary>
    public static double Level(Func<double, double, double, double> function, double share)
    {
        double[] values = new double[Samples * Samples * Samples];
        for (int i = 0; i < values.Length; i++)
            values[i] = function(Angle(i % Samples), Angle(i / Samples % Samples), Angle(i / Samples / Samples));
        Array.Sort(values);
        double place = share * (values.Length - 1);
        int below = Math.Clamp((int)place, 0, values.Length - 2);
        return Math.Clamp(values[below] + ((place - below) * (values[below + 1] - values[below])), -Largest, Largest);
    }

    private static double Angle(int i) => 2 * Math.PI * (i + 0.5) / Samples;
}
