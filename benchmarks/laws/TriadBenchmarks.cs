using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;

namespace Cell3D.Benchmarks.Laws;

/// <summary>STREAM triad a = b + s c on one core: the memory bandwidth against which other figures are to be seen.</summary>
/// <remarks>McCalpin, IEEE TCCA Newsletter, December 1995; 24 bytes count per element, without the read for ownership.</remarks>
[InProcess]
public class TriadBenchmarks
{
    /// <summary>Three arrays of 128 MiB, four times the last-level cache each.</summary>
    public const int Elements = 16 << 20;

    public const int BytesPerElement = 24;

    private readonly double[] _a = new double[Elements], _b = new double[Elements], _c = new double[Elements];

    public TriadBenchmarks()
    {
        _b.AsSpan().Fill(1);
        _c.AsSpan().Fill(2);
    }

    [Benchmark(OperationsPerInvoke = Elements)]
    public void Triad()
    {
        Span<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(_a.AsSpan());
        ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(_b.AsSpan()), c = MemoryMarshal.Cast<double, Vector<double>>(_c.AsSpan());
        for (int i = 0; i < a.Length; i++)
            a[i] = b[i] + (3 * c[i]);
    }
}
