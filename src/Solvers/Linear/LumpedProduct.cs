using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>(J − P) x: with it J P⁻¹ r = r + (J − P) P⁻¹ r reads a part of the matrix only.</summary>
/// <remarks>Of segments that are alike this part is kept by itself, eight lanes side by side; of the others it is read from the matrix.</remarks>
internal sealed unsafe class LumpedProduct : IDisposable
{
    private const int Lanes = SegmentBatches.Lanes, Half = Lanes / 2, RunLength = Lanes + 2;
    private readonly FieldLayout _layout;
    private readonly RowStarts _starts;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly PlaneFlux _flux;
    private readonly HaloExchange _exchange;
    private readonly int _stride;

    /// <summary>Values of cells that others see, and of ghosts.</summary>
    private readonly double[] _shared;
    private readonly (int Place, int Row, int Count)[] _sent;
    private readonly Dictionary<int, int> _placeOf = [];

    /// <summary>Cells of segments on their own, and their neighbours' first values one after the other: local rows, of ghosts places in the shared values.</summary>
    private readonly int[] _cells, _neighbours, _positions;

    /// <summary>Of segments that are alike: the rows of their cells, then the k-th neighbours of all cells for every k, in runs of numbers that follow each other in memory: how many,
    /// whether they are another rank's, and where each lane starts.</summary>
    private readonly int[] _runs;

    /// <summary>First run of the rows of a batch, and of each k, and the end.</summary>
    private readonly int[][] _firstRun;

    /// <summary>Where the coefficients of a batch start [byte].</summary>
    private readonly long[] _first;

    /// <summary>Whether they are in single precision.</summary>
    private readonly bool[] _isSingle;
    private byte* _coefficients;

    /// <summary>Of a batch, eight lanes each: x and y of its rows, x of the k-th neighbours of all cells for every k, and differences of a cell.</summary>
    private double* _own, _sums, _others, _differences;
    private readonly int _mostRows;

    /// <summary>*Collective.*</summary>
    internal LumpedProduct(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, PlaneFlux flux, CellChains chains, Communicator world)
    {
        (_layout, _starts, _batches, _rows, _flux) = (layout, starts, batches, rows, flux);
        int most = 0;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            most = Math.Max(most, layout.Fields(cell).Count);
        _stride = world.Allreduce(most, Operation.Max);
        foreach (int cell in chains.Halo.Neighbours.SelectMany(n => n.Send.Concat(n.Receive)))
            _placeOf.TryAdd(cell, _placeOf.Count);
        int[] Places(int[] cells) => [.. cells.Select(cell => _placeOf[cell])];
        _exchange = new(world, [.. chains.Halo.Neighbours.Select(n => n with { Send = Places(n.Send), Receive = Places(n.Receive) })]);
        _sent = [.. chains.Halo.Neighbours.SelectMany(n => n.Send).Distinct().Select(cell => (_placeOf[cell], layout.FirstRow(cell), layout.Fields(cell).Count))];
        _shared = new double[_placeOf.Count * _stride];
        _isSingle = [.. Enumerable.Range(0, batches.Count).Select(batch => batches.SegmentOf.AsSpan(batch * Lanes, batches.LanesOf(batch)).ToArray().All(segment => batches.Segments.SlendernessOf(segment) > chains.SlenderEnough))];
        List<int> cells = [], neighbours = [], positions = [], runs = [];
        List<int[]> firstRun = [];
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
        (_cells, _neighbours, _positions, _runs, _firstRun) = ([.. cells], [.. neighbours], [.. positions], [.. runs], [.. firstRun]);
        _coefficients = (byte*)Allocate(_first[^1]);
        _mostRows = Enumerable.Range(0, firstRun.Count).Select(batch => batches.Segments[batches.SegmentOf[batch * Lanes]].ToArray().Sum(cell => layout.Fields(cell).Count)).Append(0).Max();
        _own = Numbers(_mostRows + 1);
        _sums = Numbers(_mostRows);
        _others = Numbers((firstRun.Select(of => of.Length).Append(2).Max() - 2) * _mostRows);
        _differences = Numbers(rows.Templates.Select(targets => targets.Lumped.Differences.Length).Append(0).Max());

        double* Numbers(int lanes) => (double*)Allocate((long)lanes * Lanes * sizeof(double));

        static void* Allocate(long bytes) => NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes), Lanes * sizeof(double));

        void AddCells(int segment)
        {
            int position = 0;
            foreach (int cell in batches.Segments[segment])
            {
                positions.Add(position++);
                cells.Add(cell);
                neighbours.AddRange(neighboursOf[cell]!.Select(FirstOf));
            }
        }

        void AddAlike(int batch)
        {
            int length = batches.Segments[batches.SegmentOf[batch * Lanes]].Length;
            LumpedEntries[] lumped = [.. Enumerable.Range(0, length).Select(i => rows.Templates[rows.TemplateOf[batches.CellOf(batch, 0, i)]].Lumped)];
            _first[batch + 1] += lumped.Sum(of => (long)of.Count) * Lanes * (_isSingle[batch] ? sizeof(float) : sizeof(double));
            List<int> first = [runs.Count];
            for (int i = 0; i < length; i++)
                AddRun(first[^1], layout.Fields(batches.CellOf(batch, 0, i)).Count, false, lane => layout.FirstRow(batches.CellOf(batch, lane, i)));
            for (int k = 0; k < lumped.Max(of => of.Neighbours.Length); k++)
            {
                first.Add(runs.Count);
                for (int i = 0; i < length; i++)
                    if (k < lumped[i].Neighbours.Length)
                        AddRun(first[^1], lumped[i].Neighbours[k].Columns, lumped[i].Neighbours[k].IsGhost, lane => FirstOf(neighboursOf[batches.CellOf(batch, lane, i)]![k]));
            }
            first.Add(runs.Count);
            firstRun.Add([.. first]);
        }

        // Joins what follows the last run behind a place.
        void AddRun(int behind, int count, bool isGhost, Func<int, int> firstOf)
        {
            int last = runs.Count - RunLength;
            if (last >= behind && (runs[last + 1] != 0) == isGhost && Enumerable.Range(0, Lanes).All(lane => runs[last + 2 + lane] + runs[last] == firstOf(lane)))
            {
                runs[last] += count;
                return;
            }
            runs.AddRange([count, isGhost ? 1 : 0, .. Enumerable.Range(0, Lanes).Select(firstOf)]);
        }

        int FirstOf(int cell) => cell < layout.OwnedCells ? layout.FirstRow(cell) : PlaceOf(cell);
    }

    /// <summary>Place of the first value of a ghost.</summary>
    internal int PlaceOf(int ghost) => _placeOf[ghost] * _stride;

    /// <summary>Bytes of coefficients and of what finds their values.</summary>
    internal long Bytes => _first[^1] + (sizeof(int) * ((long)_runs.Length + (2L * _cells.Length) + _neighbours.Length));

    /// <summary>Values of ghosts as last shared.</summary>
    internal ReadOnlySpan<double> Shared => _shared;

    /// <summary>Coefficients of a batch of segments that are alike, for <see cref="Take"/> to fill: in the order of cells and entries, eight lanes each.</summary>
    internal byte* CoefficientsOf(int batch) => _coefficients + _first[batch];

    /// <summary>Takes the coefficients of a cell.</summary>
    /// <param name="batch">Of its segments.</param>
    /// <param name="entries">Those of one block.</param>
    /// <param name="values">All entries of that block, eight lanes each.</param>
    /// <param name="to">Where they belong.</param>
    /// <returns>Where those of the next one belong.</returns>
    internal byte* Take(int batch, (ushort Entry, byte Row, byte Difference)[] entries, double* values, byte* to)
    {
        foreach ((ushort entry, _, _) in entries)
            to = Keep(Vector512.Load(values + (entry * Lanes)), _isSingle[batch], to);
        return to;
    }

    /// <summary>Keeps eight numbers in either precision.</summary>
    /// <returns>What follows them.</returns>
    private static byte* Keep(Vector512<double> numbers, bool isSingle, byte* to)
    {
        if (!isSingle)
        {
            numbers.Store((double*)to);
            return to + (Lanes * sizeof(double));
        }
        Vector256.Narrow(numbers.GetLower(), numbers.GetUpper()).Store((float*)to);
        return to + (Lanes * sizeof(float));
    }

    /// <summary>*Collective.* Brings x of ghosts up to date.</summary>
    internal void Share(ReadOnlySpan<double> x)
    {
        foreach ((int place, int row, int count) in _sent)
            x.Slice(row, count).CopyTo(_shared.AsSpan(place * _stride));
        _exchange.Exchange(_shared, _stride);
    }

    /// <summary>y = r + (J − P) x in the rows of cells with electrolyte.</summary>
    internal void Add(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        fixed (double* given = r, xs = x, ys = y, inner = diagonal, outer = offDiagonal, ghosts = _shared)
        {
            for (int batch = 0; batch < _firstRun.Length; batch++)
                if (_isSingle[batch])
                    AddTogether<SingleCoefficients>(batch, given, xs, ghosts, ys);
                else
                    AddTogether<DoubleCoefficients>(batch, given, xs, ghosts, ys);
            AddCells(given, xs, ghosts, ys, inner, outer);
        }
    }

    public void Dispose()
    {
        _exchange.Dispose();
        foreach (nint memory in new[] { (nint)_coefficients, (nint)_own, (nint)_others, (nint)_differences, (nint)_sums })
            NativeMemory.AlignedFree((void*)memory);
        _coefficients = null;
        _own = _others = _differences = _sums = null;
    }

    private void AddTogether<T>(int batch, double* r, double* x, double* ghosts, double* y)
        where T : struct, ICoefficients
    {
        int[] first = _firstRun[batch];
        int kinds = first.Length - 2;
        double** other = stackalloc double*[Math.Max(1, kinds)];
        Gather(x, ghosts, first[0], first[1], _own);
        Gather(r, null, first[0], first[1], _sums);
        for (int k = 0; k < kinds; k++)
        {
            other[k] = _others + ((nint)k * _mostRows * Lanes);
            Gather(x, ghosts, first[k + 1], first[k + 2], other[k]);
        }
        byte* coefficient = CoefficientsOf(batch);
        double* own = _own, sums = _sums, flows = _flux.FlowsOf(batch);
        float* spread = _flux.SumsOf(batch);
        foreach (int cell in _batches.Segments[_batches.SegmentOf[batch * Lanes]])
        {
            CellTargets targets = _rows.Templates[_rows.TemplateOf[cell]];
            LumpedEntries lumped = targets.Lumped;
            double* difference = _differences;
            foreach ((byte neighbour, byte column, byte place) in lumped.Differences)
            {
                Vector512<double> value = Vector512.Load(other[neighbour] + (column * Lanes));
                (place < FieldSet.Most ? value - Vector512.Load(own + (place * Lanes)) : value).Store(difference);
                difference += Lanes;
            }
            coefficient = AddEntries<T>(lumped.Diagonal, coefficient, _differences, sums);
            coefficient = AddEntries<T>(lumped.OffDiagonal, coefficient, _differences, sums);
            if (targets.Through is { } through)
                PlaneFlux.Subtract(through, spread, flows, sums + (through.Row * Lanes));
            spread += Lanes;
            for (int k = 0; k < lumped.Neighbours.Length; k++)
                other[k] += lumped.Neighbours[k].Columns * Lanes;
            int unknowns = _layout.Fields(cell).Count;
            own += unknowns * Lanes;
            sums += unknowns * Lanes;
        }
        Scatter(batch, first[0], first[1], y);
    }

    /// <summary>sums += Σ a (x_other − x_own); entries of a row follow each other.</summary>
    private static byte* AddEntries<T>((ushort Entry, byte Row, byte Difference)[] entries, byte* coefficient, double* differences, double* sums)
        where T : struct, ICoefficients
    {
        for (int i = 0; i < entries.Length;)
        {
            int row = entries[i].Row;
            Vector512<double> sum = Vector512.Load(sums + (row * Lanes));
            for (; i < entries.Length && entries[i].Row == row; i++, coefficient += T.Bytes)
                sum = Vector512.MultiplyAddEstimate(T.Load(coefficient), Vector512.Load(differences + (entries[i].Difference * Lanes)), sum);
            sum.Store(sums + (row * Lanes));
        }
        return coefficient;
    }

    private void Gather(double* from, double* ghosts, int run, int end, double* to)
    {
        double** lanes = stackalloc double*[Lanes];
        for (; run < end; run += RunLength)
        {
            double* origin = _runs[run + 1] != 0 ? ghosts : from;
            for (int lane = 0; lane < Lanes; lane++)
                lanes[lane] = origin + _runs[run + 2 + lane];
            LaneKernel.Gather(lanes, _runs[run], to);
            to += _runs[run] * Lanes;
        }
    }

    private void Scatter(int batch, int run, int end, double* to)
    {
        double** lanes = stackalloc double*[Lanes];
        double* from = _sums;
        int count = _batches.LanesOf(batch);
        for (; run < end; run += RunLength)
        {
            for (int lane = 0; lane < Lanes; lane++)
                lanes[lane] = to + _runs[run + 2 + lane];
            LaneKernel.Scatter(from, _runs[run], lanes, count);
            from += _runs[run] * Lanes;
        }
    }

    private void AddCells(double* r, double* x, double* ghosts, double* y, double* inner, double* outer)
    {
        double* own = stackalloc double[FieldSet.Most + 1];
        own[FieldSet.Most] = 0;
        int next = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            int cell = _cells[i];
            int row = _layout.FirstRow(cell), count = _layout.Fields(cell).Count;
            for (int place = 0; place < count; place++)
                (own[place], y[row + place]) = (x[row + place], r[row + place]);
            CellTargets targets = _rows.Templates[_rows.TemplateOf[cell]];
            LumpedEntries lumped = targets.Lumped;
            if (targets.Through is { } through)
                y[row + through.Row] -= _flux.Of(cell, _positions[i], through);
            Add(lumped.Diagonal, inner + _starts.Diagonal[row]);
            if (lumped.OffDiagonal.Length > 0)
                Add(lumped.OffDiagonal, outer + _starts.OffDiagonal[row]);
            next += lumped.Neighbours.Length;

            void Add((ushort Entry, byte Row, byte Difference)[] entries, double* values)
            {
                foreach ((ushort entry, byte to, byte difference) in entries)
                {
                    (byte neighbour, byte column, byte place) = lumped.Differences[difference];
                    y[row + to] += values[entry] * ((lumped.Neighbours[neighbour].IsGhost ? ghosts : x)[_neighbours[next + neighbour] + column] - own[place]);
                }
            }
        }
    }
}
