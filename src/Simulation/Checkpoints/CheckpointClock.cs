using System.Diagnostics;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>What a run has to do about checkpoints after a step.</summary>
public enum CheckpointNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Write one and go on.</summary>
    Write,

    /// <summary>Write one and stop.</summary>
    Stop,
}

/// <summary>Decides after each step whether a checkpoint is due: by the wall clock, on request, or since the run has to stop.</summary>
public sealed class CheckpointClock
{
    /// <summary>A file of this name in the results folder stops the run.</summary>
    public const string StopName = "STOP";

    /// <summary>A look at the folder costs a network file system some milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly RunOptions _options;
    private readonly Communicator _world;
    private readonly string _stopFile;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>What the process had taken before [s]: a batch system counts from its start.</summary>
    private readonly double _before = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds;
    private long _last = Stopwatch.GetTimestamp(), _looked;
    private double _spare;

    /// <summary>Starts.</summary>
    public CheckpointClock(RunOptions options, OutputFolder folder, Communicator world) =>
        (_options, _world, _stopFile) = (options, world, folder.File(StopName));

    /// <summary>*Collective.* The gravest need of all ranks.</summary>
    /// <param name="steps">Steps that this process has taken.</param>
    public CheckpointNeed Agree(int steps)
    {
        bool isRequested = _options.CheckpointRequested();
        CheckpointNeed own = _options.StopRequested() || steps >= _options.MaximumSteps || (_world.IsRoot && (IsTimeOver || IsStopFileThere())) ? CheckpointNeed.Stop
            : isRequested || (_world.IsRoot && Stopwatch.GetElapsedTime(_last).TotalSeconds >= _options.CheckpointEvery) ? CheckpointNeed.Write
            : CheckpointNeed.None;
        return (CheckpointNeed)_world.Allreduce((int)own, Operation.Max);
    }

    /// <summary>A checkpoint was written.</summary>
    /// <param name="seconds">What it took [s]; as much is kept in reserve for that of the end.</param>
    public void Restart(double seconds) => (_last, _spare) = (Stopwatch.GetTimestamp(), seconds);

    private bool IsTimeOver => _before + Stopwatch.GetElapsedTime(_start).TotalSeconds + _spare >= _options.WallClockLimit;

    /// <summary>The file is a request: once it is followed, it goes.</summary>
    private bool IsStopFileThere()
    {
        if (_looked != 0 && Stopwatch.GetElapsedTime(_looked) < Patience)
            return false;
        _looked = Stopwatch.GetTimestamp();
        if (!File.Exists(_stopFile))
            return false;
        try
        {
            File.Delete(_stopFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stops this run all the same, and the next one too.
        }
        return true;
    }
}
