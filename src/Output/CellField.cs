using System.Text;

namespace Cell3D.Output;

/// <summary>Fills the values of one rank's owned cells, in cell order.</summary>
/// <param name="values">One value per owned cell, of a vector its components one after another; NaN where the field does not live; filled with NaN on entry.</param>
public delegate void CellFieldFiller(Span<double> values);

/// <summary>A quantity with one value per cell, as it is written.</summary>
public sealed class CellField
{
    /// <summary>A field that computes its values when they are written.</summary>
    /// <param name="name">Array name in the file and in ParaView; ASCII without / and dots.</param>
    /// <param name="unit">SI unit, attribute <c>units</c>, ASCII; "1" for a pure number.</param>
    /// <param name="longName">What it is in words, attribute <c>long_name</c>, ASCII.</param>
    /// <param name="fill">Fills the owned cells' values.</param>
    public CellField(string name, string unit, string longName, CellFieldFiller fill)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAny('/', '.') || !Ascii.IsValid(name) || !Ascii.IsValid(unit) || !Ascii.IsValid(longName))
            throw new ArgumentException($"Field '{name}' [{unit}], {longName}: names are ASCII, without '/' and '.' in the first.", nameof(name));

        Name = name;
        Unit = unit;
        LongName = longName;
        Fill = fill;
    }

    /// <summary>A field that exists as an array.</summary>
    /// <param name="name">Array name in the file and in ParaView; ASCII without / and dots.</param>
    /// <param name="unit">SI unit, attribute <c>units</c>, ASCII; "1" for a pure number.</param>
    /// <param name="longName">What it is in words, attribute <c>long_name</c>, ASCII.</param>
    /// <param name="values">At least one value per owned cell; entries beyond the owned cells (ghosts) are not written.</param>
    public CellField(string name, string unit, string longName, ReadOnlyMemory<double> values)
        : this(name, unit, longName, destination => values.Span[..destination.Length].CopyTo(destination))
    {
    }

    /// <summary>Array name in the file.</summary>
    public string Name { get; }

    /// <summary>SI unit.</summary>
    public string Unit { get; }

    /// <summary>What it is in words.</summary>
    public string LongName { get; }

    /// <summary>Values per cell: 1, or 3 of a vector along x, y, z.</summary>
    public int Components { get; init; } = 1;

    /// <summary>Fills the owned cells' values.</summary>
    public CellFieldFiller Fill { get; }
}
