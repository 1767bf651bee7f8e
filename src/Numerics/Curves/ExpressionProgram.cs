namespace Cell3D.Numerics.Curves;

/// <summary>An operation on registers.</summary>
internal readonly record struct Instruction(ExpressionOperation Operation, int Target, int A, int B, double K);

/// <summary>A result: a register, or a constant where the register is negative.</summary>
internal readonly record struct ProgramResult(int Register, double Constant);

/// <summary>The operations of value and slope in order, each result in a register that is reused once it is dead. Register 0 holds x.</summary>
internal sealed class ExpressionProgram
{
    private ExpressionProgram(Instruction[] instructions, int registers, ProgramResult value, ProgramResult slope)
    {
        Instructions = instructions;
        Registers = registers;
        Value = value;
        Slope = slope;
    }

    public Instruction[] Instructions { get; }

    public int Registers { get; }

    public ProgramResult Value { get; }

    public ProgramResult Slope { get; }

    /// <summary>Orders the nodes that value and slope need and assigns registers.</summary>
    public static ExpressionProgram Compile(ExpressionGraph graph, int value, int slope)
    {
        int[] lastUse = LastUse(graph, value, slope);
        int[] register = new int[graph.Nodes.Count];
        Stack<int> free = new();
        int registers = 1;
        List<Instruction> instructions = [];
        for (int i = 0; i < lastUse.Length; i++)
        {
            ExpressionNode node = graph.Nodes[i];
            if (lastUse[i] < 0 || node.Operation is ExpressionOperation.Variable or ExpressionOperation.Constant) continue;
            int a = register[node.A], b = node.B < 0 ? -1 : register[node.B];
            if (lastUse[node.A] == i && a != 0) free.Push(a);
            if (b > 0 && node.B != node.A && lastUse[node.B] == i) free.Push(b);
            register[i] = free.Count > 0 ? free.Pop() : registers++;
            instructions.Add(new Instruction(node.Operation, register[i], a, b, node.K));
        }
        return new ExpressionProgram([.. instructions], registers, Result(graph, value, register), Result(graph, slope, register));
    }

    /// <summary>The last node that reads each node; −1 for nodes nothing needs, the end for the two results.</summary>
    private static int[] LastUse(ExpressionGraph graph, int value, int slope)
    {
        int[] last = new int[graph.Nodes.Count];
        Array.Fill(last, -1);
        last[value] = last[slope] = last.Length;
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
