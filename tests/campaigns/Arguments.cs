using System.Globalization;

namespace Cell3D.Campaigns;

/// <summary>Options of a campaign: "--name value" and bare switches.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">A word is no option.</exception>
    public Arguments(IEnumerable<string> words)
    {
        string? open = null;
        foreach (string word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal)) _values[open = word] = "";
            else if (open is not null) (_values[open], open) = (word, null);
            else throw new ArgumentException($"'{word}' is not an option.");
        }
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Text of an option.</summary>
    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    /// <summary>Whole number of an option.</summary>
    /// <exception cref="ArgumentException">It is not a number.</exception>
    public int Number(string name, int otherwise)
    {
        if (!_values.TryGetValue(name, out string? text)) return otherwise;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"{name} takes a whole number, not '{text}'.");
    }
}
