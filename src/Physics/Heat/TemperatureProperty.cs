using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Heat;

/// <summary>A property p(T) of one cell with its slope dp/dT.</summary>
public readonly record struct TemperaturePropertyValue(double Value, double Slope);

/// <summary>Property pass of a resistivity that depends on temperature: f p(T)/g with its slope in every cell, p by region, f by cell, and g a factor of the
/// conductivity that may be differentiated by.</summary>
/// <remarks>Regions where p is constant are filled once, and when g is set.</remarks>
public sealed class TemperatureProperty : PropertyPass
{
    private const int Block = 256;
    private readonly CellFields _fields;
    private readonly CellProperty _factor;
    private readonly RegionFactors _conductivity;
    private readonly TemperaturePropertyValue[] _values;
    private readonly (Curve Property, int[] Cells)[] _varying;
    private readonly double[] _temperature = new double[Block], _value = new double[Block], _slope = new double[Block];

    /// <summary>Prepares the pass.</summary>
    /// <param name="fields">The state it reads.</param>
    /// <param name="properties">p over T [K] of each region.</param>
    /// <param name="region">Region of each local cell, ghosts included.</param>
    /// <param name="factor">f per local cell.</param>
    /// <param name="conductivity">g per region.</param>
    public TemperatureProperty(CellFields fields, IReadOnlyList<Curve> properties, int[] region, CellProperty factor, RegionFactors conductivity)
    {
        (_fields, _factor, _conductivity) = (fields, factor, conductivity);
        _values = new TemperaturePropertyValue[region.Length];
        ILookup<int, int> cells = Enumerable.Range(0, region.Length).ToLookup(cell => region[cell]);
        (Curve Property, int[] Cells)[] groups = [.. cells.Select(group => (properties[group.Key], group.ToArray()))];
        FillAll();
        foreach (Parameter parameter in Parameters)
            parameter.Changed += FillAll;
        _varying = [.. groups.Where(group => !group.Property.IsConstant)];

        void FillAll()
        {
            foreach ((Curve property, int[] all) in groups)
                Fill(property, all);
        }
    }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => _conductivity.Parameters;

    /// <summary>The property in a local cell.</summary>
    public ref readonly TemperaturePropertyValue this[int cell]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), cell);
    }

    /// <summary>δr/r in a local cell along the change of parameters.</summary>
    public double RelativeChange(int cell) => -_conductivity.RelativeChange(cell);

    public override void Evaluate(int start, int end)
    {
        foreach ((Curve property, int[] cells) in _varying)
        {
            ReadOnlySpan<int> all = cells;
            Fill(property, all[all.FirstFrom(start)..all.FirstFrom(end)]);
        }
    }

    private void Fill(Curve property, ReadOnlySpan<int> all)
    {
        for (int first = 0; first < all.Length; first += Block)
        {
            ReadOnlySpan<int> cells = all[first..Math.Min(first + Block, all.Length)];
            Span<double> temperature = _temperature.AsSpan(0, cells.Length), value = _value.AsSpan(0, cells.Length), slope = _slope.AsSpan(0, cells.Length);
            for (int i = 0; i < cells.Length; i++)
                temperature[i] = _fields.ReferenceTemperature + _fields.Temperature[cells[i]];
            property.Evaluate(temperature, value, slope);
            for (int i = 0; i < cells.Length; i++)
            {
                double factor = _factor[cells[i]] / _conductivity[cells[i]];
                _values[cells[i]] = new(factor * value[i], factor * slope[i]);
            }
        }
    }
}
