using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>Rows of a matrix that every rank holds, each computed by one rank: one after another in the order of the ranks.</summary>
internal sealed class SharedRows
{
    private readonly Communicator _communicator;
    private readonly long[] _counts;
    private readonly double[] _own;

    /// <summary>*Collective.*</summary>
    /// <param name="communicator">The ranks.</param>
    /// <param name="own">How many this rank computes.</param>
    public SharedRows(Communicator communicator, int own)
    {
        (_communicator, _counts) = (communicator, communicator.Allgather(own));
        Start = checked((int)_counts[..communicator.Rank].Sum());
        End = Start + own;
        _own = new double[own];
    }

    /// <summary>The first row of this rank.</summary>
    public int Start { get; }

    /// <summary>One beyond its last.</summary>
    public int End { get; }

    /// <summary>*Collective.* Takes from each rank the values of its rows.</summary>
    public void Complete(double[] values)
    {
        if (_communicator.Size == 1) return;
        values.AsSpan(Start, _own.Length).CopyTo(_own);
        _communicator.Allgatherv(_own, _counts, values);
    }
}
