using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>Lengths, times and energies of a case at its start, and which assumptions their distances bear.</summary>
public sealed record ScalesSummary
{
    /// <summary>Lengths.</summary>
    [JsonPropertyName("Lengths [m]")]
    public required IReadOnlyList<ScaleSummary> Lengths { get; init; }

    /// <summary>Times.</summary>
    [JsonPropertyName("Times [s]")]
    public required IReadOnlyList<ScaleSummary> Times { get; init; }

    /// <summary>Energies per charge.</summary>
    [JsonPropertyName("Energies per charge [V]")]
    public required IReadOnlyList<ScaleSummary> Energies { get; init; }

    /// <summary>How far they are apart.</summary>
    public required IReadOnlyList<ScaleVerdict> Relations { get; init; }

    /// <summary>What the model itself rests on, in a line or two.</summary>
    public IEnumerable<string> InWords()
    {
        ScaleVerdict[] needed = [.. Relations.Where(relation => relation.IsNeeded)], others = [.. needed.Where(relation => relation.Verdict != "holds")];
        yield return others.Length == 0
            ? FormattableString.Invariant($"all {needed.Length} relations that the model rests on hold")
            : FormattableString.Invariant($"{needed.Length - others.Length} of {needed.Length} relations that the model rests on hold; {string.Join(", ", others.Select(relation => FormattableString.Invariant($"{relation.Relation} {(relation.Verdict == "weak" ? "is weak" : "fails")} ({relation.Ratio:g2})")))}");
    }
}

/// <summary>One scale.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Least">By layer and material.</param>
/// <param name="Largest">By layer and material.</param>
/// <param name="From">Formula or source, and what is assumed.</param>
public sealed record ScaleSummary(string Name, string Symbol, double Least, double Largest, string From);

/// <summary>One relation A ≪ B.</summary>
/// <param name="Relation">E.g. "λ_D ≪ r_pore".</param>
/// <param name="Ratio">A/B at its largest.</param>
/// <param name="Limit">Up to which it holds; up to ten times as much it is weak.</param>
/// <param name="Verdict">holds, weak or fails.</param>
/// <param name="Guards">The assumption that rests on it.</param>
/// <param name="Law">What stands in its place where it fails.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="IsNeeded">Whether the model itself rests on it.</param>
public sealed record ScaleVerdict(string Relation, double Ratio, double Limit, string Verdict, string Guards, [property: JsonPropertyName("In its place")] string Law, string Cost, [property: JsonPropertyName("Needed by the model")] bool IsNeeded);
