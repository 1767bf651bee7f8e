using System.Globalization;
using System.Text;
using Cell3D.Input.Json;

namespace Cell3D.Input;

/// <summary>Names that a file gives to probes, materials and sides; they become headings of CSV columns and names of HDF5 data sets.</summary>
internal static class ResultNames
{
    /// <summary>Names that can be, in words.</summary>
    internal const string Allowed = "1 to 60 letters, digits, blanks and signs other than , ; / # \" and control characters; names differ in more than the case of letters";
    private const int Longest = 60;

    /// <summary>Reports every name that the results cannot bear.</summary>
    public static void Check(IReadOnlyList<SourceMember> members, string path, InputReport report)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (SourceMember member in members)
        {
            string? problem = Problem(member.Key);
            if (names.TryGetValue(member.Key, out string? same) && same != member.Key) problem ??= $"only the case of letters tells it from \"{SourceNode.Printable(same)}\"";
            names.Add(member.Key);
            if (problem is not null) report.Error(SourceNode.Printable($"{path}.{member.Key}"), member.Value, problem, Allowed);
        }
    }

    /// <summary>What is wrong with a name by itself; null for nothing.</summary>
    internal static string? Problem(string name)
    {
        if (name.Length > Longest) return "the name is too long";
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length < name.Length) return "the name is empty, or starts or ends with a blank";
        return name is not ("." or "..") && name.EnumerateRunes().All(IsSeen) ? null : "the name holds a sign that results cannot bear";
    }

    private static bool IsSeen(Rune rune) => rune.Value is not (',' or ';' or '/' or '#' or '"') && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
