using System.Diagnostics;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>How a closure problem is solved.</summary>
/// <param name="Tolerance">Largest ‖b − A χ‖₂/‖b‖₂, of the true residual.</param>
/// <param name="MostIterations">Steps after which it gives up.</param>
/// <param name="Multigrid">Whether a multigrid cycle preconditions; otherwise the diagonal does.</param>
public sealed record ClosureSettings(double Tolerance = 1e-6, int MostIterations = 100, bool Multigrid = true)
{
    /// <summary>Told after every step: steps taken, relative residual.</summary>
    public Action<int, double>? Progress { get; init; }

    /// <summary>Asked after every step whether to stop; all ranks answer alike.</summary>
    public Func<bool>? Stop { get; init; }
}

/// <summary>
/// The closure problem ∇·(k(e + ∇χ)) = 0 of one direction at unit voxel size: χ vanishes at the ends and no flux leaves the sides, or χ repeats itself.
/// Flexible conjugate gradients (Notay, SIAM J. Sci. Comput. 22 (2000) 1444) on four fields in single precision; the solution is kept in double precision.
/// </summary>
internal sealed unsafe class ClosureProblem : IDisposable
{
    private readonly Communicator _communicator;
    private readonly VoxelSystem _system;
    private readonly VoxelOperator _operator;
    private readonly VoxelField<float> _residual, _direction, _preconditioned, _applied;
    private readonly VoxelGrid _grid;
    private readonly double[] _faces;

    /// <summary>*Collective.* Takes over the system, which it disposes.</summary>
    public ClosureProblem(VoxelSystem system)
    {
        (_system, _grid, _communicator, _operator) = (system, system.Grid, system.Grid.Communicator, VoxelOperator.Of(system));
        _faces = _operator.Faces;
        (_residual, _direction, _preconditioned, _applied, Solution) = (new(_grid), new(_grid), new(_grid), new(_grid), new(_grid));
    }

    /// <summary>χ; its ghosts are up to date after <see cref="Solve"/>.</summary>
    public VoxelField<double> Solution { get; }

    /// <summary>The voxels and their phases.</summary>
    public VoxelSystem System => _system;

    /// <summary>Conductance of the face between two voxels, phases as they stand in the field.</summary>
    public double Face(byte own, byte neighbour) => _faces[((own & PhaseTable.Mask) << PhaseTable.Bits) + (neighbour & PhaseTable.Mask)];

    /// <summary>*Collective.*</summary>
    public ClosureResult Solve(ClosureSettings settings)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using VoxelMultigrid? multigrid = settings.Multigrid ? new(_operator) : null;
        double setUp = clock.Elapsed.TotalSeconds;
        double norm = RightHandSide(), left = 1, held = double.PositiveInfinity;
        int steps = 0;
        bool stopped = false;
        // The recursive residual drifts from the true one; where it does by too much, the iteration starts again from the true one.
        while (norm > 0 && steps < settings.MostIterations && !stopped)
        {
            steps = Iterate(settings, multigrid, norm, steps, out stopped);
            left = TrueResidual() / norm;
            if (left <= settings.Tolerance || left > 0.9 * held) break;
            held = left;
        }
        _system.Exchange(Solution);
        if (norm == 0) left = 0;
        return new()
        {
            Iterations = steps,
            RelativeResidual = left,
            Converged = left <= settings.Tolerance,
            Stopped = stopped,
            SetUpSeconds = setUp,
            Seconds = clock.Elapsed.TotalSeconds,
            BytesOfFields = _grid.Size * (1 + (4 * sizeof(float)) + sizeof(double)),
            BytesOfLevels = multigrid?.Bytes ?? 0,
            Levels = multigrid?.Sizes ?? [],
        };
    }

    /// <summary>*Collective.*</summary>
    public void Dispose()
    {
        foreach (VoxelField<float> field in new[] { _residual, _direction, _preconditioned, _applied }) field.Dispose();
        Solution.Dispose();
        _system.Dispose();
    }

    private int Iterate(ClosureSettings settings, VoxelMultigrid? multigrid, double norm, int steps, out bool stopped)
    {
        double curvature = 0;
        stopped = false;
        for (bool first = true; steps < settings.MostIterations; first = false)
        {
            Precondition(multigrid);
            (double rz, double az) = VoxelVectors.Products(_grid, _residual, _applied, _preconditioned);
            Span<double> sums = [rz, az];
            _communicator.Allreduce(sums, Operation.Sum);
            double beta = first || !(curvature > 0) ? 0 : -sums[1] / curvature;
            VoxelVectors.Advance(_grid, _direction, _preconditioned, (float)beta);
            curvature = _communicator.Allreduce(_operator.Apply(_direction, _applied), Operation.Sum);
            if (!(curvature > 0)) return steps;
            double left = Math.Sqrt(_communicator.Allreduce(VoxelVectors.Update(_grid, sums[0] / curvature, _direction, _applied, Solution, _residual), Operation.Sum)) / norm;
            steps++;
            settings.Progress?.Invoke(steps, left);
            stopped = settings.Stop?.Invoke() ?? false;
            if (left <= settings.Tolerance || stopped) return steps;
        }
        return steps;
    }

    /// <summary>*Collective.* z ≈ A⁻¹ r, ghosts included.</summary>
    private void Precondition(VoxelMultigrid? multigrid)
    {
        if (multigrid is null)
        {
            _operator.Divide(_residual, _preconditioned);
            _system.Exchange(_preconditioned);
        }
        else multigrid.Apply(_residual, _preconditioned);
    }

    /// <summary>r = b; gives ‖b‖, 0 where it is round-off beside the conductances.</summary>
    private double RightHandSide()
    {
        byte* phases = _system.Phases.Values;
        Span<double> sums = [0, 0];
        for (int z = 0; z < _grid.Planes; z++)
            for (int y = 0; y < _grid.Shape.Y; y++)
            {
                for (int x = 0; x < _grid.Shape.X; x++)
                {
                    nint i = _grid.Index(x, y, z);
                    double value = 0;
                    if ((phases[i] & PhaseTable.Mask) != PhaseTable.Insulator)
                    {
                        (double up, double down) = (Driven(phases, i, x, 1), Driven(phases, i, x, -1));
                        value = up - down;
                        sums[1] += (up * up) + (down * down);
                    }
                    _residual.Values[i] = (float)value;
                    sums[0] += value * value;
                }
            }
        _communicator.Allreduce(sums, Operation.Sum);
        const double roundOff = 1e-12;
        return sums[0] > roundOff * sums[1] ? Math.Sqrt(sums[0]) : 0;
    }

    /// <summary>Flux that the unit gradient alone drives through the face of a voxel at x, on its lower or higher side.</summary>
    private double Driven(byte* phases, nint i, int x, int side)
    {
        byte neighbour = phases[i + _grid.Step(x, _grid.Direction, side)];
        return Face(phases[i], neighbour) * ((neighbour & PhaseTable.Mask) == PhaseTable.End ? 0.5 : 1);
    }

    /// <summary>r = b − A χ in double precision; gives its norm.</summary>
    private double TrueResidual()
    {
        _system.Exchange(Solution);
        byte* phases = _system.Phases.Values;
        double sum = 0;
        for (int z = 0; z < _grid.Planes; z++)
            for (int y = 0; y < _grid.Shape.Y; y++)
            {
                for (int x = 0; x < _grid.Shape.X; x++)
                {
                    nint i = _grid.Index(x, y, z);
                    double value = 0;
                    if ((phases[i] & PhaseTable.Mask) != PhaseTable.Insulator)
                    {
                        value = Driven(phases, i, x, 1) - Driven(phases, i, x, -1);
                        for (int direction = 0; direction < 3; direction++)
                            for (int side = -1; side <= 1; side += 2)
                            {
                                nint j = i + _grid.Step(x, direction, side);
                                value += Face(phases[i], phases[j]) * (Solution.Values[j] - Solution.Values[i]);
                            }
                    }
                    _residual.Values[i] = (float)value;
                    sum += value * value;
                }
            }
        return Math.Sqrt(_communicator.Allreduce(sum, Operation.Sum));
    }
}
