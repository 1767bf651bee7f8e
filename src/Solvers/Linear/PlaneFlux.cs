using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;

namespace Cell3D.Solvers.Linear;

/// <summary>What an unknown that runs from collector to collector passes in the plane, in terms of the collectors at the ends of its segment: C x_I ≈ p q with q = K x_Γ.</summary>
/// <remarks>Of cell i and end e it is p_ie = w_ie g_i, where g_i = Σ_j C_ij sums the couplings to neighbours in the plane and w falls linearly from 1 at the end to 0 at the other one;
/// q_e = Σ_i Σ_j w_ie C_ij (x_Γ,other − x_Γ,own) / Σ_i p_ie. Eight lanes each, by cells of batches.</remarks>
internal sealed unsafe class PlaneFlux : IDisposable
{
    private const int Lanes = SegmentBatches.Lanes;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly int[] _firstCell, _segmentAt;
    private readonly (int Flow, int Joined, int Self, int Other)[] _pulls;
    private readonly int _ends, _count;

    /// <summary>g.</summary>
    private float* _sums;

    /// <summary>q by batches, ends and lanes, and Σ_i p_ie.</summary>
    private double* _flows, _totals;

    /// <param name="batches">Segments side by side.</param>
    /// <param name="rows">Where entries go.</param>
    /// <param name="known">Place of a collector unknown among those that <see cref="Flow"/> is given.</param>
    internal PlaneFlux(SegmentBatches batches, SegmentRows rows, Func<long, int> known)
    {
        (_batches, _rows, _ends) = (batches, rows, rows.MostEnds);
        _firstCell = new int[batches.Count + 1];
        _segmentAt = new int[batches.Segments.Count];
        List<(int, int, int, int)> pulls = [];
        for (int batch = 0; batch < batches.Count; batch++)
        {
            _firstCell[batch + 1] = checked(_firstCell[batch] + (_ends > 0 ? batches.Shape(batch).Cells : 0));
            for (int lane = 0; lane < batches.LanesOf(batch); lane++)
            {
                int place = (batch * Lanes) + lane, segment = batches.SegmentOf[place];
                _segmentAt[segment] = place;
                ReadOnlySpan<JoinedPair> pairs = rows.PairsOf(segment);
                for (int pair = 0; pair < pairs.Length; pair++)
                    if (pairs[pair].End >= 0)
                        pulls.Add((FlowOf(batch, pairs[pair].End) + lane, SegmentFactors.PlaceOf(place, pair, rows.MostPairs), known(pairs[pair].Own), known(pairs[pair].Other)));
            }
        }
        _pulls = [.. pulls];
        _count = checked(batches.Count * _ends * Lanes);
        _sums = (float*)Allocate((long)_firstCell[^1] * Lanes * sizeof(float));
        _flows = (double*)Allocate((long)_count * sizeof(double));
        _totals = (double*)Allocate((long)_count * sizeof(double));

        static void* Allocate(long bytes)
        {
            void* memory = NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes), Lanes * sizeof(double));
            NativeMemory.Clear(memory, (nuint)bytes);
            return memory;
        }
    }

    /// <summary>Bytes of g, q, and what finds x_Γ.</summary>
    internal long Bytes => ((long)_firstCell[^1] * Lanes * sizeof(float)) + (2L * _count * sizeof(double)) + ((long)_pulls.Length * 4 * sizeof(int));

    /// <summary>q of a batch: for every end eight lanes.</summary>
    internal double* FlowsOf(int batch) => _flows + FlowOf(batch, 0);

    /// <summary>g of a batch: for every cell eight lanes.</summary>
    internal float* SumsOf(int batch) => _sums + ((long)_firstCell[batch] * Lanes);

    /// <summary>Σ_i p_ie of the segment at a place.</summary>
    internal double TotalOf(int place, int end) => _totals[FlowOf(place / Lanes, end) + (place % Lanes)];

    /// <summary>Forgets what a batch had before.</summary>
    internal void Clear(int batch)
    {
        new Span<float>(SumsOf(batch), (_firstCell[batch + 1] - _firstCell[batch]) * Lanes).Clear();
        new Span<double>(_totals + FlowOf(batch, 0), _ends * Lanes).Clear();
    }

    /// <summary>p of a cell as right-hand sides, of a lane or of all: g has been summed up before.</summary>
    /// <param name="batch">Of the segments.</param>
    /// <param name="position">Of the cell in them.</param>
    /// <param name="through">Its unknown.</param>
    /// <param name="lanes">Which lanes.</param>
    /// <param name="sides">Right-hand sides of that unknown's row: for every end eight lanes.</param>
    internal void Spread(int batch, int position, ThroughUnknown through, Range lanes, double* sides)
    {
        float* sums = SumsOf(batch) + (position * Lanes);
        double* totals = _totals + FlowOf(batch, 0);
        for (int lane = lanes.Start.Value; lane < lanes.End.Value; lane++)
        {
            double left = (1.0 - through.Share) * sums[lane], right = (double)through.Share * sums[lane];
            (sides[(through.Left * Lanes) + lane], sides[(through.Right * Lanes) + lane]) = (left, right);
            totals[(through.Left * Lanes) + lane] += left;
            totals[(through.Right * Lanes) + lane] += right;
        }
    }

    /// <summary>q = K x_Γ.</summary>
    /// <param name="known">x_Γ.</param>
    /// <param name="joined">As <see cref="SegmentFactors.Joined"/>.</param>
    internal void Flow(double[] known, double[] joined)
    {
        new Span<double>(_flows, _count).Clear();
        foreach ((int flow, int pair, int self, int other) in _pulls)
            _flows[flow] += joined[pair] * (known[other] - known[self]);
        for (int i = 0; i < _count; i++)
            _flows[i] = _totals[i] == 0 ? 0 : _flows[i] / _totals[i];
    }

    /// <summary>x_Γ += Kᵀ q.</summary>
    internal void FlowTransposed(double[] known, double[] joined)
    {
        foreach ((int flow, int pair, int self, int other) in _pulls)
        {
            double value = _totals[flow] == 0 ? 0 : joined[pair] * _flows[flow] / _totals[flow];
            known[other] += value;
            known[self] -= value;
        }
    }

    /// <summary>r −= p q of a batch.</summary>
    /// <param name="batch">Of the segments.</param>
    /// <param name="r">Its rows, eight lanes each.</param>
    internal void Subtract(int batch, double* r)
    {
        double* flows = FlowsOf(batch);
        for (int position = 0; position < CellsOf(batch); position++)
            if (_batches.IsAlike(batch))
            {
                if (ThroughOf(batch, 0, position) is { } through)
                    Subtract(through, SumsOf(batch) + (position * Lanes), flows, r + (SlotOf(batch, position, through) * Lanes));
            }
            else
                for (int lane = 0; lane < Lanes; lane++)
                    if (ThroughOf(batch, lane, position) is { } own)
                        r[(SlotOf(batch, position, own) * Lanes) + lane] -= Of(SumsOf(batch)[(position * Lanes) + lane], own, flows + lane);
    }

    /// <summary>r −= p q of a cell of eight segments that are alike.</summary>
    /// <param name="through">The unknown.</param>
    /// <param name="sums">g of the cell.</param>
    /// <param name="flows">q of the batch.</param>
    /// <param name="r">The unknown's row.</param>
    internal static void Subtract(ThroughUnknown through, float* sums, double* flows, double* r)
    {
        Vector512<double> left = Vector512.Load(flows + (through.Left * Lanes)) * (1.0 - through.Share), right = Vector512.Load(flows + (through.Right * Lanes)) * (double)through.Share;
        (Vector512.Load(r) - (SingleCoefficients.Load(sums) * (left + right))).Store(r);
    }

    /// <summary>q = pᵀ x of a batch, for <see cref="FlowTransposed"/>.</summary>
    /// <param name="batch">Of the segments.</param>
    /// <param name="x">Its rows, eight lanes each.</param>
    internal void Project(int batch, double* x)
    {
        double* flows = FlowsOf(batch);
        new Span<double>(flows, _ends * Lanes).Clear();
        for (int position = 0; position < CellsOf(batch); position++)
            for (int lane = 0; lane < Lanes; lane++)
                if (ThroughOf(batch, lane, position) is { } through)
                {
                    double flow = SumsOf(batch)[(position * Lanes) + lane] * x[(SlotOf(batch, position, through) * Lanes) + lane];
                    flows[(through.Left * Lanes) + lane] += (1.0 - through.Share) * flow;
                    flows[(through.Right * Lanes) + lane] += (double)through.Share * flow;
                }
    }

    /// <summary>p q of an own cell's unknown.</summary>
    /// <param name="cell">Own cell.</param>
    /// <param name="position">Of the cell in its segment.</param>
    /// <param name="through">The unknown.</param>
    internal double Of(int cell, int position, ThroughUnknown through)
    {
        int place = _segmentAt[_batches.Segments.OfCell[cell]], lane = place % Lanes;
        return Of(SumsOf(place / Lanes)[(position * Lanes) + lane], through, FlowsOf(place / Lanes) + lane);
    }

    public void Dispose()
    {
        foreach (nint memory in new[] { (nint)_sums, (nint)_flows, (nint)_totals })
            NativeMemory.AlignedFree((void*)memory);
        _sums = null;
        _flows = _totals = null;
    }

    private static double Of(float sum, ThroughUnknown through, double* flows) => sum * (((1.0 - through.Share) * flows[through.Left * Lanes]) + ((double)through.Share * flows[through.Right * Lanes]));

    private int CellsOf(int batch) => _firstCell[batch + 1] - _firstCell[batch];

    /// <summary>The unknown that runs through a cell of the segment of a lane, if both are there.</summary>
    private ThroughUnknown? ThroughOf(int batch, int lane, int position) => _batches.SegmentOf[(batch * Lanes) + lane] is >= 0 and int segment && position < _batches.Segments[segment].Length
        ? _rows.Templates[_rows.TemplateOf[_batches.Segments[segment][position]]].Through : null;

    private int SlotOf(int batch, int position, ThroughUnknown through) => _batches.Shape(batch).FirstSlot[position] + through.Place;

    private int FlowOf(int batch, int end) => ((batch * _ends) + end) * Lanes;
}
