using System.Numerics.Tensors;
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

    /// <summary>t₊(c, T).</summary>
    public PropertyValue TransferenceNumber;

    /// <summary>Θ(c, T).</summary>
    public PropertyValue ThermodynamicFactor;

    /// <summary>ln(c / 1 mol m⁻³).</summary>
    public SaltPropertyValue LogSalt;
}

/// <summary>Property pass of the electrolyte: κ, D, t₊, Θ, ln c of every cell with their exact partials, once per iteration.</summary>
public sealed class ElectrolyteProperties : PropertyPass
{
    private const int Block = 256;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly ElectrolyteState[] _states;
    private readonly double[] _inputs = new double[2 * Block], _logarithm = new double[Block];
    private readonly Batch _conductivity, _diffusivity, _transference, _factor;

    /// <summary>Prepares the pass.</summary>
    /// <param name="electrolyte">Bulk properties.</param>
    /// <param name="fields">The state it reads.</param>
    /// <param name="cells">Local cells with electrolyte, ascending, ghosts included.</param>
    public ElectrolyteProperties(Electrolyte electrolyte, CellFields fields, int[] cells)
    {
        (_fields, _cells) = (fields, cells);
        _conductivity = new(electrolyte.ConductivityOf(fields.ReferenceTemperature));
        _diffusivity = new(electrolyte.DiffusivityOf(fields.ReferenceTemperature));
        _transference = new(electrolyte.TransferenceNumber.Widened(2));
        _factor = new(electrolyte.ThermodynamicFactor.Widened(2));
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
        Span<double> inputs = _inputs.AsSpan(0, 2 * cells.Length), salt = inputs[..cells.Length], temperature = inputs[cells.Length..];
        for (int i = 0; i < cells.Length; i++)
        {
            salt[i] = _fields.Salt[cells[i]];
            temperature[i] = _fields.ReferenceTemperature + _fields.Temperature[cells[i]];
        }
        _conductivity.Fill(inputs);
        _diffusivity.Fill(inputs);
        _transference.Fill(inputs);
        _factor.Fill(inputs);
        Span<double> logarithm = _logarithm.AsSpan(0, cells.Length);
        TensorPrimitives.Log(salt, logarithm);
        for (int i = 0; i < cells.Length; i++)
        {
            ref ElectrolyteState state = ref _states[cells[i]];
            state.Conductivity = _conductivity.At(i, cells.Length);
            state.Diffusivity = _diffusivity.At(i, cells.Length);
            state.TransferenceNumber = _transference.At(i, cells.Length);
            state.ThermodynamicFactor = _factor.At(i, cells.Length);
            state.LogSalt = new(logarithm[i], 1 / salt[i]);
        }
    }

    /// <summary>A property of c and T with its partials at a block of cells; one that is constant is evaluated once.</summary>
    private sealed class Batch
    {
        private readonly double[] _value = new double[Block], _partials = new double[2 * Block];
        private readonly Function? _varying;

        public Batch(Function property)
        {
            property.Evaluate(new double[2 * Block], _value, _partials);
            _varying = property.IsConstant ? null : property;
        }

        public void Fill(ReadOnlySpan<double> inputs) => _varying?.Evaluate(inputs, _value.AsSpan(0, inputs.Length / 2), _partials.AsSpan(0, inputs.Length));

        public PropertyValue At(int i, int count) => new(_value[i], _partials[i], _partials[count + i]);
    }
}
