using System.Globalization;

namespace Cell3D.Numerics.Curves;

/// <summary>Reads an expression with Python's precedence into a graph: sum, product, sign, power (right to left), atom.</summary>
/// <param name="text">The expression.</param>
/// <param name="variables">Names of the variables.</param>
internal sealed class ExpressionParser(string text, IReadOnlyList<string> variables)
{
    private const int DeepestNesting = 100;
    private const int Longest = 100_000;
    private const int MostOperations = 5000;

    private static readonly Dictionary<string, ExpressionOperation> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = ExpressionOperation.Exp,
        ["tanh"] = ExpressionOperation.Tanh,
        ["cosh"] = ExpressionOperation.Cosh,
        ["sinh"] = ExpressionOperation.Sinh,
        ["arcsinh"] = ExpressionOperation.Asinh,
        ["asinh"] = ExpressionOperation.Asinh,
        ["sin"] = ExpressionOperation.Sin,
        ["cos"] = ExpressionOperation.Cos,
        ["tan"] = ExpressionOperation.Tan,
        ["arctan"] = ExpressionOperation.Atan,
        ["atan"] = ExpressionOperation.Atan,
        ["log"] = ExpressionOperation.Log,
        ["ln"] = ExpressionOperation.Log,
        ["log10"] = ExpressionOperation.Log10,
        ["sqrt"] = ExpressionOperation.SquareRoot,
        ["abs"] = ExpressionOperation.Abs,
    };

    private readonly SortedSet<string> notPortable = new(StringComparer.Ordinal);
    private int position;
    private int depth;

    /// <summary>The operations read so far.</summary>
    public ExpressionGraph Graph { get; } = new();

    /// <summary>Functions outside exp, tanh, cosh, by name.</summary>
    public IReadOnlyCollection<string> NotPortable => notPortable;

    private string Variables => string.Join(", ", variables);

    /// <summary>Reads the whole text; returns the node of its value.</summary>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public int Parse()
    {
        if (text.Length > Longest) throw new ExpressionException($"longer than {Longest} characters", Longest + 1);
        int root = Sum();
        SkipBlanks();
        return position == text.Length ? root : throw Unexpected();
    }

    private int Sum()
    {
        int sum = Product();
        while (true)
        {
            int column = position;
            if (Eat('+')) sum = Checked(Graph.Add(sum, Product()), column);
            else if (Eat('-')) sum = Checked(Graph.Subtract(sum, Product()), column);
            else return sum;
        }
    }

    private int Product()
    {
        int product = Signed();
        while (true)
        {
            SkipBlanks();
            int column = position;
            if (!At("**") && Eat('*')) product = Checked(Graph.Multiply(product, Signed()), column);
            else if (Eat('/')) product = Checked(Graph.Divide(product, Signed()), column);
            else return product;
        }
    }

    private int Signed()
    {
        if (++depth > DeepestNesting) throw Problem("nested too deeply");
        int value = Eat('-') ? Graph.Negate(Signed()) : Eat('+') ? Signed() : Power();
        depth--;
        return value;
    }

    private int Power()
    {
        int value = Atom();
        SkipBlanks();
        if (!At("**")) return value;
        int column = position;
        position += 2;
        return PowerOf(value, Signed(), column);
    }

    private int PowerOf(int a, int b, int column)
    {
        if (Graph.IsConstant(a, out double k) && !Graph.IsConstant(b, out _) && k <= 0)
            throw new ExpressionException("a base that is not positive has a variable exponent", column + 1);
        return Checked(Graph.Power(a, b), column);
    }

    private int Atom()
    {
        SkipBlanks();
        if (position == text.Length) throw Problem($"the expression ends where a number, {Variables}, a function or '(' is expected");
        char c = text[position];
        if (Eat('(')) return Closed(Sum());
        if (char.IsAsciiDigit(c) || c == '.') return Number();
        return char.IsAsciiLetter(c) ? Name() : throw Unexpected();
    }

    private int Number()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.')) position++;
        if (position < text.Length && text[position] is 'e' or 'E') Exponent();
        bool read = double.TryParse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (!read) throw new ExpressionException($"'{text[start..position]}' is not a number", start + 1);
        return Checked(Graph.Constant(value), start);
    }

    private void Exponent()
    {
        int digits = position + 1;
        if (digits < text.Length && text[digits] is '+' or '-') digits++;
        if (digits == text.Length || !char.IsAsciiDigit(text[digits])) return;
        position = digits;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
    }

    private int Name()
    {
        int start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '_' or '.')) position++;
        string name = text[start..position];
        for (int i = 0; i < variables.Count; i++)
            if (name == variables[i]) return Graph.Variable(i);
        bool isPower = name == "pow";
        if (!isPower && !Functions.ContainsKey(name)) throw new ExpressionException(Unknown(name), start + 1);
        if (name is not ("exp" or "tanh" or "cosh")) notPortable.Add(name);
        if (!Eat('(')) throw Problem($"'(' expected after {name}");
        int argument = Sum();
        if (!isPower) return Checked(Graph.Function(Functions[name], Closed(argument)), start);
        if (!Eat(',')) throw Problem("',' expected between the two arguments of pow");
        return PowerOf(argument, Closed(Sum()), start);
    }

    private string Unknown(string name) => $"unknown name '{name}' (known: {Variables}, {string.Join(", ", Functions.Keys)}, pow)";

    private int Closed(int value)
    {
        if (!Eat(')')) throw Problem("')' expected");
        return value;
    }

    /// <summary>Passes a node on unless it is a constant that is not a finite number, or the expression has become too long.</summary>
    private int Checked(int node, int column)
    {
        if (Graph.IsConstant(node, out double value) && !double.IsFinite(value))
            throw new ExpressionException("the constant part is not a finite number (division by zero or overflow)", column + 1);
        return Graph.Nodes.Count <= MostOperations ? node : throw Problem($"more than {MostOperations} operations");
    }

    private bool Eat(char c)
    {
        SkipBlanks();
        if (position == text.Length || text[position] != c) return false;
        position++;
        return true;
    }

    private bool At(string token) => string.CompareOrdinal(text, position, token, 0, token.Length) == 0;

    private void SkipBlanks()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
    }

    private ExpressionException Problem(string problem) => new(problem, position + 1);

    private ExpressionException Unexpected() =>
        Problem(text[position] == '^' ? "'^' is not an operator; a power is written **" : $"unexpected '{text[position]}'");
}
