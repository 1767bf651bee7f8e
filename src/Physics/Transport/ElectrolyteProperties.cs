using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Transport;

/// <summary>The bulk electrolyte of one cell at its present state; what a law reads together lies together.</summary>
public struct ElectrolyteState
{
    /// <summary>κ(c, T) [S m⁻¹].</summary>
    public PropertyValue Conductivity;

    /// <summary>D(c, T) [m² s⁻¹].</summary>
    public PropertyValue Diffusivity;

    /// <summary>t₊(c).</summary>
    public SaltPropertyValue TransferenceNumber;

    /// <summary>Θ(c).</summary>
    public SaltPropertyValue ThermodynamicFactor;

    /// <summary>ln(c / 1 mol m⁻³).</summary>
    public SaltPropertyValue LogSalt;
}

/// <summary>Property pass of the electrolyte: κ, D, t₊, Θ, ln c of every cell with their exact partials, once per iteration.</summary>
public sealed class ElectrolyteProperties : PropertyPass
{
    private const int Block = 256;
    private readonly Electrolyte _electrolyte;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly ElectrolyteState[] _states;
    private readonly Arrhenius _conductivityFactor, _diffusivityFactor;
    private readonly double[] _salt = new double[Block];
    private readonly Batch _conductivity = new(), _diffusivity = new(), _transference = new(), _factor = new();

    /// <summary>Prepares the pass.</summary>
    /// <param name="electrolyte">Bulk properties.</param>
    /// <param name="fields">The state it reads.</param>
    /// <param name="cells">Local cells with electrolyte, ascending, ghosts included.</param>
    public ElectrolyteProperties(Electrolyte electrolyte, CellFields fields, int[] cells)
    {
        (_electrolyte, _fields, _cells) = (electrolyte, fields, cells);
        _conductivityFactor = new(electrolyte.ConductivityActivationEnergy, fields.ReferenceTemperature);
        _diffusivityFactor = new(electrolyte.DiffusivityActivationEnergy, fields.ReferenceTemperature);
        _states = new ElectrolyteState[fields.Salt.Length];
    }

    /// <summary>Properties of a local cell.</summary>
    public ref readonly ElectrolyteState this[int cell]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_states), cell);
    }

    public override void Evaluate(int start, int end)
    {
        ReadOnlySpan<int> all = _cells;
        int last = all.FirstFrom(end);
        for (int first = all.FirstFrom(start); first < last; first += Block)
            Evaluate(all[first..Math.Min(first + Block, last)]);
    }

    private void Evaluate(ReadOnlySpan<int> cells)
    {
        Span<double> salt = _salt.AsSpan(0, cells.Length);
        for (int i = 0; i < cells.Length; i++)
            salt[i] = _fields.Salt[cells[i]];
        _conductivity.Fill(_electrolyte.Conductivity, salt);
        _diffusivity.Fill(_electrolyte.Diffusivity, salt);
        _transference.Fill(_electrolyte.TransferenceNumber, salt);
        _factor.Fill(_electrolyte.ThermodynamicFactor, salt);
        for (int i = 0; i < cells.Length; i++)
        {
            ref ElectrolyteState state = ref _states[cells[i]];
            double temperature = _fields.ReferenceTemperature + _fields.Temperature[cells[i]];
            state.Conductivity = _conductivity.At(i, _conductivityFactor.At(temperature));
            state.Diffusivity = _diffusivity.At(i, _diffusivityFactor.At(temperature));
            state.TransferenceNumber = _transference.At(i);
            state.ThermodynamicFactor = _factor.At(i);
            state.LogSalt = new(Math.Log(salt[i]), 1 / salt[i]);
        }
    }

    /// <summary>A curve and its slope at the salt concentrations of a block of cells.</summary>
    private sealed class Batch
    {
        private readonly double[] _value = new double[Block], _slope = new double[Block];

        public void Fill(Curve curve, ReadOnlySpan<double> salt) => curve.Evaluate(salt, _value.AsSpan(0, salt.Length), _slope.AsSpan(0, salt.Length));

        public SaltPropertyValue At(int i) => new(_value[i], _slope[i]);

        public PropertyValue At(int i, (double Factor, double Slope) arrhenius) =>
            new(arrhenius.Factor * _value[i], arrhenius.Factor * _slope[i], arrhenius.Slope * _value[i]);
    }
}
