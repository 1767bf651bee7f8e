namespace Cell3D.Simulation.Benchmark;

/// <summary>What this process has used.</summary>
public static class Processor
{
    /// <summary>Processor time so far [s]: unlike wall time it does not count other programs on the machine.</summary>
    public static double Seconds => Environment.CpuUsage.TotalTime.TotalSeconds;
}
