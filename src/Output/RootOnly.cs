using Cell3D.Parallel.Mpi;

namespace Cell3D.Output;

/// <summary>Work that one rank does for all, and whose failure all ranks learn.</summary>
public static class RootOnly
{
    /// <summary>*Collective.* Runs an action on rank 0; when it fails to write, every rank throws the same exception.</summary>
    /// <exception cref="OutputException">The action threw it on rank 0.</exception>
    public static void Run(Communicator communicator, Action action)
    {
        OutputException? failure = null;
        if (communicator.IsRoot)
        {
            try
            {
                action();
            }
            catch (OutputException e)
            {
                failure = e;
            }
        }

        Span<long> code = [failure?.ExitCode ?? 0, failure?.Bytes ?? 0];
        communicator.Broadcast(code);
        if (code[0] == 0)
            return;

        string path = communicator.Broadcast(failure?.Path);
        string message = communicator.Broadcast(failure?.Message);
        throw failure ?? OutputException.Same(path, code[1], (int)code[0], message);
    }
}
