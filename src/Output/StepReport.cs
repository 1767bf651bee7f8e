namespace Cell3D.Output;

/// <summary>The numbers of one accepted time step that its progress line shows.</summary>
public readonly record struct StepReport
{
    /// <summary>Simulated time at the step's end [s].</summary>
    public required double Time { get; init; }

    /// <summary>Terminal voltage [V].</summary>
    public required double Voltage { get; init; }

    /// <summary>Terminal current [A], positive while charging.</summary>
    public required double Current { get; init; }

    /// <summary>Lowest temperature [K].</summary>
    public required double MinimumTemperature { get; init; }

    /// <summary>Highest temperature [K].</summary>
    public required double MaximumTemperature { get; init; }

    /// <summary>Length of the step [s].</summary>
    public required double StepSize { get; init; }

    /// <summary>Order of the time integration.</summary>
    public required int Order { get; init; }

    /// <summary>Newton iterations of the step.</summary>
    public required int NewtonIterations { get; init; }

    /// <summary>Linear iterations of the step.</summary>
    public required int KrylovIterations { get; init; }

    /// <summary>Wall-clock seconds left, as <see cref="EtaEstimator"/> sees it; NaN while unknown.</summary>
    public double SecondsLeft { get; init; }
}
