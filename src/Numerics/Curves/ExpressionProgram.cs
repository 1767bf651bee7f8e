namespace Cell3D.Numerics.Curves;

/// <summary>An operation on registers.</summary>
internal readonly record struct Instruction(ExpressionOperation Operation, int Target, int A, int B, double K);

/// <summary>A result: a register, or a constant where the register is negative.</summary>
internal readonly record struct ProgramResult(int Register, double Constant);

/// <summary>The operations of value and partials in order, each result in a register that is reused once it is dead. The first registers hold the variables.</summary>
internal sealed class ExpressionProgram
{
    private ExpressionProgram(Instruction[] instructions, int registers, ProgramResult value, ProgramResult[] partials, bool[] uses)
    {
        Instructions = instructions;
        Registers = registers;
        Value = value;
        Partials = partials;
        Uses = uses;
    }

    public Instruction[] Instructions { get; }

    public int Registers { get; }

    public ProgramResult Value { get; }

    /// <summary>∂y by each variable.</summary>
    public ProgramResult[] Partials { get; }

    /// <summary>Whether the value needs each of the variables.</summary>
    public bool[] Uses { get; }

    /// <summary>Appends the partials of a value by all variables, orders the nodes that are needed and assigns registers.</summary>
    /// <param name="graph">The expression; receives the partials.</param>
    /// <param name="value">Node of the value.</param>
    /// <param name="variables">Number of variables.</param>
    public static ExpressionProgram Compile(ExpressionGraph graph, int value, int variables)
    {
        int[] needed = LastUse(graph, [value]);
        bool[] uses = new bool[variables];
        for (int i = 0; i < needed.Length; i++)
            if (needed[i] >= 0 && graph.Nodes[i].Operation == ExpressionOperation.Variable) uses[(int)graph.Nodes[i].K] = true;
        int[] results = new int[1 + variables];
        results[0] = value;
        for (int k = 0; k < variables; k++) results[1 + k] = ExpressionDerivative.Append(graph, value, k);
        int[] lastUse = LastUse(graph, results);
        int[] register = new int[graph.Nodes.Count];
        Stack<int> free = new();
        int registers = variables;
        List<Instruction> instructions = [];
        for (int i = 0; i < lastUse.Length; i++)
        {
            ExpressionNode node = graph.Nodes[i];
            if (node.Operation == ExpressionOperation.Variable) register[i] = (int)node.K;
            if (lastUse[i] < 0 || node.Operation is ExpressionOperation.Variable or ExpressionOperation.Constant) continue;
            int a = register[node.A], b = node.B < 0 ? -1 : register[node.B];
            if (lastUse[node.A] == i && a >= variables) free.Push(a);
            if (b >= variables && node.B != node.A && lastUse[node.B] == i) free.Push(b);
            register[i] = free.Count > 0 ? free.Pop() : registers++;
            instructions.Add(new Instruction(node.Operation, register[i], a, b, node.K));
        }
        return new ExpressionProgram([.. instructions], registers, Result(graph, value, register), [.. results.Skip(1).Select(node => Result(graph, node, register))], uses);
    }

    /// <summary>The last node that reads each node; −1 for nodes nothing needs, the end for the results.</summary>
    private static int[] LastUse(ExpressionGraph graph, ReadOnlySpan<int> results)
    {
        int[] last = new int[graph.Nodes.Count];
        Array.Fill(last, -1);
        foreach (int result in results) last[result] = last.Length;
        for (int i = last.Length - 1; i >= 0; i--)
        {
            if (last[i] < 0) continue;
            ExpressionNode node = graph.Nodes[i];
            if (node.A >= 0) last[node.A] = Math.Max(last[node.A], i);
            if (node.B >= 0) last[node.B] = Math.Max(last[node.B], i);
        }
        return last;
    }

    private static ProgramResult Result(ExpressionGraph graph, int node, int[] register) =>
        graph.IsConstant(node, out double constant) ? new ProgramResult(-1, constant) : new ProgramResult(register[node], 0);
}
