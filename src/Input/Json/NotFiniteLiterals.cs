namespace Cell3D.Input.Json;

/// <summary>NaN, Infinity and -Infinity: not JSON, but Python writes them. They are blanked so that the rest of the file can still be checked.</summary>
internal static class NotFiniteLiterals
{
    /// <summary>Puts 0 and blanks in place of each literal outside strings; returns where they were.</summary>
    public static HashSet<long> Replace(Span<byte> text)
    {
        HashSet<long> places = [];
        bool inString = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (inString)
            {
                if (text[i] == '\\') i++;
                else if (text[i] == '"') inString = false;
                continue;
            }
            if (text[i] == '"') inString = true;
            int length = Length(text[i..]);
            if (length == 0) continue;
            text.Slice(i, length).Fill((byte)' ');
            text[i] = (byte)'0';
            places.Add(i);
            i += length - 1;
        }
        return places;
    }

    private static int Length(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;
}
