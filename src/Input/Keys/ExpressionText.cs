using System.Diagnostics.CodeAnalysis;
using Cell3D.Input.Json;
using Cell3D.Numerics.Curves;

namespace Cell3D.Input.Keys;

/// <summary>What is said about expressions, whatever key they stand under.</summary>
internal static class ExpressionText
{
    /// <summary>Reads an expression; one that is wrong is reported with the names it may hold.</summary>
    public static bool TryRead<T>(SourceNode node, string path, InputReport report, IReadOnlyList<string> variables, Func<T> parse, [NotNullWhen(true)] out T? expression)
        where T : class
    {
        expression = null;
        try
        {
            expression = parse();
            return true;
        }
        catch (ExpressionException e)
        {
            report.Error(path, node, e.Message, $"numbers, {string.Join(", ", variables)}, + - * / **, ( ), exp, tanh, cosh");
            return false;
        }
    }

    /// <summary>Notes functions that other readers of BPX may not know.</summary>
    public static void TellNotPortable(IReadOnlyCollection<string> functions, SourceNode node, string path, InputReport report)
    {
        foreach (string function in functions)
            report.Note(path, node, $"the function {function} is not part of BPX; other programs may not read this file", withValue: false);
    }
}
