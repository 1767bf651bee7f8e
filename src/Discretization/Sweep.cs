using Cell3D.Mesh;

namespace Cell3D.Discretization;

/// <summary>The order in which a system is assembled: through the cells in pieces, each with its properties, rows and all its terms.</summary>
/// <remarks>A piece first clears, and evaluates, as far ahead as its faces reach. So every value travels between memory and processor
/// about once, where a pass for each term would fetch it again and again. Pieces that touch ghosts come last: the others are done while messages travel.</remarks>
public sealed class Sweep
{
    private const int Piece = 512;
    private readonly FieldLayout _layout;
    private readonly PropertyPass[] _properties;
    private readonly CellTerm[] _terms;

    /// <summary>Per piece: one beyond the last owned cell that it or an earlier one touches.</summary>
    private readonly int[] _reach;

    /// <summary>Per piece: whether it needs ghosts.</summary>
    private readonly bool[] _isBorder;

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
        _isBorder = [.. Enumerable.Range(0, _reach.Length).Select(piece => (piece + 1) * Piece > layout.OwnedCells && layout.Cells > layout.OwnedCells)];
        foreach (FaceTerm term in terms.OfType<FaceTerm>())
            foreach (ref readonly Face face in term.Faces)
                Reach(face.Left, face.Right);
        foreach ((int first, int other) in terms.SelectMany(term => term.Pairs))
            Reach(first, other);
        for (int piece = 1; piece < _reach.Length; piece++)
            _reach[piece] = Math.Max(_reach[piece], _reach[piece - 1]);

        void Reach(int first, int other)
        {
            if (other < layout.OwnedCells)
                _reach[first / Piece] = Math.Max(_reach[first / Piece], other + 1);
            else
                _isBorder[first / Piece] = true;
        }
    }

    /// <summary>Fills properties and sums the terms into cleared rows; the row of the terminal is cleared too.</summary>
    /// <param name="assembly">Where to.</param>
    /// <param name="starts">Where rows start.</param>
    /// <param name="completeGhosts">Waits for the values of ghosts; called once the pieces that need none are done.</param>
    public void AddTo(in Assembly assembly, RowStarts starts, Action completeGhosts)
    {
        assembly.OffDiagonal.Clear();
        foreach (CellTerm term in _terms)
            term.BeginAssembly();
        int ready = 0;
        for (int piece = 0; piece < _reach.Length; piece++)
        {
            Clear(assembly, starts, ready, _reach[piece]);
            Evaluate(ready, _reach[piece]);
            ready = _reach[piece];
            if (!_isBorder[piece])
                AddPiece(assembly, piece);
        }
        completeGhosts();
        Evaluate(_layout.OwnedCells, _layout.Cells);
        for (int piece = 0; piece < _reach.Length; piece++)
            if (_isBorder[piece])
                AddPiece(assembly, piece);
        foreach (CellTerm term in _terms)
            term.EndAssembly();
        if (!_layout.OwnsTerminal)
            return;
        assembly.Residual[_layout.TerminalRow] = 0;
        if (!assembly.Diagonal.IsEmpty)
            assembly.Diagonal[starts.Diagonal[_layout.TerminalRow]..].Clear();
    }

    private void Evaluate(int start, int end)
    {
        foreach (PropertyPass pass in _properties)
            pass.Evaluate(start, end);
    }

    private void AddPiece(in Assembly assembly, int piece)
    {
        foreach (CellTerm term in _terms)
            term.AddTo(assembly, piece * Piece, (piece + 1) * Piece);
    }

    private void Clear(in Assembly assembly, RowStarts starts, int start, int end)
    {
        (int first, int last) = (_layout.FirstRow(start), _layout.FirstRow(end));
        assembly.Residual[first..last].Clear();
        if (!assembly.Diagonal.IsEmpty)
            assembly.Diagonal[starts.Diagonal[first]..starts.Diagonal[last]].Clear();
    }
}
