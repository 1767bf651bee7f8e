namespace Cell3D.Benchmarks.Laws;

/// <summary>A short run of all law benchmarks that fails when residual and Jacobian cost too much against the residual alone.</summary>
public static class LawCheck
{
    /// <summary>Bound of docs/performance.md for residual + Jacobian over residual.</summary>
    public const double LargestRatio = 4;

    private const double LargestMismatch = 1e-3;
    private const int Attempts = 3;

    /// <summary>Prints the table; 0 when every bound holds, else 1.</summary>
    public static int Run()
    {
        TriadBenchmarks triad = new();
        Timing bandwidth = Timing.Of(triad.Triad).Per(TriadBenchmarks.Elements);
        Console.WriteLine($"STREAM triad {TriadBenchmarks.BytesPerElement / bandwidth.Best,26:f1} GB/s   (median {bandwidth.Noise:p0} slower)");
        PropertyPassBenchmarks properties = new();
        Print("property pass, per cell", Timing.Of(properties.Electrolyte).Per(Box.Cells));
        FaceLawBenchmarks faces = new();
        bool passed = Mismatch(faces);
        foreach ((string name, TermUnderTest term) in faces.Laws)
            passed &= Compare($"{name}, per face", term.AddResidual, term.AddJacobian, Box.FaceCount);
        Print("ionic by differences, per face", Timing.Of(faces.IonicDifferences).Per(Box.FaceCount));
        foreach (bool variable in new[] { false, true })
            foreach (int modes in new[] { 6, 10, 20 })
            {
                ParticleBenchmarks particles = new() { Modes = modes, VariableDiffusivity = variable };
                particles.Prepare();
                passed &= Compare($"{modes} modes, D_s({(variable ? "x, T" : "T")}), per particle", particles.Residual, particles.Jacobian, Box.Cells);
                Print("    end of step", Timing.Of(particles.EndStep).Per(Box.Cells));
            }
        Console.WriteLine(passed ? "All bounds hold." : "FAILED: a bound is exceeded.");
        return passed ? 0 : 1;
    }

    private static bool Mismatch(FaceLawBenchmarks faces)
    {
        double mismatch = faces.JacobianMismatch();
        Console.WriteLine($"exact Jacobian against differences {mismatch,8:e1}");
        return mismatch <= LargestMismatch;
    }

    /// <summary>Repeats a measurement that is out of bounds: a disturbed machine is no failure, a slow law is one every time.</summary>
    private static bool Compare(string name, Action residual, Action jacobian, int items)
    {
        double ratio = double.PositiveInfinity;
        for (int attempt = 0; attempt < Attempts && ratio > LargestRatio; attempt++)
        {
            (Timing alone, Timing both) = Timing.Of(residual, jacobian);
            ratio = both.Best / alone.Best;
            Console.WriteLine($"{name,-36}{alone.Per(items).Best,8:f1} ns{both.Per(items).Best,8:f1} ns   ratio {ratio:f2}   (medians {alone.Noise:p0}, {both.Noise:p0} slower)");
        }
        if (ratio > LargestRatio)
            Console.WriteLine($"{name}: residual + Jacobian costs more than {LargestRatio} times the residual.");
        return ratio <= LargestRatio;
    }

    private static void Print(string name, Timing timing) => Console.WriteLine($"{name,-36}{timing.Best,8:f1} ns   (median {timing.Noise:p0} slower)");
}
