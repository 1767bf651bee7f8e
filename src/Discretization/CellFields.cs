namespace Cell3D.Discretization;

/// <summary>Present values of the macroscopic unknowns, one array per unknown over the local cells (owned, then ghosts).</summary>
/// <remarks>φ_s is stored relative to V on the positive side and T relative to T_ref: round-off then stays far below the fluxes.
/// Increments of both are absolute.</remarks>
public sealed class CellFields
{
    private readonly double[] _terminalVoltage = new double[1];
    private readonly double[][] _values;

    /// <summary>Creates zero fields.</summary>
    /// <param name="cells">Local cells.</param>
    /// <param name="positiveSide">Whether a cell belongs to the positive side, where potentials may be stored relative to V.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="unknowns">Number of unknowns, the four that laws read included.</param>
    public CellFields(int cells, bool[] positiveSide, double referenceTemperature, int unknowns = 4)
    {
        (PositiveSide, ReferenceTemperature) = (positiveSide, referenceTemperature);
        _values = [.. Enumerable.Range(0, unknowns).Select(_ => new double[cells])];
        Salt = this[Field.Salt];
        IonicPotential = this[Field.IonicPotential];
        ElectronicPotential = this[Field.ElectronicPotential];
        Temperature = this[Field.Temperature];
    }

    /// <summary>c [mol m⁻³].</summary>
    public double[] Salt { get; }

    /// <summary>φ_e [V].</summary>
    public double[] IonicPotential { get; }

    /// <summary>φ_s [V], minus V where <see cref="PositiveSide"/>.</summary>
    public double[] ElectronicPotential { get; }

    /// <summary>T − T_ref [K].</summary>
    public double[] Temperature { get; }

    public bool[] PositiveSide { get; }

    /// <summary>T_ref [K].</summary>
    public double ReferenceTemperature { get; }

    /// <summary>V [V], as an array of one so that it can be registered as a state.</summary>
    public double[] TerminalVoltageState => _terminalVoltage;

    /// <summary>V [V].</summary>
    public double TerminalVoltage
    {
        get => _terminalVoltage[0];
        set => _terminalVoltage[0] = value;
    }

    /// <summary>φ_s [V] measured from the negative terminal.</summary>
    public double AbsoluteElectronicPotential(int cell) => ElectronicPotential[cell] + (PositiveSide[cell] ? _terminalVoltage[0] : 0);

    /// <summary>Stored values of an unknown.</summary>
    public double[] this[Field field] => _values[(int)field];

    /// <summary>An unknown in a cell, whatever it is stored relative to.</summary>
    public double Absolute(Unknown unknown, int cell) =>
        this[unknown.Field][cell] + unknown.StoredFrom + (unknown.IsStoredFromTerminal && PositiveSide[cell] ? _terminalVoltage[0] : 0);
}
