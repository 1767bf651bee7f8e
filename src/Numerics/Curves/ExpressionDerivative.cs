namespace Cell3D.Numerics.Curves;

/// <summary>Appends dy/dx to a graph by the rules of calculus, one pass over the nodes of y.</summary>
internal static class ExpressionDerivative
{
    /// <summary>The node that holds the derivative of <paramref name="root"/>.</summary>
    public static int Append(ExpressionGraph graph, int root)
    {
        int[] slope = new int[root + 1];
        for (int i = 0; i <= root; i++) slope[i] = Slope(graph, i, slope);
        return slope[root];
    }

    private static int Slope(ExpressionGraph graph, int i, int[] slope)
    {
        ExpressionNode node = graph.Nodes[i];
        if (node.Operation == Operation.Variable) return graph.Constant(1);
        if (node.Operation == Operation.Constant) return graph.Constant(0);
        int a = node.A, da = slope[a];
        return node.Operation switch
        {
            Operation.Add => graph.Add(da, slope[node.B]),
            Operation.AddConstant => da,
            Operation.Subtract => graph.Subtract(da, slope[node.B]),
            Operation.SubtractFromConstant => graph.Negate(da),
            Operation.Multiply => Product(graph, node, slope),
            Operation.MultiplyConstant => graph.Multiply(graph.Constant(node.K), da),
            Operation.Divide => graph.Divide(graph.Subtract(da, graph.Multiply(i, slope[node.B])), node.B),
            Operation.DivideByConstant => graph.Divide(da, graph.Constant(node.K)),
            Operation.DivideConstant => graph.Negate(graph.Multiply(graph.Divide(i, a), da)),
            Operation.Power => Power(graph, i, slope),
            Operation.PowerConstant => graph.Multiply(graph.Multiply(graph.Constant(node.K), graph.PowerConstant(a, node.K - 1)), da),
            Operation.ConstantPower => graph.Multiply(graph.Multiply(graph.Constant(Math.Log(node.K)), i), da),
            _ => graph.Multiply(Function(graph, node.Operation, i, a), da),
        };
    }

    private static int Product(ExpressionGraph graph, ExpressionNode node, int[] slope)
    {
        if (node.A == node.B) return graph.Multiply(graph.Multiply(graph.Constant(2), node.A), slope[node.A]);
        return graph.Add(graph.Multiply(slope[node.A], node.B), graph.Multiply(node.A, slope[node.B]));
    }

    /// <summary>(a^b)' = a^(b−1) (b a' + a ln a b').</summary>
    private static int Power(ExpressionGraph graph, int i, int[] slope)
    {
        int a = graph.Nodes[i].A, b = graph.Nodes[i].B;
        int oneLess = graph.Power(a, graph.Subtract(b, graph.Constant(1)));
        int fromBase = graph.Multiply(graph.Multiply(b, oneLess), slope[a]);
        int fromExponent = graph.Multiply(graph.Multiply(i, graph.Function(Operation.Log, a)), slope[b]);
        return graph.Add(fromBase, fromExponent);
    }

    /// <summary>f'(a) for y = f(a), with y the node <paramref name="y"/>.</summary>
    private static int Function(ExpressionGraph graph, Operation function, int y, int a)
    {
        int one = graph.Constant(1);
        return function switch
        {
            Operation.SquareRoot => graph.Divide(graph.Constant(0.5), y),
            Operation.Exp => y,
            Operation.Log => graph.Divide(one, a),
            Operation.Log10 => graph.Divide(graph.Constant(1 / Math.Log(10)), a),
            Operation.Sinh => graph.Function(Operation.Cosh, a),
            Operation.Cosh => graph.Function(Operation.Sinh, a),
            Operation.Tanh => graph.Subtract(one, graph.Multiply(y, y)),
            Operation.Asinh => graph.Divide(one, graph.Function(Operation.SquareRoot, graph.Add(graph.Multiply(a, a), one))),
            Operation.Sin => graph.Function(Operation.Cos, a),
            Operation.Cos => graph.Negate(graph.Function(Operation.Sin, a)),
            Operation.Tan => graph.Add(one, graph.Multiply(y, y)),
            Operation.Atan => graph.Divide(one, graph.Add(graph.Multiply(a, a), one)),
            Operation.Abs => graph.Function(Operation.Sign, a),
            Operation.Sign => graph.Constant(0),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }
}
