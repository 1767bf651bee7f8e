namespace Cell3D.Numerics.Curves;

/// <summary>y(u₁ … uₙ) given by an expression of several named variables, in the language of <see cref="ExpressionCurve"/>.</summary>
public sealed class ExpressionFunction : Function
{
    private readonly CompiledExpression expression;

    private ExpressionFunction(string text, IReadOnlyList<string> variables, CompiledExpression expression) =>
        (Text, Variables, this.expression) = (text, variables, expression);

    /// <summary>The expression as written; a partial in words that are no expression.</summary>
    public string Text { get; }

    /// <summary>Names of the variables, in the order of the inputs.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Functions used that other BPX readers may not know, in alphabetical order.</summary>
    public IReadOnlyCollection<string> NotPortable => expression.NotPortable;

    /// <inheritdoc/>
    public override int Inputs => Variables.Count;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variables">Names of the variables it may hold.</param>
    /// <exception cref="ExpressionException">The text is not an expression; the message names the column.</exception>
    public static ExpressionFunction Parse(string text, params IReadOnlyList<string> variables) =>
        new(text, variables, new CompiledExpression(text, variables));

    /// <inheritdoc/>
    public override Function Partial(int input) =>
        new ExpressionFunction($"∂({Text})/∂{Variables[input]}", Variables, new CompiledExpression(Text, Variables, input));

    /// <inheritdoc/>
    public override bool DependsOn(int input) => expression.DependsOn(input);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The spans do not belong together.</exception>
    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        CheckLengths(inputs, value, partials);
        expression.Evaluate(inputs, value, partials);
    }

    /// <summary>The expression as written.</summary>
    public override string ToString() => Text;
}
