using Cell3D.Mesh;

namespace Cell3D.Discretization;

/// <summary>The order in which a system is assembled: through the cells in pieces, each with its properties, rows and all its terms.</summary>
/// <remarks>A piece first clears, and evaluates, as far ahead as its faces reach. So every value travels between memory and processor
/// about once, where a pass for each term would fetch it again and again.</remarks>
public sealed class Sweep
{
    private const int Piece = 512;
    private readonly FieldLayout _layout;
    private readonly PropertyPass[] _properties;
    private readonly CellTerm[] _terms;

    /// <summary>Per piece: one beyond the last owned cell that it or an earlier one touches.</summary>
    private readonly int[] _reach;

    /// <summary>Plans the sweep.</summary>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="properties">What is evaluated before laws are.</param>
    /// <param name="terms">What is summed.</param>
    public Sweep(FieldLayout layout, PropertyPass[] properties, CellTerm[] terms)
    {
        (_layout, _properties, _terms) = (layout, properties, terms);
        _reach = new int[(layout.Cells + Piece - 1) / Piece];
        for (int piece = 0; piece < _reach.Length; piece++)
            _reach[piece] = Math.Min((piece + 1) * Piece, layout.OwnedCells);
        foreach (FaceTerm term in terms.OfType<FaceTerm>())
            foreach (ref readonly Face face in term.Faces)
                if (face.Right < layout.OwnedCells)
                    _reach[face.Left / Piece] = Math.Max(_reach[face.Left / Piece], face.Right + 1);
        foreach ((int first, int other) in terms.SelectMany(term => term.Pairs))
            if (other < layout.OwnedCells)
                _reach[first / Piece] = Math.Max(_reach[first / Piece], other + 1);
        for (int piece = 1; piece < _reach.Length; piece++)
            _reach[piece] = Math.Max(_reach[piece], _reach[piece - 1]);
    }

    /// <summary>Fills properties and sums the terms into cleared rows; the row of the terminal is cleared too.</summary>
    /// <param name="assembly">Where to.</param>
    /// <param name="starts">Where rows start.</param>
    public void AddTo(in Assembly assembly, RowStarts starts)
    {
        foreach (PropertyPass pass in _properties)
            pass.Evaluate(_layout.OwnedCells, _layout.Cells);
        assembly.OffDiagonal.Clear();
        int ready = 0;
        for (int piece = 0; piece < _reach.Length; piece++)
        {
            Clear(assembly, starts, ready, _reach[piece]);
            foreach (PropertyPass pass in _properties)
                pass.Evaluate(ready, _reach[piece]);
            ready = _reach[piece];
            foreach (CellTerm term in _terms)
                term.AddTo(assembly, piece * Piece, (piece + 1) * Piece);
        }
        if (!_layout.OwnsTerminal)
            return;
        assembly.Residual[_layout.TerminalRow] = 0;
        if (!assembly.Diagonal.IsEmpty)
            assembly.Diagonal[starts.Diagonal[_layout.TerminalRow]..].Clear();
    }

    private void Clear(in Assembly assembly, RowStarts starts, int start, int end)
    {
        (int first, int last) = (_layout.FirstRow(start), _layout.FirstRow(end));
        assembly.Residual[first..last].Clear();
        if (!assembly.Diagonal.IsEmpty)
            assembly.Diagonal[starts.Diagonal[first]..starts.Diagonal[last]].Clear();
    }
}
