using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Benchmark;

/// <summary>−∇²u = 1 with u = 0 on the left edge, one unknown per control volume, by conjugate gradients with BoomerAMG (HMIS, extended+i interpolation): the measure of solvers.</summary>
public sealed class PoissonSolve : IDisposable
{
    private readonly Matrix _matrix;
    private readonly Vector _rightSide, _solution;
    private readonly LinearSolver _solver;

    /// <summary>*Collective.* Assembles the matrix on this rank's part of a mesh.</summary>
    /// <param name="part">The mesh.</param>
    /// <param name="halo">Its neighbours.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="threshold">Above which share of the largest coupling another one counts as strong; its digits end the options' prefix.</param>
    public PoissonSolve(MeshPart part, FieldHalo halo, Communicator world, double threshold)
    {
        string prefix = FormattableString.Invariant($"poisson{100 * threshold:0}_");
        CellMesh mesh = part.Mesh;
        FieldSet one = new(Field.Temperature);
        FieldLayout layout = new([.. Enumerable.Repeat(one, mesh.CellCount)], mesh.OwnedCellCount, ownsTerminal: false);
        halo.Number(layout, world);
        PatternBuilder builder = new(layout);
        builder.CoupleAcross(mesh.Faces, one, _ => one);
        SparsePattern pattern = builder.Build();
        _matrix = new(world, new CsrPattern(pattern.Starts.Diagonal, pattern.DiagonalColumns, pattern.OffDiagonalStart, pattern.OffDiagonalColumns));
        Fill(mesh, pattern);
        _rightSide = new(world, layout.Rows);
        _rightSide.CopyFrom(mesh.Volume.AsSpan(0, mesh.OwnedCellCount));
        _solution = new(world, layout.Rows);
        foreach ((string option, string value) in new[]
        {
            ("ksp_type", "cg"), ("pc_type", "hypre"), ("pc_hypre_type", "boomeramg"), ("pc_hypre_boomeramg_coarsen_type", "HMIS"),
            ("pc_hypre_boomeramg_interp_type", "ext+i"), ("pc_hypre_boomeramg_strong_threshold", FormattableString.Invariant($"{threshold}")),
        })
            Options.SetDefault($"-{prefix}{option}", value);
        _solver = new(world, prefix);
        _solver.SetOperators(_matrix);
        _solver.SetFromOptions();
        Solve(0.1);
    }

    /// <summary>*Collective.* Sets the preconditioner up anew and solves.</summary>
    /// <returns>Iterations, −1 where it gives up, and the share of this rank's time that went into the preconditioner.</returns>
    public (int Iterations, double SetUpShare) Solve(double tolerance)
    {
        double start = Processor.Seconds;
        _matrix.ValuesChanged();
        _solver.SetTolerances(tolerance, 0, 200);
        _solver.SetUp();
        double setUp = Processor.Seconds - start;
        LinearResult result = _solver.Solve(_rightSide, _solution);
        return (result.Converged ? result.Iterations : -1, setUp / (Processor.Seconds - start));
    }

    public void Dispose()
    {
        _solver.Dispose();
        _solution.Dispose();
        _rightSide.Dispose();
        _matrix.Dispose();
    }

    private void Fill(CellMesh mesh, SparsePattern pattern)
    {
        Assembly assembly = new(default, _matrix.DiagonalValues, _matrix.OffDiagonalValues, default);
        foreach (Face face in mesh.Faces)
        {
            double conductance = 1 / (face.LeftLength + face.RightLength);
            foreach ((int cell, int other) in new[] { (face.Left, face.Right), (face.Right, face.Left) })
            {
                assembly.AddJacobian(pattern.Position(cell, Field.Temperature, cell, Field.Temperature), conductance);
                assembly.AddJacobian(pattern.Position(cell, Field.Temperature, other, Field.Temperature), -conductance);
            }
        }
        foreach (BoundaryFace face in mesh.Boundaries)
            if (face.CoolingSurface == CellSurface.LeftEdge)
                assembly.AddJacobian(pattern.Position(face.Cell, Field.Temperature, face.Cell, Field.Temperature), face.Area / face.Distance);
        _matrix.ValuesChanged();
    }
}
