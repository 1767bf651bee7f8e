using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>A multiplicative field split, block by block as the unknowns say: one V-cycle of BoomerAMG where a block reaches across the whole cell, ILU elsewhere.</summary>
/// <remarks>Measured in docs/decisions/0006-field-split-default.md.</remarks>
internal sealed class FieldSplit : IDisposable
{
    private readonly List<(string Name, IndexSet Rows)> _blocks = [];

    /// <summary>*Collective.* Makes it the default of solvers with a prefix.</summary>
    /// <param name="prefix">Of the options.</param>
    /// <param name="unknowns">Their blocks.</param>
    /// <param name="rowsOf">Global rows of some unknowns on this rank.</param>
    /// <param name="world">The ranks.</param>
    internal FieldSplit(string prefix, UnknownTable unknowns, Func<IReadOnlyCollection<Unknown>, long[]> rowsOf, Communicator world)
    {
        Options.SetDefault($"-{prefix}pc_type", "fieldsplit");
        Options.SetDefault($"-{prefix}pc_fieldsplit_type", "multiplicative");
        foreach (IGrouping<string, Unknown> block in unknowns.All.ToArray().GroupBy(unknown => unknown.Split).OrderBy(group => Place(group.Key)))
        {
            long[] rows = rowsOf([.. block]);
            if (world.Allreduce((long)rows.Length, Operation.Sum) == 0)
                continue;
            _blocks.Add((block.Key, new(world, rows)));
            Options.SetDefault($"-{prefix}fieldsplit_{block.Key}_ksp_type", "preonly");
            Options.SetDefault($"-{prefix}fieldsplit_{block.Key}_pc_type", Elliptic.Contains(block.Key) ? "hypre" : "bjacobi");
        }
        UseBoomerAmg($"-{prefix}fieldsplit_temperature_", threshold: "0.5", relaxation: "SOR/Jacobi");
        UseBoomerAmg($"-{prefix}fieldsplit_potential_", threshold: "0.25", relaxation: "Chebyshev");
    }

    /// <summary>Tells a solver the blocks, before it takes its options.</summary>
    internal void ApplyTo(LinearSolver solver)
    {
        foreach ((string name, IndexSet rows) in _blocks)
            solver.SetFieldSplit(name, rows);
    }

    public void Dispose()
    {
        foreach ((_, IndexSet rows) in _blocks)
            rows.Dispose();
    }

    /// <summary>Blocks that reach across the whole cell, in the order in which they are solved behind all others.</summary>
    private static string[] Elliptic { get; } = ["temperature", "potential"];

    private static int Place(string split) => Array.IndexOf(Elliptic, split);

    private static void UseBoomerAmg(string prefix, string threshold, string relaxation)
    {
        Options.SetDefault($"{prefix}pc_hypre_type", "boomeramg");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_coarsen_type", "HMIS");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_interp_type", "ext+i");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_P_max", "4");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_strong_threshold", threshold);
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_relax_type_all", relaxation);
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_agg_nl", "0");
    }
}
