using BenchmarkDotNet.Attributes;

namespace Cell3D.Benchmarks.Laws;

/// <summary>Time per control volume of the electrolyte's properties with their partial derivatives, from BPX expressions.</summary>
[InProcess]
public class PropertyPassBenchmarks
{
    private readonly Box _box = new();

    [Benchmark(OperationsPerInvoke = Box.Cells)]
    public void Electrolyte() => _box.Properties.Evaluate();
}
