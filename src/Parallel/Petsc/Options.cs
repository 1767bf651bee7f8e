using System.Text;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>PETSc's options: those the user gave and the defaults set below them. Every rank makes the same calls.</summary>
public static class Options
{
    private static readonly HashSet<string> Defaults = [];

    /// <summary>All options, in PETSc's (alphabetical) order.</summary>
    public static IReadOnlyList<Option> All => Parse(Text(unusedOnly: false));

    /// <summary>Options that some object has asked for so far.</summary>
    public static IReadOnlyList<Option> Used
    {
        get
        {
            HashSet<string> unused = UnusedNames();
            return [.. All.Where(option => !unused.Contains(option.Name))];
        }
    }

    /// <summary>Options given by the user that nothing has asked for so far: most likely misspelt. Defaults are not listed.</summary>
    public static IReadOnlyList<Option> Unused
    {
        get
        {
            HashSet<string> unused = UnusedNames();
            return [.. All.Where(option => unused.Contains(option.Name) && !Defaults.Contains(option.Name))];
        }
    }

    /// <summary>Whether an option is set, by the user or as a default.</summary>
    /// <param name="key">Name with its dash.</param>
    public static bool Has(string key)
    {
        NativeMethods.Check(NativeMethods.c3d_option_exists(key, out int exists));
        return exists != 0;
    }

    /// <summary>Sets an option, replacing any earlier value.</summary>
    /// <param name="key">Name with its dash.</param>
    /// <param name="value">Value, null for a bare switch.</param>
    public static void Set(string key, string? value = null)
    {
        Defaults.Remove(key);
        NativeMethods.Check(NativeMethods.c3d_option_set(key, value));
    }

    /// <summary>Sets an option unless the user gave it, so that the user's choice wins; replaces an earlier default.</summary>
    /// <inheritdoc cref="Set"/>
    public static void SetDefault(string key, string? value = null)
    {
        if (Has(key) && !Defaults.Contains(key)) return;
        Set(key, value);
        Defaults.Add(key);
    }

    /// <summary>The options under a prefix (without dash), one line, for log and summary.</summary>
    public static string InForce(string prefix) =>
        string.Join(' ', All.Where(option => option.Name.StartsWith("-" + prefix, StringComparison.Ordinal)));

    private static HashSet<string> UnusedNames() => [.. Parse(Text(unusedOnly: true)).Select(option => option.Name)];

    private static string Text(bool unusedOnly)
    {
        byte[] text = new byte[4096];
        while (true)
        {
            NativeMethods.Check(NativeMethods.c3d_options_all(unusedOnly ? 1 : 0, text, text.Length, out long length));
            if (length < text.Length) return Encoding.UTF8.GetString(text, 0, (int)length);
            text = new byte[length + 1];
        }
    }

    /// <summary>A token opens a new option when it is a dash followed by anything but a number, by PETSc's own rule.</summary>
    private static List<Option> Parse(string text)
    {
        List<Option> options = [];
        foreach (string token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isName = token.Length > 1 && token[0] == '-' && (char.IsAsciiLetter(token[1]) || token[1] == '_');
            if (isName) options.Add(new Option(token, null));
            else if (options.Count > 0) options[^1] = options[^1] with { Value = options[^1].Value is { } start ? $"{start} {token}" : token };
        }

        return options;
    }
}
