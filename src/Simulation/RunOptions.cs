using Cell3D.Output;

namespace Cell3D.Simulation;

/// <summary>What the command line adds to a case.</summary>
public sealed record RunOptions
{
    /// <summary>Folder of the results; null takes the case's.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether results of an earlier run may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether fields are written.</summary>
    public bool WriteFields { get; init; } = true;

    /// <summary>Accepted steps after which the run stops; for trials.</summary>
    public int MaximumSteps { get; init; } = int.MaxValue;

    /// <summary>Takes what the run remarks; holds what was remarked before it, such as problems of the input.</summary>
    public RunWarnings Warnings { get; init; } = new();

    /// <summary>Measured curves to compare voltage and temperature with, in the time of the run; null for none.</summary>
    public TimeSeries? Measured { get; init; }

    /// <summary>Seconds by which their times were shifted to those of the run.</summary>
    public double MeasuredOffset { get; init; }

    /// <summary>Whether the run goes on where an interrupted one left off.</summary>
    public ResumeMode Resume { get; init; }

    /// <summary>Name of the checkpoint to go on from; null for the newest.</summary>
    public string? ResumeFrom { get; init; }

    /// <summary>Wall time from one checkpoint to the next [s]; infinite for none but those of stops and requests.</summary>
    public double CheckpointEvery { get; init; } = double.PositiveInfinity;

    /// <summary>Wall time after which the run stops with a checkpoint [s].</summary>
    public double WallClockLimit { get; init; } = double.PositiveInfinity;

    /// <summary>Asked once a step whether a checkpoint is wanted now; true once for every request.</summary>
    public Func<bool> CheckpointRequested { get; init; } = () => false;

    /// <summary>Set from outside to stop after the present step; read once a step and agreed by all ranks.</summary>
    public Func<bool> StopRequested { get; init; } = () => false;
}

/// <summary>Whether a run goes on where an interrupted one left off.</summary>
public enum ResumeMode
{
    /// <summary>It starts anew; results of an earlier run are refused.</summary>
    Never,

    /// <summary>It does where the folder has a checkpoint, else it starts anew.</summary>
    Auto,

    /// <summary>It does, or fails.</summary>
    Always,
}
