using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>One linearised local system: g, ∂g/∂p, ∂g/∂y and S, ∂S/∂p, ∂S/∂y.</summary>
public sealed class LocalBlock
{
    /// <summary>Systems that are prepared together.</summary>
    public const int Batch = 128;

    /// <summary>Most own unknowns of a system.</summary>
    public const int MostUnknowns = 4;

    private readonly Entry[] _equations = new Entry[MostUnknowns], _sources = new Entry[4];
    private readonly Entry[] _imaginaryEquations = new Entry[MostUnknowns], _imaginarySources = new Entry[4];

    /// <summary>g_k, the left group of partials by p and the right one by y.</summary>
    public ref readonly Entry Equation(int number) => ref At(_equations, number);

    /// <summary>What is given to the balance of c [mol s⁻¹ m⁻²], φ_e, φ_s [A m⁻²] and T [W m⁻²].</summary>
    public ref readonly Entry Source(Field balance) => ref At(_sources, (int)balance);

    /// <summary>Imaginary parts of the partials of an equation; filled by <see cref="ComplexDual"/> alone.</summary>
    public ref readonly Entry ImaginaryEquation(int number) => ref At(_imaginaryEquations, number);

    /// <summary>Imaginary parts of the partials of a source; filled by <see cref="ComplexDual"/> alone.</summary>
    public ref readonly Entry ImaginarySource(Field balance) => ref At(_imaginarySources, (int)balance);

    /// <summary>How far the equations are from being met [V]; filled by the law with each equation.</summary>
    public double Mismatch { get; private set; }

    /// <summary>Starts a system anew.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear() => Mismatch = 0;

    /// <summary>Takes an equation.</summary>
    /// <param name="number">Which.</param>
    /// <param name="residual">g.</param>
    /// <param name="mismatch">|g| measured in volts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetEquation<T>(int number, in T residual, double mismatch) where T : unmanaged, IScalar<T>
    {
        Set(_equations, _imaginaryEquations, number, residual);
        Mismatch = Math.Max(Mismatch, mismatch);
    }

    /// <summary>Takes what is given to a balance per area of interface.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetSource<T>(Field balance, in T source) where T : unmanaged, IScalar<T> => Set(_sources, _imaginarySources, (int)balance, source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set<T>(Entry[] entries, Entry[] imaginaryEntries, int number, in T value) where T : unmanaged, IScalar<T>
    {
        ref Entry entry = ref At(entries, number);
        entry.Value = value.Number;
        if (typeof(T) == typeof(Dual))
            Set(ref entry, Unsafe.As<T, Dual>(ref Unsafe.AsRef(in value)));
        if (typeof(T) == typeof(Tangent))
            entry.ByParameters = Unsafe.As<T, Tangent>(ref Unsafe.AsRef(in value)).Derivative;
        if (typeof(T) != typeof(ComplexDual))
            return;
        ref readonly ComplexDual complex = ref Unsafe.As<T, ComplexDual>(ref Unsafe.AsRef(in value));
        Set(ref entry, complex.RealPart);
        Set(ref At(imaginaryEntries, number), complex.ImaginaryPart);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(ref Entry entry, in Dual value) => (entry.ByMacroscopic, entry.ByOwn) = (value.LeftPartials, value.RightPartials);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Entry At(Entry[] entries, int number) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(entries), number);

    /// <summary>A quantity with its partials.</summary>
    public struct Entry
    {
        public double Value;

        /// <summary>Along a change of parameters; filled by <see cref="Tangent"/> alone.</summary>
        public double ByParameters;
        public Vector256<double> ByMacroscopic;
        public Vector256<double> ByOwn;
    }
}
