namespace Cell3D.Input.Cases;

/// <summary>What a value of the case file is meant for.</summary>
internal enum CaseShare
{
    /// <summary>For the pairs that are simulated, as given.</summary>
    SimulatedPairs,

    /// <summary>For the cell of the BPX file; the simulated part takes its share.</summary>
    WholeCell,
}
