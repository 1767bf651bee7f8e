using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>L D Lᵀ of symmetric matrices that share their pattern, eight side by side: planes of a stack.</summary>
/// <remarks>Rows are ordered so that entries lie close to the diagonal, and kept from the first entry on, in single precision: for a preconditioner.</remarks>
internal sealed unsafe class PlaneFactors : IDisposable
{
    internal const int Lanes = SegmentBatches.Lanes;
    private const nuint Alignment = 64;
    private readonly int _nodes, _batches;

    /// <summary>Node of each row.</summary>
    private readonly int[] _order;

    /// <summary>First column of each row, and where it lies among the rows of a batch.</summary>
    private readonly int[] _first;
    private readonly long[] _start;

    /// <summary>Entries below the diagonal by rows: column, and place among the pairs.</summary>
    private readonly (int Column, int Pair)[][] _entries;
    private float* _lower;
    private double* _inverse, _work;

    /// <summary>*Not collective.*</summary>
    /// <param name="nodes">Rows of each matrix.</param>
    /// <param name="pairs">Nodes that are joined, each pair once.</param>
    /// <param name="planes">How many matrices.</param>
    internal PlaneFactors(int nodes, (int A, int B)[] pairs, int planes)
    {
        (_nodes, _batches) = (nodes, (planes + Lanes - 1) / Lanes);
        _order = PlaneOrder.Of(nodes, pairs);
        int[] rowOf = new int[nodes];
        for (int row = 0; row < nodes; row++)
            rowOf[_order[row]] = row;
        List<(int Column, int Pair)>[] entries = [.. Enumerable.Range(0, nodes).Select(_ => new List<(int, int)>())];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            (int a, int b) = (rowOf[pairs[pair].A], rowOf[pairs[pair].B]);
            entries[Math.Max(a, b)].Add((Math.Min(a, b), pair));
        }
        _entries = [.. entries.Select(row => row.ToArray())];
        _first = new int[nodes];
        _start = new long[nodes + 1];
        for (int row = 0; row < nodes; row++)
        {
            _first[row] = _entries[row].Length == 0 ? row : _entries[row].Min(entry => entry.Column);
            Width = Math.Max(Width, row - _first[row]);
            _start[row + 1] = _start[row] + row - _first[row];
        }
        _lower = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, _start[nodes] * Lanes * _batches) * sizeof(float), Alignment);
        _inverse = (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, (long)nodes * Lanes * _batches) * sizeof(double), Alignment);
        _work = (double*)NativeMemory.AlignedAlloc((nuint)Math.Max(nodes, Width + 1) * Lanes * sizeof(double), Alignment);
    }

    /// <summary>Most entries between the first of a row and the diagonal.</summary>
    internal int Width { get; }

    /// <summary>Factors eight matrices.</summary>
    /// <param name="batch">Which.</param>
    /// <param name="pairs">Entries off the diagonal, eight of each pair.</param>
    /// <param name="diagonal">Entries of the diagonal, eight of each node.</param>
    internal void Factor(int batch, ReadOnlySpan<double> pairs, ReadOnlySpan<double> diagonal)
    {
        float* lower = LowerOf(batch);
        double* inverse = InverseOf(batch), row = _work;
        fixed (double* values = pairs, diagonals = diagonal)
            for (int i = 0; i < _nodes; i++)
            {
                int first = _first[i], count = i - first;
                new Span<double>(row, count * Lanes).Clear();
                foreach ((int column, int pair) in _entries[i])
                    Vector512.Load(values + ((long)pair * Lanes)).Store(row + ((column - first) * Lanes));
                for (int j = first; j < i; j++)
                {
                    int from = Math.Max(first, _first[j]);
                    double* target = row + ((j - first) * Lanes);
                    (Vector512.Load(target) - Dot(lower + ((_start[j] + from - _first[j]) * Lanes), row + ((from - first) * Lanes), j - from)).Store(target);
                }
                Vector512<double> pivot = Vector512.Load(diagonals + ((long)_order[i] * Lanes));
                float* kept = lower + (_start[i] * Lanes);
                for (int j = 0; j < count; j++, kept += Lanes)
                {
                    Vector512<double> value = Vector512.Load(row + (j * Lanes)), scaled = value * Vector512.Load(inverse + ((long)(first + j) * Lanes));
                    pivot -= value * scaled;
                    Vector256.Narrow(scaled.GetLower(), scaled.GetUpper()).Store(kept);
                }
                (Vector512<double>.One / pivot).Store(inverse + ((long)i * Lanes));
            }
    }

    /// <summary>Solves eight systems in place.</summary>
    /// <param name="batch">Which.</param>
    /// <param name="values">Right-hand sides and solutions, plane by plane; planes beyond the end are left out.</param>
    internal void Solve(int batch, Span<double> values)
    {
        float* lower = LowerOf(batch);
        double* inverse = InverseOf(batch), x = _work;
        int lanes = Math.Min(Lanes, (values.Length / _nodes) - (batch * Lanes));
        fixed (double* all = values)
        {
            double* planes = all + ((long)batch * Lanes * _nodes);
            for (int i = 0; i < _nodes; i++)
            {
                double* own = x + (i * Lanes);
                for (int lane = 0; lane < Lanes; lane++)
                    own[lane] = lane < lanes ? planes[((long)lane * _nodes) + _order[i]] : 0;
                (Vector512.Load(own) - Dot(lower + (_start[i] * Lanes), x + (_first[i] * Lanes), i - _first[i])).Store(own);
            }
            for (int i = 0; i < _nodes; i++)
                (Vector512.Load(x + (i * Lanes)) * Vector512.Load(inverse + ((long)i * Lanes))).Store(x + (i * Lanes));
            for (int i = _nodes - 1; i >= 0; i--)
            {
                double* own = x + (i * Lanes);
                Subtract(Vector512.Load(own), lower + (_start[i] * Lanes), x + (_first[i] * Lanes), i - _first[i]);
                for (int lane = 0; lane < lanes; lane++)
                    planes[((long)lane * _nodes) + _order[i]] = own[lane];
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_lower);
        NativeMemory.AlignedFree(_inverse);
        NativeMemory.AlignedFree(_work);
        _lower = null;
        _inverse = _work = null;
    }

    private float* LowerOf(int batch) => _lower + (batch * _start[_nodes] * Lanes);

    private double* InverseOf(int batch) => _inverse + ((long)batch * _nodes * Lanes);

    /// <summary>Σ a x.</summary>
    private static Vector512<double> Dot(float* a, double* x, int count)
    {
        Vector512<double> even = Vector512<double>.Zero, odd = even;
        int k = 0;
        for (; k + 2 <= count; k += 2, a += 2 * Lanes, x += 2 * Lanes)
        {
            even = Vector512.MultiplyAddEstimate(SingleCoefficients.Load(a), Vector512.Load(x), even);
            odd = Vector512.MultiplyAddEstimate(SingleCoefficients.Load(a + Lanes), Vector512.Load(x + Lanes), odd);
        }
        return k < count ? Vector512.MultiplyAddEstimate(SingleCoefficients.Load(a), Vector512.Load(x), even + odd) : even + odd;
    }

    /// <summary>x −= a y.</summary>
    private static void Subtract(Vector512<double> y, float* a, double* x, int count)
    {
        Vector512<double> minus = -y;
        for (int k = 0; k < count; k++, a += Lanes, x += Lanes)
            Vector512.MultiplyAddEstimate(minus, SingleCoefficients.Load(a), Vector512.Load(x)).Store(x);
    }
}
