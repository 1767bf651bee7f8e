namespace Cell3D.Numerics.Curves;

/// <summary>The functions of an expression at one number, for constant folding.</summary>
internal static class ScalarFunctions
{
    public static double Evaluate(Operation function, double a) => function switch
    {
        Operation.SquareRoot => Math.Sqrt(a),
        Operation.Exp => Math.Exp(a),
        Operation.Log => Math.Log(a),
        Operation.Log10 => Math.Log10(a),
        Operation.Sinh => Math.Sinh(a),
        Operation.Cosh => Math.Cosh(a),
        Operation.Tanh => Math.Tanh(a),
        Operation.Asinh => Math.Asinh(a),
        Operation.Sin => Math.Sin(a),
        Operation.Cos => Math.Cos(a),
        Operation.Tan => Math.Tan(a),
        Operation.Atan => Math.Atan(a),
        Operation.Abs => Math.Abs(a),
        Operation.Sign => Sign(a),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>−1, 0 or 1; NaN stays NaN, where Math.Sign throws.</summary>
    public static double Sign(double a) => a > 0 ? 1 : a < 0 ? -1 : a;
}
