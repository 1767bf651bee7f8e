using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers;

/// <summary>Residuals summed over all control volumes: by how much salt, charge, heat and electric power miss their balance in the whole cell.</summary>
/// <remarks>Fluxes between cells cancel in the sums, so these reach round-off long before single rows do; they are what the audits see.</remarks>
public sealed class ImbalanceSums(DiscreteSystem system, Communicator world)
{
    private const int Salt = 0, Ions = 1, NegativeElectrons = 2, PositiveElectrons = 3, Power = 4, Heat = 5, Terminal = 6;

    private readonly double[] _sums = new double[7];

    /// <summary>*Collective.* The largest imbalance [A]; power and heat in W per 1 V.</summary>
    /// <param name="residual">Of the owned rows, in scaled units.</param>
    /// <param name="scale">Of the rows.</param>
    public double Largest(ReadOnlySpan<double> residual, RowScale scale)
    {
        Array.Clear(_sums);
        FieldLayout layout = system.Layout;
        CellFields fields = system.Fields;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            int row = layout.FirstRow(cell);
            FieldSet set = layout.Fields(cell);
            if (set.Contains(Field.Salt))
                _sums[Salt] += residual[row++];
            if (set.Contains(Field.IonicPotential))
            {
                _sums[Ions] += residual[row];
                _sums[Power] += residual[row++] * fields.IonicPotential[cell];
            }
            if (set.Contains(Field.ElectronicPotential))
            {
                _sums[fields.PositiveSide[cell] ? PositiveElectrons : NegativeElectrons] += residual[row];
                _sums[Power] += residual[row++] * fields.AbsoluteElectronicPotential(cell);
            }
            if (set.Contains(Field.Temperature))
                _sums[Heat] += residual[row] / scale.Heat;
        }
        if (layout.OwnsTerminal)
            _sums[Terminal] = residual[layout.TerminalRow];
        world.Allreduce(_sums.AsSpan(), Operation.Sum);
        double largest = 0;
        foreach (double sum in _sums)
            largest = Math.Max(largest, Math.Abs(sum));
        return largest;
    }
}
