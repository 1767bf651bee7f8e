using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>A case of the repository that has been run from start to end, with its series and its fields at the output times.</summary>
internal sealed class CaseSolution
{
    private CaseSolution(TimeSeries series, Summary summary, IReadOnlyList<Snapshot> snapshots) =>
        (Series, Summary, Snapshots) = (series, summary, snapshots);

    public TimeSeries Series { get; }

    public Summary Summary { get; }

    /// <summary>Fields at the case's output times, in order.</summary>
    public IReadOnlyList<Snapshot> Snapshots { get; }

    public double EndTime => Summary.Outcome.EndTime;

    /// <summary>Folder of all cases of the repository.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Runs a case on this process alone.</summary>
    /// <param name="name">Path below cases/, for instance "comsol-dfn1d/case.json".</param>
    /// <param name="settings">As after --set.</param>
    public static CaseSolution Run(string name, params string[] settings)
    {
        SimulationCase simulation = Load(name, settings);
        string results = Directory.CreateTempSubdirectory("cell3d-case-").FullName;
        try
        {
            return Run(simulation, results);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    /// <summary>Loads a case without running it.</summary>
    /// <param name="name">Path below cases/.</param>
    /// <param name="settings">As after --set.</param>
    public static SimulationCase Load(string name, params string[] settings)
    {
        CaseResult loaded = CaseFile.Load(Path.Combine(Folder, name), settings);
        Assert.That(loaded.Errors, Is.Empty);
        return loaded.Case!;
    }

    /// <summary>A column of the series, read between the steps by cubic pieces.</summary>
    public SeriesInterpolant Between(SeriesColumn column) => new(Series.Time, Series.Column(column), Interpolation.Cubic);

    private static CaseSolution Run(SimulationCase simulation, string results)
    {
        List<Snapshot> snapshots = [];
        Summary summary;
        using (CaseRun run = new(simulation, Communicator.Self, new RunOptions { Folder = results, Overwrite = true }))
        {
            run.OutputReached = time => snapshots.Add(Snapshot.Take(run.Model, time));
            summary = run.Execute();
        }
        Assert.That(summary.Outcome.Status, Is.EqualTo(RunStatus.Done), summary.Outcome.EndReason);
        return new CaseSolution(TimeSeriesReader.Read(Path.Combine(results, OutputFolder.TimeSeriesName)), summary, snapshots);
    }

    private static string FindFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "cases"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new DirectoryNotFoundException("no folder cases above the tests"), "cases");
    }
}
