using Cell3D.Discretization;

namespace Cell3D.Physics.Boundaries;

/// <summary>A conductor between two owned cells of different electrodes.</summary>
/// <param name="Positive">Local cell of the positive electrode.</param>
/// <param name="Negative">Local cell of the negative electrode.</param>
/// <param name="Conductance">G [S].</param>
/// <param name="Name">Of the short in the case.</param>
public readonly record struct ShortedPair(int Positive, int Negative, double Conductance, string Name);

/// <summary>Internal shorts: I = G (φ_s⁺ − φ_s⁻) flows inside the cell from the positive to the negative electrode; Q = I²/G, half of it on either side.</summary>
/// <remarks>Terminals do not feel this current. Increments of φ_s are absolute on both sides, so no row depends on V.</remarks>
public sealed class InternalShort(CellFields fields, FieldLayout layout, ShortedPair[] pairs) : Term
{
    private (int Positive, int Negative)[] _charge = [], _heat = [];
    private int _current, _shortHeat;

    /// <summary>The shorts of this rank with their currents I at the present state [A].</summary>
    public IEnumerable<(ShortedPair Pair, double Current)> Currents => pairs.Select(pair => (pair, Current(pair)));

    public override void AddCouplings(PatternBuilder pattern)
    {
        FieldSet rows = new(Field.ElectronicPotential, Field.Temperature), columns = new(Field.ElectronicPotential);
        foreach (ShortedPair pair in pairs)
        {
            pattern.Couple(pair.Positive, rows, pair.Negative, columns);
            pattern.Couple(pair.Negative, rows, pair.Positive, columns);
        }
    }

    public override void Bind(SparsePattern pattern)
    {
        _charge = [.. pairs.SelectMany(pair => Cells(pair).Select(cell => Positions(pattern, pair, cell, Field.ElectronicPotential)))];
        _heat = [.. pairs.SelectMany(pair => Cells(pair).Select(cell => Positions(pattern, pair, cell, Field.Temperature)))];
    }

    public override void AddTo(in Assembly assembly)
    {
        double charge = assembly.Scale[Field.ElectronicPotential], heat = assembly.Scale[Field.Temperature];
        for (int i = 0; i < pairs.Length; i++)
        {
            ShortedPair pair = pairs[i];
            double current = Current(pair), half = 0.5 * current * current / pair.Conductance;
            Add(assembly, pair.Positive, Field.ElectronicPotential, charge * current, _charge[2 * i], charge * pair.Conductance);
            Add(assembly, pair.Negative, Field.ElectronicPotential, -charge * current, _charge[(2 * i) + 1], -charge * pair.Conductance);
            Add(assembly, pair.Positive, Field.Temperature, -heat * half, _heat[2 * i], -heat * current);
            Add(assembly, pair.Negative, Field.Temperature, -heat * half, _heat[(2 * i) + 1], -heat * current);
        }
    }

    public override void AddHeat(Span<double> perCell)
    {
        foreach (ShortedPair pair in pairs)
        {
            double half = 0.5 * Current(pair) * Current(pair) / pair.Conductance;
            perCell[pair.Positive] += half;
            perCell[pair.Negative] += half;
        }
    }

    public override void RegisterQuantities(Balance balance)
    {
        _shortHeat = balance.Register("Short heat", "W", Balance.Losses);
        _current = balance.Register("Short current", "A");
    }

    public override void Report(Balance balance)
    {
        foreach (ShortedPair pair in pairs)
        {
            balance.Add(_shortHeat, Current(pair) * Current(pair) / pair.Conductance);
            balance.Add(_current, Current(pair));
        }
    }

    private double Current(in ShortedPair pair) =>
        pair.Conductance * (fields.AbsoluteElectronicPotential(pair.Positive) - fields.AbsoluteElectronicPotential(pair.Negative));

    private static int[] Cells(ShortedPair pair) => [pair.Positive, pair.Negative];

    /// <summary>Places of the derivatives of a row of a cell by φ_s of either cell.</summary>
    private static (int Positive, int Negative) Positions(SparsePattern pattern, ShortedPair pair, int cell, Field row) => (
        pattern.Position(cell, row, pair.Positive, Field.ElectronicPotential),
        pattern.Position(cell, row, pair.Negative, Field.ElectronicPotential));

    /// <summary>Adds to a row, and its derivative by φ_s⁺, which is the negative of that by φ_s⁻.</summary>
    private void Add(in Assembly assembly, int cell, Field row, double value, (int Positive, int Negative) at, double slope)
    {
        if (!layout.Has(cell, row))
            return;
        assembly.Residual[layout.Row(cell, row)] += value;
        if (assembly.Diagonal.IsEmpty)
            return;
        assembly.AddJacobian(at.Positive, slope);
        assembly.AddJacobian(at.Negative, -slope);
    }
}
