using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers;

/// <summary>Residuals summed over all control volumes: by how much salt, charge, heat and electric power miss their balance in the whole cell.</summary>
/// <remarks>Fluxes between cells cancel in the sums, so these reach round-off long before single rows do; they are what the audits see.</remarks>
public sealed class ImbalanceSums
{
    private readonly DiscreteSystem _system;
    private readonly Communicator _world;
    private readonly Unknown[] _balances;

    /// <summary>Per balance: the negative side and the positive one where they do not meet; then power and the terminal.</summary>
    private readonly double[] _sums;

    public ImbalanceSums(DiscreteSystem system, Communicator world)
    {
        (_system, _world) = (system, world);
        _balances = [.. system.Unknowns.All.ToArray().Where(unknown => unknown.IsBalance)];
        _sums = new double[(2 * _balances.Length) + 2];
    }

    /// <summary>*Collective.* The largest imbalance [A]; power and heat in W per 1 V.</summary>
    /// <param name="residual">Of the owned rows, in scaled units.</param>
    public double Largest(ReadOnlySpan<double> residual)
    {
        Array.Clear(_sums);
        for (int i = 0; i < _balances.Length; i++)
            Add(_balances[i], residual, ref _sums[2 * i], ref _sums[(2 * i) + 1]);
        if (_system.Layout.OwnsTerminal)
            _sums[^1] = residual[_system.Layout.TerminalRow];
        _world.Allreduce(_sums.AsSpan(), Operation.Sum);
        double largest = 0;
        foreach (double sum in _sums)
            largest = Math.Max(largest, Math.Abs(sum));
        return largest;
    }

    private void Add(Unknown unknown, ReadOnlySpan<double> residual, ref double sum, ref double positiveSum)
    {
        (FieldLayout layout, CellFields fields) = (_system.Layout, _system.Fields);
        for (int cell = 0; cell < layout.OwnedCells && layout.HasAnywhere(unknown.Field); cell++)
        {
            if (!layout.TryRow(cell, unknown.Field, out int row))
                continue;
            double imbalance = residual[row] / unknown.Weight;
            if (unknown.IsStoredFromTerminal && fields.PositiveSide[cell])
                positiveSum += imbalance;
            else
                sum += imbalance;
            if (unknown.IsPotential)
                _sums[^2] += imbalance * fields.Absolute(unknown, cell);
        }
    }
}
