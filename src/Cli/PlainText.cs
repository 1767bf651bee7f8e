using System.Globalization;
using System.Text;

namespace Cell3D.Cli;

/// <summary>
/// Text that cannot steer a terminal: control characters (C0, C1, DEL), invisible and direction-changing format characters, line and
/// paragraph separators are shown by number. Titles, names, paths and messages of libraries all pass it on their way to the screen.
/// </summary>
internal static class PlainText
{
    /// <summary>Text for one line: line breaks and tabs are shown by number too.</summary>
    public static string OneLine(string text) => Clean(text, keepsLines: false);

    /// <summary>Text of several lines; line feeds and tabs stay.</summary>
    public static string Lines(string text) => Clean(text, keepsLines: true);

    private static string Clean(string text, bool keepsLines)
    {
        if (IsPlain(text)) return text;
        StringBuilder clean = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if ((keepsLines && rune.Value is '\n' or '\t') || !IsUnseen(rune)) clean.Append(rune);
            else clean.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }
        return clean.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
            if (c is < ' ' or > '~') return false;
        return true;
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
