using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Heat;

/// <summary>Accumulation of heat where a heat capacity depends on temperature: ∂H/∂t with H = m h(T), h = ∫ c_p dT from T_ref (equation 6.1).</summary>
/// <remarks>Differences of H itself are formed, so heat is conserved exactly, however c_p varies. Where no c_p does, a <see cref="Storage"/> of ρ c_p T is cheaper.</remarks>
public sealed class EnthalpyStorage : CellTerm
{
    private const int Block = 256;
    private readonly double _referenceTemperature;
    private readonly StateVariable _state;
    private readonly FieldLayout _layout;
    private readonly double[] _mass;
    private readonly (Curve Enthalpy, int[] Cells)[] _groups;

    /// <summary>Per owned cell: H of the newest known state [J], and Σ w_i (H_i − H_0) over the older ones [W].</summary>
    private readonly double[] _newest, _history;
    private readonly double[] _weights = new double[TimeCoefficients.MostOrder];
    private readonly double[] _temperature = new double[Block], _value = new double[Block], _slope = new double[Block];

    /// <summary>Made once: nothing is allocated in the time loop.</summary>
    private readonly Func<int, double, double> _rateOf, _enthalpyOf;
    private int[] _ownStart = [];
    private double _alpha, _stepRate;
    private int _total, _rate;

    /// <summary>Prepares the term.</summary>
    /// <param name="enthalpies">h over T [K] of each region [J kg⁻¹], 0 at T_ref.</param>
    /// <param name="region">Region of each local cell.</param>
    /// <param name="mass">m of each local cell [kg]; where c_p varies in space, times its factor.</param>
    /// <param name="state">History of T − T_ref.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="layout">Where the unknowns live.</param>
    public EnthalpyStorage(IReadOnlyList<Curve> enthalpies, int[] region, double[] mass, StateVariable state, double referenceTemperature, FieldLayout layout)
    {
        (_mass, _state, _referenceTemperature, _layout) = (mass, state, referenceTemperature, layout);
        IEnumerable<int> owned = Enumerable.Range(0, layout.OwnedCells).Where(cell => layout.Has(cell, Field.Temperature));
        _groups = [.. owned.GroupBy(cell => region[cell]).Select(group => (enthalpies[group.Key], group.ToArray()))];
        (_rateOf, _enthalpyOf) = (Rate, (cell, enthalpy) => _mass[cell] * enthalpy);
        (_newest, _history) = (new double[layout.OwnedCells], new double[layout.OwnedCells]);
    }

    public override void AddCouplings(PatternBuilder pattern) { }

    public override void Bind(SparsePattern pattern) => _ownStart = pattern.Starts.Own;

    public override void BeginStep(TimeCoefficients time)
    {
        _alpha = time.Alpha;
        time.History.CopyTo(_weights);
        Array.Clear(_history);
        foreach ((Curve enthalpy, int[] cells) in _groups)
            for (int first = 0; first < cells.Length; first += Block)
            {
                ReadOnlySpan<int> block = cells.AsSpan(first, Math.Min(Block, cells.Length - first));
                Evaluate(enthalpy, block, _state.Past(0));
                for (int k = 0; k < block.Length; k++)
                    _newest[block[k]] = _mass[block[k]] * _value[k];
                for (int i = 1; i < time.Order; i++)
                {
                    Evaluate(enthalpy, block, _state.Past(i));
                    for (int k = 0; k < block.Length; k++)
                        _history[block[k]] += _weights[i] * ((_mass[block[k]] * _value[k]) - _newest[block[k]]);
                }
            }
    }

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        double scale = assembly.Scale[Field.Temperature];
        foreach ((Curve enthalpy, int[] all) in _groups)
        {
            int last = Ascending.FirstFrom(all, end);
            for (int first = Ascending.FirstFrom(all, start); first < last; first += Block)
            {
                ReadOnlySpan<int> cells = all.AsSpan(first, Math.Min(Block, last - first));
                Evaluate(enthalpy, cells, _state.Values);
                for (int k = 0; k < cells.Length; k++)
                {
                    int cell = cells[k], place = _layout.Fields(cell).Offset(Field.Temperature), row = _layout.FirstRow(cell) + place;
                    assembly.Residual[row] += scale * Rate(cell, _value[k]);
                    if (!assembly.Diagonal.IsEmpty)
                        assembly.AddJacobian(_ownStart[row] + place, scale * _alpha * _mass[cell] * _slope[k]);
                }
            }
        }
    }

    public override void AddSmallSignal(Complex alpha, in Assembly real, in Assembly imaginary)
    {
        foreach ((Curve enthalpy, int[] all) in _groups)
            for (int first = 0; first < all.Length; first += Block)
            {
                ReadOnlySpan<int> cells = all.AsSpan(first, Math.Min(Block, all.Length - first));
                Evaluate(enthalpy, cells, _state.Values);
                for (int k = 0; k < cells.Length; k++)
                {
                    int place = _layout.Fields(cells[k]).Offset(Field.Temperature), position = _ownStart[_layout.FirstRow(cells[k]) + place] + place;
                    double capacity = _mass[cells[k]] * _slope[k];
                    real.AddJacobian(position, real.Scale[Field.Temperature] * alpha.Real * capacity);
                    imaginary.AddJacobian(position, imaginary.Scale[Field.Temperature] * alpha.Imaginary * capacity);
                }
            }
    }

    public override void Freeze(in Assembly assembly, RowStarts starts)
    {
        foreach ((_, int[] cells) in _groups)
            foreach (int cell in cells)
                starts.KeepUnknown(assembly, _layout.Row(cell, Field.Temperature), _layout.Fields(cell).Offset(Field.Temperature));
    }

    /// <summary>Keeps the rate of the step: once the state is accepted, the formula has moved on.</summary>
    public override void EndStep() => _stepRate = Sum(_rateOf);

    public override void RegisterQuantities(Balance balance)
    {
        _total = balance.Register("Enthalpy", "J");
        _rate = balance.Register("Enthalpy, rate", "J s-1");
    }

    public override void Report(Balance balance)
    {
        balance.Add(_total, Sum(_enthalpyOf));
        balance.Add(_rate, _stepRate);
    }

    private double Rate(int cell, double enthalpy) => (_alpha * ((_mass[cell] * enthalpy) - _newest[cell])) + _history[cell];

    /// <summary>A sum over all cells of something that depends on the cell and on h at its present temperature.</summary>
    private double Sum(Func<int, double, double> of)
    {
        double sum = 0;
        foreach ((Curve enthalpy, int[] all) in _groups)
            for (int first = 0; first < all.Length; first += Block)
            {
                ReadOnlySpan<int> cells = all.AsSpan(first, Math.Min(Block, all.Length - first));
                Evaluate(enthalpy, cells, _state.Values);
                for (int k = 0; k < cells.Length; k++)
                    sum += of(cells[k], _value[k]);
            }
        return sum;
    }

    /// <summary>Fills h and c_p of some cells at their temperatures.</summary>
    private void Evaluate(Curve enthalpy, ReadOnlySpan<int> cells, ReadOnlySpan<double> heating)
    {
        for (int k = 0; k < cells.Length; k++)
            _temperature[k] = _referenceTemperature + heating[cells[k]];
        enthalpy.Evaluate(_temperature.AsSpan(0, cells.Length), _value.AsSpan(0, cells.Length), _slope.AsSpan(0, cells.Length));
    }
}
