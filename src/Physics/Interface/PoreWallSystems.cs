using System.Numerics;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>The faces between electrolyte and resolved active material: j of each is eliminated at every Newton iteration; j/F of lithium and j of charge
/// leave the solid and enter the electrolyte.</summary>
/// <remarks>Other than a local system of a control volume, a face couples two cells of which the solid brings a concentration of its own. Adjoints and small
/// signals of resolved structures are not offered.</remarks>
public sealed class PoreWallSystems : LocalSystems
{
    private const int Unknowns = 4;
    private static readonly Field[] Fields = [Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Salt];
    private readonly PoreWall _wall;
    private readonly int[] _electrolyte, _solid;
    private readonly double[] _areas;
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly StateVariable _current;
    private readonly InterfaceBalance _balance;

    /// <summary>Per face: δj with nothing else changed, then by c, φ_e, φ_s and c_s; and what these were.</summary>
    private readonly double[] _responses, _linearised;

    /// <summary>Per face: where the derivative of a row by an unknown goes.</summary>
    private int[] _positions = [];
    private double _residualNorm, _pending;

    /// <summary>Takes the faces and registers j.</summary>
    /// <param name="wall">The law.</param>
    /// <param name="electrolyte">Local cell with electrolyte of each face, ascending.</param>
    /// <param name="solid">Local cell opposite.</param>
    /// <param name="areas">[m²].</param>
    /// <param name="owner">Unique name of the active material.</param>
    /// <param name="transfer">Side of the cell, for the balances.</param>
    /// <param name="fields">The state; c_s stands in the place of c.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="states">Receives j.</param>
    public PoreWallSystems(PoreWall wall, int[] electrolyte, int[] solid, double[] areas, string owner, string transfer, CellFields fields, FieldLayout layout, StateRegistry states)
    {
        (_wall, _electrolyte, _solid, _areas, _fields, _layout) = (wall, electrolyte, solid, areas, fields, layout);
        _current = states.Register(Particles.ReactingParticles.CurrentQuantity, new(owner, electrolyte) { Opposite = solid }, isDifferential: false);
        _balance = new(owner, transfer);
        (_responses, _linearised) = (new double[electrolyte.Length * (1 + Unknowns)], new double[electrolyte.Length * Unknowns]);
    }

    public override ReadOnlySpan<int> Cells => _electrolyte;

    /// <summary>Cells of active material opposite.</summary>
    public ReadOnlySpan<int> Solids => _solid;

    /// <summary>Area of every face [m²].</summary>
    public ReadOnlySpan<double> Areas => _areas;

    /// <summary>j of every face [A m⁻²].</summary>
    public ReadOnlySpan<double> CurrentDensity => _current.Values;

    public override int Eliminated => 1;

    public override double ResidualNorm => _residualNorm;

    public override IEnumerable<(int First, int Other)> Pairs => _electrolyte.Zip(_solid);

    public override void AddCouplings(PatternBuilder pattern)
    {
        FieldSet pore = new(FieldSet.Salt | FieldSet.IonicPotential), solid = new(FieldSet.Salt | FieldSet.ElectronicPotential);
        for (int i = 0; i < _electrolyte.Length; i++)
        {
            pattern.Couple(_electrolyte[i], pore, _solid[i], solid);
            pattern.Couple(_solid[i], solid, _electrolyte[i], pore);
        }
    }

    public override void Bind(SparsePattern pattern)
    {
        _positions = new int[_electrolyte.Length * Unknowns * Unknowns];
        for (int i = 0, at = 0; i < _electrolyte.Length; i++)
            for (int row = 0; row < Unknowns; row++)
                for (int column = 0; column < Unknowns; column++)
                    _positions[at++] = pattern.Position(CellOf(i, row), Fields[row], CellOf(i, column), Fields[column]);
    }

    public override void BeginAssembly() => _residualNorm = 0;

    /// <summary>What the macroscopic update changed has been taken over by all faces.</summary>
    public override void EndAssembly() => _pending = 0;

    public override void AddTo(in Assembly assembly, int start, int end)
    {
        int last = Cells.FirstFrom(end);
        for (int i = Cells.FirstFrom(start); i < last; i++)
        {
            TakeOver(i);
            if (assembly.Eliminates)
                AddCondensed(assembly, i);
            else
                AddFlow(assembly, i);
        }
    }

    public override double AdmissibleFraction(ReadOnlySpan<double> increments, out StepObstacle? reason)
    {
        reason = null;
        return 1;
    }

    /// <summary>On a face between ranks nobody knows all increments: j follows once every rank knows what they made of the unknowns.</summary>
    public override void BackSubstitute(ReadOnlySpan<double> increments, double fraction) => _pending = fraction;

    public override LocalBlock Linearised(int system) => throw NotOffered();

    public override LocalBlock LinearisedSmallSignal(int system, Complex alpha) => throw NotOffered();

    public override void EliminateTransposed(ReadOnlySpan<double> own, Span<double> rightSide) => throw NotOffered();

    public override void BackSubstituteTransposed(CellFields adjoint, RowScale scale, Span<double> own) => throw NotOffered();

    public override void RegisterQuantities(Balance balance) => _balance.Register(balance);

    public override void Report(Balance balance)
    {
        for (int i = 0; i < _electrolyte.Length; i++)
        {
            if (_solid[i] >= _layout.OwnedCells)
                continue;
            _wall.Evaluate(i, State(i), out Real _, out ReactionYield<Real> yield);
            _balance.Add(balance, _areas[i], _current.Values[i], 0, yield);
        }
    }

    private static NotSupportedException NotOffered() => new("A resolved structure has neither adjoints nor small signals.");

    private void TakeOver(int i)
    {
        if (_pending == 0)
            return;
        ReadOnlySpan<double> response = _responses.AsSpan(i * (1 + Unknowns), 1 + Unknowns), before = _linearised.AsSpan(i * Unknowns, Unknowns);
        PoreWallState state = State(i);
        _current.Values[i] += (_pending * response[0]) + (response[1] * (state.Salt - before[0])) + (response[2] * (state.IonicPotential - before[1]))
            + (response[3] * (state.ElectronicPotential - before[2])) + (response[4] * (state.Lithium - before[3]));
    }

    private void AddFlow(in Assembly assembly, int i)
    {
        _wall.Evaluate(i, State(i), out Real mismatch, out ReactionYield<Real> _);
        _residualNorm = Math.Max(_residualNorm, Math.Abs(mismatch.Number));
        for (int row = 0; row < Unknowns; row++)
            AddRow(assembly, i, row, _current.Values[i]);
    }

    private void AddCondensed(in Assembly assembly, int i)
    {
        PoreWallState state = State(i);
        _wall.Evaluate(i, state, out Dual mismatch, out ReactionYield<Dual> _);
        _residualNorm = Math.Max(_residualNorm, Math.Abs(mismatch.Number));
        double inverse = -1 / mismatch.RightPartials.GetElement(0);
        Span<double> response = _responses.AsSpan(i * (1 + Unknowns), 1 + Unknowns), linearised = _linearised.AsSpan(i * Unknowns, Unknowns);
        response[0] = inverse * mismatch.Number;
        for (int k = 0; k < Unknowns - 1; k++)
            response[1 + k] = inverse * mismatch.LeftPartials.GetElement(k);
        response[Unknowns] = inverse * mismatch.RightPartials.GetElement(1);
        (linearised[0], linearised[1], linearised[2], linearised[3]) = (state.Salt, state.IonicPotential, state.ElectronicPotential, state.Lithium);
        for (int row = 0; row < Unknowns; row++)
        {
            double factor = AddRow(assembly, i, row, _current.Values[i] + response[0]);
            for (int column = 0; column < Unknowns && !assembly.Diagonal.IsEmpty; column++)
                assembly.AddJacobian(_positions[(((i * Unknowns) + row) * Unknowns) + column], factor * response[1 + column]);
        }
    }

    /// <summary>Adds what j takes from a balance; the factor of j.</summary>
    private double AddRow(in Assembly assembly, int i, int row, double current)
    {
        int cell = CellOf(i, row);
        double factor = (row < 2 ? -1 : 1) * _areas[i] * assembly.Scale[Fields[row]] * (Fields[row] == Field.Salt ? 1 / PhysicalConstants.Faraday : 1);
        if (cell < _layout.OwnedCells)
            assembly.Residual[_layout.Row(cell, Fields[row])] += factor * current;
        return factor;
    }

    private PoreWallState State(int i) => new(
        _fields.Salt[_electrolyte[i]], _fields.IonicPotential[_electrolyte[i]], _fields.AbsoluteElectronicPotential(_solid[i]), _fields.Salt[_solid[i]], _current.Values[i]);

    private int CellOf(int i, int row) => row < 2 ? _electrolyte[i] : _solid[i];
}
