using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <content>The transposed elimination, for adjoint equations.</content>
public sealed partial class CondensedSystems<TLaw>
{
    public override LocalBlock Linearised(int system)
    {
        _law.Prepare(system, 1, accepted: false);
        _block.Clear();
        _law.Evaluate(system, 0, State<Dual>(system), _block);
        return _block;
    }

    public override void EliminateTransposed(ReadOnlySpan<double> own, Span<double> rightSide)
    {
        int count = _condensed.Length;
        for (int system = 0; system < _sites.Count; system++)
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> response = _responses.AsSpan(((system * count) + i) * _width, _width);
                double right = own[(system * count) + i];
                for (int column = 0; column < Macroscopic; column++)
                    if (RowOf(system, (Field)column) is >= 0 and int row)
                        rightSide[row] += response[1 + column] * right;
                for (int k = 0; k < _promoted.Length; k++)
                    if (_promoted[k] >= 0)
                        rightSide[_layout.Row(Cells[system], (Field)_promoted[k])] += response[_part[k]] * right;
            }
    }

    public override void BackSubstituteTransposed(CellFields adjoint, RowScale scale, Span<double> own)
    {
        int count = _condensed.Length;
        if (count == 0)
            return;
        Span<double> matrix = stackalloc double[count * count];
        Span<int> pivots = stackalloc int[count];
        for (int system = 0; system < _sites.Count; system++)
        {
            Linearised(system);
            Span<double> right = own.Slice(system * count, count);
            for (int i = 0; i < count; i++)
                right[i] -= ByOwnOfRows(system, _condensed[i], adjoint, scale);
            FillOwn(matrix);
            if (DenseFactor.Factor(matrix, pivots))
                DenseFactor.SolveTransposed(matrix, pivots, right);
            else
                right.Fill(double.NaN);
        }
    }

    /// <summary>R_yᵀ λ of the evaluated system for one own unknown: its macroscopic rows and those of promoted unknowns.</summary>
    private double ByOwnOfRows(int system, int own, CellFields adjoint, RowScale scale)
    {
        double sum = 0, area = _sites.Area(system);
        for (int row = 0; row < Macroscopic; row++)
            if (_layout.Has(CellOf(system, (Field)row), (Field)row))
                sum -= area * scale[(Field)row] * _block.Source((Field)row).ByOwn.GetElement(own) * adjoint[(Field)row][CellOf(system, (Field)row)];
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
                sum += scale[(Field)_promoted[k]] * _block.Equation(k).ByOwn.GetElement(own) * adjoint[(Field)_promoted[k]][Cells[system]];
        return sum;
    }

    /// <summary>Row of an unknown that a system sees; −1 where it has none on this rank.</summary>
    private int RowOf(int system, Field field)
    {
        int cell = CellOf(system, field);
        return cell < _layout.OwnedCells && _layout.Has(cell, field) ? _layout.Row(cell, field) : -1;
    }
}
