namespace Cell3D.Simulation.Benchmark;

/// <summary>The state at which solvers are to be compared is not reached; the same on all ranks.</summary>
public sealed class BenchmarkException(string message) : Exception(message);
