namespace Cell3D.Input.Keys;

/// <summary>Finds the known word a misspelt one was probably meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest known word, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string plain = Plain(word);
        if (plain.Length is 0 or > 100) return null;
        int furthest = Math.Max(2, plain.Length / 4);
        return known
            .Select(candidate => (candidate, Distance: Distance(plain, Plain(candidate))))
            .Where(match => match.Distance <= furthest)
            .OrderBy(match => match.Distance)
            .Select(match => match.candidate)
            .FirstOrDefault();
    }

    /// <summary>Lower case without the unit.</summary>
    public static string Plain(string key)
    {
        int unit = key.IndexOf('[', StringComparison.Ordinal);
        return (unit < 0 ? key : key[..unit]).Trim().ToLowerInvariant();
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
