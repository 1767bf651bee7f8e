using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;

namespace Cell3D.Solvers.Linear;

/// <summary>A_II, the interior unknowns of all segments with their couplings in the plane lumped, as LU factors, and W = A_II⁻¹ A_IΓ.</summary>
internal sealed unsafe class SegmentFactors : IDisposable
{
    private const int Lanes = SegmentBatches.Lanes;
    private const nuint Alignment = 64;
    private readonly FieldLayout _layout;
    private readonly RowStarts _starts;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly int[] _columnsOf;
    private readonly long[] _firstResponse;
    private readonly long[] _firstFactor;
    private readonly LumpedProduct _lumped;

    /// <summary>Rows of a cell while it is filled, what its elimination hands on, entries of the matrix eight lanes each, and rows of a batch.</summary>
    private double* _rowsOfCell, _carried, _staged, _ofBatch;
    private double* _factors, _responses, _y;

    internal SegmentFactors(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, LumpedProduct lumped)
    {
        (_layout, _starts, _batches, _rows, _lumped) = (layout, starts, batches, rows, lumped);
        _columnsOf = new int[batches.Count];
        (_firstResponse, _firstFactor) = (new long[batches.Count + 1], new long[batches.Count + 1]);
        for (int batch = 0; batch < batches.Count; batch++)
        {
            for (int lane = 0; lane < Lanes; lane++)
                _columnsOf[batch] = Math.Max(_columnsOf[batch], rows.ColumnsOf(batches.SegmentOf[(batch * Lanes) + lane]).Length);
            _firstResponse[batch + 1] = _firstResponse[batch] + ((long)batches.Length(batch) * _columnsOf[batch] * Lanes);
            _firstFactor[batch + 1] = _firstFactor[batch] + batches.Shape(batch).Numbers;
        }
        Joined = new double[batches.SegmentOf.Length * rows.MostPairs];
        _rowsOfCell = Allocate(Math.Max(1, rows.Width) * rows.Stride * Lanes);
        _carried = Allocate(BlockKernel.Carried(rows.Width, rows.MostColumns));
        _staged = Allocate(rows.Templates.Select(targets => Math.Max(targets.Diagonal.Length, targets.OffDiagonal.Length)).Append(0).Max() * Lanes);
        _ofBatch = Allocate(batches.MostSlots * Lanes);
        _factors = Allocate(_firstFactor[^1]);
        _responses = Allocate(_firstResponse[^1]);
        _y = Allocate((long)batches.Slots * Lanes);
    }

    /// <summary>A_II⁻¹ r_I of the last solve, in slots and lanes.</summary>
    internal ReadOnlySpan<double> Partial => new(_y, _batches.Slots * Lanes);

    /// <summary>What flows in the plane out of each segment for every pair of collector unknowns that it is handed to, at <see cref="PlaceOf"/>.</summary>
    internal double[] Joined { get; }

    /// <summary>Place in <see cref="Joined"/>: batches, pairs, lanes.</summary>
    /// <param name="place">Of the segment, in the order of batches and lanes.</param>
    /// <param name="pair">Of the segment.</param>
    /// <param name="mostPairs">Most pairs of any.</param>
    internal static int PlaceOf(int place, int pair, int mostPairs) => ((((place / Lanes) * mostPairs) + pair) * Lanes) + (place % Lanes);

    /// <summary>Collector unknowns of the segments of a batch, the most of all lanes.</summary>
    internal int ColumnsOf(int batch) => _columnsOf[batch];

    /// <summary>W of an interior row by the first collector unknown of its segment; those by the others follow at distances of <see cref="SegmentBatches.Lanes"/>.</summary>
    /// <param name="place">Of the row, from <see cref="ResponseOf"/>.</param>
    internal double* Response(long place) => _responses + place;

    /// <summary>Place of the responses of an interior row.</summary>
    /// <param name="place">Of the row, in slots and lanes.</param>
    internal long ResponseOf(int place)
    {
        int batch = _batches.BatchOf(place);
        int row = (place / Lanes) - _batches.FirstSlot(batch);
        return _firstResponse[batch] + ((long)row * _columnsOf[batch] * Lanes) + (place % Lanes);
    }

    /// <summary>Bytes of factors, responses and partial solutions.</summary>
    internal long Bytes => sizeof(double) * (_firstFactor[^1] + _firstResponse[^1] + ((long)_batches.Slots * Lanes));

    /// <summary>Takes over the values of the matrix.</summary>
    /// <returns>Local row of the first pivot that is zero or not finite; −1 where none is.</returns>
    internal int Factor(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        int singular = -1;
        Array.Clear(Joined);
        fixed (double* insides = diagonal, outsides = offDiagonal, joined = Joined)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                SegmentShape shape = _batches.Shape(batch);
                int columns = _columnsOf[batch];
                double* factors = _factors + _firstFactor[batch], responses = _responses + _firstResponse[batch];
                byte* lumped = _lumped.CoefficientsOf(batch);
                for (int cell = 0; cell < shape.Cells; cell++)
                {
                    BlockKernel.Clear(_rowsOfCell, Math.Max(1, (int)shape.Sizes[cell]) * _rows.Stride);
                    if (_batches.IsAlike(batch))
                        lumped = FillTogether(batch, cell, insides, outsides, joined + ((long)batch * _rows.MostPairs * Lanes), lumped);
                    else
                        for (int lane = 0; lane < Lanes; lane++)
                            Fill(batch, cell, lane, shape.Sizes[cell], insides, outsides);
                    BlockKernel.Eliminate(shape, cell, _rowsOfCell, _rows.Width, _rows.Stride, columns, factors, responses, _carried);
                }
                BlockKernel.Substitute(shape, factors, responses, columns);
                if (singular < 0)
                    singular = Singular(batch, factors);
            }
        return singular;
    }

    /// <summary>y = A_II⁻¹ r_I.</summary>
    internal void Solve(ReadOnlySpan<double> r)
    {
        fixed (double* given = r)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                double* own = PartialOf(batch);
                Take(given, batch, own);
                BlockKernel.Solve(_batches.Shape(batch), _factors + _firstFactor[batch], own);
            }
    }

    /// <summary>y = r_I, and Wᵀ r_I of each batch.</summary>
    /// <param name="r">By local rows.</param>
    /// <param name="collectors">Receives for every column eight lanes.</param>
    /// <param name="first">Where those of a batch start.</param>
    internal void Project(ReadOnlySpan<double> r, double[] collectors, int[] first)
    {
        Array.Clear(collectors);
        fixed (double* given = r, sums = collectors)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                Take(given, batch, PartialOf(batch));
                BlockKernel.Project(PartialOf(batch), _responses + _firstResponse[batch], _batches.Length(batch), _columnsOf[batch], sums + first[batch]);
            }
    }

    /// <summary>Adds to one number of y.</summary>
    /// <param name="place">In slots and lanes.</param>
    /// <param name="value">Addend.</param>
    internal void AddToPartial(int place, double value) => _y[place] += value;

    /// <summary>x_I = A_II⁻ᵀ y.</summary>
    internal void SolveTransposed(Span<double> x)
    {
        fixed (double* result = x)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                BlockKernel.SolveTransposed(_batches.Shape(batch), _factors + _firstFactor[batch], PartialOf(batch));
                Give(batch, PartialOf(batch), result);
            }
    }

    /// <summary>x_I = y − W x_Γ.</summary>
    /// <param name="collectors">x_Γ of each batch: for every column eight lanes.</param>
    /// <param name="first">Where those of a batch start.</param>
    /// <param name="x">By local rows.</param>
    internal void Respond(double[] collectors, int[] first, Span<double> x)
    {
        fixed (double* result = x, xs = collectors)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                BlockKernel.Respond(PartialOf(batch), _responses + _firstResponse[batch], xs + first[batch], _batches.Length(batch), _columnsOf[batch], _ofBatch);
                Give(batch, _ofBatch, result);
            }
    }

    public void Dispose()
    {
        foreach (nint memory in new[] { (nint)_rowsOfCell, (nint)_carried, (nint)_staged, (nint)_ofBatch, (nint)_factors, (nint)_responses, (nint)_y })
            NativeMemory.AlignedFree((void*)memory);
        _rowsOfCell = _carried = _staged = _ofBatch = _factors = _responses = _y = null;
    }

    private double* PartialOf(int batch) => _y + ((long)_batches.FirstSlot(batch) * Lanes);

    /// <summary>Rows of a batch, from local rows to slots and lanes.</summary>
    private void Take(double* from, int batch, double* to)
    {
        if (!_batches.IsAlike(batch))
        {
            ReadOnlySpan<int> rows = RowsOf(batch);
            for (int i = 0; i < rows.Length; i++)
                to[i] = rows[i] >= 0 ? from[rows[i]] : 0;
            return;
        }
        double** lanes = stackalloc double*[Lanes];
        ReadOnlySpan<int> runs = _batches.RunsOf(batch);
        for (int i = 0; i < runs.Length; i += Lanes + 1)
        {
            for (int lane = 0; lane < Lanes; lane++)
                lanes[lane] = from + runs[i + 1 + lane];
            LaneKernel.Gather(lanes, runs[i], to);
            to += runs[i] * Lanes;
        }
    }

    /// <summary>The way back.</summary>
    private void Give(int batch, double* from, double* to)
    {
        if (!_batches.IsAlike(batch))
        {
            ReadOnlySpan<int> rows = RowsOf(batch);
            for (int i = 0; i < rows.Length; i++)
                if (rows[i] >= 0)
                    to[rows[i]] = from[i];
            return;
        }
        double** lanes = stackalloc double*[Lanes];
        int count = _batches.LanesOf(batch);
        ReadOnlySpan<int> runs = _batches.RunsOf(batch);
        for (int i = 0; i < runs.Length; i += Lanes + 1)
        {
            for (int lane = 0; lane < Lanes; lane++)
                lanes[lane] = to + runs[i + 1 + lane];
            LaneKernel.Scatter(from, runs[i], lanes, count);
            from += runs[i] * Lanes;
        }
    }

    private ReadOnlySpan<int> RowsOf(int batch) => _batches.RowOf.AsSpan(_batches.FirstSlot(batch) * Lanes, _batches.Length(batch) * Lanes);

    /// <summary>Sums the entries of a cell of segments that are alike into their lanes; lanes without segment repeat the first.</summary>
    /// <returns>What follows the coefficients that it has left for <see cref="LumpedProduct"/>.</returns>
    private byte* FillTogether(int batch, int place, double* insides, double* outsides, double* pairs, byte* lumped)
    {
        CellTargets targets = _rows.Templates[_rows.TemplateOf[_batches.CellOf(batch, 0, place)]];
        Stage(batch, place, insides, _starts.Diagonal, targets.Diagonal.Length);
        Spread(targets.Diagonal, targets.Joining, pairs);
        lumped = _lumped.Take(batch, targets.Lumped.Diagonal, _staged, lumped);
        if (targets.OffDiagonal.Length == 0)
            return lumped;
        Stage(batch, place, outsides, _starts.OffDiagonal, targets.OffDiagonal.Length);
        Spread(targets.OffDiagonal, targets.JoiningOff, pairs);
        return _lumped.Take(batch, targets.Lumped.OffDiagonal, _staged, lumped);
    }

    /// <summary>Entries of a cell of eight segments side by side.</summary>
    private void Stage(int batch, int place, double* values, int[] starts, int count)
    {
        double** lanes = stackalloc double*[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            lanes[lane] = values + starts[_layout.FirstRow(_batches.CellOf(batch, lane, place))];
        LaneKernel.Gather(lanes, count, _staged);
    }

    private void Spread(ushort[] targets, (ushort Entry, ushort Pair)[] joining, double* pairs)
    {
        double* rows = _rowsOfCell, from = _staged;
        for (int entry = 0; entry < targets.Length; entry++, from += Lanes)
            Add(rows + (targets[entry] * Lanes), from);
        foreach ((ushort entry, ushort pair) in joining)
            Add(pairs + (pair * Lanes), _staged + (entry * Lanes));

        static void Add(double* to, double* from) => (Vector512.Load(to) + Vector512.Load(from)).Store(to);
    }

    /// <summary>Sums the entries of a cell of one segment into its lane; rows that only others have are those of the identity.</summary>
    private void Fill(int batch, int cell, int lane, int size, double* insides, double* outsides)
    {
        int place = (batch * Lanes) + lane, rows = 0;
        if (_batches.SegmentOf[place] is >= 0 and int segment && cell < _batches.Segments[segment].Length)
        {
            int own = _batches.Segments[segment][cell], first = _layout.FirstRow(own);
            CellTargets targets = _rows.Templates[_rows.TemplateOf[own]];
            FillBlock(insides + _starts.Diagonal[first], targets.Diagonal, targets.Joining);
            if (targets.OffDiagonal.Length > 0)
                FillBlock(outsides + _starts.OffDiagonal[first], targets.OffDiagonal, targets.JoiningOff);
            rows = targets.Rows;
        }
        for (; rows < size; rows++)
            _rowsOfCell[(((rows * _rows.Stride) + _rows.Width + rows) * Lanes) + lane] = 1;

        void FillBlock(double* values, ushort[] block, (ushort Entry, ushort Pair)[] joining)
        {
            for (int entry = 0; entry < block.Length; entry++)
                _rowsOfCell[(block[entry] * Lanes) + lane] += values[entry];
            foreach ((ushort entry, ushort pair) in joining)
                Joined[PlaceOf(place, pair, _rows.MostPairs)] += values[entry];
        }
    }

    private int Singular(int batch, double* factors)
    {
        SegmentShape shape = _batches.Shape(batch);
        for (int cell = 0; cell < shape.Cells; cell++)
            for (int row = 0; row < shape.Sizes[cell]; row++)
                for (int lane = 0; lane < Lanes; lane++)
                    if (!double.IsFinite(factors[shape.Start[cell] + (((row * shape.Sizes[cell]) + row) * Lanes) + lane])
                        && _batches.RowOf[((_batches.FirstSlot(batch) + shape.FirstSlot[cell] + row) * Lanes) + lane] is >= 0 and int own)
                        return own;
        return -1;
    }

    private static double* Allocate(long numbers) => (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, numbers) * sizeof(double), Alignment);
}
