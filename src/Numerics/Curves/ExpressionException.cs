using System.Globalization;

namespace Cell3D.Numerics.Curves;

/// <summary>An expression that cannot be read, with the place where reading stopped.</summary>
public sealed class ExpressionException : FormatException
{
    /// <summary>A problem at a column.</summary>
    /// <param name="problem">What is wrong, without the place.</param>
    /// <param name="column">Column in the expression, from 1.</param>
    public ExpressionException(string problem, int column)
        : base(string.Create(CultureInfo.InvariantCulture, $"{problem} at column {column}"))
    {
        Column = column;
    }

    /// <summary>Column in the expression, from 1.</summary>
    public int Column { get; }
}
