namespace Cell3D.Output;

/// <summary>How a series is read between its rows.</summary>
public enum Interpolation
{
    /// <summary>Straight lines.</summary>
    Linear,

    /// <summary>
    /// Cubic Hermite pieces with three-point slopes: third order on smooth stretches. Repeated times are jumps,
    /// across which nothing is smoothed.
    /// </summary>
    Cubic,
}
