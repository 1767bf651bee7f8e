namespace Cell3D.Parallel.Mpi;

/// <summary>MPI reported an error; the message is the library's own text.</summary>
public sealed class MpiException : Exception
{
    internal MpiException(string message)
        : base(message)
    {
    }
}
