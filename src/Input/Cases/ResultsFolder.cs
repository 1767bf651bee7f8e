using System.Globalization;
using System.Text;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>The folder of the results. A case file may only name one inside the working folder; the command line may name any.</summary>
internal static class ResultsFolder
{
    private const string Allowed = "a relative path without '..' and symbolic links; --output of the command line takes any folder";

    /// <summary>Reads the folder as an absolute path; empty when it cannot be used.</summary>
    /// <param name="output">The section that holds it.</param>
    /// <param name="otherwise">Folder when the case names none.</param>
    public static string Read(SectionReader output, string otherwise)
    {
        string folder = output.Get(RunKeys.Folder, otherwise);
        SourceNode? node = output.NodeOf(RunKeys.Folder);
        if (node is { Kind: not SourceKind.Text }) return "";
        string? problem = IsUnusable(folder) ? "is not the name of a folder" : node is { Line: 0 } ? null : Escape(folder);
        if (problem is null) return Path.GetFullPath(folder);
        output.Report.Error(output.PathOf(RunKeys.Folder), node, problem, Allowed, node is null ? $"\"{SourceNode.Printable(folder)}\"" : null);
        return "";
    }

    private static bool IsUnusable(string folder) => string.IsNullOrWhiteSpace(folder) || folder.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string? Escape(string folder)
    {
        string[] names = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Path.IsPathRooted(folder) || names.Contains("..")) return "leads out of the working folder";
        string place = Environment.CurrentDirectory;
        foreach (string name in names)
        {
            place = Path.Combine(place, name);
            if (new DirectoryInfo(place).LinkTarget is string target) return $"leads to {target} by a symbolic link";
        }
        return null;
    }
}
