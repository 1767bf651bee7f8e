using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>(J − P) x: with it J P⁻¹ r = r + (J − P) P⁻¹ r reads a part of the matrix only.</summary>
/// <remarks>Of segments that are alike this part is kept by itself, eight lanes side by side; of the others it is read from the matrix.</remarks>
internal sealed unsafe class LumpedProduct : IDisposable
{
    private const int Lanes = SegmentBatches.Lanes, Half = Lanes / 2;
    private readonly FieldLayout _layout;
    private readonly RowStarts _starts;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly HaloExchange _exchange;
    private readonly int _stride;

    /// <summary>Values of cells that others see, and of ghosts.</summary>
    private readonly double[] _shared;
    private readonly (int Place, int Row, int Count)[] _sent;
    private readonly Dictionary<int, int> _placeOf = [];

    /// <summary>Cells of segments on their own, and their neighbours' first values one after the other: local rows, of ghosts places in the shared values.</summary>
    private readonly int[] _cells, _neighbours;

    /// <summary>Of segments that are alike, cell by cell and lane by lane: first rows of the cells, then of each of their neighbours.</summary>
    private readonly int[] _alike;

    /// <summary>Where the coefficients of a batch start.</summary>
    private readonly long[] _first;
    private double* _coefficients;

    /// <summary>*Collective.*</summary>
    internal LumpedProduct(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, FieldHalo halo, Communicator world)
    {
        (_layout, _starts, _batches, _rows) = (layout, starts, batches, rows);
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
        List<int> cells = [], neighbours = [], alike = [];
        int[]?[] neighboursOf = rows.TakeNeighbours();
        _first = new long[batches.Count + 1];
        for (int batch = 0; batch < batches.Count; batch++)
        {
            _first[batch + 1] = _first[batch];
            if (batches.IsAlike(batch))
                AddAlike(batch);
            else
                for (int lane = 0; lane < Lanes && batches.SegmentOf[(batch * Lanes) + lane] is >= 0 and int segment; lane++)
                    AddCells(segment);
        }
        (_cells, _neighbours, _alike) = ([.. cells], [.. neighbours], [.. alike]);
        _coefficients = (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, _first[^1]) * sizeof(double), Lanes * sizeof(double));

        void AddCells(int segment)
        {
            foreach (int cell in batches.Segments[segment])
            {
                if (neighboursOf[cell] is not { Length: > 0 } own)
                    continue;
                cells.Add(cell);
                neighbours.AddRange(own.Select(FirstOf));
            }
        }

        void AddAlike(int batch)
        {
            int length = batches.Segments[batches.SegmentOf[batch * Lanes]].Length;
            for (int i = 0; i < length; i++)
            {
                int CellOf(int lane) => batches.Segments[batches.SegmentOrFirst(batch, lane)][i];
                for (int lane = 0; lane < Lanes; lane++)
                    alike.Add(layout.FirstRow(CellOf(lane)));
                LumpedNeighbour[] lumped = rows.Templates[rows.TemplateOf[CellOf(0)]].Lumped;
                for (int neighbour = 0; neighbour < lumped.Length; neighbour++)
                {
                    for (int lane = 0; lane < Lanes; lane++)
                        alike.Add(FirstOf(neighboursOf[CellOf(lane)]![neighbour]));
                    _first[batch + 1] += lumped[neighbour].Entries.Length * Lanes;
                }
            }
        }

        int FirstOf(int cell) => cell < layout.OwnedCells ? layout.FirstRow(cell) : PlaceOf(cell);
    }

    /// <summary>Place of the first value of a ghost.</summary>
    internal int PlaceOf(int ghost) => _placeOf[ghost] * _stride;

    /// <summary>Values of ghosts as last shared.</summary>
    internal ReadOnlySpan<double> Shared => _shared;

    /// <summary>Coefficients of a batch of segments that are alike, for <see cref="SegmentFactors"/> to fill: in the order of cells, neighbours and entries, eight lanes each.</summary>
    internal double* CoefficientsOf(int batch) => _coefficients + _first[batch];

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
        fixed (double* xs = x, ys = y, inner = diagonal, outer = offDiagonal, ghosts = _shared)
        fixed (int* alike = _alike)
        {
            int* next = alike;
            for (int batch = 0; batch < _batches.Count && _batches.IsAlike(batch); batch++)
                next = AddTogether(batch, next, xs, ghosts, ys);
            AddCells(xs, ghosts, ys, inner, outer);
        }
    }

    public void Dispose()
    {
        _exchange.Dispose();
        NativeMemory.AlignedFree(_coefficients);
        _coefficients = null;
    }

    private int* AddTogether(int batch, int* next, double* x, double* ghosts, double* y)
    {
        double* coefficient = CoefficientsOf(batch), own = stackalloc double[(FieldSet.Most + 1) * Lanes], other = stackalloc double[FieldSet.Most * Lanes], sums = stackalloc double[FieldSet.Most * Lanes];
        new Span<double>(own + (FieldSet.Most * Lanes), Lanes).Clear();
        int lanes = _batches.LanesOf(batch);
        foreach (int cell in _batches.Segments[_batches.SegmentOf[batch * Lanes]])
        {
            LumpedNeighbour[] neighbours = _rows.Templates[_rows.TemplateOf[cell]].Lumped;
            int* rows = next;
            next += Lanes;
            if (neighbours.Length == 0)
                continue;
            int count = _layout.Fields(cell).Count;
            Gather(x, rows, count, own);
            new Span<double>(sums, count * Lanes).Clear();
            foreach (LumpedNeighbour neighbour in neighbours)
            {
                Gather(neighbour.IsGhost ? ghosts : x, next, neighbour.Columns, other);
                next += Lanes;
                coefficient = AddNeighbour(neighbour.Entries, coefficient, own, other, sums);
            }
            for (int row = 0; row < count; row++)
                for (int lane = 0; lane < lanes; lane++)
                    y[rows[lane] + row] += sums[(row * Lanes) + lane];
        }
        return next;
    }

    /// <summary>sums += Σ a (x_other − x_own); entries of a row follow each other.</summary>
    private static double* AddNeighbour(LumpedEntry[] entries, double* coefficient, double* own, double* other, double* sums)
    {
        int row = -1;
        double* sum = sums;
        Vector256<double> low = default, high = default;
        foreach (LumpedEntry entry in entries)
        {
            if (entry.Row != row)
            {
                if (row >= 0)
                {
                    low.Store(sum);
                    high.Store(sum + Half);
                }
                row = entry.Row;
                sum = sums + (row * Lanes);
                (low, high) = (Vector256.Load(sum), Vector256.Load(sum + Half));
            }
            double* theirs = other + (entry.Column * Lanes), ours = own + (entry.Own * Lanes);
            low = Vector256.MultiplyAddEstimate(Vector256.Load(coefficient), Vector256.Load(theirs) - Vector256.Load(ours), low);
            high = Vector256.MultiplyAddEstimate(Vector256.Load(coefficient + Half), Vector256.Load(theirs + Half) - Vector256.Load(ours + Half), high);
            coefficient += Lanes;
        }
        low.Store(sum);
        high.Store(sum + Half);
        return coefficient;
    }

    private static void Gather(double* from, int* first, int count, double* to)
    {
        double** rows = stackalloc double*[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            rows[lane] = from + first[lane];
        for (int place = 0; place < count; place++)
            BandKernel.Gather(rows, place, to + (place * Lanes));
    }

    private void AddCells(double* x, double* ghosts, double* y, double* inner, double* outer)
    {
        double* own = stackalloc double[FieldSet.Most + 1];
        own[FieldSet.Most] = 0;
        int next = 0;
        foreach (int cell in _cells)
        {
            int row = _layout.FirstRow(cell), count = _layout.Fields(cell).Count;
            for (int i = 0; i < count; i++)
                own[i] = x[row + i];
            double* result = y + row, inside = inner + _starts.Diagonal[row], outside = outer + (_starts.OffDiagonal.Length > 0 ? _starts.OffDiagonal[row] : 0);
            foreach (LumpedNeighbour neighbour in _rows.Templates[_rows.TemplateOf[cell]].Lumped)
            {
                int first = _neighbours[next++];
                double* values = neighbour.IsGhost ? outside : inside, other = (neighbour.IsGhost ? ghosts : x) + first;
                foreach (LumpedEntry entry in neighbour.Entries)
                    result[entry.Row] += values[entry.Entry] * (other[entry.Column] - own[entry.Own]);
            }
        }
    }
}
