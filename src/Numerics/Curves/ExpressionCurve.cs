using System.Numerics.Tensors;

namespace Cell3D.Numerics.Curves;

/// <summary>y(x) given by an expression of BPX: numbers, x, + − * / **, unary signs, parentheses, exp, tanh, cosh, with Python's precedence.</summary>
/// <remarks>
/// More functions are accepted and listed in <see cref="NotPortable"/>. Value and slope are compiled once into operations over blocks
/// of points; the slope follows the rules of calculus. A result does not depend on the point's place in the batch.
/// </remarks>
public sealed class ExpressionCurve : Curve
{
    /// <summary>Distances from which a removable singularity is approached, relative to max(1, |x|).</summary>
    private static readonly double[] Distances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-20, 1e-40, 1e-60, 1e-80];

    [ThreadStatic]
    private static double[]? workspace;

    private readonly ExpressionProgram program;

    private ExpressionCurve(string text, ExpressionProgram program, IReadOnlyCollection<string> notPortable)
    {
        Text = text;
        this.program = program;
        NotPortable = notPortable;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Functions used that other BPX readers may not know, in alphabetical order.</summary>
    public IReadOnlyCollection<string> NotPortable { get; }

    /// <inheritdoc/>
    public override bool IsConstant => program.Value.Register < 0;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">The text is not an expression; the message names the column.</exception>
    public static ExpressionCurve Parse(string text)
    {
        ExpressionParser parser = new(text);
        int value = parser.Parse();
        int slope = ExpressionDerivative.Append(parser.Graph, value);
        return new ExpressionCurve(text, ExpressionProgram.Compile(parser.Graph, value, slope), parser.NotPortable);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        if (value.Length != x.Length || slope.Length != x.Length) throw new ArgumentException("x, value and slope differ in length");
        for (int start = 0; start < x.Length; start += BlockEvaluation.Block)
        {
            int count = Math.Min(BlockEvaluation.Block, x.Length - start);
            ReadOnlySpan<double> points = x.Slice(start, count);
            Span<double> blockValue = value.Slice(start, count), blockSlope = slope.Slice(start, count);
            EvaluateBlock(points, blockValue, blockSlope);
            if (!double.IsFinite(TensorPrimitives.Sum<double>(blockSlope) + TensorPrimitives.Sum<double>(blockValue)))
                TakeLimits(points, blockValue, blockSlope);
        }
    }

    /// <summary>The expression as written.</summary>
    public override string ToString() => Text;

    private void EvaluateBlock(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        const int lanes = 8;
        if (workspace is null || workspace.Length < program.Registers * BlockEvaluation.Block)
            workspace = new double[program.Registers * BlockEvaluation.Block];
        Span<double> registers = workspace;
        int padded = (x.Length + lanes - 1) / lanes * lanes;
        x.CopyTo(registers);
        registers[x.Length..padded].Fill(x[^1]);
        BlockEvaluation.Run(program, registers, padded);
        Store(program.Value, registers, value);
        Store(program.Slope, registers, slope);
    }

    private static void Store(ProgramResult result, ReadOnlySpan<double> registers, Span<double> target)
    {
        if (result.Register < 0) target.Fill(result.Constant);
        else registers.Slice(result.Register * BlockEvaluation.Block, target.Length).CopyTo(target);
    }

    /// <summary>Replaces 0·∞ and the like by the limit, where there is one.</summary>
    private void TakeLimits(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(value[i]) && !double.IsNaN(slope[i]) || !double.IsFinite(x[i])) continue;
            (double limitValue, double limitSlope) = Limit(x[i], 1);
            if (double.IsNaN(limitSlope)) (limitValue, limitSlope) = Limit(x[i], -1);
            if (double.IsNaN(limitSlope)) limitSlope = Difference(x[i]);
            if (double.IsNaN(value[i])) value[i] = limitValue;
            if (double.IsNaN(slope[i])) slope[i] = limitSlope;
        }
    }

    /// <summary>Value and slope on one side at the distance where the slope changes least: closer, cancellation grows; farther, the curve bends.</summary>
    private (double Value, double Slope) Limit(double x, int side)
    {
        double scale = Math.Max(1, Math.Abs(x)), previous = double.NaN, leastChange = double.PositiveInfinity;
        (double Value, double Slope) best = (double.NaN, double.NaN);
        foreach (double distance in Distances)
        {
            double near = x + side * distance * scale;
            if (near == x) break;
            (double Value, double Slope) point = At(near);
            double change = Math.Abs(point.Slope - previous);
            previous = point.Slope;
            if (!(change < leastChange) || !double.IsFinite(point.Value)) continue;
            (leastChange, best) = (change, point);
        }
        return best;
    }

    /// <summary>Slope from values on both sides; serves where intermediate results overflow.</summary>
    private double Difference(double x)
    {
        double h = 1e-7 * Math.Max(1, Math.Abs(x)), difference = (At(x + h).Value - At(x - h).Value) / (2 * h);
        return double.IsFinite(difference) ? difference : double.NaN;
    }

    private (double Value, double Slope) At(double x)
    {
        Span<double> value = stackalloc double[1], slope = stackalloc double[1];
        EvaluateBlock([x], value, slope);
        return (value[0], slope[0]);
    }
}
