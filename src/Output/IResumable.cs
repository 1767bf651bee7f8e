namespace Cell3D.Output;

/// <summary>What gathers numbers while a run goes on, and can take over what another one had gathered.</summary>
public interface IResumable
{
    /// <summary>Most numbers that <see cref="State"/> may hold.</summary>
    long LongestState { get; }

    /// <summary>Everything that was gathered; a number for every one that decides what follows.</summary>
    /// <exception cref="ArgumentException">What is set does not come from one like this.</exception>
    double[] State { get; set; }
}
