using Cell3D.Discretization;

namespace Cell3D.Benchmarks.Laws;

/// <summary>The same Jacobian by difference quotients, for comparison: cells that share no face neighbour are disturbed together,
/// which takes seven colours on a cube, and properties follow every disturbance.</summary>
public sealed class ColouredDifferences
{
    private const int Colours = 7;
    private const double RelativeDisturbance = 1e-7;
    private readonly Box _box;
    private readonly TermUnderTest _term;
    private readonly Field[] _columns;
    private readonly double[] _undisturbed, _before = new double[Box.Cells];
    private readonly int[] _transposed;

    public ColouredDifferences(Box box, TermUnderTest term, params Field[] columns)
    {
        (_box, _term, _columns, _undisturbed) = (box, term, columns, new double[box.Layout.Rows]);
        SparsePattern pattern = term.Pattern;
        _transposed = [.. from row in Enumerable.Range(0, box.Layout.Rows)
            from at in Enumerable.Range(pattern.Starts.Diagonal[row], pattern.Starts.Diagonal[row + 1] - pattern.Starts.Diagonal[row])
            select pattern.Position(pattern.DiagonalColumns[at], row)];
    }

    /// <summary>Fills the Jacobian column by column.</summary>
    public void Evaluate()
    {
        _term.Clear();
        _term.AddResidual();
        _term.Residual.CopyTo(_undisturbed, 0);
        foreach (Field column in _columns)
            for (int colour = 0; colour < Colours; colour++)
                Disturb(column, colour);
        _box.Properties.Evaluate();
    }

    private static int Colour(int cell) =>
        ((cell % Box.Edge) + (2 * (cell / Box.Edge % Box.Edge)) + (3 * (cell / (Box.Edge * Box.Edge)))) % Colours;

    private void Disturb(Field column, int colour)
    {
        double[] values = _box.Fields[column];
        double step = RelativeDisturbance * (column == Field.Salt ? 1000 : column == Field.Temperature ? 100 : 1);
        values.CopyTo(_before, 0);
        for (int cell = 0; cell < Box.Cells; cell++)
            if (Colour(cell) == colour)
                values[cell] += step;
        _box.Properties.Evaluate();
        Array.Clear(_term.Residual);
        _term.AddResidual();
        for (int cell = 0; cell < Box.Cells; cell++)
            if (Colour(cell) == colour)
                Scatter(cell, column, 1 / step);
        _before.CopyTo(values, 0);
    }

    /// <summary>The pattern is symmetric, so the rows that depend on a cell are the columns its own rows depend on.</summary>
    private void Scatter(int cell, Field field, double inverseStep)
    {
        SparsePattern pattern = _term.Pattern;
        int column = _box.Layout.Row(cell, field);
        for (int at = pattern.Starts.Diagonal[column]; at < pattern.Starts.Diagonal[column + 1]; at++)
        {
            int row = pattern.DiagonalColumns[at];
            _term.Jacobian[_transposed[at]] = (_term.Residual[row] - _undisturbed[row]) * inverseStep;
        }
    }
}
