using Cell3D.Parallel.Mpi;

namespace Cell3D.Output;

/// <summary>Work that one rank does for all, and whose failure all ranks learn.</summary>
public static class RootOnly
{
    /// <summary>*Collective.* Runs an action on rank 0; when it fails to write or to read a curve, every rank throws.</summary>
    /// <exception cref="OutputException">The action threw it on rank 0, or anything that the user can put right on another rank.</exception>
    /// <exception cref="TimeSeriesException">The action threw it, on rank 0.</exception>
    public static void Run(Communicator communicator, Action action)
    {
        Exception? failure = null;
        if (communicator.IsRoot)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is OutputException or TimeSeriesException)
            {
                failure = e;
            }
        }

        OutputException? output = failure as OutputException;
        Span<long> code = [output?.ExitCode ?? (failure as TimeSeriesException)?.ExitCode ?? 0, output?.Bytes ?? 0];
        communicator.Broadcast(code);
        if (code[0] == 0)
            return;

        string path = communicator.Broadcast(output?.Path);
        string message = communicator.Broadcast(failure?.Message);
        throw failure ?? OutputException.Same(path, code[1], (int)code[0], message);
    }
}
