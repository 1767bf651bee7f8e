using Cell3D.Discretization;

namespace Cell3D.Simulation.Recording;

/// <summary>Where a run stands at an accepted state.</summary>
/// <param name="Time">[s].</param>
/// <param name="AfterStep">False right after a switch or the start, where no time has passed.</param>
/// <param name="Before">How the run is read in the step that led there.</param>
public readonly record struct RunMoment(double Time, bool AfterStep, Interpolant Before)
{
    /// <summary>State of charge by the charge that has passed, 0 to 1.</summary>
    public double StateOfCharge { get; init; }

    /// <summary>Number of the cycle: the round of the outermost loop, or the list of steps; 0 outside.</summary>
    public int Cycle { get; init; }

    /// <summary>Steps of the protocol that have begun.</summary>
    public int StepCount { get; init; }

    /// <summary>Number of the step in the protocol as written.</summary>
    public int StepIndex { get; init; }

    /// <summary>When the step of the protocol began [s].</summary>
    public double StepStart { get; init; }

    /// <summary>Whether the state is one in the middle of a step: it counts in totals and is read between, and has a row where each state has one, but rates are those of the step's end.</summary>
    public bool IsMiddle { get; init; }

    /// <summary>Whether a drive varies, which may bend between steps.</summary>
    public bool Bends { get; init; }

    /// <summary>Interval of rows in the time series [s]; null for one per time step.</summary>
    public double? Period { get; init; }
}
