namespace Cell3D.Numerics.Curves;

/// <summary>Appends a partial derivative of y to a graph by the rules of calculus, one pass over the nodes of y.</summary>
internal static class ExpressionDerivative
{
    /// <summary>The node that holds the derivative of <paramref name="root"/> with respect to a variable.</summary>
    public static int Append(ExpressionGraph graph, int root, int variable)
    {
        int[] slope = new int[root + 1];
        for (int i = 0; i <= root; i++) slope[i] = Slope(graph, i, variable, slope);
        return slope[root];
    }

    private static int Slope(ExpressionGraph graph, int i, int variable, int[] slope)
    {
        ExpressionNode node = graph.Nodes[i];
        if (node.Operation == ExpressionOperation.Variable) return graph.Constant(node.K == variable ? 1 : 0);
        if (node.Operation == ExpressionOperation.Constant) return graph.Constant(0);
        int a = node.A, da = slope[a];
        return node.Operation switch
        {
            ExpressionOperation.Add => graph.Add(da, slope[node.B]),
            ExpressionOperation.AddConstant => da,
            ExpressionOperation.Subtract => graph.Subtract(da, slope[node.B]),
            ExpressionOperation.SubtractFromConstant => graph.Negate(da),
            ExpressionOperation.Multiply => Product(graph, node, slope),
            ExpressionOperation.MultiplyConstant => graph.Multiply(graph.Constant(node.K), da),
            ExpressionOperation.Divide => graph.Divide(graph.Subtract(da, graph.Multiply(i, slope[node.B])), node.B),
            ExpressionOperation.DivideByConstant => graph.Divide(da, graph.Constant(node.K)),
            ExpressionOperation.DivideConstant => graph.Negate(graph.Multiply(graph.Divide(i, a), da)),
            ExpressionOperation.Power => Power(graph, i, slope),
            ExpressionOperation.PowerConstant => graph.Multiply(graph.Multiply(graph.Constant(node.K), graph.PowerConstant(a, node.K - 1)), da),
            ExpressionOperation.ConstantPower => graph.Multiply(graph.Multiply(graph.Constant(Math.Log(node.K)), i), da),
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
        int fromExponent = graph.Multiply(graph.Multiply(i, graph.Function(ExpressionOperation.Log, a)), slope[b]);
        return graph.Add(fromBase, fromExponent);
    }

    /// <summary>f'(a) for y = f(a), with y the node <paramref name="y"/>.</summary>
    private static int Function(ExpressionGraph graph, ExpressionOperation function, int y, int a)
    {
        int one = graph.Constant(1);
        return function switch
        {
            ExpressionOperation.SquareRoot => graph.Divide(graph.Constant(0.5), y),
            ExpressionOperation.Exp => y,
            ExpressionOperation.Log => graph.Divide(one, a),
            ExpressionOperation.Log10 => graph.Divide(graph.Constant(1 / Math.Log(10)), a),
            ExpressionOperation.Sinh => graph.Function(ExpressionOperation.Cosh, a),
            ExpressionOperation.Cosh => graph.Function(ExpressionOperation.Sinh, a),
            ExpressionOperation.Tanh => graph.Subtract(one, graph.Multiply(y, y)),
            ExpressionOperation.Asinh => graph.Divide(one, graph.Function(ExpressionOperation.SquareRoot, graph.Add(graph.Multiply(a, a), one))),
            ExpressionOperation.Sin => graph.Function(ExpressionOperation.Cos, a),
            ExpressionOperation.Cos => graph.Negate(graph.Function(ExpressionOperation.Sin, a)),
            ExpressionOperation.Tan => graph.Add(one, graph.Multiply(y, y)),
            ExpressionOperation.Atan => graph.Divide(one, graph.Add(graph.Multiply(a, a), one)),
            ExpressionOperation.Abs => graph.Function(ExpressionOperation.Sign, a),
            ExpressionOperation.Sign => graph.Constant(0),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }
}
