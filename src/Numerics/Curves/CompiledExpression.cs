using System.Numerics.Tensors;

namespace Cell3D.Numerics.Curves;

/// <summary>An expression of some variables, compiled once into operations over blocks of points; partials follow the rules of calculus.</summary>
internal sealed class CompiledExpression
{
    private const int Block = BlockEvaluation.Block;

    /// <summary>Distances from which a removable singularity is approached, relative to max(1, |u|).</summary>
    private static readonly double[] Distances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-20, 1e-40, 1e-60, 1e-80];

    [ThreadStatic]
    private static double[]? workspace;

    private readonly ExpressionProgram program;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variables">Names of the variables, in the order of the inputs.</param>
    /// <param name="derivedBy">The variable by which the expression is differentiated before anything else; null for none.</param>
    /// <exception cref="ExpressionException">The text is not an expression; the message names the column.</exception>
    public CompiledExpression(string text, IReadOnlyList<string> variables, int? derivedBy = null)
    {
        ExpressionParser parser = new(text, variables);
        int value = parser.Parse();
        if (derivedBy is int variable) value = ExpressionDerivative.Append(parser.Graph, value, variable);
        program = ExpressionProgram.Compile(parser.Graph, value, variables.Count);
        NotPortable = parser.NotPortable;
    }

    /// <summary>Functions used that other BPX readers may not know, in alphabetical order.</summary>
    public IReadOnlyCollection<string> NotPortable { get; }

    /// <summary>Exponentials, logarithms, powers and the like in value and partials.</summary>
    public int Transcendental => program.Instructions.Count(step => step.Operation is ExpressionOperation.Power or ExpressionOperation.PowerConstant or ExpressionOperation.ConstantPower
        or (> ExpressionOperation.SquareRoot and not ExpressionOperation.Abs));

    private int Variables => program.Partials.Length;

    /// <summary>Whether a variable occurs in the value.</summary>
    public bool DependsOn(int variable) => program.Uses[variable];

    /// <inheritdoc cref="Function.Evaluate"/>
    public void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        for (int start = 0; start < value.Length; start += Block)
        {
            Points points = new(inputs, value, partials, start, Math.Min(Block, value.Length - start));
            EvaluateBlock(points);
            if (!IsFinite(points)) TakeLimits(points);
        }
    }

    private bool IsFinite(in Points points)
    {
        double sum = TensorPrimitives.Sum<double>(points.Value);
        for (int k = 0; k < Variables; k++) sum += TensorPrimitives.Sum<double>(points.Partial(k));
        return double.IsFinite(sum);
    }

    private void EvaluateBlock(in Points points)
    {
        const int lanes = 8;
        if (workspace is null || workspace.Length < program.Registers * Block) workspace = new double[program.Registers * Block];
        Span<double> registers = workspace;
        int padded = (points.Count + lanes - 1) / lanes * lanes;
        for (int k = 0; k < Variables; k++)
        {
            ReadOnlySpan<double> input = points.Input(k);
            Span<double> register = registers.Slice(k * Block, padded);
            input.CopyTo(register);
            register[input.Length..].Fill(input[^1]);
        }
        BlockEvaluation.Run(program, registers, padded);
        Store(program.Value, registers, points.Value);
        for (int k = 0; k < Variables; k++) Store(program.Partials[k], registers, points.Partial(k));
    }

    private static void Store(ProgramResult result, ReadOnlySpan<double> registers, Span<double> target)
    {
        if (result.Register < 0) target.Fill(result.Constant);
        else registers.Slice(result.Register * Block, target.Length).CopyTo(target);
    }

    /// <summary>Replaces 0·∞ and the like by the limit along a variable, where there is one: a partial's own variable first, then the others.</summary>
    private void TakeLimits(in Points points)
    {
        Span<double> point = stackalloc double[Variables];
        for (int i = 0; i < points.Count; i++)
        {
            bool isFinite = true;
            for (int k = 0; k < Variables; k++) isFinite &= double.IsFinite(point[k] = points.Input(k)[i]);
            for (int k = 0; k < Variables && isFinite; k++)
            {
                ref double value = ref points.Value[i], slope = ref points.Partial(k)[i];
                TakeLimit(point, k, k, ref value, ref slope);
                if (double.IsNaN(slope)) slope = Difference(point, k);
                for (int along = 0; along < Variables; along++)
                    if (along != k) TakeLimit(point, along, k, ref value, ref slope);
            }
        }
    }

    private void TakeLimit(Span<double> point, int along, int partial, ref double value, ref double slope)
    {
        if (!double.IsNaN(value) && !double.IsNaN(slope)) return;
        (double limitValue, double limitSlope) = Limit(point, along, partial, 1);
        if (double.IsNaN(limitSlope)) (limitValue, limitSlope) = Limit(point, along, partial, -1);
        if (double.IsNaN(value)) value = limitValue;
        if (double.IsNaN(slope)) slope = limitSlope;
    }

    /// <summary>Value and partial on one side at the distance where the slope changes least: closer, cancellation grows; farther, the function bends.</summary>
    private (double Value, double Partial) Limit(Span<double> point, int along, int partial, int side)
    {
        double at = point[along], scale = Math.Max(1, Math.Abs(at)), previous = double.NaN, leastChange = double.PositiveInfinity;
        (double Value, double Partial) best = (double.NaN, double.NaN);
        foreach (double distance in Distances)
        {
            double near = at + side * distance * scale;
            if (near == at) break;
            (double value, double slope, double wanted) = At(point, along, near, partial);
            double change = Math.Abs(slope - previous);
            previous = slope;
            if (!(change < leastChange) || !double.IsFinite(value)) continue;
            (leastChange, best) = (change, (value, wanted));
        }
        return best;
    }

    /// <summary>Partial from values on both sides; serves where intermediate results overflow.</summary>
    private double Difference(Span<double> point, int variable)
    {
        double at = point[variable], h = 1e-7 * Math.Max(1, Math.Abs(at));
        double difference = (At(point, variable, at + h, variable).Value - At(point, variable, at - h, variable).Value) / (2 * h);
        return double.IsFinite(difference) ? difference : double.NaN;
    }

    /// <summary>Value, slope along a variable and one partial where that variable is changed.</summary>
    private (double Value, double Slope, double Partial) At(Span<double> point, int variable, double changed, int partial)
    {
        double kept = point[variable];
        Span<double> value = stackalloc double[1], partials = stackalloc double[Variables];
        point[variable] = changed;
        EvaluateBlock(new Points(point, value, partials, 0, 1));
        point[variable] = kept;
        return (value[0], partials[variable], partials[partial]);
    }

    /// <summary>Some consecutive points of a batch.</summary>
    private readonly ref struct Points(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials, int start, int count)
    {
        private readonly ReadOnlySpan<double> _inputs = inputs;
        private readonly Span<double> _partials = partials;
        private readonly int _start = start, _all = value.Length;

        public int Count { get; } = count;

        public Span<double> Value { get; } = value.Slice(start, count);

        public ReadOnlySpan<double> Input(int variable) => _inputs.Slice((variable * _all) + _start, Count);

        public Span<double> Partial(int variable) => _partials.Slice((variable * _all) + _start, Count);
    }
}
