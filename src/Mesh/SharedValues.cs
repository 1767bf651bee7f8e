using System.Collections;

namespace Cell3D.Mesh;

/// <summary>A value of every cell that many cells have in common, stored once: one per column, or one per level.</summary>
/// <param name="values">The values.</param>
/// <param name="number">Which of them each cell has.</param>
public readonly struct SharedValues(double[] values, int[] number) : IReadOnlyList<double>
{
    /// <summary>Number of cells.</summary>
    public int Count => number.Length;

    /// <summary>The value of a cell.</summary>
    public double this[int cell] => values[number[cell]];

    public IEnumerator<double> GetEnumerator()
    {
        foreach (int place in number)
            yield return values[place];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
