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
    private readonly long[] _firstSpread;
    private readonly int _mostColumns;
    private readonly LumpedProduct _lumped;
    private readonly PlaneFlux _flux;

    /// <summary>Rows of a cell while it is filled, what its elimination hands on, entries of the matrix eight lanes each, rows of a batch, and its responses.</summary>
    private double* _rowsOfCell, _carried, _staged, _ofBatch, _solved;
    private double* _factors, _responses, _y;

    /// <summary>U, in single precision where what is lumped is.</summary>
    private byte* _spread;

    internal SegmentFactors(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, LumpedProduct lumped, PlaneFlux flux)
    {
        (_layout, _starts, _batches, _rows, _lumped, _flux) = (layout, starts, batches, rows, lumped, flux);
        _columnsOf = new int[batches.Count];
        (_firstResponse, _firstFactor, _firstSpread) = (new long[batches.Count + 1], new long[batches.Count + 1], new long[batches.Count + 1]);
        for (int batch = 0; batch < batches.Count; batch++)
        {
            for (int lane = 0; lane < Lanes; lane++)
                _columnsOf[batch] = Math.Max(_columnsOf[batch], rows.ColumnsOf(batches.SegmentOf[(batch * Lanes) + lane]).Length);
            _firstResponse[batch + 1] = _firstResponse[batch] + ((long)batches.Length(batch) * _columnsOf[batch] * Lanes);
            _firstFactor[batch + 1] = _firstFactor[batch] + batches.Shape(batch).Numbers;
            _firstSpread[batch + 1] = _firstSpread[batch] + ((long)batches.Length(batch) * rows.MostEnds * Lanes * (lumped.IsSingle(batch) ? sizeof(float) : sizeof(double)));
        }
        _mostColumns = rows.MostColumns + rows.MostEnds;
        Joined = new double[batches.SegmentOf.Length * rows.MostPairs];
        _rowsOfCell = Allocate(Math.Max(1, rows.Width) * rows.Stride * Lanes);
        _carried = Allocate(BlockKernel.Carried(rows.Width, _mostColumns));
        _staged = Allocate(rows.Templates.Select(targets => Math.Max(targets.Diagonal.Length, targets.OffDiagonal.Length)).Append(0).Max() * Lanes);
        _ofBatch = Allocate(batches.MostSlots * Lanes);
        _solved = Allocate((long)batches.MostSlots * _mostColumns * Lanes);
        _spread = (byte*)Allocate((_firstSpread[^1] + sizeof(double) - 1) / sizeof(double));
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

    /// <summary>U of an interior row by one end.</summary>
    /// <param name="at">Of both, from <see cref="SpreadResponseOf"/>.</param>
    internal double SpreadResponse(long at) => at >= 0 ? *(double*)(_spread + at) : *(float*)(_spread + ~at);

    /// <summary>Where U of an interior row by one end is [byte], in single precision its complement.</summary>
    /// <param name="place">Of the row, in slots and lanes.</param>
    /// <param name="end">Of its segment.</param>
    internal long SpreadResponseOf(int place, int end)
    {
        int batch = _batches.BatchOf(place);
        long at = ((((place / Lanes) - _batches.FirstSlot(batch)) * _rows.MostEnds) + end) * Lanes + (place % Lanes);
        return _lumped.IsSingle(batch) ? ~(_firstSpread[batch] + (at * sizeof(float))) : _firstSpread[batch] + (at * sizeof(double));
    }

    /// <summary>All pairs of all segments with their places in <see cref="Joined"/>.</summary>
    internal static IEnumerable<(int At, JoinedPair Of)> JoinedPairs(SegmentBatches batches, SegmentRows rows)
    {
        for (int place = 0; place < batches.SegmentOf.Length; place++)
        {
            JoinedPair[] pairs = rows.PairsOf(batches.SegmentOf[place]).ToArray();
            for (int pair = 0; pair < pairs.Length; pair++)
                yield return (PlaceOf(place, pair, rows.MostPairs), pairs[pair]);
        }
    }

    /// <summary>Bytes of factors, responses and partial solutions.</summary>
    internal long Bytes => Memory.Sum(part => part.Bytes);

    /// <summary>The same by purpose.</summary>
    internal IEnumerable<(string Purpose, long Bytes)> Memory =>
        [("factors of segments", sizeof(double) * _firstFactor[^1]), ("their responses", _firstSpread[^1] + (sizeof(double) * _firstResponse[^1])), ("their partial solution", sizeof(double) * (long)_batches.Slots * Lanes)];

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
                int columns = _columnsOf[batch] + _rows.MostEnds;
                double* factors = _factors + _firstFactor[batch];
                byte* lumped = _lumped.CoefficientsOf(batch);
                _flux.Clear(batch);
                for (int cell = 0; cell < shape.Cells; cell++)
                {
                    BlockKernel.Clear(_rowsOfCell, Math.Max(1, (int)shape.Sizes[cell]) * _rows.Stride);
                    if (_batches.IsAlike(batch))
                        lumped = FillTogether(batch, cell, insides, outsides, joined + ((long)batch * _rows.MostPairs * Lanes), lumped);
                    else
                        for (int lane = 0; lane < Lanes; lane++)
                            Fill(batch, cell, lane, shape.Sizes[cell], insides, outsides);
                    BlockKernel.Eliminate(shape, cell, _rowsOfCell, _rows.Width, _rows.Stride, columns, factors, _solved, _carried);
                }
                BlockKernel.Substitute(shape, factors, _solved, columns);
                Keep(batch, columns);
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

    /// <summary>y = r_I, and Wᵀ r_I and Uᵀ r_I of each batch.</summary>
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
                BlockKernel.Project<DoubleCoefficients>(PartialOf(batch), (byte*)(_responses + _firstResponse[batch]), _batches.Length(batch), _columnsOf[batch], sums + first[batch]);
                double* flows = _flux.FlowsOf(batch);
                BlockKernel.Clear(flows, _rows.MostEnds);
                if (_lumped.IsSingle(batch))
                    BlockKernel.Project<SingleCoefficients>(PartialOf(batch), _spread + _firstSpread[batch], _batches.Length(batch), _rows.MostEnds, flows);
                else
                    BlockKernel.Project<DoubleCoefficients>(PartialOf(batch), _spread + _firstSpread[batch], _batches.Length(batch), _rows.MostEnds, flows);
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

    /// <summary>x_I = y − W x_Γ − U q.</summary>
    /// <param name="collectors">x_Γ of each batch: for every column eight lanes.</param>
    /// <param name="first">Where those of a batch start.</param>
    /// <param name="x">By local rows.</param>
    internal void Respond(double[] collectors, int[] first, Span<double> x)
    {
        fixed (double* result = x, xs = collectors)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                BlockKernel.Respond<DoubleCoefficients>(PartialOf(batch), (byte*)(_responses + _firstResponse[batch]), xs + first[batch], _batches.Length(batch), _columnsOf[batch], _ofBatch);
                if (_lumped.IsSingle(batch))
                    BlockKernel.Respond<SingleCoefficients>(_ofBatch, _spread + _firstSpread[batch], _flux.FlowsOf(batch), _batches.Length(batch), _rows.MostEnds, _ofBatch);
                else
                    BlockKernel.Respond<DoubleCoefficients>(_ofBatch, _spread + _firstSpread[batch], _flux.FlowsOf(batch), _batches.Length(batch), _rows.MostEnds, _ofBatch);
                Give(batch, _ofBatch, result);
            }
    }

    public void Dispose()
    {
        foreach (nint memory in new[] { (nint)_rowsOfCell, (nint)_carried, (nint)_staged, (nint)_ofBatch, (nint)_solved, (nint)_factors, (nint)_responses, (nint)_spread, (nint)_y })
            NativeMemory.AlignedFree((void*)memory);
        _rowsOfCell = _carried = _staged = _ofBatch = _solved = _factors = _responses = _y = null;
        _spread = null;
    }

    private double* PartialOf(int batch) => _y + ((long)_batches.FirstSlot(batch) * Lanes);

    /// <summary>Puts W and U of a batch where they belong.</summary>
    private void Keep(int batch, int columns)
    {
        int ends = _rows.MostEnds, own = columns - ends;
        double* from = _solved, responses = _responses + _firstResponse[batch];
        byte* spread = _spread + _firstSpread[batch];
        bool isSingle = _lumped.IsSingle(batch);
        for (int row = 0; row < _batches.Length(batch); row++)
        {
            for (int column = 0; column < own; column++, from += Lanes, responses += Lanes)
                Vector512.Load(from).Store(responses);
            for (int end = 0; end < ends; end++, from += Lanes)
                spread = LumpedProduct.Keep(Vector512.Load(from), isSingle, spread);
        }
    }

    /// <summary>Rows of a batch, from local rows to slots and lanes.</summary>
    private void Take(double* from, int batch, double* to)
    {
        if (!_batches.IsAlike(batch))
        {
            ReadOnlySpan<int> rows = _batches.RowsOf(batch);
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
            ReadOnlySpan<int> rows = _batches.RowsOf(batch);
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

    /// <summary>Sums the entries of a cell of segments that are alike into their lanes; lanes without segment repeat the first.</summary>
    /// <returns>What follows the coefficients that it has left for <see cref="LumpedProduct"/>.</returns>
    private byte* FillTogether(int batch, int place, double* insides, double* outsides, double* pairs, byte* lumped)
    {
        CellTargets targets = _rows.Templates[_rows.TemplateOf[_batches.CellOf(batch, 0, place)]];
        Stage(batch, place, insides, _starts.Diagonal, targets.Diagonal.Length);
        Spread(targets.Diagonal, targets.Joining, pairs);
        Flow(batch, place, targets.Through, targets.Through?.Spreading, pairs);
        lumped = _lumped.Take(batch, targets.Lumped.Diagonal, _staged, lumped);
        if (targets.OffDiagonal.Length > 0)
        {
            Stage(batch, place, outsides, _starts.OffDiagonal, targets.OffDiagonal.Length);
            Spread(targets.OffDiagonal, targets.JoiningOff, pairs);
            Flow(batch, place, targets.Through, targets.Through?.SpreadingOff, pairs);
            lumped = _lumped.Take(batch, targets.Lumped.OffDiagonal, _staged, lumped);
        }
        if (targets.Through is { } through)
            _flux.Spread(batch, place, through, 0..Lanes, SidesOf(batch, through));
        return lumped;
    }

    /// <summary>Right-hand sides p in the row of an unknown that runs through.</summary>
    private double* SidesOf(int batch, ThroughUnknown through) => _rowsOfCell + (((through.Place * _rows.Stride) + (3 * _rows.Width) + _columnsOf[batch]) * Lanes);

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

    /// <summary>Couplings in the plane of the cells' unknown that runs through: to the pairs at both ends, and their sum.</summary>
    private void Flow(int batch, int place, ThroughUnknown? through, (ushort Entry, ushort Left, ushort Right)[]? spreading, double* pairs)
    {
        if (through is null || spreading is null)
            return;
        float* sum = _flux.SumsOf(batch) + (place * Lanes);
        Vector512<double> share = Vector512.Create((double)through.Share), rest = Vector512<double>.One - share, all = Vector512<double>.Zero;
        foreach ((ushort entry, ushort left, ushort right) in spreading)
        {
            Vector512<double> value = Vector512.Load(_staged + (entry * Lanes));
            all += value;
            (Vector512.Load(pairs + (left * Lanes)) + (rest * value)).Store(pairs + (left * Lanes));
            (Vector512.Load(pairs + (right * Lanes)) + (share * value)).Store(pairs + (right * Lanes));
        }
        (Vector256.Load(sum) + Vector256.Narrow(all.GetLower(), all.GetUpper())).Store(sum);
    }

    /// <summary>Sums the entries of a cell of one segment into its lane; rows that only others have are those of the identity.</summary>
    private void Fill(int batch, int cell, int lane, int size, double* insides, double* outsides)
    {
        int place = (batch * Lanes) + lane, rows = 0;
        if (_batches.SegmentOf[place] is >= 0 and int segment && cell < _batches.Segments[segment].Length)
        {
            int own = _batches.Segments[segment][cell], first = _layout.FirstRow(own);
            CellTargets targets = _rows.Templates[_rows.TemplateOf[own]];
            FillBlock(insides + _starts.Diagonal[first], targets.Diagonal, targets.Joining, targets.Through?.Spreading ?? []);
            if (targets.OffDiagonal.Length > 0)
                FillBlock(outsides + _starts.OffDiagonal[first], targets.OffDiagonal, targets.JoiningOff, targets.Through?.SpreadingOff ?? []);
            if (targets.Through is { } through)
                _flux.Spread(batch, cell, through, lane..(lane + 1), SidesOf(batch, through));
            rows = targets.Rows;
        }
        for (; rows < size; rows++)
            _rowsOfCell[(((rows * _rows.Stride) + _rows.Width + rows) * Lanes) + lane] = 1;

        void FillBlock(double* values, ushort[] block, (ushort Entry, ushort Pair)[] joining, (ushort Entry, ushort Left, ushort Right)[] spreading)
        {
            for (int entry = 0; entry < block.Length; entry++)
                _rowsOfCell[(block[entry] * Lanes) + lane] += values[entry];
            foreach ((ushort entry, ushort pair) in joining)
                Joined[PlaceOf(place, pair, _rows.MostPairs)] += values[entry];
            if (spreading.Length == 0)
                return;
            double share = _rows.Templates[_rows.TemplateOf[_batches.Segments[segment][cell]]].Through!.Share, all = 0;
            foreach ((ushort entry, ushort left, ushort right) in spreading)
            {
                Joined[PlaceOf(place, left, _rows.MostPairs)] += (1 - share) * values[entry];
                Joined[PlaceOf(place, right, _rows.MostPairs)] += share * values[entry];
                all += values[entry];
            }
            _flux.SumsOf(batch)[(cell * Lanes) + lane] += (float)all;
        }
    }

    private int Singular(int batch, double* factors)
    {
        SegmentShape shape = _batches.Shape(batch);
        for (int cell = 0; cell < shape.Cells; cell++)
            for (int row = 0; row < shape.Sizes[cell]; row++)
                for (int lane = 0; lane < Lanes; lane++)
                    if (!double.IsFinite(factors[shape.Start[cell] + (((row * shape.Sizes[cell]) + row) * Lanes) + lane])
                        && _batches.RowOf(batch, shape.FirstSlot[cell] + row, lane) is >= 0 and int own)
                        return own;
        return -1;
    }

    private static double* Allocate(long numbers) => (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, numbers) * sizeof(double), Alignment);
}
