using System.Collections;

namespace Cell3D.Mesh;

/// <summary>A value of every cell that is not stored for each, but found from its column and level.</summary>
/// <param name="count">Number of cells.</param>
/// <param name="value">The value of a cell.</param>
public readonly struct CellValues(int count, Func<int, double> value) : IReadOnlyList<double>
{
    /// <summary>Number of cells.</summary>
    public int Count => count;

    /// <summary>The value of a cell.</summary>
    public double this[int cell] => value(cell);

    public IEnumerator<double> GetEnumerator()
    {
        for (int cell = 0; cell < count; cell++)
            yield return value(cell);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
