using System.Globalization;
using Cell3D.Input.Cases;

namespace Cell3D.Benchmarks;

/// <summary>A case as the command line of a benchmark gives it: a file, settings of the case as KEY=VALUE, and settings of the benchmark itself, in small letters without blanks, as reference=1e-7.</summary>
internal static class BenchmarkCase
{
    /// <summary>Reads a case.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="settings">Of the case.</param>
    /// <exception cref="InvalidDataException">It is none; the message holds every problem.</exception>
    public static SimulationCase Of(string file, params IReadOnlyList<string> settings)
    {
        CaseResult result = CaseFile.Load(file, settings);
        return result.Case ?? throw new InvalidDataException($"{file}:\n{string.Join('\n', result.Problems)}");
    }

    /// <summary>Parts arguments into settings of the benchmark, by their keys, and all others, in their order.</summary>
    /// <param name="arguments">All of them.</param>
    /// <param name="keys">Keys of the benchmark.</param>
    public static (Dictionary<string, string> Own, string[] Others) Part(IEnumerable<string> arguments, params string[] keys)
    {
        Dictionary<string, string> own = [];
        List<string> others = [];
        foreach (string argument in arguments)
            if (keys.FirstOrDefault(key => argument.StartsWith($"{key}=", StringComparison.Ordinal)) is { } key)
                own[key] = argument[(key.Length + 1)..];
            else
                others.Add(argument);
        return (own, [.. others]);
    }

    /// <summary>A number among the settings of a benchmark.</summary>
    /// <param name="own">The settings.</param>
    /// <param name="key">Its key.</param>
    /// <param name="otherwise">What counts where it is not given.</param>
    public static double Number(this Dictionary<string, string> own, string key, double otherwise) =>
        own.TryGetValue(key, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
