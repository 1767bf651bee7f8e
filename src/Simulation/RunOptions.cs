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

    /// <summary>Measured curve to compare the voltage with; null for none.</summary>
    public TimeSeries? Measured { get; init; }

    /// <summary>Set from outside to stop after the present step; read once a step and agreed by all ranks.</summary>
    public Func<bool> StopRequested { get; init; } = () => false;
}
