using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cell3D.Discretization;

/// <summary>A property of every local cell that no state changes: one value per region, or one per cell.</summary>
/// <remarks>What does not vary is stored once: cells hold the number of their value.</remarks>
public readonly struct CellProperty
{
    private readonly double[] _values;
    private readonly int[] _number;

    private CellProperty(double[] values, int[] number) => (_values, _number) = (values, number);

    /// <summary>The value in a cell.</summary>
    public double this[int cell]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_number), cell));
    }

    /// <summary>One value per region.</summary>
    /// <param name="values">Value of each region.</param>
    /// <param name="region">Region of each cell; shared, not copied.</param>
    public static CellProperty PerRegion(double[] values, int[] region) => new(values, region);

    /// <summary>A value of its own in every cell.</summary>
    public static CellProperty PerCell(double[] values) => new(values, [.. Enumerable.Range(0, values.Length)]);

    /// <summary>1/p, with which a law multiplies where it would divide.</summary>
    public CellProperty Inverse() => new([.. _values.Select(value => 1 / value)], _number);
}
