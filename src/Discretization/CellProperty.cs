using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>A property of every local cell that no state changes: one value per region, or one per cell.</summary>
/// <remarks>What does not vary is stored once: cells hold the number of their value.</remarks>
public readonly struct CellProperty
{
    private readonly double[] _values;
    private readonly int[] _number;

    /// <summary>What it is inverse to; null for nothing.</summary>
    private readonly RegionFactors? _factors;

    private CellProperty(double[] values, int[] number, RegionFactors? factors = null) => (_values, _number, _factors) = (values, number, factors);

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

    /// <summary>A value of its own in every cell, which its owner keeps inverse to the same factors.</summary>
    public CellProperty WithValues(double[] values) => new(values, [.. Enumerable.Range(0, values.Length)], _factors);

    /// <summary>Factors that it is inverse to.</summary>
    public IEnumerable<Parameter> Parameters => _factors?.Parameters ?? [];

    /// <summary>δp/p in a cell along the change of parameters.</summary>
    public double RelativeChange(int cell) => -(_factors?.RelativeChange(cell) ?? 0);

    /// <summary>1/p, with which a law multiplies where it would divide.</summary>
    public CellProperty Inverse() => Inverse(RegionFactors.None);

    /// <summary>1/(f p), which follows the factors whenever they are set.</summary>
    public CellProperty Inverse(RegionFactors factors)
    {
        (double[] values, int[] number) = (_values, _number);
        double[] inverse = new double[values.Length];
        Fill();
        foreach (Parameter factor in factors.Parameters)
            factor.Changed += Fill;
        return new(inverse, number, factors);

        void Fill()
        {
            for (int cell = number.Length - 1; cell >= 0; cell--)
                inverse[number[cell]] = 1 / (factors[cell] * values[number[cell]]);
        }
    }
}
