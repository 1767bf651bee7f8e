using System.Numerics;

namespace Cell3D.Discretization;

/// <summary>Accumulation of a conserved quantity: ∂M/∂t with M = C·y in every control volume where the field lives.</summary>
/// <param name="field">The field y and the equation it is stored in.</param>
/// <param name="capacity">C per local cell, already times the cell volume (ε V, ρ c_p V); 0 where nothing is stored.</param>
/// <param name="state">History of y.</param>
/// <param name="layout">Where the unknowns live.</param>
/// <param name="quantity">Name and unit of the stored total in the balances, and what it is a part of.</param>
public sealed class Storage(Field field, double[] capacity, StateVariable state, FieldLayout layout, (string Name, string Unit, string? Whole) quantity) : CellTerm
{
    private TimeCoefficients _time = new();
    private int[] _ownStart = [];
    private double _stepRate;
    private int _total, _rate;

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time) => _time = time;

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        double scale = assembly.Scale[field];
        for (int cell = start; cell < Math.Min(end, layout.OwnedCells); cell++)
        {
            if (!layout.Has(cell, field))
                continue;
            int place = layout.Fields(cell).Offset(field), row = layout.FirstRow(cell) + place;
            assembly.Residual[row] += scale * Rate(cell);
            if (!assembly.Diagonal.IsEmpty)
                assembly.AddJacobian(_ownStart[row] + place, scale * _time.Alpha * capacity[cell]);
        }
    }

    public override void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            if (!layout.Has(cell, field))
                continue;
            int place = layout.Fields(cell).Offset(field), position = _ownStart[layout.FirstRow(cell) + place];
            real.AddJacobian(position + place, real.Scale[field] * alpha.Real * capacity[cell]);
            imaginary.AddJacobian(position + place, imaginary.Scale[field] * alpha.Imaginary * capacity[cell]);
        }
    }

    public override void Freeze(in Assembly assembly, RowStarts starts)
    {
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            if (layout.Has(cell, field))
                starts.KeepUnknown(assembly, layout.Row(cell, field), layout.Fields(cell).Offset(field));
    }

    /// <summary>Keeps the rate of the step: once the state is accepted, the formula has moved on.</summary>
    public override void EndStep()
    {
        _stepRate = 0;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            _stepRate += Rate(cell);
    }

    public override void RegisterQuantities(Balance balance)
    {
        _total = balance.Register(quantity.Name, quantity.Unit, quantity.Whole);
        _rate = balance.Register($"{quantity.Name}, rate", $"{quantity.Unit} s-1");
    }

    public override void Report(Balance balance)
    {
        double total = 0;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            total += capacity[cell] * state.Values[cell];
        balance.Add(_total, total);
        balance.Add(_rate, _stepRate);
    }

    private double Rate(int cell) => capacity[cell] * _time.Rate(state, cell, state.Values[cell]);
}
