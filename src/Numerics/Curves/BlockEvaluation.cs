using System.Numerics.Tensors;

namespace Cell3D.Numerics.Curves;

/// <summary>Runs a program over one block of points held in registers.</summary>
internal static class BlockEvaluation
{
    /// <summary>Points of a block; a multiple of every vector length.</summary>
    public const int Block = 256;

    /// <summary>Runs all instructions over the first <paramref name="count"/> points of each register.</summary>
    public static void Run(ExpressionProgram program, Span<double> registers, int count)
    {
        foreach (ref readonly Instruction step in program.Instructions.AsSpan())
        {
            Span<double> y = registers.Slice(step.Target * Block, count);
            ReadOnlySpan<double> a = registers.Slice(step.A * Block, count);
            if (step.Operation < ExpressionOperation.SquareRoot)
                Combine(step, a, step.B < 0 ? default : registers.Slice(step.B * Block, count), y);
            else
                Apply(step.Operation, a, y);
        }
    }

    private static void Combine(in Instruction step, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> y)
    {
        switch (step.Operation)
        {
            case ExpressionOperation.Add: TensorPrimitives.Add(a, b, y); break;
            case ExpressionOperation.AddConstant: TensorPrimitives.Add(a, step.K, y); break;
            case ExpressionOperation.Subtract: TensorPrimitives.Subtract(a, b, y); break;
            case ExpressionOperation.SubtractFromConstant: TensorPrimitives.Subtract(step.K, a, y); break;
            case ExpressionOperation.Multiply: TensorPrimitives.Multiply(a, b, y); break;
            case ExpressionOperation.MultiplyConstant: TensorPrimitives.Multiply(a, step.K, y); break;
            case ExpressionOperation.Divide: TensorPrimitives.Divide(a, b, y); break;
            case ExpressionOperation.DivideByConstant: TensorPrimitives.Divide(a, step.K, y); break;
            case ExpressionOperation.DivideConstant: TensorPrimitives.Divide(step.K, a, y); break;
            case ExpressionOperation.Power: for (int i = 0; i < y.Length; i++) y[i] = Math.Pow(a[i], b[i]); break;
            case ExpressionOperation.PowerConstant: for (int i = 0; i < y.Length; i++) y[i] = Math.Pow(a[i], step.K); break;
            case ExpressionOperation.ConstantPower: for (int i = 0; i < y.Length; i++) y[i] = Math.Pow(step.K, a[i]); break;
        }
    }

    private static void Apply(ExpressionOperation function, ReadOnlySpan<double> a, Span<double> y)
    {
        switch (function)
        {
            case ExpressionOperation.SquareRoot: TensorPrimitives.Sqrt(a, y); break;
            case ExpressionOperation.Exp: TensorPrimitives.Exp(a, y); break;
            case ExpressionOperation.Log: TensorPrimitives.Log(a, y); break;
            case ExpressionOperation.Log10: TensorPrimitives.Log10(a, y); break;
            case ExpressionOperation.Sinh: TensorPrimitives.Sinh(a, y); break;
            case ExpressionOperation.Cosh: TensorPrimitives.Cosh(a, y); break;
            case ExpressionOperation.Tanh: TensorPrimitives.Tanh(a, y); break;
            case ExpressionOperation.Abs: TensorPrimitives.Abs(a, y); break;
            default: for (int i = 0; i < y.Length; i++) y[i] = ScalarFunctions.Evaluate(function, a[i]); break;
        }
    }
}
