using System.Numerics;

namespace Cell3D.Discretization;

/// <summary>What a storage is called in the balances.</summary>
/// <param name="Name">Of the stored total.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Whole">What it is a part of, for <see cref="Balance.SumOf"/>; null for nothing.</param>
public readonly record struct StoredTotal(string Name, string Unit, string? Whole = null);

/// <summary>Accumulation of a conserved quantity: ∂M/∂t with M = C m(y) in the control volumes where the unknown y lives.</summary>
/// <remarks>Differences of M itself are formed, so it is conserved exactly, however m depends on y. A storage that changes with unknowns of a local
/// system (pores that a film grows into) is a source of that system.</remarks>
/// <typeparam name="TStored">m(y).</typeparam>
public sealed class Storage<TStored> : CellTerm where TStored : struct, IStored
{
    private const int Block = 256;
    private readonly Field _field;
    private readonly double[] _capacity;
    private readonly StateVariable _state;
    private readonly FieldLayout _layout;
    private readonly StoredTotal _quantity;
    private readonly (TStored Stored, int[] Cells)[] _kinds;

    /// <summary>All cells, at most <see cref="Block"/> of one kind together.</summary>
    private readonly (TStored Stored, ReadOnlyMemory<int> Cells)[] _blocks;

    /// <summary>Per owned cell, unless m = y: m of the newest known state, and Σ w_i (m_i − m_0) over the older ones.</summary>
    private readonly double[] _newest, _history;
    private readonly double[] _unknown = new double[Block], _value = new double[Block], _slope = new double[Block], _rates = new double[Block];
    private TimeCoefficients _time = new();
    private int[] _ownStart = [];
    private double _stepRate;
    private int _total, _rate;

    /// <summary>Prepares the term.</summary>
    /// <param name="field">The unknown y and the equation it is stored in.</param>
    /// <param name="kinds">m(y), each with the owned cells that it holds for, ascending.</param>
    /// <param name="capacity">C per local cell, already times the cell volume (ε V, ρ c_p V).</param>
    /// <param name="state">History of y.</param>
    /// <param name="layout">Where the unknowns live.</param>
    /// <param name="quantity">Names in the balances.</param>
    public Storage(Field field, IEnumerable<(TStored Stored, int[] Cells)> kinds, double[] capacity, StateVariable state, FieldLayout layout, StoredTotal quantity)
    {
        (_field, _kinds, _capacity, _state, _layout, _quantity) = (field, [.. kinds], capacity, state, layout, quantity);
        _blocks = [.. _kinds.SelectMany(kind => Enumerable.Range(0, (kind.Cells.Length + Block - 1) / Block)
            .Select(i => (kind.Stored, new ReadOnlyMemory<int>(kind.Cells, i * Block, Math.Min(Block, kind.Cells.Length - (i * Block))))))];
        int remembered = TStored.IsProportional ? 0 : layout.OwnedCells;
        (_newest, _history) = (new double[remembered], new double[remembered]);
    }

    public override Evolution Evolves => _field == Field.Temperature ? Evolution.Heat : Evolution.Electrode;

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time)
    {
        _time = time;
        if (TStored.IsProportional)
            return;
        Array.Clear(_history);
        foreach ((TStored stored, ReadOnlyMemory<int> block) in _blocks)
        {
            ReadOnlySpan<int> cells = block.Span;
            Evaluate(stored, cells, _state.Past(0));
            for (int k = 0; k < cells.Length; k++)
                _newest[cells[k]] = _value[k];
            for (int i = 1; i < time.PastPoints; i++)
            {
                Evaluate(stored, cells, _state.Past(i));
                for (int k = 0; k < cells.Length; k++)
                    _history[cells[k]] += time.History[i] * (_value[k] - _newest[cells[k]]);
            }
        }
    }

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        double scale = assembly.Scale[_field];
        foreach ((TStored stored, int[] all) in _kinds)
        {
            int last = Ascending.FirstFrom(all, end);
            for (int first = Ascending.FirstFrom(all, start); first < last; first += Block)
            {
                ReadOnlySpan<int> cells = all.AsSpan(first, Math.Min(Block, last - first));
                FillRates(stored, cells);
                Scatter(assembly, cells, scale);
            }
        }
    }

    public override void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        foreach ((TStored stored, ReadOnlyMemory<int> block) in _blocks)
        {
            ReadOnlySpan<int> cells = block.Span;
            Evaluate(stored, cells, _state.Values);
            for (int k = 0; k < cells.Length; k++)
            {
                int place = _layout.Fields(cells[k]).Offset(_field), position = _ownStart[_layout.FirstRow(cells[k]) + place] + place;
                double capacity = real.Scale[_field] * _capacity[cells[k]] * _slope[k];
                real.AddJacobian(position, alpha.Real * capacity);
                imaginary.AddJacobian(position, alpha.Imaginary * capacity);
            }
        }
    }

    public override void Freeze(in Assembly assembly, RowStarts starts)
    {
        foreach ((_, int[] cells) in _kinds)
            foreach (int cell in cells)
                starts.KeepUnknown(assembly, _layout.Row(cell, _field), _layout.Fields(cell).Offset(_field));
    }

    /// <summary>Keeps the rate of the step: once the state is accepted, the formula has moved on.</summary>
    public override void EndStep()
    {
        _stepRate = 0;
        foreach ((TStored stored, ReadOnlyMemory<int> block) in _blocks)
        {
            ReadOnlySpan<int> cells = block.Span;
            FillRates(stored, cells);
            for (int k = 0; k < cells.Length; k++)
                _stepRate += _capacity[cells[k]] * _rates[k];
        }
    }

    public override void RegisterQuantities(Balance balance)
    {
        _total = balance.Register(_quantity.Name, _quantity.Unit, _quantity.Whole);
        _rate = balance.Register($"{_quantity.Name}, rate", $"{_quantity.Unit} s-1");
    }

    public override void Report(Balance balance)
    {
        double total = 0;
        foreach ((TStored stored, ReadOnlyMemory<int> block) in _blocks)
        {
            ReadOnlySpan<int> cells = block.Span;
            Evaluate(stored, cells, _state.Values);
            for (int k = 0; k < cells.Length; k++)
                total += _capacity[cells[k]] * _value[k];
        }
        balance.Add(_total, total);
        balance.Add(_rate, _stepRate);
    }

    private void Scatter(in Assembly assembly, ReadOnlySpan<int> cells, double scale)
    {
        for (int k = 0; k < cells.Length; k++)
        {
            int cell = cells[k], place = _layout.Fields(cell).Offset(_field), row = _layout.FirstRow(cell) + place;
            double capacity = scale * _capacity[cell];
            assembly.Residual[row] += capacity * _rates[k];
            if (!assembly.Diagonal.IsEmpty)
                assembly.Diagonal[_ownStart[row] + place] += capacity * _time.Alpha * (TStored.IsProportional ? 1 : _slope[k]);
        }
    }

    /// <summary>∂m/∂t of some cells at their present y, and dm/dy unless m = y.</summary>
    private void FillRates(TStored stored, ReadOnlySpan<int> cells)
    {
        if (TStored.IsProportional)
        {
            _time.FillRates(_state, cells, _rates);
            return;
        }
        Evaluate(stored, cells, _state.Values);
        for (int k = 0; k < cells.Length; k++)
            _rates[k] = (_time.Alpha * (_value[k] - _newest[cells[k]])) + _history[cells[k]];
    }

    /// <summary>m and dm/dy of some cells.</summary>
    private void Evaluate(TStored stored, ReadOnlySpan<int> cells, ReadOnlySpan<double> unknowns)
    {
        for (int k = 0; k < cells.Length; k++)
            _unknown[k] = unknowns[cells[k]];
        stored.Evaluate(_unknown.AsSpan(0, cells.Length), _value.AsSpan(0, cells.Length), _slope.AsSpan(0, cells.Length));
    }
}
