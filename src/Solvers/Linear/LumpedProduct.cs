using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>(J − P) x: with it J P⁻¹ r = r + (J − P) P⁻¹ r reads a part of the matrix only.</summary>
internal sealed unsafe class LumpedProduct : IDisposable
{
    private readonly FieldLayout _layout;
    private readonly RowStarts _starts;
    private readonly SegmentRows _rows;
    private readonly HaloExchange _exchange;
    private readonly int _stride;

    /// <summary>Values of cells that others see, and of ghosts.</summary>
    private readonly double[] _shared;
    private readonly (int Place, int Row, int Count)[] _sent;
    private readonly Dictionary<int, int> _placeOf = [];

    /// <summary>Cells with neighbours that count, their neighbours' first rows, or complements of places in the shared values, one after the other.</summary>
    private readonly int[] _cells, _neighbours;

    /// <summary>*Collective.*</summary>
    internal LumpedProduct(FieldLayout layout, RowStarts starts, SegmentRows rows, FieldHalo halo, Communicator world)
    {
        (_layout, _starts, _rows) = (layout, starts, rows);
        int most = 0;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            most = Math.Max(most, layout.Fields(cell).Count);
        _stride = world.Allreduce(most, Operation.Max);
        foreach (int cell in halo.Neighbours.SelectMany(n => n.Send.Concat(n.Receive)))
            _placeOf.TryAdd(cell, _placeOf.Count);
        int[] Places(int[] cells) => [.. cells.Select(cell => _placeOf[cell])];
        _exchange = new(world, [.. halo.Neighbours.Select(n => n with { Send = Places(n.Send), Receive = Places(n.Receive) })]);
        _sent = [.. halo.Neighbours.SelectMany(n => n.Send).Distinct().Select(cell => (_placeOf[cell], layout.FirstRow(cell), layout.Fields(cell).Count))];
        _shared = new double[_placeOf.Count * _stride];
        List<int> cells = [], neighbours = [];
        int[]?[] neighboursOf = rows.TakeNeighbours();
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            if (neighboursOf[cell] is not { Length: > 0 } own)
                continue;
            cells.Add(cell);
            foreach (int neighbour in own)
                neighbours.Add(neighbour < layout.OwnedCells ? layout.FirstRow(neighbour) : ~PlaceOf(neighbour));
        }
        (_cells, _neighbours) = ([.. cells], [.. neighbours]);
    }

    /// <summary>Place of the first value of a ghost.</summary>
    internal int PlaceOf(int ghost) => _placeOf[ghost] * _stride;

    /// <summary>Values of ghosts as last shared.</summary>
    internal ReadOnlySpan<double> Shared => _shared;

    /// <summary>*Collective.* Brings x of ghosts up to date.</summary>
    internal void Share(ReadOnlySpan<double> x)
    {
        foreach ((int place, int row, int count) in _sent)
            x.Slice(row, count).CopyTo(_shared.AsSpan(place * _stride));
        _exchange.Exchange(_shared, _stride);
    }

    /// <summary>y += (J − P) x in the rows of cells with electrolyte.</summary>
    internal void AddTo(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        double* own = stackalloc double[FieldSet.Most + 1];
        own[FieldSet.Most] = 0;
        fixed (double* xs = x, ys = y, inner = diagonal, outer = offDiagonal, ghosts = _shared)
        {
            int next = 0;
            foreach (int cell in _cells)
            {
                int row = _layout.FirstRow(cell), count = _layout.Fields(cell).Count;
                for (int i = 0; i < count; i++)
                    own[i] = xs[row + i];
                double* result = ys + row, inside = inner + _starts.Diagonal[row], outside = outer + (_starts.OffDiagonal.Length > 0 ? _starts.OffDiagonal[row] : 0);
                foreach (LumpedEntry[] entries in _rows.Templates[_rows.TemplateOf[cell]].Lumped)
                {
                    int first = _neighbours[next++];
                    double* values = first >= 0 ? inside : outside, other = first >= 0 ? xs + first : ghosts + ~first;
                    foreach (LumpedEntry entry in entries)
                        result[entry.Row] += values[entry.Entry] * (other[entry.Column] - own[entry.Own]);
                }
            }
        }
    }

    public void Dispose() => _exchange.Dispose();
}
