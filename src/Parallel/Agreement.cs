using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Parallel;

/// <summary>
/// How ranks agree that a step succeeded on all of them before any takes the next: work that may fail on one rank talks to no other
/// rank, and the verdict is passed on afterwards.
/// </summary>
public static class Agreement
{
    private const int FileFailed = 1, Hdf5Failed = 2, WrongArgument = 3;

    /// <summary>*Collective.* Throws on every rank when one has failed: its own failure, or that of the rank that met the worst.</summary>
    /// <param name="communicator">The ranks that agree.</param>
    /// <param name="own">What this rank met; null for success.</param>
    public static void Reach(Communicator communicator, Exception? own)
    {
        ValueLocation worst = communicator.MaxLocation(Kind(own));
        if (worst.Value == 0) return;
        string message = communicator.Broadcast(own?.Message, worst.Rank);
        throw own ?? worst.Value switch
        {
            Hdf5Failed => new Hdf5Exception(message),
            WrongArgument => new ArgumentException(message),
            _ => new IOException(message),
        };
    }

    /// <summary>*Collective.* Every rank does its part, then all agree.</summary>
    public static void Reach(Communicator communicator, Action part)
    {
        Exception? failure = null;
        try
        {
            part();
        }
        catch (Exception e) when (Kind(e) > 0)
        {
            failure = e;
        }

        Reach(communicator, failure);
    }

    private static int Kind(Exception? failure) => failure switch
    {
        IOException or UnauthorizedAccessException => FileFailed,
        Hdf5Exception => Hdf5Failed,
        ArgumentException => WrongArgument,
        _ => 0,
    };
}
