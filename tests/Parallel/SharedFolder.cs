using Cell3D.Parallel.Mpi;

namespace Cell3D.Tests.Parallel;

/// <summary>A temporary folder all ranks agree on.</summary>
internal sealed class SharedFolder : IDisposable
{
    public string Path { get; } =
        Communicator.World.Broadcast(Communicator.World.IsRoot ? Directory.CreateTempSubdirectory("cell3d").FullName : null);

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public void Dispose()
    {
        Communicator.World.Barrier();
        if (Communicator.World.IsRoot) Directory.Delete(Path, recursive: true);
    }
}
