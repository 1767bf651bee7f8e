using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;

namespace Cell3D.Solvers.Linear;

/// <summary>A_II, the interior unknowns of all segments with their couplings in the plane lumped, as LU factors, with A_IΓ.</summary>
/// <remarks>W = A_II⁻¹ A_IΓ and U = A_II⁻¹ p are kept where Γ sees them: all that they would be multiplied by comes from a second substitution, which reads less than they would take.</remarks>
internal sealed unsafe class SegmentFactors : IDisposable
{
    private const int Lanes = SegmentBatches.Lanes;
    private const nuint Alignment = 64;
    private readonly FieldLayout _layout;
    private readonly RowStarts _starts;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly SeenSlots _seen;
    private readonly long[] _firstFactor, _firstSide;
    private readonly LumpedProduct _lumped;
    private readonly PlaneFlux _flux;

    /// <summary>Rows of a cell while it is filled, what its elimination hands on, entries of the matrix eight lanes each, rows of a batch, and its responses.</summary>
    private double* _rowsOfCell, _carried, _staged, _ofBatch, _solved;
    private double* _factors, _sides, _responses;

    internal SegmentFactors(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, SeenSlots seen, LumpedProduct lumped, PlaneFlux flux)
    {
        (_layout, _starts, _batches, _rows, _seen, _lumped, _flux) = (layout, starts, batches, rows, seen, lumped, flux);
        (_firstFactor, _firstSide) = (new long[batches.Count + 1], new long[batches.Count + 1]);
        for (int batch = 0; batch < batches.Count; batch++)
        {
            _firstFactor[batch + 1] = _firstFactor[batch] + batches.Shape(batch).Numbers;
            _firstSide[batch + 1] = _firstSide[batch] + ((long)batches.Shape(batch).Sides.Length * Lanes);
        }
        Joined = new double[batches.SegmentOf.Length * rows.MostPairs];
        Seen = new double[seen.Count * Lanes];
        _rowsOfCell = Allocate(Math.Max(1, rows.Width) * rows.Stride * Lanes);
        _carried = Allocate(BlockKernel.Carried(rows.Width, Columns));
        _staged = Allocate(rows.Templates.Select(targets => Math.Max(targets.Diagonal.Length, targets.OffDiagonal.Length)).Append(0).Max() * Lanes);
        _ofBatch = Allocate(batches.MostSlots * Lanes);
        _solved = Allocate((long)batches.MostSlots * Columns * Lanes);
        _factors = Allocate(_firstFactor[^1]);
        _sides = Allocate(_firstSide[^1]);
        _responses = Allocate((long)seen.Count * Columns * Lanes);
    }

    /// <summary>A_II⁻¹ r_I of the last solve where Γ sees it, in slots and lanes of <see cref="SeenSlots"/>; for a transposed solve what is added to r_I there.</summary>
    internal double[] Seen { get; }

    /// <summary>Right-hand sides of a segment: the most collector unknowns that one touches, then the most ends.</summary>
    private int Columns => _rows.MostColumns + _rows.MostEnds;

    /// <summary>Collector unknowns by which there are responses, as many as a segment of this rank touches at most.</summary>
    internal int ResponseColumns => _rows.MostColumns;

    /// <summary>W of an interior row that Γ sees by the first collector unknown of its segment; those by the others, then U by its ends follow at distances of <see cref="SegmentBatches.Lanes"/>.</summary>
    /// <param name="place">Of the row in slots and lanes of <see cref="SeenSlots"/>.</param>
    internal double* ResponsesOf(int place) => _responses + ((long)(place / Lanes) * Columns * Lanes) + (place % Lanes);

    /// <summary>What flows in the plane out of each segment for every pair of collector unknowns that it is handed to, at <see cref="PlaceOf"/>.</summary>
    internal double[] Joined { get; }

    /// <summary>Place in <see cref="Joined"/>: batches, pairs, lanes.</summary>
    /// <param name="place">Of the segment, in the order of batches and lanes.</param>
    /// <param name="pair">Of the segment.</param>
    /// <param name="mostPairs">Most pairs of any.</param>
    internal static int PlaceOf(int place, int pair, int mostPairs) => ((((place / Lanes) * mostPairs) + pair) * Lanes) + (place % Lanes);

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

    /// <summary>Memory by purpose [bytes].</summary>
    internal IEnumerable<(string Purpose, long Bytes)> Memory =>
        [("factors of segments", sizeof(double) * _firstFactor[^1]), ("what Γ sees of segments", sizeof(double) * (_firstSide[^1] + ((long)_seen.Count * Lanes * (Columns + 1))))];

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
                double* factors = _factors + _firstFactor[batch], sides = _sides + _firstSide[batch];
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
                    sides = KeepSides(shape, cell, sides);
                    BlockKernel.Eliminate(shape, cell, _rowsOfCell, _rows.Width, _rows.Stride, Columns, factors, _solved, _carried);
                }
                BlockKernel.Substitute(shape, factors, _solved, Columns);
                KeepSeen(batch);
                if (singular < 0)
                    singular = Singular(batch, factors);
            }
        return singular;
    }

    /// <summary>A_II⁻¹ r_I where Γ sees it.</summary>
    internal void Solve(ReadOnlySpan<double> r)
    {
        fixed (double* given = r, seen = Seen)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                Take(given, batch, _ofBatch);
                BlockKernel.Solve(_batches.Shape(batch), FactorsOf(batch), _ofBatch);
                double* to = seen + ((long)_seen.First(batch) * Lanes);
                foreach (ushort slot in _seen.Of(batch))
                {
                    Vector512.Load(_ofBatch + (slot * Lanes)).Store(to);
                    to += Lanes;
                }
            }
    }

    /// <summary>x_I = A_II⁻¹ (r_I − A_IΓ x_Γ − p q), q as <see cref="PlaneFlux.Flow"/> has left it.</summary>
    /// <param name="r">By local rows.</param>
    /// <param name="collectors">x_Γ of each batch: for every collector unknown eight lanes.</param>
    /// <param name="x">By local rows.</param>
    internal void Respond(ReadOnlySpan<double> r, double[] collectors, Span<double> x)
    {
        fixed (double* given = r, result = x, xs = collectors)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                Take(given, batch, _ofBatch);
                double* value = _sides + _firstSide[batch], known = xs + ((long)batch * _rows.MostColumns * Lanes);
                foreach ((ushort slot, ushort column) in _batches.Shape(batch).Sides)
                {
                    BlockKernel.Minus(_ofBatch + (slot * Lanes), Vector512.Load(value), known + (column * Lanes));
                    value += Lanes;
                }
                _flux.Subtract(batch, _ofBatch);
                BlockKernel.Solve(_batches.Shape(batch), FactorsOf(batch), _ofBatch);
                Give(batch, _ofBatch, result);
            }
    }

    /// <summary>Wᵀ r_I and Uᵀ r_I of each batch: A_IΓᵀ and pᵀ times A_II⁻ᵀ r_I.</summary>
    /// <param name="r">By local rows.</param>
    /// <param name="collectors">Receives for every collector unknown eight lanes.</param>
    internal void Project(ReadOnlySpan<double> r, double[] collectors)
    {
        Array.Clear(collectors);
        fixed (double* given = r, sums = collectors)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                Take(given, batch, _ofBatch);
                BlockKernel.SolveTransposed(_batches.Shape(batch), FactorsOf(batch), _ofBatch);
                double* value = _sides + _firstSide[batch], sum = sums + ((long)batch * _rows.MostColumns * Lanes);
                foreach ((ushort slot, ushort column) in _batches.Shape(batch).Sides)
                {
                    (Vector512.Load(sum + (column * Lanes)) + (Vector512.Load(value) * Vector512.Load(_ofBatch + (slot * Lanes)))).Store(sum + (column * Lanes));
                    value += Lanes;
                }
                _flux.Project(batch, _ofBatch);
            }
    }

    /// <summary>x_I = A_II⁻ᵀ (r_I + <see cref="Seen"/>).</summary>
    internal void SolveTransposed(ReadOnlySpan<double> r, Span<double> x)
    {
        fixed (double* given = r, result = x, seen = Seen)
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                Take(given, batch, _ofBatch);
                double* from = seen + ((long)_seen.First(batch) * Lanes);
                foreach (ushort slot in _seen.Of(batch))
                {
                    (Vector512.Load(_ofBatch + (slot * Lanes)) + Vector512.Load(from)).Store(_ofBatch + (slot * Lanes));
                    from += Lanes;
                }
                BlockKernel.SolveTransposed(_batches.Shape(batch), FactorsOf(batch), _ofBatch);
                Give(batch, _ofBatch, result);
            }
    }

    public void Dispose()
    {
        foreach (nint memory in new[] { (nint)_rowsOfCell, (nint)_carried, (nint)_staged, (nint)_ofBatch, (nint)_solved, (nint)_factors, (nint)_sides, (nint)_responses })
            NativeMemory.AlignedFree((void*)memory);
        _rowsOfCell = _carried = _staged = _ofBatch = _solved = _factors = _sides = _responses = null;
    }

    private double* FactorsOf(int batch) => _factors + _firstFactor[batch];

    /// <summary>Puts A_IΓ of a cell where it belongs, before elimination changes it.</summary>
    /// <returns>Where that of the next one belongs.</returns>
    private double* KeepSides(SegmentShape shape, int cell, double* to)
    {
        double* sides = _rowsOfCell + (3 * _rows.Width * Lanes);
        for (int side = shape.FirstSide[cell]; side < shape.FirstSide[cell + 1]; side++, to += Lanes)
        {
            (ushort slot, ushort column) = shape.Sides[side];
            Vector512.Load(sides + ((((slot - shape.FirstSlot[cell]) * _rows.Stride) + column) * Lanes)).Store(to);
        }
        return to;
    }

    /// <summary>Puts W and U of a batch where they belong.</summary>
    private void KeepSeen(int batch)
    {
        int numbers = Columns * Lanes;
        double* to = _responses + ((long)_seen.First(batch) * numbers);
        foreach (ushort slot in _seen.Of(batch))
        {
            new ReadOnlySpan<double>(_solved + (slot * numbers), numbers).CopyTo(new(to, numbers));
            to += numbers;
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
            _flux.Spread(batch, place, through, 0..Lanes, SidesOf(through));
        return lumped;
    }

    /// <summary>Right-hand sides p in the row of an unknown that runs through.</summary>
    private double* SidesOf(ThroughUnknown through) => _rowsOfCell + (((through.Place * _rows.Stride) + (3 * _rows.Width) + _rows.MostColumns) * Lanes);

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
                _flux.Spread(batch, cell, through, lane..(lane + 1), SidesOf(through));
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
