using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Transport;

/// <summary>Property pass of the electrolyte: κ, D, t₊, Θ, ln c of every cell with their exact partials, once per iteration.</summary>
public sealed class ElectrolyteProperties : PropertyPass
{
    private const int Block = 256;
    private readonly Electrolyte _electrolyte;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly Arrhenius _conductivityFactor, _diffusivityFactor;
    private readonly double[] _salt = new double[Block], _value = new double[Block], _slope = new double[Block];

    /// <summary>Prepares the pass.</summary>
    /// <param name="electrolyte">Bulk properties.</param>
    /// <param name="fields">The state it reads.</param>
    /// <param name="cells">Local cells with electrolyte, ascending, ghosts included.</param>
    public ElectrolyteProperties(Electrolyte electrolyte, CellFields fields, int[] cells)
    {
        (_electrolyte, _fields, _cells) = (electrolyte, fields, cells);
        _conductivityFactor = new(electrolyte.ConductivityActivationEnergy, fields.ReferenceTemperature);
        _diffusivityFactor = new(electrolyte.DiffusivityActivationEnergy, fields.ReferenceTemperature);
        PropertyField[] together = PropertyField.Together(5, fields.Salt.Length);
        (Conductivity, Diffusivity, TransferenceNumber, ThermodynamicFactor, LogSalt) = (together[0], together[1], together[2], together[3], together[4]);
    }

    /// <summary>κ(c, T) [S m⁻¹].</summary>
    public PropertyField Conductivity { get; }

    /// <summary>D(c, T) [m² s⁻¹].</summary>
    public PropertyField Diffusivity { get; }

    /// <summary>t₊(c).</summary>
    public PropertyField TransferenceNumber { get; }

    /// <summary>Θ(c).</summary>
    public PropertyField ThermodynamicFactor { get; }

    /// <summary>ln(c / 1 mol m⁻³).</summary>
    public PropertyField LogSalt { get; }

    /// <summary>Fills every property at the present state.</summary>
    public override void Evaluate(int start, int end)
    {
        ReadOnlySpan<int> all = _cells;
        int last = all.FirstFrom(end);
        for (int first = all.FirstFrom(start); first < last; first += Block)
        {
            ReadOnlySpan<int> cells = all[first..Math.Min(first + Block, last)];
            for (int i = 0; i < cells.Length; i++)
                _salt[i] = _fields.Salt[cells[i]];
            Fill(Conductivity, _electrolyte.Conductivity, cells, _conductivityFactor);
            Fill(Diffusivity, _electrolyte.Diffusivity, cells, _diffusivityFactor);
            Fill(TransferenceNumber, _electrolyte.TransferenceNumber, cells, default);
            Fill(ThermodynamicFactor, _electrolyte.ThermodynamicFactor, cells, default);
            for (int i = 0; i < cells.Length; i++)
                LogSalt.Set(cells[i], Math.Log(_salt[i]), 1 / _salt[i], 0);
        }
    }

    private void Fill(PropertyField property, Curve curve, ReadOnlySpan<int> cells, Arrhenius arrhenius)
    {
        curve.Evaluate(_salt.AsSpan(0, cells.Length), _value.AsSpan(0, cells.Length), _slope.AsSpan(0, cells.Length));
        for (int i = 0; i < cells.Length; i++)
        {
            int cell = cells[i];
            (double factor, double slope) = arrhenius.At(_fields.ReferenceTemperature + _fields.Temperature[cell]);
            property.Set(cell, factor * _value[i], factor * _slope[i], slope * _value[i]);
        }
    }
}
