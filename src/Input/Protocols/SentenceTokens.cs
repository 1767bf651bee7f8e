using System.Globalization;

namespace Cell3D.Input.Protocols;

/// <summary>What a piece of a sentence is.</summary>
internal enum TokenKind
{
    /// <summary>A number with its sign.</summary>
    Number,

    /// <summary>A word or a unit.</summary>
    Word,

    /// <summary>Any other character.</summary>
    Sign,

    /// <summary>Behind the last piece.</summary>
    End,
}

/// <summary>A piece of a sentence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">As written; empty at the end.</param>
/// <param name="Number">Value of a number.</param>
internal readonly record struct SentenceToken(TokenKind Kind, int Start, string Text, double Number = 0)
{
    /// <summary>Index behind its last character.</summary>
    public int Stop => Start + Text.Length;

    /// <summary>Whether it is this word or sign, in any case of letters.</summary>
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Sign && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Divides a sentence into numbers, words and signs, in one pass.</summary>
internal static class SentenceTokens
{
    /// <summary>The pieces from an index on; the last one is the end.</summary>
    public static List<SentenceToken> Of(string text, int from = 0)
    {
        List<SentenceToken> tokens = [];
        int at = from, end = from;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at >= text.Length) break;
            SentenceToken token = StartsNumber(text, at) ? Number(text, at) : StartsWord(text[at]) ? Word(text, at) : Sign(text, at);
            tokens.Add(token);
            at = end = token.Stop;
        }
        tokens.Add(new(TokenKind.End, end, ""));
        return tokens;
    }

    private static bool IsDigit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool StartsNumber(string text, int at)
    {
        if (text[at] is '+' or '-' or '−') at++;
        return IsDigit(text, at) || (at < text.Length && text[at] == '.' && IsDigit(text, at + 1));
    }

    private static SentenceToken Number(string text, int start)
    {
        int at = text[start] is '+' or '-' or '−' ? start + 1 : start;
        while (IsDigit(text, at)) at++;
        if (at < text.Length && text[at] == '.') at++;
        while (IsDigit(text, at)) at++;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            int digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            if (IsDigit(text, digits)) at = digits;
            while (IsDigit(text, at)) at++;
        }
        string written = text[start..at];
        return new(TokenKind.Number, start, written, double.Parse(written.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static bool StartsWord(char c) => char.IsLetter(c) || c is '%' or '°' or 'º';

    private static SentenceToken Word(string text, int start)
    {
        int at = start + 1;
        bool hasPoint = false;
        if (text[start] != '%')
            for (; at < text.Length; at++)
            {
                char c = text[at];
                bool joins = (c == '.' && at + 1 < text.Length && char.IsLetter(text[at + 1])) || (c is '-' or '−' && hasPoint && IsDigit(text, at + 1));
                hasPoint |= c == '.';
                if (!joins && !char.IsLetterOrDigit(c) && c is not ('_' or '°')) break;
            }
        return new(TokenKind.Word, start, text[start..at]);
    }

    private static SentenceToken Sign(string text, int start) =>
        new(TokenKind.Sign, start, char.IsSurrogatePair(text, start) ? text.Substring(start, 2) : text.Substring(start, 1));
}
