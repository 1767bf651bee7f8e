using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>A field that is joined through the layers as well as in the plane, such as T: a ⊗ K + G ⊗ D with the layers' matrices K (through the stack, capacity) and D (in the plane)
/// and the columns' weights a and conductances G, solved by planes G + λ_k a of the modes K v_k = λ_k D v_k.</summary>
/// <remarks>K and D are means over the columns; what a column conducts elsewhere, such as to a coolant at its edge, is spread over its layers as D is.</remarks>
internal sealed class JoinedPlanes : StackBlock
{
    private readonly int _layers;
    private readonly double[] _through, _inPlane, _modes, _scratch, _diagonal;

    /// <summary>Of the columns of all ranks: weights, and conductances in the plane with what a column conducts elsewhere.</summary>
    private double[] _weights = [], _conductances = [];
    private double _totalConductance;

    internal JoinedPlanes(CollectorStack stack, int group, PlaneSolver planes, Communicator world) : base(stack, group, planes, world)
    {
        _layers = Field.Layers;
        _through = new double[_layers * _layers];
        _inPlane = new double[_layers * _layers];
        _modes = new double[_layers * _layers];
        _scratch = new double[_layers * stack.Columns];
        _diagonal = new double[stack.Total];
    }

    internal override bool Renew(in Entries entries)
    {
        double[] pairs = new double[Pairs], weights = new double[Columns], sums = new double[Columns];
        Array.Clear(_inPlane);
        foreach ((int at, int pair, int layer, int other) in Field.InPlane)
        {
            pairs[pair] += entries[at];
            _inPlane[(layer * _layers) + other] -= entries[at];
        }
        _totalConductance = -Sum(pairs.Sum());
        Sum(_inPlane);
        if (!(_totalConductance > 0))
            return false;
        for (int i = 0; i < _layers; i++)
            for (int j = 0; j <= i; j++)
            {
                int own = (i * _layers) + j, other = (j * _layers) + i;
                _inPlane[own] = _inPlane[other] = 0.5 * (_inPlane[own] + _inPlane[other]) / _totalConductance;
            }
        foreach ((int at, int column, int layer, int other) in Field.Through)
        {
            sums[column] += entries[at];
            if (layer != other)
                weights[column] += Math.Abs(entries[at]);
        }
        double mean = Sum(weights.Sum()) / TotalColumns;
        for (int column = 0; column < Columns; column++)
            weights[column] = mean > 0 ? weights[column] / mean : 1;
        TakeThrough(entries);
        double all = _through.Sum();
        for (int column = 0; column < Columns; column++)
            sums[column] -= weights[column] * all;
        (_weights, _conductances) = (Gather(weights), Gather(sums));
        TakeBeside(entries);
        double[] ofPairs = Gather(pairs);
        for (int mode = 0; mode < _layers; mode++)
            Planes.TakePairs(Group, mode, ofPairs);
        return FindModes() && FactorCorner();
    }

    internal override void Update(in Entries entries)
    {
        TakeThrough(entries);
        for (int mode = 0; mode < _layers; mode++)
        {
            double eigenvalue = 0;
            for (int i = 0; i < _layers; i++)
                for (int j = 0; j < _layers; j++)
                    eigenvalue += _modes[(i * _layers) + mode] * _through[(i * _layers) + j] * _modes[(j * _layers) + mode];
            for (int column = 0; column < _diagonal.Length; column++)
                _diagonal[column] = _conductances[column] + (eigenvalue * _weights[column]);
            Planes.TakeDiagonal(Group, mode, _diagonal);
        }
        Planes.Factor(Group);
    }

    internal override void Prepare(ReadOnlySpan<double> r)
    {
        Take(r);
        TakeBeside(r, []);
        SolveBeside();
        SubtractBeside();
        Transform(isBack: false);
    }

    internal override void Conclude(ReadOnlySpan<double> r, Span<double> x)
    {
        Transform(isBack: true);
        TakeBeside(r, TakenByStack());
        SolveBeside();
        Give(x);
    }

    /// <summary>K, the mean of what columns have beside their conductances in the plane.</summary>
    private void TakeThrough(in Entries entries)
    {
        Array.Clear(_through);
        foreach ((int at, _, int layer, int other) in Field.Through)
            _through[(layer * _layers) + other] += entries[at];
        Sum(_through);
        for (int i = 0; i < _layers; i++)
            for (int j = 0; j <= i; j++)
            {
                int own = (i * _layers) + j, other = (j * _layers) + i;
                _through[own] = _through[other] = ((0.5 * (_through[own] + _through[other])) - (_totalConductance * _inPlane[own])) / TotalColumns;
            }
    }

    /// <summary>Vᵀ K V = Λ, Vᵀ D V = 1.</summary>
    private bool FindModes()
    {
        int n = _layers;
        double[,] inPlane = new double[n, n], through = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                inPlane[i, j] = _inPlane[(i * n) + j];
        (double[] sizes, double[,] directions) = SymmetricEigen.Decompose(inPlane);
        if (!(sizes[0] > 0))
            return false;
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                directions[i, k] /= Math.Sqrt(sizes[k]);
        double[,] product = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++)
                    product[i, k] += _through[(i * n) + j] * directions[j, k];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++)
                    through[i, k] += directions[j, i] * product[j, k];
        (_, double[,] turned) = SymmetricEigen.Decompose(through);
        Array.Clear(_modes);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++)
                    _modes[(i * n) + k] += directions[i, j] * turned[j, k];
        return true;
    }

    /// <summary>From layers to modes, Vᵀ r, or back, V y.</summary>
    private void Transform(bool isBack)
    {
        Span<double> values = Values;
        Array.Clear(_scratch);
        for (int to = 0; to < _layers; to++)
            for (int from = 0; from < _layers; from++)
                VectorLoop.Add(isBack ? _modes[(to * _layers) + from] : _modes[(from * _layers) + to], values.Slice(from * Columns, Columns), _scratch.AsSpan(to * Columns, Columns));
        _scratch.CopyTo(values);
    }
}
