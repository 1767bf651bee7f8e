using Cell3D.Discretization;

namespace Cell3D.Physics.Boundaries;

/// <summary>A face of an owned cell where current enters: through G to V on the positive, to 0 on the negative terminal.</summary>
/// <param name="Cell">Local cell.</param>
/// <param name="Conductance">G [S]: half cell and contact in series.</param>
/// <param name="Positive">Which terminal.</param>
public readonly record struct TerminalFace(int Cell, double Conductance, bool Positive);

/// <summary>Terminals: i = G(φ_s − V) leaves a positive tab cell, G φ_s a negative one, and the control g(V, I) = 0 with I = Σ G(V − φ_s)
/// closes V; q = G(V − φ_s)² (equations.md §2).</summary>
/// <remarks>I &gt; 0 charges. A terminal may have any number of faces, on one tab or several. The row of V belongs to the last rank; it needs the
/// sum over the faces of all ranks, which the caller reduces between <see cref="LocalCurrent"/> and <see cref="AddTo"/>.</remarks>
public sealed class Terminals : TerminalTerm
{
    private readonly CellFields _fields;
    private readonly FieldLayout _layout;
    private readonly TerminalFace[] _faces;
    private readonly long[] _rowColumns;
    private readonly double[] _rowConductances;
    private readonly double _conductance;
    private int[] _charge = [], _chargeByTerminal = [], _heat = [], _heatByTerminal = [], _rowPositions = [];
    private int _terminalDiagonal, _contactHeat, _positiveCurrent, _negativeCurrent;

    /// <summary>Prepares the terminals.</summary>
    /// <param name="fields">The state.</param>
    /// <param name="layout">Where unknowns live.</param>
    /// <param name="faces">Faces of owned cells.</param>
    /// <param name="rowColumns">Global numbers of φ_s behind every positive face of all ranks (used by the rank that owns V).</param>
    /// <param name="rowConductances">Their conductances.</param>
    public Terminals(CellFields fields, FieldLayout layout, TerminalFace[] faces, long[] rowColumns, double[] rowConductances) =>
        (_fields, _layout, _faces, _rowColumns, _rowConductances, _conductance) = (fields, layout, faces, rowColumns, rowConductances, rowConductances.Sum());

    public override double LocalCurrent => Sum(positive: true, power: 1);

    /// <summary>Current that leaves the cell through each face of this rank [A], in the order the faces were given.</summary>
    public IEnumerable<double> FaceCurrents => _faces.Select(face => face.Conductance * _fields.ElectronicPotential[face.Cell]);

    public override void AddCouplings(PatternBuilder pattern)
    {
        foreach (TerminalFace face in _faces)
            if (face.Positive)
                pattern.CoupleToTerminal(face.Cell, new(Field.ElectronicPotential, Field.Temperature));
        pattern.CoupleTerminalRow(_rowColumns);
    }

    public override void Bind(SparsePattern pattern)
    {
        _charge = [.. _faces.Select(f => pattern.Position(f.Cell, Field.ElectronicPotential, f.Cell, Field.ElectronicPotential))];
        _chargeByTerminal = [.. _faces.Select(f => ToTerminal(pattern, f, Field.ElectronicPotential))];
        _heat = [.. _faces.Select(f => pattern.Position(f.Cell, Field.Temperature, f.Cell, Field.ElectronicPotential))];
        _heatByTerminal = [.. _faces.Select(f => ToTerminal(pattern, f, Field.Temperature))];
        if (!_layout.OwnsTerminal)
            return;
        _rowPositions = [.. _rowColumns.Select(column => pattern.Position(_layout.TerminalRow, column))];
        _terminalDiagonal = pattern.Position(_layout.TerminalRow, _layout.TerminalGlobal);
    }

    public override void AddTo(in Assembly assembly)
    {
        double charge = assembly.Scale[Field.ElectronicPotential], heat = assembly.Scale[Field.Temperature];
        for (int i = 0; i < _faces.Length; i++)
        {
            (int cell, double conductance, _) = _faces[i];
            double outflow = conductance * _fields.ElectronicPotential[cell];
            assembly.Residual[_layout.Row(cell, Field.ElectronicPotential)] += charge * outflow;
            if (_layout.Has(cell, Field.Temperature))
                assembly.Residual[_layout.Row(cell, Field.Temperature)] -= heat * outflow * _fields.ElectronicPotential[cell];
            if (assembly.Diagonal.IsEmpty)
                continue;
            assembly.AddJacobian(_charge[i], charge * conductance);
            assembly.AddJacobian(_chargeByTerminal[i], -charge * conductance);
            assembly.AddJacobian(_heat[i], -2 * heat * outflow);
            assembly.AddJacobian(_heatByTerminal[i], 2 * heat * outflow);
        }
        if (_layout.OwnsTerminal)
            AddTerminalRow(assembly, charge);
    }

    public override void AddHeat(Span<double> perCell)
    {
        foreach (TerminalFace face in _faces)
            perCell[face.Cell] += face.Conductance * _fields.ElectronicPotential[face.Cell] * _fields.ElectronicPotential[face.Cell];
    }

    public override void RegisterQuantities(Balance balance)
    {
        _contactHeat = balance.Register("Contact heat", "W", Balance.Losses);
        _positiveCurrent = balance.Register("Current: positive terminal", "A");
        _negativeCurrent = balance.Register("Current: negative terminal", "A");
    }

    public override void Report(Balance balance)
    {
        balance.Add(_contactHeat, Sum(positive: true, power: 2) + Sum(positive: false, power: 2));
        balance.Add(_positiveCurrent, Sum(positive: true, power: 1));
        balance.Add(_negativeCurrent, Sum(positive: false, power: 1));
    }

    private int ToTerminal(SparsePattern pattern, in TerminalFace face, Field row) =>
        face.Positive && _layout.Has(face.Cell, row) ? pattern.Position(_layout.Row(face.Cell, row), _layout.TerminalGlobal) : SparsePattern.Absent;

    private void AddTerminalRow(in Assembly assembly, double charge)
    {
        (double value, double byVoltage, double byCurrent) = Control.Equation(_fields.TerminalVoltage, TotalCurrent, _conductance);
        assembly.Residual[_layout.TerminalRow] += charge * value;
        if (assembly.Diagonal.IsEmpty)
            return;
        assembly.AddJacobian(_terminalDiagonal, charge * (byVoltage + (byCurrent * _conductance)));
        for (int i = 0; i < _rowPositions.Length; i++)
            assembly.AddJacobian(_rowPositions[i], -charge * byCurrent * _rowConductances[i]);
    }

    /// <summary>Σ G (V − φ_s) or Σ G (V − φ_s)²: φ_s is stored relative to the terminal on both sides.</summary>
    private double Sum(bool positive, int power)
    {
        double sum = 0;
        foreach (TerminalFace face in _faces)
            if (face.Positive == positive)
            {
                double drop = -_fields.ElectronicPotential[face.Cell];
                sum += face.Conductance * (power == 1 ? drop : drop * drop);
            }
        return sum;
    }
}
