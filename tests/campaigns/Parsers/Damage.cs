using System.Text;

namespace Cell3D.Campaigns.Parsers;

/// <summary>Damages bytes and texts: flips, losses, copies, exchanged tokens, extreme numbers, depth, length, escape sequences.</summary>
internal static class Damage
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ",", ":", "null", "true", "NaN", "-Infinity", "-1", "0", "1e999", "-1e-999", "1e308", "4.9e-324", "\"x\"", "\\u0000", "\\u12", "\\uD800", "\\u001b[2J",
            "\e[31m", "\e]0;title\a", "tanh(", "**", "\n", "\r", "\t", "é", "µ", "\u202e", "//", "/* */", ",,", "{}", "[]", "x", "1e5", "99999999999999999999", "0.1", "..", "-", "=", ";", "%s%n", "../../x", "\0",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFE, 0xFF], [0x80],
    ];

    private static readonly string[] Extremes =
        ["0", "-0", "1", "-1", "1e-300", "1e300", "1e999", "-1e999", "NaN", "Infinity", "1e-12", "1e12", "2147483648", "-2147483649", "9223372036854775808", "0.5", "100000", "1e5", "4.9e-324", "007", "1.", ".5", "+1", "0x10", "1_000", "1,5"];

    /// <summary>One to four damages in a row.</summary>
    public static byte[] Of(byte[] text, Draws draws)
    {
        List<byte> damaged = [.. text];
        for (int left = draws.Of(1, 1, 1, 2, 3, 4); left > 0 && damaged.Count > 0; left--)
            Once(damaged, draws);
        return [.. damaged];
    }

    /// <summary>A number that is seldom expected.</summary>
    public static string Extreme(Draws draws) => draws.Of<string>(Extremes);

    /// <summary>A text that is seldom expected.</summary>
    public static string Word(Draws draws) => draws.Whole(0, 7) switch
    {
        0 => new string(draws.Of('(', '[', '{', '-', 'a', ' ', '"', '\\'), draws.Whole(1, 3000)),
        1 => string.Concat(Enumerable.Repeat(draws.Of("at ", "for ", "(", " until", "**", "\e[0m", "0,", "1e"), draws.Whole(1, 400))),
        2 => Encoding.Latin1.GetString(Pieces[draws.Whole(0, Pieces.Length - 1)]),
        3 => Extreme(draws),
        4 => "\ud800",
        5 => "",
        _ => Encoding.UTF8.GetString(Pieces[draws.Whole(0, Pieces.Length - 1)]) + Extreme(draws),
    };

    private static void Once(List<byte> text, Draws draws)
    {
        int at = draws.Whole(0, text.Count - 1), length = Math.Min(draws.Of(1, 2, 5, 40, 400), text.Count - at);
        switch (draws.Whole(0, 11))
        {
            case 0: text[at] ^= (byte)(1 << draws.Whole(0, 7)); break;
            case 1: text[at] = (byte)draws.Whole(0, 255); break;
            case 2: text.RemoveRange(at, length); break;
            case 3: text.RemoveRange(at, text.Count - at); break;
            case 4: text.InsertRange(draws.Whole(0, text.Count), text.GetRange(at, length)); break;
            case 5: text.InsertRange(at, Pieces[draws.Whole(0, Pieces.Length - 1)]); break;
            case 6: Nest(text, at, draws); break;
            case 7: text.InsertRange(at, Enumerable.Repeat((byte)draws.Of(' ', '\n', 'a', '0', '\\', '-', '(', '"'), draws.Of(100, 3000, 20000))); break;
            case 8: ExchangeTokens(text, at, draws); break;
            default: ReplaceNumber(text, at, draws); break;
        }
    }

    private static void Nest(List<byte> text, int at, Draws draws)
    {
        (char open, char close) = draws.Of(('[', ']'), ('{', '}'), ('(', ')'));
        int depth = draws.Of(3, 60, 70, 1000);
        text.InsertRange(at, Enumerable.Repeat((byte)open, depth));
        if (draws.Chance(0.5)) text.InsertRange(draws.Whole(at, text.Count), Enumerable.Repeat((byte)close, depth));
    }

    /// <summary>Exchanges two runs of bytes that end at the same kinds of separators.</summary>
    private static void ExchangeTokens(List<byte> text, int at, Draws draws)
    {
        (int start, int end) = Token(text, at);
        (int start2, int end2) = Token(text, draws.Whole(0, text.Count - 1));
        if (end > start2) return;
        List<byte> one = text.GetRange(start, end - start), two = text.GetRange(start2, end2 - start2);
        text.RemoveRange(start2, two.Count);
        text.InsertRange(start2, one);
        text.RemoveRange(start, one.Count);
        text.InsertRange(start, two);
    }

    private static void ReplaceNumber(List<byte> text, int at, Draws draws)
    {
        int start = at;
        while (start < text.Count && !char.IsAsciiDigit((char)text[start])) start++;
        int end = start;
        while (end < text.Count && (char.IsAsciiDigit((char)text[end]) || text[end] is (byte)'.' or (byte)'e' or (byte)'-' or (byte)'+')) end++;
        text.RemoveRange(start, end - start);
        text.InsertRange(start, Encoding.UTF8.GetBytes(draws.Chance(0.9) ? Extreme(draws) : Word(draws)));
    }

    private static (int Start, int End) Token(List<byte> text, int at)
    {
        int start = at, end = at;
        while (start > 0 && !IsSeparator(text[start - 1])) start--;
        while (end < text.Count && !IsSeparator(text[end])) end++;
        return (start, end);
    }

    private static bool IsSeparator(byte value) => value is (byte)',' or (byte)':' or (byte)'{' or (byte)'}' or (byte)'\n' or (byte)'[' or (byte)']';
}
