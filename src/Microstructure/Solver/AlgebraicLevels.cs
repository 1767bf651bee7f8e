namespace Cell3D.Microstructure.Solver;

/// <summary>The levels that every rank holds whole: a V-cycle by smoothed aggregation, and up to two steps of conjugate gradients around it. On the finest one each rank computes its own rows:
/// between ranks a sweep is Jacobi's.</summary>
internal sealed class AlgebraicLevels
{
    private const int MostOfCoarsest = 600, MostLevels = 12, Sweeps = 2;

    /// <summary>A second step follows where the first leaves more than this share of the residual.</summary>
    private const double Enough = 0.25;

    private readonly List<Level> _levels = [];
    private readonly SemidefiniteFactor _coarsest;
    private readonly FloatingComponents _floating;
    private readonly double[] _first, _second, _ofFirst, _ofSecond, _left;

    /// <param name="finest">Symmetric, positive semidefinite.</param>
    /// <param name="shared">Who computes which of its rows.</param>
    public AlgebraicLevels(SparseMatrix finest, SharedRows shared)
    {
        _levels.Add(new(finest, shared));
        _floating = new(finest);
        while (_levels[^1].Matrix.Rows > MostOfCoarsest && _levels.Count < MostLevels)
        {
            Level level = _levels[^1];
            double[] diagonal = level.Matrix.Diagonal();
            SparseMatrix interpolation = SmoothedAggregation.Interpolation(level.Matrix, diagonal);
            // What only weak connections are left between is grouped by these.
            if (interpolation.Width > 0.5 * level.Matrix.Rows) interpolation = SmoothedAggregation.Interpolation(level.Matrix, diagonal, strong: 0);
            if (interpolation.Width > 0.8 * level.Matrix.Rows) break;
            level.Interpolation = interpolation;
            level.Restriction = interpolation.Transposed();
            _levels.Add(new(level.Restriction.Times(level.Matrix.Times(interpolation)), null));
        }
        // Where groups no longer grow, sweeps must do on the last level.
        _coarsest = new(_levels[^1].Matrix.Rows <= 4 * MostOfCoarsest ? _levels[^1].Matrix : new(0, 0, [0], [], []));
        (_first, _second, _ofFirst, _ofSecond, _left) = (new double[finest.Rows], new double[finest.Rows], new double[finest.Rows], new double[finest.Rows], new double[finest.Rows]);
    }

    /// <summary>What nothing holds.</summary>
    public FloatingComponents Floating => _floating;

    /// <summary>Unknowns of each level.</summary>
    public IReadOnlyList<int> Sizes => [.. _levels.Select(level => level.Matrix.Rows)];

    /// <summary>Bytes of all levels on this rank.</summary>
    public long Bytes => _levels.Sum(level => level.Bytes) + (8L * 5 * _first.Length);

    /// <summary>*Collective.* Solves approximately: x ≈ A⁻¹b. What of b has no solution is taken out of it.</summary>
    public void Solve(double[] b, double[] x)
    {
        Level finest = _levels[0];
        _floating.RemoveMeans(b);
        Cycle(0, b, _first);
        finest.Apply(_first, _ofFirst);
        double rho = Dot(_first, _ofFirst), alpha = Dot(_first, b), step = rho > 0 ? alpha / rho : 0;
        double before = 0, after = 0;
        for (int i = 0; i < b.Length; i++)
        {
            _left[i] = b[i] - (step * _ofFirst[i]);
            before += b[i] * b[i];
            after += _left[i] * _left[i];
        }
        double one = step, two = 0;
        if (rho > 0 && after > Enough * Enough * before)
        {
            Cycle(0, _left, _second);
            finest.Apply(_second, _ofSecond);
            double gamma = Dot(_second, _ofFirst), rho2 = Dot(_second, _ofSecond) - (gamma * gamma / rho);
            two = rho2 > 0 ? Dot(_second, _left) / rho2 : 0;
            one = (alpha - (gamma * two)) / rho;
        }
        for (int i = 0; i < x.Length; i++) x[i] = (one * _first[i]) + (two == 0 ? 0 : two * _second[i]);
        _floating.RemoveMeans(x);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private void Cycle(int number, double[] b, double[] x)
    {
        Level level = _levels[number];
        if (number == _levels.Count - 1)
        {
            if (level.Matrix.Rows <= 4 * MostOfCoarsest)
            {
                _coarsest.Solve(b, x);
                return;
            }
            Array.Clear(x);
            for (int sweep = 0; sweep < 4 * Sweeps; sweep++) level.Sweep(b, x, forward: true);
            for (int sweep = 0; sweep < 4 * Sweeps; sweep++) level.Sweep(b, x, forward: false);
            return;
        }
        Array.Clear(x);
        for (int sweep = 0; sweep < Sweeps; sweep++) level.Sweep(b, x, forward: true);
        level.Apply(x, level.Residual);
        for (int i = 0; i < b.Length; i++) level.Residual[i] = b[i] - level.Residual[i];
        Level coarse = _levels[number + 1];
        level.Restriction!.Apply(level.Residual, coarse.Right);
        Cycle(number + 1, coarse.Right, coarse.Values);
        level.Interpolation!.Apply(coarse.Values, x, add: true);
        for (int sweep = 0; sweep < Sweeps; sweep++) level.Sweep(b, x, forward: false);
    }

    /// <param name="matrix">Its matrix.</param>
    /// <param name="shared">Who computes which of its rows; null where every rank computes all.</param>
    private sealed class Level(SparseMatrix matrix, SharedRows? shared)
    {
        private readonly double[] _inverse = [.. matrix.Diagonal().Select(diagonal => diagonal > 0 ? 1 / diagonal : 0)];
        private readonly int _start = shared?.Start ?? 0, _end = shared?.End ?? matrix.Rows;

        public SparseMatrix Matrix { get; } = matrix;

        public SparseMatrix? Interpolation { get; set; }

        public SparseMatrix? Restriction { get; set; }

        public double[] Values { get; } = new double[matrix.Rows];

        public double[] Right { get; } = new double[matrix.Rows];

        public double[] Residual { get; } = new double[matrix.Rows];

        public long Bytes => Matrix.Bytes + (Interpolation?.Bytes ?? 0) + (Restriction?.Bytes ?? 0) + (32L * Matrix.Rows);

        /// <summary>y = A x.</summary>
        public void Apply(double[] x, double[] y)
        {
            for (int i = _start; i < _end; i++) y[i] = Matrix.RowTimes(i, x);
            shared?.Complete(y);
        }

        /// <summary>Gauss–Seidel, upwards or downwards.</summary>
        public void Sweep(double[] b, double[] x, bool forward)
        {
            if (forward)
                for (int i = _start; i < _end; i++) x[i] += _inverse[i] * (b[i] - Matrix.RowTimes(i, x));
            else
                for (int i = _end - 1; i >= _start; i--) x[i] += _inverse[i] * (b[i] - Matrix.RowTimes(i, x));
            shared?.Complete(x);
        }
    }
}
