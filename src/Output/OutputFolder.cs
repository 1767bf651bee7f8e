using System.Text.RegularExpressions;

using Cell3D.Parallel.Mpi;

namespace Cell3D.Output;

/// <summary>
/// The folder of one run's results. It hands out the paths that are written to and keeps them on a list in the folder, by which a
/// later run knows what it may delete; while a run lasts, no other writes there.
/// </summary>
public sealed partial class OutputFolder : IDisposable
{
    /// <summary>Mesh shared by all field files.</summary>
    public const string MeshName = "mesh.hdf";

    /// <summary>Mesh of field files from a number on, where the ranks have changed.</summary>
    public static string MeshNameFrom(int index) => System.FormattableString.Invariant($"mesh_{index:D6}.hdf");

    /// <summary>Times of the field files; opens in ParaView as one series.</summary>
    public const string FieldSeriesName = "fields.hdf.series";

    /// <summary>Time series of the run.</summary>
    public const string TimeSeriesName = "timeseries.csv";

    /// <summary>Field file of one output time.</summary>
    public static string FieldsName(int index) => System.FormattableString.Invariant($"fields_{index:D6}.hdf");

    /// <summary>Summary of the run.</summary>
    public const string SummaryName = "summary.json";

    /// <summary>Table of pulses.</summary>
    public const string PulsesName = "pulses.csv";

    /// <summary>The case with every default filled in.</summary>
    public const string ResolvedCaseName = "case.resolved.json";

    /// <summary>Copy of the cell's BPX file, which the resolved case names.</summary>
    public const string CellName = "cell.json";

    /// <summary>Copy of the outline, where the case has one from a file.</summary>
    public const string OutlineName = "outline.msh";

    /// <summary>Curves with their error bars.</summary>
    public const string VerificationName = "verification.csv";

    /// <summary>What accuracy costs.</summary>
    public const string VerificationBudgetName = "verification-budget.csv";

    /// <summary>The same as a picture.</summary>
    public const string VerificationBudgetPictureName = "verification-budget.png";

    /// <summary>When steps of the protocol end, with error bars.</summary>
    public const string VerificationEndsName = "verification-ends.csv";

    /// <summary>The curves as a picture.</summary>
    public const string VerificationPictureName = "verification.png";

    /// <summary>Differences of runs, as a table to be read.</summary>
    public const string ComparisonTableName = "comparison.md";

    /// <summary>The same as CSV.</summary>
    public const string ComparisonName = "comparison.csv";

    /// <summary>Curves of the runs and their differences.</summary>
    public const string ComparisonPictureName = "comparison.png";

    /// <summary>Errors of a voltage by source, and their picture.</summary>
    public const string BandsName = "bands.csv", BandsPictureName = "bands.png";

    /// <summary>What a reference run is made of, with error bars.</summary>
    public const string ReferenceName = "reference.h5";

    /// <summary>Its figures to be read.</summary>
    public const string ReferenceTableName = "reference.md";

    /// <summary>Curves of the cell, shares of its pairs, sections, maps of current density and temperature as CSV.</summary>
    public const string ReferenceCurvesName = "curves.csv", ReferencePairsName = "pairs.csv", ReferenceSectionsName = "sections.csv",
        ReferenceCurrentName = "current-density.csv", ReferenceTemperatureName = "temperature.csv";

    /// <summary>What other models of the same case miss.</summary>
    public const string ModelsName = "models.csv", ModelsTableName = "models.md", ModelsPictureName = "models.png";

    /// <summary>Effective properties of an image.</summary>
    public const string HomogenizedName = "homogenized.json";

    /// <summary>The same as a part of a BPX file.</summary>
    public const string FragmentName = "fragment.bpx.json";

    /// <summary>Phases in a plane of an image.</summary>
    public const string StructurePictureName = "structure.png";

    /// <summary>Flux in a plane of an image.</summary>
    public const string FluxPictureName = "flux.png";

    /// <summary>Phases, potential and flux in the voxels of an image.</summary>
    public const string VoxelFieldsName = "voxels.hdf";

    /// <summary>Open-circuit potential of a free energy, as CSV, as a picture and as keys of a case.</summary>
    public const string PotentialName = "ocp.csv", PotentialPictureName = "ocp.png", PotentialFragmentName = "ocp.json";

    /// <summary>Lengths, times and energies of a case.</summary>
    public const string ScalesPictureName = "scales.png";

    /// <summary>Table, limits of stability and picture of a comparison of couplings.</summary>
    public const string CouplingName = "coupling.csv", CouplingLimitsName = "coupling-limits.csv", CouplingPictureName = "coupling.png";

    /// <summary>Table, errors over the number of units, salt profiles, salt and stoichiometry in a plane of a resolved electrode.</summary>
    public const string ResolvedName = "resolved.csv", ResolvedPictureName = "resolved.png", ResolvedSaltName = "resolved-salt.png", ResolvedPoresName = "resolved-pores.png", ResolvedSolidName = "resolved-solid.png";

    /// <summary>The list of the files above and of all others that Cell3D wrote; locked while a run lasts.</summary>
    public const string ListName = ResultList.Name;

    private const string Temporary = ".tmp";
    private readonly ResultList? _list;
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    private OutputFolder(string path, ResultList? list) => (Path, _list) = (path, list);

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>What the user should know of this folder; null where all is well.</summary>
    public string? Caution => _list is { IsKept: false } ? $"{Path}: this file system keeps no locks, so that a second run in the same folder would not be noticed" : null;

    /// <summary>Path of a file in the folder, for reading.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Path of a file that is about to be written or written anew; puts it on the list. Call on rank 0 only.</summary>
    /// <exception cref="OutputException">
    /// A file of that name is there and is not Cell3D's (73), the folder was removed or replaced during the run, or its disk is full (74).
    /// </exception>
    public string ForWriting(string name)
    {
        string path = File(name);
        RequireIntact();
        if (_own.Contains(name))
            return path;
        if (new[] { path, path + Temporary }.FirstOrDefault(Exists) is string foreign)
            throw OutputException.CannotCreate(foreign, "this file is not one of Cell3D's and is in the way. Move it, or choose another folder with --output");
        try
        {
            _list?.Append(name);
        }
        catch (IOException e)
        {
            throw OutputException.WriteFailed(File(ListName), name.Length + 1, e);
        }

        _own.Add(name);
        return path;
    }

    /// <summary>Whether the folder is still the one the run began with. Call on rank 0 only; allocates nothing when it is.</summary>
    /// <exception cref="OutputException">It was removed, replaced or emptied (74).</exception>
    public void RequireIntact()
    {
        if (_list is { IsIntact: false })
            throw OutputException.WriteFailed(Path, 0, new IOException($"the folder or its file {ListName} was removed or replaced during the run"));
    }

    /// <summary>Whether everything that was written so far is still there. Call on rank 0 only.</summary>
    /// <exception cref="OutputException">A file vanished during the run (74).</exception>
    public void RequireComplete()
    {
        RequireIntact();
        if (_own.FirstOrDefault(name => !System.IO.File.Exists(File(name))) is string missing)
            throw OutputException.WriteFailed(File(missing), 0, new IOException("the file was removed during the run"));
    }

    /// <summary>Makes the folder ready for a new run and holds it until disposed. Call on one rank only.</summary>
    /// <param name="path">The folder; missing parents are made.</param>
    /// <param name="overwrite">
    /// Whether results of an earlier run may go. Only files on the folder's list are deleted; without it a folder that holds results is
    /// refused.
    /// </param>
    /// <param name="forecast">Bytes that the run will write.</param>
    /// <exception cref="OutputException">
    /// The folder cannot be made or written, is in use, holds results or what looks like them, or its disk is too small (73). Nothing
    /// was deleted then.
    /// </exception>
    public static OutputFolder Create(string path, bool overwrite, long forecast = 0)
    {
        string full = System.IO.Path.GetFullPath(path);
        ResultList? list = null;
        try
        {
            Directory.CreateDirectory(full);
            if (!System.IO.File.Exists(System.IO.Path.Combine(full, ListName)))
                RefuseLookAlikes(full, []);
            list = new ResultList(full);
            RefuseLookAlikes(full, list.Earlier);
            string[] earlier = [.. list.Earlier.SelectMany(name => new[] { name, name + Temporary }).Select(name => System.IO.Path.Combine(full, name)).Where(Exists)];
            if (earlier.Length > 0 && !overwrite)
                throw OutputException.CannotCreate(full, $"this folder holds the results of an earlier run ({Counted(earlier)}). Choose another one with --output, or replace them with --overwrite");
            DiskSpace.Require(full, forecast, earlier.Sum(file => new FileInfo(file) is { Exists: true, LinkTarget: null } info ? info.Length : 0));
            foreach (string file in earlier)
            {
                System.IO.File.Delete(file);
            }

            list.Begin();
            return new OutputFolder(full, list);
        }
        catch (Exception e)
        {
            list?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw OutputException.CannotCreate(full, $"this folder cannot be written ({e.Message.TrimEnd('.')}). Choose another one with --output", e);
            throw;
        }
    }

    /// <summary>*Collective.* Rank 0 makes the folder ready for a new run.</summary>
    /// <inheritdoc cref="Create(string, bool, long)"/>
    public static OutputFolder Create(Communicator communicator, string path, bool overwrite, long forecast = 0)
    {
        OutputFolder? folder = null;
        RootOnly.Run(communicator, () => folder = Create(path, overwrite, forecast));
        return folder ?? new OutputFolder(System.IO.Path.GetFullPath(path), null);
    }

    /// <summary>*Collective.* Rank 0 holds the folder of an interrupted run, whose files stay and are this run's from now on.</summary>
    /// <exception cref="OutputException">There is no such folder, it cannot be written, or another run is writing there (73).</exception>
    public static OutputFolder Resume(Communicator communicator, string path)
    {
        OutputFolder? folder = null;
        RootOnly.Run(communicator, () => folder = Resume(System.IO.Path.GetFullPath(path)));
        return folder ?? new OutputFolder(System.IO.Path.GetFullPath(path), null);
    }

    /// <summary>The folder of an earlier run, for reading.</summary>
    /// <exception cref="OutputException">There is no such folder (exit code 73).</exception>
    public static OutputFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new OutputFolder(full, null)
            : throw OutputException.CannotCreate(full, "there is no such results folder");
    }

    /// <summary>Whether a file of this name in the folder is this run's own. Call on rank 0 only.</summary>
    public bool Holds(string name) => _own.Contains(name);

    /// <summary>Deletes a file of this run that nothing needs any longer. Call on rank 0 only.</summary>
    /// <exception cref="OutputException">It cannot be deleted (74).</exception>
    public void Remove(string name)
    {
        if (!_own.Remove(name))
            return;
        try
        {
            foreach (string file in new[] { File(name), File(name + Temporary) })
                System.IO.File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.WriteFailed(File(name), 0, e);
        }
    }

    /// <summary>Files of this run by name. Call on rank 0 only.</summary>
    public IReadOnlyCollection<string> Own => _own;

    /// <summary>Whether a file name looks like one of a run's results.</summary>
    public static bool IsResult(string name) => ResultName().IsMatch(name);

    /// <summary>Lets the next run have the folder.</summary>
    public void Dispose() => _list?.Dispose();

    private static OutputFolder Resume(string full)
    {
        ResultList? list = null;
        try
        {
            if (!System.IO.File.Exists(System.IO.Path.Combine(full, ListName)))
                throw OutputException.CannotCreate(full, $"there is no {ListName} of an earlier run");
            list = new ResultList(full);
            OutputFolder folder = new(full, list);
            foreach (string name in list.Earlier)
            {
                // What a killed run was writing is of no use; a name on the list is Cell3D's own whether its file was finished or not.
                System.IO.File.Delete(folder.File(name + Temporary));
                if (Exists(folder.File(name)))
                    folder._own.Add(name);
            }

            list.Continue();
            return folder;
        }
        catch (Exception e)
        {
            list?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw OutputException.CannotCreate(full, $"this folder cannot be written ({e.Message.TrimEnd('.')})", e);
            throw;
        }
    }

    /// <summary>Files named like results that are on no list are somebody's: they are neither deleted nor mixed with new ones.</summary>
    private static void RefuseLookAlikes(string folder, IReadOnlyList<string> listed)
    {
        HashSet<string> known = [.. listed, .. listed.Select(name => name + Temporary)];
        string[] strangers = [.. Directory.EnumerateFileSystemEntries(folder).Where(file => System.IO.Path.GetFileName(file) is string name && IsResult(name) && !known.Contains(name))];
        if (strangers.Length > 0)
            throw OutputException.CannotCreate(folder, $"this folder holds files named like results ({Counted(strangers)}) that are not on its list of Cell3D's own ({ListName}): an older version wrote them, or they are yours. Move or delete them, or choose another folder with --output");
    }

    private static string Counted(string[] files) => $"{System.IO.Path.GetFileName(files[0])}{(files.Length > 1 ? $" and {files.Length - 1} more" : "")}";

    /// <summary>Whether anything has that name, a link to nowhere included.</summary>
    private static bool Exists(string path) => System.IO.Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    [GeneratedRegex(@"^(mesh(_\d+)?\.hdf|fields_\d+\.hdf|fields\.hdf\.series|checkpoint_\d+\.hdf|checkpoint\.json|timeseries\.csv|summary\.json|case\.resolved\.json|overlay\.(csv|png)|(voltage|temperature|heat)\.png)(\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ResultName();
}
