using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Transport;

/// <summary>κ, D and ln c of the bulk electrolyte of one cell at its present state; what a law reads together lies together.</summary>
public struct ElectrolyteState
{
    /// <summary>κ(c, T) [S m⁻¹].</summary>
    public PropertyValue Conductivity;

    /// <summary>D(c, T) [m² s⁻¹].</summary>
    public PropertyValue Diffusivity;

    /// <summary>ln(c / 1 mol m⁻³).</summary>
    public SaltPropertyValue LogSalt;
}

/// <summary>t₊ and Θ of the bulk electrolyte of one cell at its present state.</summary>
public struct TransferenceState
{
    /// <summary>t₊(c, T).</summary>
    public PropertyValue Number;

    /// <summary>Θ(c, T).</summary>
    public PropertyValue ThermodynamicFactor;
}

/// <summary>Property pass of the electrolyte: κ, D, t₊, Θ, ln c of every cell with their exact partials, once per iteration.</summary>
public sealed class ElectrolyteProperties : PropertyPass
{
    private const int Block = 256;
    private readonly CellFields _fields;
    private readonly int[] _cells;
    private readonly ElectrolyteState[] _states;

    /// <summary>Per local cell; one entry for all where t₊ and Θ are constant.</summary>
    private readonly TransferenceState[] _transferences;
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
        IsTransferenceFixed = _transference.IsConstant && _factor.IsConstant;
        _transferences = new TransferenceState[IsTransferenceFixed ? 1 : fields.Salt.Length];
        Array.Fill(_transferences, new() { Number = _transference.At(0, 1), ThermodynamicFactor = _factor.At(0, 1) });
    }

    /// <summary>Factor of κ.</summary>
    public Parameter ConductivityFactor { get; } = Parameter.Factor("Electrolyte: conductivity");

    /// <summary>Factor of D.</summary>
    public Parameter DiffusivityFactor { get; } = Parameter.Factor("Electrolyte: diffusivity");

    /// <summary>Whether t₊ and Θ are the same everywhere at any time.</summary>
    public bool IsTransferenceFixed { get; }

    /// <summary>Properties of a local cell.</summary>
    public ref readonly ElectrolyteState this[int cell]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _states[cell];
    }

    /// <summary>t₊ and Θ of a local cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly TransferenceState Transference(int cell) =>
        ref _transferences[IsTransferenceFixed ? 0 : cell];

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
        Span<double> logarithm = _logarithm.AsSpan(0, cells.Length);
        TensorPrimitives.Log(salt, logarithm);
        (double conductivity, double diffusivity) = (ConductivityFactor.Value, DiffusivityFactor.Value);
        for (int i = 0; i < cells.Length; i++)
        {
            ref ElectrolyteState state = ref _states[cells[i]];
            state.Conductivity = _conductivity.At(i, cells.Length, conductivity);
            state.Diffusivity = _diffusivity.At(i, cells.Length, diffusivity);
            state.LogSalt = new(logarithm[i], 1 / salt[i]);
        }
        if (IsTransferenceFixed)
            return;
        _transference.Fill(inputs);
        _factor.Fill(inputs);
        for (int i = 0; i < cells.Length; i++)
            _transferences[cells[i]] = new() { Number = _transference.At(i, cells.Length), ThermodynamicFactor = _factor.At(i, cells.Length) };
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

        public bool IsConstant => _varying is null;

        public void Fill(ReadOnlySpan<double> inputs) => _varying?.Evaluate(inputs, _value.AsSpan(0, inputs.Length / 2), _partials.AsSpan(0, inputs.Length));

        public PropertyValue At(int i, int count, double factor = 1) => new(factor * _value[i], factor * _partials[i], factor * _partials[count + i]);
    }
}
