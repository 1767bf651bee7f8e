using System.Globalization;
using System.Text;
using Cell3D.Input.Json;

namespace Cell3D.Input.Gmsh;

/// <summary>The words of one section of a file, in order; the first that is not as it should be is reported and ends the section.</summary>
/// <param name="bytes">The file.</param>
/// <param name="section">The section in messages, e.g. "$Nodes".</param>
/// <param name="start">First byte of its content.</param>
/// <param name="end">Byte behind its content.</param>
/// <param name="line">Line of its first byte.</param>
/// <param name="report">Collects the problem.</param>
internal sealed class MshWords(byte[] bytes, string section, int start, int end, int line, InputReport report)
{
    private int _at = start;

    /// <summary>Line of the last word.</summary>
    public int Line { get; private set; } = line;

    /// <summary>Whether a problem ended the section.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether only blanks are left.</summary>
    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at >= end;
        }
    }

    /// <summary>A whole number within a range; its least value where it is not.</summary>
    /// <param name="what">What it means, for messages.</param>
    /// <param name="least">Smallest allowed value.</param>
    /// <param name="most">Largest allowed value.</param>
    public long Whole(string what, long least, long most)
    {
        ReadOnlySpan<byte> word = Word(what);
        if (Failed) return least;
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most) return value;
        Fail(Text(word), $"{what} is not a number that is possible here", string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return least;
    }

    /// <summary>How many entries follow; so many have room in what is left of the section.</summary>
    /// <param name="what">What they are, for messages.</param>
    /// <param name="bytesEach">Least bytes that one takes.</param>
    /// <param name="most">Largest allowed number.</param>
    public int Count(string what, int bytesEach, int most)
    {
        int count = (int)Whole(what, 0, most);
        if (Failed || (long)count * bytesEach <= end - _at + 1) return Failed ? 0 : count;
        Fail(count.ToString(CultureInfo.InvariantCulture), $"{what} is more than the section has room for (truncated?)", string.Create(CultureInfo.InvariantCulture, $"at most {(end - _at + 1) / bytesEach}"));
        return 0;
    }

    /// <summary>A finite number; 0 where it is not.</summary>
    public double Number(string what)
    {
        ReadOnlySpan<byte> word = Word(what);
        if (Failed) return 0;
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        Fail(Text(word), $"{what} is not a number", "a finite number");
        return 0;
    }

    /// <summary>A text in double quotes on one line.</summary>
    public string Quoted(string what)
    {
        if (AtEnd || bytes[_at] != (byte)'"')
        {
            Fail(AtEnd ? null : Text(Word(what)), $"{what} is not there", "a text in double quotes");
            return "";
        }
        ReadOnlySpan<byte> rest = bytes.AsSpan(_at + 1, end - _at - 1);
        int length = rest.IndexOfAny((byte)'"', (byte)'\n');
        if (length < 0 || rest[length] == (byte)'\n')
        {
            Fail(null, $"{what} has no end", "a text in double quotes on one line");
            return "";
        }
        _at += length + 2;
        return Encoding.UTF8.GetString(rest[..length]);
    }

    /// <summary>Passes over words.</summary>
    public void Skip(long words, string what)
    {
        for (long i = 0; i < words && !Failed; i++) Word(what);
    }

    /// <summary>Reports what follows behind the last entry.</summary>
    public void End()
    {
        if (!Failed && !AtEnd) Fail(Text(Word("")), "stands behind the last entry that the section's counts announce", $"$End{section[1..]}");
    }

    /// <summary>Reports a problem at the last word that does not keep the section from being read on.</summary>
    public void Error(string? value, string text, string? allowed) => report.Error(section, Line, value, text, allowed);

    /// <summary>Reports a problem at the last word, which ends the section.</summary>
    public void Fail(string? value, string text, string? allowed)
    {
        if (!Failed) Error(value, text, allowed);
        Failed = true;
    }

    private ReadOnlySpan<byte> Word(string what)
    {
        if (Failed) return [];
        if (AtEnd)
        {
            Fail(null, $"the section ends where {what} should be (truncated?)", null);
            return [];
        }
        int first = _at;
        while (_at < end && !IsBlank(bytes[_at])) _at++;
        return bytes.AsSpan(first, _at - first);
    }

    private void SkipBlanks()
    {
        for (; _at < end && IsBlank(bytes[_at]); _at++)
            if (bytes[_at] == (byte)'\n') Line++;
    }

    private static bool IsBlank(byte sign) => sign is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static string Text(ReadOnlySpan<byte> word) => SourceNode.Printable(Encoding.UTF8.GetString(word[..Math.Min(word.Length, 200)]));
}
