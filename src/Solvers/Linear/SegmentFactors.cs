using System.Runtime.InteropServices;
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
    private readonly int _width;
    private readonly LumpedProduct _lumped;
    private double* _scratch, _factors, _responses;

    internal SegmentFactors(FieldLayout layout, RowStarts starts, SegmentBatches batches, SegmentRows rows, LumpedProduct lumped)
    {
        (_layout, _starts, _batches, _rows, _lumped) = (layout, starts, batches, rows, lumped);
        _width = (2 * rows.HalfBandwidth) + 1;
        _columnsOf = new int[batches.Count];
        _firstResponse = new long[batches.Count + 1];
        for (int batch = 0; batch < batches.Count; batch++)
        {
            for (int lane = 0; lane < Lanes; lane++)
                _columnsOf[batch] = Math.Max(_columnsOf[batch], rows.ColumnsOf(batches.SegmentOf[(batch * Lanes) + lane]).Length);
            _firstResponse[batch + 1] = _firstResponse[batch] + ((long)batches.Length(batch) * _columnsOf[batch] * Lanes);
        }
        Joined = new double[batches.SegmentOf.Length * rows.MostPairs];
        _scratch = Allocate((long)batches.MostSlots * rows.Stride * Lanes);
        _factors = Allocate((long)batches.Slots * _width * Lanes);
        _responses = Allocate(_firstResponse[^1]);
    }

    /// <summary>What flows in the plane out of each segment for every pair of collector unknowns that it is handed to, at <see cref="PlaceOf"/>.</summary>
    internal double[] Joined { get; }

    /// <summary>Place in <see cref="Joined"/>: batches, pairs, lanes.</summary>
    /// <param name="place">Of the segment, in the order of batches and lanes.</param>
    /// <param name="pair">Of the segment.</param>
    /// <param name="mostPairs">Most pairs of any.</param>
    internal static int PlaceOf(int place, int pair, int mostPairs) => ((((place / Lanes) * mostPairs) + pair) * Lanes) + (place % Lanes);

    /// <summary>Collector unknowns of the segments of a batch, the most of all lanes.</summary>
    internal int ColumnsOf(int batch) => _columnsOf[batch];

    /// <summary>W of an interior row by a collector unknown of its segment.</summary>
    /// <param name="place">Of the row.</param>
    /// <param name="column">Of the segment.</param>
    internal double Response(int place, int column)
    {
        int batch = _batches.BatchOf(place);
        if (column >= _columnsOf[batch])
            return 0;
        int row = (place / Lanes) - _batches.FirstSlot(batch);
        return _responses[_firstResponse[batch] + ((((long)row * _columnsOf[batch]) + column) * Lanes) + (place % Lanes)];
    }

    /// <summary>Takes over the values of the matrix.</summary>
    /// <returns>Local row of the first pivot that is zero or not finite; −1 where none is.</returns>
    internal int Factor(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        int singular = -1;
        Array.Clear(Joined);
        for (int batch = 0; batch < _batches.Count; batch++)
        {
            int count = _batches.Length(batch), columns = _columnsOf[batch], stride = _rows.Stride;
            NativeMemory.Clear(_scratch, (nuint)((long)count * stride * Lanes * sizeof(double)));
            if (_batches.IsAlike(batch))
                FillTogether(batch, diagonal, offDiagonal);
            else
                for (int lane = 0; lane < Lanes; lane++)
                    Fill(batch, lane, diagonal, offDiagonal);
            BandKernel.Factor(_scratch, count, _rows.HalfBandwidth, columns, stride);
            BandKernel.Substitute(_scratch, count, _rows.HalfBandwidth, columns, stride);
            double* factors = _factors + ((long)_batches.FirstSlot(batch) * _width * Lanes), responses = _responses + _firstResponse[batch];
            for (int row = 0; row < count; row++)
            {
                double* from = _scratch + ((long)row * stride * Lanes);
                new ReadOnlySpan<double>(from, _width * Lanes).CopyTo(new(factors + ((long)row * _width * Lanes), _width * Lanes));
                new ReadOnlySpan<double>(from + (_width * Lanes), columns * Lanes).CopyTo(new(responses + ((long)row * columns * Lanes), columns * Lanes));
            }
            if (singular < 0)
                singular = Singular(batch, factors);
        }
        return singular;
    }

    /// <summary>y = A_II⁻¹ r_I, in slots and lanes.</summary>
    internal void Solve(ReadOnlySpan<double> r, double[] y)
    {
        fixed (double* all = y, given = r)
        fixed (int* rowOf = _batches.RowOf)
        {
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                int first = _batches.FirstSlot(batch), count = _batches.Length(batch);
                double* own = all + ((long)first * Lanes);
                int* rows = rowOf + ((long)first * Lanes);
                for (int i = 0; i < count * Lanes; i++)
                    own[i] = rows[i] >= 0 ? given[rows[i]] : 0;
                BandKernel.Solve(_factors + ((long)first * _width * Lanes), own, count, _rows.HalfBandwidth);
            }
        }
    }

    /// <summary>x_I = y − W x_Γ.</summary>
    /// <param name="y">In slots and lanes.</param>
    /// <param name="collectors">x_Γ of each batch: for every column eight lanes.</param>
    /// <param name="first">Where those of a batch start.</param>
    /// <param name="x">By local rows.</param>
    internal void Respond(double[] y, double[] collectors, int[] first, Span<double> x)
    {
        fixed (double* all = y, result = x, xs = collectors)
        fixed (int* rowOf = _batches.RowOf)
        {
            for (int batch = 0; batch < _batches.Count; batch++)
            {
                int start = _batches.FirstSlot(batch), count = _batches.Length(batch), columns = _columnsOf[batch];
                double* own = all + ((long)start * Lanes), response = _responses + _firstResponse[batch];
                int* rows = rowOf + ((long)start * Lanes);
                BandKernel.Respond(own, response, xs + first[batch], count, columns);
                for (int i = 0; i < count * Lanes; i++)
                    if (rows[i] >= 0)
                        result[rows[i]] = own[i];
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_scratch);
        NativeMemory.AlignedFree(_factors);
        NativeMemory.AlignedFree(_responses);
        _scratch = _factors = _responses = null;
    }

    /// <summary>Sums the entries of segments that are alike into their lanes; lanes without segment repeat the first.</summary>
    private void FillTogether(int batch, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        int* next = stackalloc int[Lanes];
        double** inner = stackalloc double*[Lanes], outer = stackalloc double*[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            next[lane] = _batches.Segments.Offsets[_batches.SegmentOrFirst(batch, lane)];
        int length = _batches.Segments[_batches.SegmentOf[batch * Lanes]].Length;
        double* to = _scratch, lumped = _lumped.CoefficientsOf(batch);
        fixed (double* insides = diagonal, outsides = offDiagonal, joined = Joined)
        {
            double* pairs = joined + ((long)batch * _rows.MostPairs * Lanes);
            for (int i = 0; i < length; i++)
            {
                CellTargets targets = _rows.Templates[_rows.TemplateOf[_batches.Segments.Cells[next[0]]]];
                bool hasOuter = targets.OffDiagonal.Length > 0;
                for (int lane = 0; lane < Lanes; lane++)
                {
                    int row = _layout.FirstRow(_batches.Segments.Cells[next[lane]++]);
                    inner[lane] = insides + _starts.Diagonal[row];
                    outer[lane] = hasOuter ? outsides + _starts.OffDiagonal[row] : null;
                }
                BandKernel.Add(inner, targets.Diagonal, to);
                BandKernel.Add(outer, targets.OffDiagonal, to);
                BandKernel.Add(inner, targets.Joining, pairs);
                BandKernel.Add(outer, targets.JoiningOff, pairs);
                foreach (LumpedNeighbour neighbour in targets.Lumped)
                    foreach (LumpedEntry entry in neighbour.Entries)
                    {
                        BandKernel.Gather(neighbour.IsGhost ? outer : inner, entry.Entry, lumped);
                        lumped += Lanes;
                    }
                to += (nint)targets.Rows * _rows.Stride * Lanes;
            }
        }
    }

    /// <summary>Sums the entries of one segment into its lane; rows beyond its end are those of the identity.</summary>
    private void Fill(int batch, int lane, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        int place = (batch * Lanes) + lane, slot = 0, stride = _rows.Stride * Lanes;
        if (_batches.SegmentOf[place] is >= 0 and int segment)
        {
            foreach (int cell in _batches.Segments[segment])
            {
                CellTargets targets = _rows.Templates[_rows.TemplateOf[cell]];
                (ushort[] inside, ushort[] outside) = (targets.Diagonal, targets.OffDiagonal);
                double* to = _scratch + ((long)slot * stride) + lane;
                int row = _layout.FirstRow(cell);
                ReadOnlySpan<double> values = diagonal.Slice(_starts.Diagonal[row], inside.Length);
                for (int i = 0; i < inside.Length; i++)
                    to[inside[i] * Lanes] += values[i];
                foreach ((ushort entry, ushort pair) in targets.Joining)
                    Joined[PlaceOf(place, pair, _rows.MostPairs)] += values[entry];
                if (outside.Length > 0)
                {
                    values = offDiagonal.Slice(_starts.OffDiagonal[row], outside.Length);
                    for (int i = 0; i < outside.Length; i++)
                        to[outside[i] * Lanes] += values[i];
                    foreach ((ushort entry, ushort pair) in targets.JoiningOff)
                        Joined[PlaceOf(place, pair, _rows.MostPairs)] += values[entry];
                }
                slot += targets.Rows;
            }
        }
        for (; slot < _batches.Length(batch); slot++)
            _scratch[((long)slot * stride) + (_rows.HalfBandwidth * Lanes) + lane] = 1;
    }

    private int Singular(int batch, double* factors)
    {
        for (int row = 0; row < _batches.Length(batch); row++)
            for (int lane = 0; lane < Lanes; lane++)
                if (_batches.RowOf[((_batches.FirstSlot(batch) + row) * Lanes) + lane] is >= 0 and int own && !double.IsFinite(factors[((((long)row * _width) + _rows.HalfBandwidth) * Lanes) + lane]))
                    return own;
        return -1;
    }

    private static double* Allocate(long numbers) => (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, numbers) * sizeof(double), Alignment);
}
