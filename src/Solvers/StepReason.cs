namespace Cell3D.Solvers;

/// <summary>What set the length of a time step.</summary>
public enum StepReason
{
    /// <summary>It is the first behind a start, a switch or a jump.</summary>
    First,

    /// <summary>The error of the step before: it is as long as the tolerances allow.</summary>
    Error,

    /// <summary>The step before: it grew as much as formulas allow from one step to the next.</summary>
    Growth,

    /// <summary>It is repeated, shorter than one that was not accepted.</summary>
    Repeat,

    /// <summary>A limit was met within it: it ends there.</summary>
    Limit,

    /// <summary>A time at which a step must end: that of a step of the protocol, of a sample of its drive, or of a change of the surroundings.</summary>
    End,

    /// <summary>The longest step that is allowed.</summary>
    Maximum,

    /// <summary>It was prescribed.</summary>
    Prescribed,
}
