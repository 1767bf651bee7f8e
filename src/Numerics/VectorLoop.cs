using System.Numerics;
using System.Runtime.InteropServices;

namespace Cell3D.Numerics;

/// <summary>Loops over short rows of numbers, several per instruction.</summary>
public static class VectorLoop
{
    /// <summary>y ← y + a x; both rows have the length of y.</summary>
    public static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        ref double from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, y.Length);
        Vector<double> factor = new(a);
        int i = 0;
        for (; i <= y.Length - Vector<double>.Count; i += Vector<double>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)i) + (factor * Vector.LoadUnsafe(ref from, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        for (; i < y.Length; i++)
            y[i] += a * x[i];
    }
}
