using System.Text.Json;

namespace Cell3D.Input.Json;

/// <summary>What JavaScript and Python allow and JSON does not, told in words.</summary>
internal static class SyntaxMistake
{
    /// <summary>The mistake at the place where the reader stopped; null where it is none of the known ones.</summary>
    public static string? InWords(ReadOnlySpan<byte> text, JsonException e)
    {
        int place = PlaceOf(text, e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
        if (place >= text.Length) return null;
        ReadOnlySpan<byte> before = text[..place].TrimEnd(" \t\r\n"u8);
        return text[place] switch
        {
            (byte)'/' or (byte)'#' => "JSON knows no comments; remove it (remarks can go into the case's \"Description\")",
            (byte)'}' or (byte)']' when before.EndsWith(","u8) => "a comma stands before the closing bracket; remove the comma",
            (byte)'\'' => "texts and keys stand in double quotes, not single ones",
            (byte)'"' or (byte)'{' or (byte)'[' when e.Message.Contains("after a value", StringComparison.Ordinal) => "a comma is missing before this",
            _ => null,
        };
    }

    private static int PlaceOf(ReadOnlySpan<byte> text, long line, long byteInLine)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            int end = text[start..].IndexOf((byte)'\n');
            if (end < 0) return text.Length;
            start += end + 1;
        }

        return (int)Math.Min(text.Length, start + byteInLine);
    }
}
