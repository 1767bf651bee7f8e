using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// One multigrid cycle as a preconditioner: Gauss–Seidel in two colours on the voxels, parts of blocks of 2 × 2 × 2 voxels below (Chebyshev), groups of
/// these below that, then smoothed aggregation. Piecewise constant interpolation alone would not reach the targets; the two coarse solves in question
/// each take up to two steps of conjugate gradients (K-cycle: Notay and Vassilevski, Numer. Linear Algebra Appl. 15 (2008) 473).
/// </summary>
internal sealed class VoxelMultigrid : IDisposable
{
    private const int Sweeps = 2;
    private const double Enough = 0.25;

    /// <summary>Places of a rank from which what the set-up leaves behind is collected at once, before the fields take their memory.</summary>
    private const long WorthCollecting = 1 << 20;

    private readonly Communicator _communicator;
    private readonly VoxelOperator _voxels;
    private readonly BlockParts _parts;
    private readonly PartMatrix _matrix;
    private readonly ChebyshevSmoother _smoother;
    private readonly int[] _group;
    private readonly SharedRows _shared;
    private readonly AlgebraicLevels _levels;
    private readonly float[] _right, _first, _second, _ofFirst, _ofSecond, _left;
    private readonly double[] _coarseRight, _coarse;

    /// <summary>*Collective.*</summary>
    public VoxelMultigrid(VoxelOperator voxels)
    {
        _voxels = voxels;
        _communicator = voxels.System.Grid.Communicator;
        _parts = new(voxels.System);
        _matrix = PartMatrix.Of(voxels, _parts);
        _smoother = new(_matrix);
        _group = PairwiseMatching.Of(_matrix, out int groups);
        _shared = new(_communicator, groups);
        _levels = new(GroupMatrix.Gather(_communicator, _matrix, _group, groups, _shared.Start), _shared);
        // One entry more: blocks without a part are numbered like the next part.
        int size = _matrix.Columns0 + 1;
        (_right, _left, _first, _second, _ofFirst, _ofSecond) = (new float[size], new float[size], new float[size], new float[size], new float[size], new float[size]);
        (_coarseRight, _coarse) = (new double[_levels.Sizes[0]], new double[_levels.Sizes[0]]);
        if (voxels.System.Grid.Size >= WorthCollecting) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Unknowns of each coarse level, of all ranks. *Collective.*</summary>
    public IReadOnlyList<long> Sizes => [_communicator.Allreduce((long)_parts.Count, Operation.Sum), .. _levels.Sizes.Select(size => (long)size)];

    /// <summary>Bytes of the coarse levels on this rank.</summary>
    public long Bytes => (4L * _parts.First.Length) + (8L * _matrix.Columns.Length) + (12L * _matrix.Rows) + (4L * 10 * _matrix.Columns0) + (4L * _group.Length)
        + _levels.Bytes + (16L * _coarse.Length);

    /// <summary>*Collective.* x ≈ A⁻¹b from zero; of a periodic image, what of b has no solution is taken out of it first; all ghosts of x are up to date afterwards.</summary>
    public void Apply(VoxelField<float> b, VoxelField<float> x)
    {
        if (_voxels.System.Grid.IsPeriodic) RemoveMeans(b);
        _voxels.Smooth(x, b, firstColour: 0, Sweeps, fromZero: true);
        _voxels.Restrict(x, b, _parts, colour: 0, _right);
        Solve();
        _voxels.System.Correct(x, _parts, _first);
        _voxels.System.Exchange(x);
        _voxels.Smooth(x, b, firstColour: 1, Sweeps, fromZero: false);
    }

    /// <summary>*Collective.*</summary>
    public void Dispose() => _matrix.Dispose();

    /// <summary>A residual of a component that nothing holds must sum to zero: round-off would otherwise drive a constant without bound.</summary>
    private void RemoveMeans(VoxelField<float> b)
    {
        FloatingComponents floating = _levels.Floating;
        // Sums, then numbers of voxels.
        double[] sums = new double[2 * floating.Count];
        _voxels.System.Sum(b, _parts, _right, _second);
        for (int i = 0; i < _matrix.Rows; i++)
        {
            int component = floating.Of(_shared.Start + _group[i]);
            sums[2 * component] += _right[i];
            sums[(2 * component) + 1] += _second[i];
        }
        _communicator.Allreduce(sums, Operation.Sum);
        for (int i = 0; i < _matrix.Rows; i++)
        {
            int component = floating.Of(_shared.Start + _group[i]);
            _first[i] = floating.Floats(component) ? (float)(-sums[2 * component] / sums[(2 * component) + 1]) : 0;
        }
        _voxels.System.Correct(b, _parts, _first);
    }

    /// <summary>Up to two steps of conjugate gradients on the parts; the result is in _first, ghosts included.</summary>
    private void Solve()
    {
        Cycle(_right, _first);
        Span<double> sums = [_matrix.Apply(_first, _ofFirst), Dot(_first, _right)];
        _communicator.Allreduce(sums, Operation.Sum);
        (double rho, double alpha) = (sums[0], sums[1]);
        float step = rho > 0 ? (float)(alpha / rho) : 0;
        Span<double> norms = [0, 0];
        for (int i = 0; i < _matrix.Rows; i++)
        {
            _left[i] = _right[i] - (step * _ofFirst[i]);
            norms[0] += (double)_right[i] * _right[i];
            norms[1] += (double)_left[i] * _left[i];
        }
        _communicator.Allreduce(norms, Operation.Sum);
        float one = step, two = 0;
        if (rho > 0 && norms[1] > Enough * Enough * norms[0])
        {
            Cycle(_left, _second);
            Span<double> more = [_matrix.Apply(_second, _ofSecond), Dot(_second, _ofFirst), Dot(_second, _left)];
            _communicator.Allreduce(more, Operation.Sum);
            double rho2 = more[0] - (more[1] * more[1] / rho);
            two = rho2 > 0 ? (float)(more[2] / rho2) : 0;
            one = (float)((alpha - (more[1] * two)) / rho);
        }
        if (two == 0) for (int i = 0; i < _first.Length; i++) _first[i] *= one;
        else for (int i = 0; i < _first.Length; i++) _first[i] = (one * _first[i]) + (two * _second[i]);
    }

    /// <summary>One cycle on the parts from zero; ghosts of the result are not up to date.</summary>
    private void Cycle(float[] b, float[] x)
    {
        _smoother.Smooth(b, x, fromZero: true);
        _matrix.Apply(x, _ofSecond);
        Array.Clear(_coarseRight);
        for (int i = 0; i < _matrix.Rows; i++) _coarseRight[_shared.Start + _group[i]] += b[i] - _ofSecond[i];
        _shared.Complete(_coarseRight);
        _levels.Solve(_coarseRight, _coarse);
        for (int i = 0; i < _matrix.Rows; i++) x[i] += (float)_coarse[_shared.Start + _group[i]];
        _smoother.Smooth(b, x, fromZero: false);
    }

    private double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < _matrix.Rows; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
