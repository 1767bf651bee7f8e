namespace Cell3D.Numerics.Curves;

/// <summary>y(x) given by an expression of BPX: numbers, x, + − * / **, unary signs, parentheses, exp, tanh, cosh, with Python's precedence.</summary>
/// <remarks>
/// More functions are accepted and listed in <see cref="NotPortable"/>. Value and slope are compiled once into operations over blocks
/// of points; the slope follows the rules of calculus. A result does not depend on the point's place in the batch.
/// </remarks>
public sealed class ExpressionCurve : Curve
{
    private readonly CompiledExpression expression;
    private PiecewiseCurve? pieces;

    private ExpressionCurve(string text, CompiledExpression expression) => (Text, this.expression) = (text, expression);

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Functions used that other BPX readers may not know, in alphabetical order.</summary>
    public IReadOnlyCollection<string> NotPortable => expression.NotPortable;

    /// <summary>Exponentials, logarithms, powers and the like of which it is made.</summary>
    internal int Transcendental => expression.Transcendental;

    /// <summary>The same curve by polynomials.</summary>
    internal PiecewiseCurve ByPieces => LazyInitializer.EnsureInitialized(ref pieces, () => new(this));

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variable">Name of its variable.</param>
    /// <exception cref="ExpressionException">The text is not an expression; the message names the column.</exception>
    public static ExpressionCurve Parse(string text, string variable = "x") => new(text, new CompiledExpression(text, [variable]));

    /// <inheritdoc/>
    public override bool DependsOn(int input) => expression.DependsOn(input);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        CheckLengths(x, value, slope);
        expression.Evaluate(x, value, slope);
    }

    /// <summary>The expression as written.</summary>
    public override string ToString() => Text;
}
