using System.Numerics.Tensors;

namespace Cell3D.Numerics.Curves;

/// <summary>a f + b g of two functions.</summary>
public sealed class WeightedSum : Function
{
    private const int Block = 128;
    private readonly double _a, _b;
    private readonly Function _first, _second;

    /// <summary>The sum; where one function has fewer inputs it does not depend on the others.</summary>
    public WeightedSum(double a, Function first, double b, Function second)
    {
        Inputs = Math.Max(first.Inputs, second.Inputs);
        (_a, _first, _b, _second) = (a, first.Widened(Inputs), b, second.Widened(Inputs));
    }

    /// <inheritdoc/>
    public override int Inputs { get; }

    /// <inheritdoc/>
    public override bool DependsOn(int input) => _first.DependsOn(input) || _second.DependsOn(input);

    /// <inheritdoc/>
    public override Function Partial(int input) => new WeightedSum(_a, _first.Partial(input), _b, _second.Partial(input));

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        CheckLengths(inputs, value, partials);
        _first.Evaluate(inputs, value, partials);
        TensorPrimitives.Multiply(value, _a, value);
        TensorPrimitives.Multiply(partials, _a, partials);
        Span<double> some = stackalloc double[Inputs * Block], otherValue = stackalloc double[Block], otherPartials = stackalloc double[Inputs * Block];
        for (int start = 0; start < value.Length; start += Block)
        {
            int count = Math.Min(Block, value.Length - start);
            for (int k = 0; k < Inputs; k++)
                inputs.Slice((k * value.Length) + start, count).CopyTo(some[(k * count)..]);
            _second.Evaluate(some[..(Inputs * count)], otherValue[..count], otherPartials[..(Inputs * count)]);
            Add(otherValue[..count], value.Slice(start, count));
            for (int k = 0; k < Inputs; k++)
                Add(otherPartials.Slice(k * count, count), partials.Slice((k * value.Length) + start, count));
        }
    }

    private void Add(ReadOnlySpan<double> other, Span<double> sum) => TensorPrimitives.MultiplyAdd(other, _b, sum, sum);
}
