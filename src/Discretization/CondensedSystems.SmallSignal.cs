using System.Numerics;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <content>Condensation of small changes ∝ exp(αt), whose blocks are complex.</content>
public sealed partial class CondensedSystems<TLaw>
{
    public override void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        // By part: complex responses of the condensed unknowns, real parts before imaginary ones.
        Span<double> responses = stackalloc double[_width * 2 * _condensed.Length];
        for (int first = 0; first < _sites.Count; first += LocalBlock.Batch)
        {
            int count = Math.Min(LocalBlock.Batch, _sites.Count - first);
            _law.PrepareSmallSignal(first, count, alpha);
            for (int i = 0; i < count; i++)
            {
                _law.Evaluate(first + i, i, State<ComplexDual>(first + i), _block);
                EliminateComplex(responses);
                AddComplexRows(first + i, responses, real, imaginary);
            }
        }
    }

    public override LocalBlock LinearisedSmallSignal(int system, Complex alpha)
    {
        _law.PrepareSmallSignal(system, 1, alpha);
        _law.Evaluate(system, 0, State<ComplexDual>(system), _block);
        return _block;
    }

    /// <summary>g_y δy = −g_p δp, all of it complex.</summary>
    private void EliminateComplex(Span<double> responses)
    {
        int count = _condensed.Length, size = 2 * count;
        if (count == 0)
            return;
        Span<double> matrix = stackalloc double[count * count], imaginary = stackalloc double[count * count], pair = stackalloc double[size * size];
        Span<int> pivots = stackalloc int[size];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < count; k++)
                (matrix[(i * count) + k], imaginary[(i * count) + k]) =
                    (_block.Equation(_condensed[i]).ByOwn.GetElement(_condensed[k]), _block.ImaginaryEquation(_condensed[i]).ByOwn.GetElement(_condensed[k]));
        DenseFactor.Embed(matrix, imaginary, pair);
        if (!DenseFactor.Factor(pair, pivots))
        {
            responses.Fill(double.NaN);
            return;
        }
        for (int part = 1; part < _width; part++)
        {
            Span<double> response = responses.Slice(part * size, size);
            for (int i = 0; i < count; i++)
                (response[i], response[count + i]) = (-Part(_block.Equation(_condensed[i]), part), -Part(_block.ImaginaryEquation(_condensed[i]), part));
            DenseFactor.Solve(pair, pivots, response);
        }
    }

    private void AddComplexRows(int system, ReadOnlySpan<double> responses, in Assembly real, in Assembly imaginary)
    {
        double area = _sites.Area(system);
        for (Field row = 0; (int)row < Macroscopic; row++)
            if (RowOf(system, row) >= 0)
                AddComplexRow(system, row, -area * real.Scale[row], _block.Source(row), _block.ImaginarySource(row), responses, real, imaginary);
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
            {
                Field row = (Field)_promoted[k];
                AddComplexRow(system, row, real.Scale[row], _block.Equation(k), _block.ImaginaryEquation(k), responses, real, imaginary);
            }
    }

    /// <summary>One row by all unknowns that the system sees, condensed ones replaced by their responses.</summary>
    private void AddComplexRow(int system, Field row, double scale, in LocalBlock.Entry entry, in LocalBlock.Entry imaginaryEntry,
        ReadOnlySpan<double> responses, in Assembly real, in Assembly imaginary)
    {
        int count = _condensed.Length;
        for (int part = 1; part < _width; part++)
        {
            int position = PositionOf(system, row, part);
            if (position == SparsePattern.Absent)
                continue;
            Complex sum = new(Part(entry, part), Part(imaginaryEntry, part));
            for (int i = 0; i < count; i++)
            {
                Complex byOwn = new(entry.ByOwn.GetElement(_condensed[i]), imaginaryEntry.ByOwn.GetElement(_condensed[i]));
                sum += byOwn * new Complex(responses[(part * 2 * count) + i], responses[(((part * 2) + 1) * count) + i]);
            }
            real.AddJacobian(position, scale * sum.Real);
            imaginary.AddJacobian(position, scale * sum.Imaginary);
        }
    }

    /// <summary>Where the derivative of a row by what a part stands for goes.</summary>
    private int PositionOf(int system, Field row, int part)
    {
        if (!_sites.AreVolumes)
            return _positions[(((system * Macroscopic) + (int)row) * Macroscopic) + part - 1];
        Field column = part <= Macroscopic ? (Field)(part - 1) : (Field)_promoted[PromotedAt(part)];
        int cell = Cells[system];
        FieldSet unknowns = _layout.Fields(cell);
        return unknowns.Contains(column) ? _ownStart[_layout.Row(cell, row)] + unknowns.Offset(column) : SparsePattern.Absent;
    }
}
