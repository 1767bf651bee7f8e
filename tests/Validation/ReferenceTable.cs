using System.Globalization;

namespace Cell3D.Tests.Validation;

/// <summary>A reference solution: columns of numbers under headings.</summary>
internal sealed class ReferenceTable
{
    private readonly string[] _headings;
    private readonly double[][] _rows;

    private ReferenceTable(string[] headings, double[][] rows) => (_headings, _rows) = (headings, rows);

    public int Count => _rows.Length;

    /// <summary>Reads a CSV file below cases/.</summary>
    public static ReferenceTable Read(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(CaseSolution.Folder, name));
        return new ReferenceTable(lines[0].Split(','), [.. lines[1..].Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())]);
    }

    /// <summary>A column by its heading.</summary>
    public double[] this[string heading]
    {
        get
        {
            int column = Array.IndexOf(_headings, heading);
            if (column < 0) throw new ArgumentException($"there is no column '{heading}'", nameof(heading));
            return [.. _rows.Select(row => row[column])];
        }
    }
}
