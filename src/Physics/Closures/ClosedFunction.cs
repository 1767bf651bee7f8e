using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Closures;

/// <summary>y(c, T) by a closed form of given functions of c and T; partials are exact, by dual numbers.</summary>
/// <typeparam name="TForm">The closed form.</typeparam>
public sealed class ClosedFunction<TForm> : Function where TForm : struct, IClosedForm
{
    private const int Block = 64, Concentration = 0, Temperature = 1;
    private readonly Function[] _given;

    /// <summary>Prepares the function.</summary>
    /// <param name="given">Given functions of c, or of c and T, in the order of the form.</param>
    public ClosedFunction(params ReadOnlySpan<Function> given)
    {
        _given = new Function[given.Length];
        for (int k = 0; k < given.Length; k++)
            _given[k] = given[k].Widened(2);
    }

    public override int Inputs => 2;

    public override bool DependsOn(int input) => TForm.Reads(input) || Array.Exists(_given, function => function.DependsOn(input));

    [SkipLocalsInit]
    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        CheckLengths(inputs, value, partials);
        Span<double> some = stackalloc double[2 * Block], number = stackalloc double[Block], slopes = stackalloc double[2 * Block];
        Span<Dual> given = stackalloc Dual[_given.Length * Block], point = stackalloc Dual[_given.Length];
        for (int start = 0; start < value.Length; start += Block)
        {
            int count = Math.Min(Block, value.Length - start);
            ReadOnlySpan<double> salt = inputs.Slice(start, count), kelvin = inputs.Slice(value.Length + start, count);
            salt.CopyTo(some);
            kelvin.CopyTo(some[count..]);
            for (int k = 0; k < _given.Length; k++)
            {
                _given[k].Evaluate(some[..(2 * count)], number[..count], slopes[..(2 * count)]);
                for (int i = 0; i < count; i++)
                    given[(i * _given.Length) + k] = WithPartials(number[i], slopes[i], slopes[count + i]);
            }
            for (int i = 0; i < count; i++)
            {
                given.Slice(i * _given.Length, _given.Length).CopyTo(point);
                Dual y = TForm.Evaluate<Dual>(point, WithPartials(salt[i], 1, 0), WithPartials(kelvin[i], 0, 1));
                value[start + i] = y.Number;
                partials[start + i] = y.LeftPartials[Concentration];
                partials[value.Length + start + i] = y.LeftPartials[Temperature];
            }
        }
    }

    private static Dual WithPartials(double number, double byConcentration, double byTemperature) =>
        Dual.Left(number, Vector256.Create(byConcentration, byTemperature, 0, 0));
}
