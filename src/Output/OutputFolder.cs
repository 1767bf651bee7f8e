using System.Text.RegularExpressions;

using Cell3D.Parallel.Mpi;

namespace Cell3D.Output;

/// <summary>The folder of one run's results and the names of the files in it.</summary>
public sealed partial class OutputFolder
{
    /// <summary>Mesh shared by all field files.</summary>
    public const string MeshName = "mesh.hdf";

    /// <summary>Times of the field files; opens in ParaView as one series.</summary>
    public const string FieldSeriesName = "fields.hdf.series";

    /// <summary>Time series of the run.</summary>
    public const string TimeSeriesName = "timeseries.csv";

    /// <summary>Field file of one output time.</summary>
    public static string FieldsName(int index) => System.FormattableString.Invariant($"fields_{index:D6}.hdf");

    /// <summary>Summary of the run.</summary>
    public const string SummaryName = "summary.json";

    /// <summary>The case with every default filled in.</summary>
    public const string ResolvedCaseName = "case.resolved.json";

    private OutputFolder(string path) => Path = path;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder ready for a new run. Call on one rank only.</summary>
    /// <param name="path">The folder; missing parents are made.</param>
    /// <param name="overwrite">
    /// Whether results of an earlier run may go. Only files this program writes are deleted, never others;
    /// without it a folder that holds results is refused.
    /// </param>
    /// <exception cref="OutputException">The folder cannot be made or written, or holds results (exit code 73).</exception>
    public static OutputFolder Create(string path, bool overwrite)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            TryWriting(full);
            RemoveResults(full, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.CannotCreate(full, $"this folder cannot be written ({e.Message.TrimEnd('.')}). Choose another one with --output", e);
        }

        return new OutputFolder(full);
    }

    /// <summary>*Collective.* Rank 0 makes the folder ready for a new run.</summary>
    /// <inheritdoc cref="Create(string, bool)"/>
    public static OutputFolder Create(Communicator communicator, string path, bool overwrite)
    {
        RootOnly.Run(communicator, () => Create(path, overwrite));
        return new OutputFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>The folder of an earlier run, for reading or for continuing it.</summary>
    /// <exception cref="OutputException">There is no such folder (exit code 73).</exception>
    public static OutputFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new OutputFolder(full)
            : throw OutputException.CannotCreate(full, "there is no such results folder");
    }

    /// <summary>Whether a file name is one of a run's results, and so may be deleted by overwriting.</summary>
    public static bool IsResult(string name) => ResultName().IsMatch(name);

    private static void TryWriting(string folder)
    {
        string probe = System.IO.Path.Combine(folder, $".write-test-{Environment.ProcessId}.tmp");
        System.IO.File.WriteAllBytes(probe, [0]);
        System.IO.File.Delete(probe);
    }

    private static void RemoveResults(string folder, bool overwrite)
    {
        string[] results = [.. Directory.EnumerateFiles(folder).Where(file => IsResult(System.IO.Path.GetFileName(file)))];
        if (results.Length > 0 && !overwrite)
        {
            throw OutputException.CannotCreate(folder, $"this folder holds the results of an earlier run ({System.IO.Path.GetFileName(results[0])}{(results.Length > 1 ? $" and {results.Length - 1} more" : "")}). Choose another one with --output, or replace them with --overwrite");
        }

        foreach (string file in results)
        {
            System.IO.File.Delete(file);
        }
    }

    [GeneratedRegex(@"^(mesh\.hdf|fields_\d+\.hdf|fields\.hdf\.series|checkpoint_\d+\.hdf|checkpoint\.json|timeseries\.csv|summary\.json|case\.resolved\.json|overlay\.(csv|png)|(voltage|temperature|heat)\.png)(\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ResultName();
}
