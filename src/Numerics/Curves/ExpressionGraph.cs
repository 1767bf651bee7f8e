namespace Cell3D.Numerics.Curves;

/// <summary>An operation on earlier nodes.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="A">First operand, −1 when there is none.</param>
/// <param name="B">Second operand, −1 when there is none.</param>
/// <param name="K">Constant of the operation.</param>
internal readonly record struct ExpressionNode(ExpressionOperation Operation, int A, int B, double K);

/// <summary>An expression as a list of operations on earlier ones. Equal operations are stored once, constants are folded while it is built.</summary>
internal sealed class ExpressionGraph
{
    private readonly List<ExpressionNode> nodes = [];
    private readonly Dictionary<ExpressionNode, int> index = [];

    /// <summary>Operations in an order in which they can be computed.</summary>
    public IReadOnlyList<ExpressionNode> Nodes => nodes;

    /// <summary>One of the variables, counted from 0.</summary>
    public int Variable(int number) => Append(new ExpressionNode(ExpressionOperation.Variable, -1, -1, number));

    public int Constant(double value) => Append(new ExpressionNode(ExpressionOperation.Constant, -1, -1, value));

    /// <summary>Whether a node is a constant, and which.</summary>
    public bool IsConstant(int node, out double value)
    {
        value = nodes[node].K;
        return nodes[node].Operation == ExpressionOperation.Constant;
    }

    public int Add(int a, int b)
    {
        bool constantA = IsConstant(a, out double ka), constantB = IsConstant(b, out double kb);
        if (constantA && constantB) return Constant(ka + kb);
        if (constantA) return AddConstant(b, ka);
        return constantB ? AddConstant(a, kb) : Append(new ExpressionNode(ExpressionOperation.Add, a, b, 0));
    }

    public int Subtract(int a, int b)
    {
        bool constantA = IsConstant(a, out double ka), constantB = IsConstant(b, out double kb);
        if (constantA && constantB) return Constant(ka - kb);
        if (constantA) return ka == 0 ? Negate(b) : Append(new ExpressionNode(ExpressionOperation.SubtractFromConstant, b, -1, ka));
        return constantB ? AddConstant(a, -kb) : Append(new ExpressionNode(ExpressionOperation.Subtract, a, b, 0));
    }

    public int Multiply(int a, int b)
    {
        bool constantA = IsConstant(a, out double ka), constantB = IsConstant(b, out double kb);
        if (constantA && constantB) return Constant(ka * kb);
        if (constantA) return MultiplyConstant(b, ka);
        return constantB ? MultiplyConstant(a, kb) : Append(new ExpressionNode(ExpressionOperation.Multiply, a, b, 0));
    }

    public int Divide(int a, int b)
    {
        bool constantA = IsConstant(a, out double ka), constantB = IsConstant(b, out double kb);
        if (constantA && constantB) return Constant(ka / kb);
        if (constantA) return ka == 0 ? a : Append(new ExpressionNode(ExpressionOperation.DivideConstant, b, -1, ka));
        if (!constantB) return Append(new ExpressionNode(ExpressionOperation.Divide, a, b, 0));
        return kb == 1 ? a : Append(new ExpressionNode(ExpressionOperation.DivideByConstant, a, -1, kb));
    }

    public int Negate(int a) => Multiply(Constant(-1), a);

    public int Power(int a, int b)
    {
        bool constantA = IsConstant(a, out double ka), constantB = IsConstant(b, out double kb);
        if (constantA && constantB) return Constant(Math.Pow(ka, kb));
        if (constantB) return PowerConstant(a, kb);
        return constantA
            ? Append(new ExpressionNode(ExpressionOperation.ConstantPower, b, -1, ka))
            : Append(new ExpressionNode(ExpressionOperation.Power, a, b, 0));
    }

    /// <summary>a^k; integer and half-integer powers by multiplication and √, which is exact at a = 0 and defined for a &lt; 0.</summary>
    public int PowerConstant(int a, double k)
    {
        const int largest = 64;
        if (k == 0) return Constant(1);
        if (IsConstant(a, out double ka)) return Constant(Math.Pow(ka, k));
        if (Math.Abs(k) > largest || 2 * k != Math.Round(2 * k)) return Append(new ExpressionNode(ExpressionOperation.PowerConstant, a, -1, k));
        if (k < 0) return Divide(Constant(1), PowerConstant(a, -k));
        int whole = (int)Math.Floor(k);
        int power = IntegerPower(a, whole);
        return k == whole ? power : Multiply(power, Function(ExpressionOperation.SquareRoot, a));
    }

    public int Function(ExpressionOperation function, int a) =>
        IsConstant(a, out double value)
            ? Constant(ScalarFunctions.Evaluate(function, value))
            : Append(new ExpressionNode(function, a, -1, 0));

    private int IntegerPower(int a, int n)
    {
        if (n == 0) return Constant(1);
        if (n == 1) return a;
        int half = IntegerPower(a, n / 2);
        int square = Multiply(half, half);
        return n % 2 == 0 ? square : Multiply(square, a);
    }

    private int AddConstant(int a, double k) => k == 0 ? a : Append(new ExpressionNode(ExpressionOperation.AddConstant, a, -1, k));

    private int MultiplyConstant(int a, double k)
    {
        if (k == 0) return Constant(0);
        if (k == 1) return a;
        ExpressionNode node = nodes[a];
        return node.Operation == ExpressionOperation.MultiplyConstant && k == -1
            ? MultiplyConstant(node.A, -node.K)
            : Append(new ExpressionNode(ExpressionOperation.MultiplyConstant, a, -1, k));
    }

    private int Append(ExpressionNode node)
    {
        if (index.TryGetValue(node, out int existing)) return existing;
        nodes.Add(node);
        return index[node] = nodes.Count - 1;
    }
}
