using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Cell3D.Parallel;

namespace Cell3D.Campaigns.Cells;

/// <summary>Random plausible cells and protocols, each to end done or at a physical limit that is named.</summary>
internal static class CellCampaign
{
    private const double Goal = 0.99;

    /// <summary>Draws and runs; 0 when enough of them ended as they should.</summary>
    public static int Run(Arguments given)
    {
        int seed = given.Number("--seed", 1), first = given.Number("--first", 0), count = given.Number("--count", 1000);
        if (given.Has("--only")) (first, count) = (given.Number("--only", 0), 1);
        string folder = Path.GetFullPath(given.Text("--out", Path.Combine(Repository, "build", "campaigns", "cells")));
        Directory.CreateDirectory(folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, numbers {first} to {first + count - 1}, results in {folder}"));
        using IDisposable runtime = ParallelRuntime.Start([]);
        List<CellResult> results = [];
        using StreamWriter table = new(Path.Combine(folder, "cells.csv"), false, Encoding.UTF8) { AutoFlush = true };
        table.WriteLine(CellResult.Header);
        for (int number = first; number < first + count; number++)
        {
            CellResult result = RunOne(folder, seed, number, given);
            results.Add(result);
            table.WriteLine(result.Row());
            if (result.Class > CellClass.Limit || given.Has("--all"))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}: {result.Class}: {result.Reason} {string.Join("; ", result.FailedAudits)} [{result.Label}]"));
        }
        return Conclude(results);
    }

    /// <summary>Root of the source tree this program was built from.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    private static CellResult RunOne(string folder, int seed, int number, Arguments given)
    {
        string own = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed}-{number:D4}"));
        CellDraw draw = CellDraw.Take(Repository, seed, number, given.Has("--form") ? given.Text("--form", "") : null);
        CellResult result = CellTrial.Run(number, draw.Label, draw.Write(own), Path.Combine(own, "results"));
        if (result.Class <= CellClass.Limit && !given.Has("--keep"))
            Directory.Delete(own, recursive: true);
        return result;
    }

    private static int Conclude(List<CellResult> results)
    {
        Console.WriteLine();
        foreach (CellClass kind in Enum.GetValues<CellClass>())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-10} {results.Count(result => result.Class == kind),6}"));
        CellResult[] slowest = [.. results.OrderByDescending(result => result.Seconds).Take(5)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{results.Sum(result => result.Steps)} steps, {results.Sum(result => result.RejectedByError)} repeated for their error, {results.Sum(result => result.RejectedBySolver)} for the solver, in {results.Sum(result => result.Seconds):F0} s; slowest {string.Join(", ", slowest.Select(result => $"{result.Number} ({result.Seconds:F1} s)"))}"));
        double share = (double)results.Count(result => result.Class <= CellClass.Limit) / results.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} % done or at a named physical limit; {100 * Goal:F0} % are asked for"));
        return share >= Goal ? 0 : 1;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
