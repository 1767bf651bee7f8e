using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers;

/// <summary>How the linear systems are solved; every piece can be overridden by PETSc options.</summary>
public enum LinearMethod
{
    /// <summary>FGMRES with a multiplicative field split c | T | {φ_e, φ_s, V}, BoomerAMG inside.</summary>
    FieldSplit,

    /// <summary>A direct solver: PETSc's own on one rank, MUMPS on more.</summary>
    DirectLU,
}

/// <summary>J δ = −r on all ranks: PETSc matrix and vectors over the pattern of a <see cref="DiscreteSystem"/>, and its solver.</summary>
/// <remarks>*Collective* in everything but the spans.</remarks>
public sealed class LinearSystem : IDisposable
{
    private readonly Matrix _matrix;
    private readonly Vector _rightSide, _solution;
    private readonly LinearSolver _solver;
    private readonly List<IndexSet> _splits = [];
    private readonly double[] _residual;

    /// <summary>Creates matrix, vectors and solver.</summary>
    /// <param name="system">Gives the pattern.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="method">Default method; options in the PETSc database win.</param>
    /// <param name="relativeTolerance">Of the Krylov method.</param>
    public LinearSystem(DiscreteSystem system, Communicator world, LinearMethod method, double relativeTolerance)
    {
        SparsePattern pattern = system.Pattern;
        _matrix = new Matrix(world, new CsrPattern(pattern.DiagonalStart, pattern.DiagonalColumns, pattern.OffDiagonalStart, pattern.OffDiagonalColumns));
        _rightSide = new Vector(world, system.Layout.Rows);
        _solution = new Vector(world, system.Layout.Rows);
        _residual = new double[system.Layout.Rows];
        _solver = new LinearSolver(world, "");
        _solver.SetOperators(_matrix);
        _solver.SetTolerances(relativeTolerance, 0, 200);
        if (method == LinearMethod.FieldSplit)
            UseFieldSplit(system.Layout, world);
        else
            UseDirect(world);
        _solver.SetFromOptions();
    }

    /// <summary>Residual of the owned rows.</summary>
    public Span<double> Residual => _residual;

    /// <summary>Gives the assembly that fills residual and Jacobian in place.</summary>
    public Assembly WithJacobian(RowScale scale) => new(_residual, _matrix.DiagonalValues, _matrix.OffDiagonalValues, scale);

    /// <summary>Tells the solver that the values changed and solves J δ = −r.</summary>
    /// <param name="increments">Receives δ of the owned rows.</param>
    public LinearResult Solve(Span<double> increments)
    {
        _matrix.ValuesChanged();
        for (int row = 0; row < increments.Length; row++)
            increments[row] = -_residual[row];
        _rightSide.CopyFrom(increments);
        LinearResult result = _solver.Solve(_rightSide, _solution);
        _solution.CopyTo(increments);
        return result;
    }

    public void Dispose()
    {
        _solver.Dispose();
        foreach (IndexSet split in _splits)
            split.Dispose();
        _solution.Dispose();
        _rightSide.Dispose();
        _matrix.Dispose();
    }

    private static void UseDirect(Communicator world)
    {
        Options.SetDefault("-ksp_type", "preonly");
        Options.SetDefault("-pc_type", "lu");
        if (world.Size > 1)
            Options.SetDefault("-pc_factor_mat_solver_type", "mumps");
    }

    private void UseFieldSplit(FieldLayout layout, Communicator world)
    {
        Options.SetDefault("-ksp_type", "fgmres");
        Options.SetDefault("-ksp_pc_side", "right");
        Options.SetDefault("-pc_type", "fieldsplit");
        Options.SetDefault("-pc_fieldsplit_type", "multiplicative");
        foreach ((string name, Field[] fields) in Splits)
        {
            long[] rows = Rows(layout, fields);
            if (world.Allreduce((long)rows.Length, Operation.Sum) == 0)
                continue;
            IndexSet split = new(world, rows);
            _splits.Add(split);
            _solver.SetFieldSplit(name, split);
            Options.SetDefault($"-fieldsplit_{name}_ksp_type", "preonly");
            if (name == "salt")
                Options.SetDefault("-fieldsplit_salt_pc_type", "bjacobi");
            else
                UseBoomerAmg($"-fieldsplit_{name}_");
        }
    }

    private static (string Name, Field[] Fields)[] Splits { get; } =
        [("salt", [Field.Salt]), ("temperature", [Field.Temperature]), ("potential", [Field.IonicPotential, Field.ElectronicPotential])];

    private static void UseBoomerAmg(string prefix)
    {
        Options.SetDefault($"{prefix}pc_type", "hypre");
        Options.SetDefault($"{prefix}pc_hypre_type", "boomeramg");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_coarsen_type", "HMIS");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_interp_type", "ext+i");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_P_max", "4");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_strong_threshold", "0.5");
        Options.SetDefault($"{prefix}pc_hypre_boomeramg_agg_nl", "0");
    }

    private static long[] Rows(FieldLayout layout, Field[] fields)
    {
        List<long> rows = [];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            foreach (Field field in fields)
                if (layout.Has(cell, field))
                    rows.Add(layout.Global(cell, field));
        if (layout.OwnsTerminal && fields.Contains(Field.ElectronicPotential))
            rows.Add(layout.TerminalGlobal);
        return [.. rows];
    }
}
