using System.Runtime.CompilerServices;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <summary>A property of every local cell: one value per region, or one per cell.</summary>
/// <remarks>What does not vary is stored once: cells hold the number of their value. Values are copied, so they stand; only what is made by
/// <see cref="Following"/> changes with a state.</remarks>
public readonly struct CellProperty
{
    private readonly double[] _values;
    private readonly int[] _number;

    /// <summary>What it is inverse to; null for nothing.</summary>
    private readonly RegionFactors? _factors;

    private CellProperty(double[] values, int[] number, RegionFactors? factors = null, bool isFixed = true) => (_values, _number, _factors, IsFixed) = (values, number, factors, isFixed);

    /// <summary>Whether no state changes it.</summary>
    public bool IsFixed { get; }

    /// <summary>The value in a cell.</summary>
    public double this[int cell]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[_number[cell]];
    }

    /// <summary>One value per region.</summary>
    /// <param name="values">Value of each region.</param>
    /// <param name="region">Region of each cell; shared, not copied.</param>
    public static CellProperty PerRegion(ReadOnlySpan<double> values, int[] region) => new([.. values], region);

    /// <summary>A value of its own in every cell.</summary>
    public static CellProperty PerCell(ReadOnlySpan<double> values) => new([.. values], [.. Enumerable.Range(0, values.Length)]);

    /// <summary>The property where it changes with a state, inverse to the same factors.</summary>
    /// <param name="values">Its value in every cell, which whoever knows the state goes on writing to.</param>
    public CellProperty Following(double[] values) => new(values, [.. Enumerable.Range(0, values.Length)], _factors, isFixed: false);

    /// <summary>f(p).</summary>
    public CellProperty Of(Func<double, double> function) => new(Array.ConvertAll(_values, value => function(value)), _number);

    /// <summary>f(p, q) of two properties; per region where both are.</summary>
    public CellProperty With(CellProperty other, Func<double, double, double> function)
    {
        (double[] values, int[] number) = (_values, _number);
        return ReferenceEquals(_number, other._number)
            ? new([.. _values.Zip(other._values, function)], _number)
            : PerCell([.. Enumerable.Range(0, Math.Min(_number.Length, other._number.Length)).Select(cell => function(values[number[cell]], other[cell]))]);
    }

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
