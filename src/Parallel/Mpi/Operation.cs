namespace Cell3D.Parallel.Mpi;

/// <summary>How values of all ranks become one. The numbers are those of the native interface.</summary>
public enum Operation
{
    /// <summary>Sum over the ranks.</summary>
    Sum = 0,

    /// <summary>Smallest value.</summary>
    Min = 1,

    /// <summary>Largest value.</summary>
    Max = 2,
}
