using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation;

/// <summary>The cell's BPX file and the outline of a case, to be laid beside its results: what is in the folder can then be run again wherever the folder is.</summary>
public sealed class InputCopies
{
    /// <summary>Name in the results and content; on rank 0 only.</summary>
    private readonly (string Name, byte[] Content)[] _files = [];

    /// <summary>Reads the files now: where results are overwritten, they may be among those that go.</summary>
    public InputCopies(SimulationCase simulation, Communicator world)
    {
        if (!world.IsRoot)
            return;
        _files = [(OutputFolder.CellName, File.ReadAllBytes(simulation.Cell.File)),
            .. simulation.OutlineFile is { } plane ? [(OutputFolder.OutlineName, File.ReadAllBytes(plane))] : Array.Empty<(string, byte[])>()];
    }

    /// <summary>Writes the resolved case and what it names. Call on rank 0 only.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void Write(SimulationCase simulation, OutputFolder folder)
    {
        foreach ((string name, byte[] content) in _files)
            AtomicFile.Write(folder.ForWriting(name), content);
        AtomicFile.Write(folder.ForWriting(OutputFolder.ResolvedCaseName), simulation.ToJson(OutputFolder.CellName, OutputFolder.OutlineName));
    }
}
