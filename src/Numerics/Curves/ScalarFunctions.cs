namespace Cell3D.Numerics.Curves;

/// <summary>The functions of an expression at one number, for constant folding.</summary>
internal static class ScalarFunctions
{
    public static double Evaluate(ExpressionOperation function, double a) => function switch
    {
        ExpressionOperation.SquareRoot => Math.Sqrt(a),
        ExpressionOperation.Exp => Math.Exp(a),
        ExpressionOperation.Log => Math.Log(a),
        ExpressionOperation.Log10 => Math.Log10(a),
        ExpressionOperation.Sinh => Math.Sinh(a),
        ExpressionOperation.Cosh => Math.Cosh(a),
        ExpressionOperation.Tanh => Math.Tanh(a),
        ExpressionOperation.Asinh => Math.Asinh(a),
        ExpressionOperation.Sin => Math.Sin(a),
        ExpressionOperation.Cos => Math.Cos(a),
        ExpressionOperation.Tan => Math.Tan(a),
        ExpressionOperation.Atan => Math.Atan(a),
        ExpressionOperation.Abs => Math.Abs(a),
        ExpressionOperation.Sign => Sign(a),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>−1, 0 or 1; NaN stays NaN, where Math.Sign throws.</summary>
    public static double Sign(double a) => a > 0 ? 1 : a < 0 ? -1 : a;
}
