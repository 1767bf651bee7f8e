using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>The folder of a run that may go on where an interrupted one left off.</summary>
internal static class ResumableFolder
{
    /// <summary>*Collective.* Holds the folder; an interrupted run without a checkpoint is one that never was.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="path">The folder.</param>
    /// <param name="options">Whether results are gone on with or replaced.</param>
    /// <param name="forecast">Bytes that the run will write.</param>
    /// <param name="goesOn">Whether it holds an interrupted run that this one continues.</param>
    /// <exception cref="OutputException">The folder cannot be used (73).</exception>
    public static OutputFolder Of(Communicator world, string path, RunOptions options, long forecast, out bool goesOn)
    {
        bool Has(string name) => world.Any(world.IsRoot && File.Exists(Path.Combine(Path.GetFullPath(path), name)));
        goesOn = options.Resume == ResumeMode.Always || (options.Resume == ResumeMode.Auto && Has(CheckpointManifest.Name) && Has(OutputFolder.ListName));
        if (goesOn)
            return OutputFolder.Resume(world, path);
        bool isUnfinished = options.Resume == ResumeMode.Auto && !Has(OutputFolder.SummaryName);
        return OutputFolder.Create(world, path, options.Overwrite || isUnfinished, forecast);
    }
}
