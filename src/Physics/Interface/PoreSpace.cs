using Cell3D.Discretization;

namespace Cell3D.Physics.Interface;

/// <summary>Pores that films narrow: 1/B = (1/B₀) (ε₀/ε)^b with b = ln B₀/ln ε₀; ε is an unknown (<see cref="NarrowedPores{TLaw}"/>).</summary>
public sealed class PoreSpace : PropertyPass
{
    private readonly double[] _porosity, _initial, _resistivity, _exponent, _volumes;
    private readonly CellProperty _initialResistivity;

    /// <summary>Films per local cell.</summary>
    private readonly int[] _films;

    /// <summary>Takes the pores as they are without films.</summary>
    /// <param name="field">ε among the unknowns.</param>
    /// <param name="porosity">ε per local cell, the values of the unknown; 0 where no pores are.</param>
    /// <param name="transportEfficiency">B₀ per local cell.</param>
    /// <param name="factors">Factors of B₀ in the resistivity.</param>
    /// <param name="volumes">Per local cell [m³].</param>
    public PoreSpace(Field field, double[] porosity, CellProperty transportEfficiency, RegionFactors factors, double[] volumes)
    {
        (Field, _porosity, _volumes) = (field, porosity, volumes);
        _initial = [.. porosity];
        _films = new int[porosity.Length];
        _initialResistivity = transportEfficiency.Inverse(factors);
        _resistivity = [.. Enumerable.Range(0, porosity.Length).Select(cell => 1 / transportEfficiency[cell])];
        _exponent = [.. Enumerable.Range(0, porosity.Length).Select(cell => porosity[cell] is > 0 and < 1 and double e ? Math.Log(transportEfficiency[cell]) / Math.Log(e) : 0)];
        TransportResistivity = _initialResistivity.Following(_resistivity);
    }

    /// <summary>ε among the unknowns.</summary>
    public Field Field { get; }

    /// <summary>1/B, brought up to date before laws are evaluated.</summary>
    public CellProperty TransportResistivity { get; }

    /// <summary>∂ln(1/B)/∂ε in a cell.</summary>
    public double RelativeSlope(int cell) => -_exponent[cell] / _porosity[cell];

    /// <summary>Counts one more film in some cells.</summary>
    public void Enter(ReadOnlySpan<int> cells)
    {
        foreach (int cell in cells)
            _films[cell]++;
    }

    /// <summary>ε₀ of a cell.</summary>
    public double Initial(int cell) => _initial[cell];

    /// <summary>What each film of a cell answers for [m³]: together they take the place of V (ε₀ − ε).</summary>
    public double VolumePerFilm(int cell) => _volumes[cell] / _films[cell];

    public override void Evaluate(int start, int end)
    {
        for (int cell = start; cell < Math.Min(end, _porosity.Length); cell++)
            if (_initial[cell] > 0)
                _resistivity[cell] = _initialResistivity[cell] * Math.Pow(_initial[cell] / _porosity[cell], _exponent[cell]);
    }
}
