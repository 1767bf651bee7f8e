using Cell3D.Output;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>What the solution in parts knows of the steps before, as a record of checkpoints.</summary>
internal sealed class CouplingMemory(CoupledSolver coupling) : IResumable
{
    /// <inheritdoc/>
    public long LongestState => CoupledSolver.StateLength;

    /// <inheritdoc/>
    public double[] State { get => coupling.State; set => coupling.State = value; }
}
