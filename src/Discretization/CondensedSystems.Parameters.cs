using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Discretization;

/// <content>Derivatives along a change of parameters: the cells receive S_θ − S_y g_y⁻¹ g_θ.</content>
public sealed partial class CondensedSystems<TLaw>
{
    public override IEnumerable<Parameter> Parameters => _law.Parameters;

    public override void AddByParameters(in Assembly assembly)
    {
        int unknowns = _condensed.Length;
        Span<double> matrix = stackalloc double[unknowns * unknowns], responses = stackalloc double[unknowns];
        Span<int> pivots = stackalloc int[unknowns];
        for (int first = 0; first < _sites.Count; first += LocalBlock.Batch)
        {
            int count = Math.Min(LocalBlock.Batch, _sites.Count - first);
            _law.Prepare(first, count, accepted: false);
            _law.PrepareByParameters(first, count);
            for (int i = 0; i < count; i++)
            {
                _law.Evaluate(first + i, i, State<Tangent>(first + i), _block);
                _law.Evaluate(first + i, i, State<Dual>(first + i), _block);
                FillOwn(matrix);
                for (int k = 0; k < unknowns; k++)
                    responses[k] = -_block.Equation(_condensed[k]).ByParameters;
                if (DenseFactor.Factor(matrix, pivots))
                    DenseFactor.Solve(matrix, pivots, responses);
                else
                    responses.Fill(double.NaN);
                AddByParameters(assembly, first + i, responses);
            }
        }
    }

    private void AddByParameters(in Assembly assembly, int system, ReadOnlySpan<double> responses)
    {
        double area = _sites.Area(system);
        for (int field = 0; field < Macroscopic; field++)
            if (RowOf(system, (Field)field) is >= 0 and int row)
                assembly.Residual[row] -= area * assembly.Scale[(Field)field] * ByParameters(_block.Source((Field)field), responses);
        for (int k = 0; k < _promoted.Length; k++)
            if (_promoted[k] >= 0)
            {
                Field row = (Field)_promoted[k];
                assembly.Residual[_layout.Row(Cells[system], row)] += assembly.Scale[row] * ByParameters(_block.Equation(k), responses);
            }
    }

    /// <summary>An entry along the change of parameters, condensed unknowns following.</summary>
    private double ByParameters(in LocalBlock.Entry entry, ReadOnlySpan<double> responses)
    {
        double sum = entry.ByParameters;
        for (int i = 0; i < responses.Length; i++)
            sum += entry.ByOwn.GetElement(_condensed[i]) * responses[i];
        return sum;
    }
}
