namespace Cell3D.Input.Protocols;

/// <summary>A step sentence divided at its keywords: VERB [at …] [for …] [[or] until …] [(…)]. One pass, so the time is bounded by the length.</summary>
/// <param name="Verb">First word, in lower case.</param>
/// <param name="At">What follows "at"; null without it.</param>
/// <param name="For">What follows "for"; null without it.</param>
/// <param name="Until">What follows "until"; null without it.</param>
/// <param name="HasExtra">Whether something in brackets ends the sentence.</param>
internal sealed record SentenceWords(string Verb, string? At, string? For, string? Until, bool HasExtra)
{
    /// <summary>Characters of the longest sentence.</summary>
    public const int Longest = 200;

    private static readonly string[] Verbs = ["rest", "charge", "discharge", "hold"];

    /// <summary>Divides a sentence; null when it has another form.</summary>
    public static SentenceWords? Of(string text)
    {
        string sentence = text.Trim();
        int bracket = sentence.EndsWith(')') ? sentence.IndexOf('(', StringComparison.Ordinal) : -1;
        string[] words = (bracket < 0 ? sentence : sentence[..bracket]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !Verbs.Contains(words[0], StringComparer.OrdinalIgnoreCase)) return null;
        int next = 1;
        string? at = After(words, "at", ref next), duration = After(words, "for", ref next), until = After(words, "until", ref next);
        return next == words.Length ? new SentenceWords(words[0].ToLowerInvariant(), at, duration, until, bracket >= 0) : null;
    }

    /// <summary>The words between a keyword, which must come next, and the next keyword; null when another word comes next.</summary>
    private static string? After(string[] words, string keyword, ref int next)
    {
        int start = next;
        if (keyword == "until" && Is(words, start, "or")) start++;
        if (!Is(words, start, keyword)) return null;
        int end = start + 1;
        while (end < words.Length && (end == start + 1 || !IsKeyword(words, end))) end++;
        if (end == start + 1) return null;
        next = end;
        return string.Join(' ', words[(start + 1)..end]);
    }

    private static bool IsKeyword(string[] words, int i) => Is(words, i, "for") || Is(words, i, "until") || (Is(words, i, "or") && Is(words, i + 1, "until"));

    private static bool Is(string[] words, int i, string word) => i < words.Length && string.Equals(words[i], word, StringComparison.OrdinalIgnoreCase);
}
