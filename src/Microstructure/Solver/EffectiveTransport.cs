using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>The effective conductivity of one direction, and how it was found.</summary>
/// <param name="Direction">0 x, 1 y, 2 z.</param>
/// <param name="Effective">Along the direction, in the unit of the phases' conductivities; from the energy.</param>
/// <param name="Column">Mean flux along x, y, z at a unit gradient: a column of the effective tensor.</param>
/// <param name="Imbalance">Largest deviation of the current through a plane from the mean, relative; what the solver left.</param>
/// <param name="Conducting">Share of the voxels that take part.</param>
/// <param name="Solution">How the solution went.</param>
public sealed record DirectionalTransport(int Direction, double Effective, IReadOnlyList<double> Column, double Imbalance, double Conducting, ClosureResult Solution);

/// <summary>Solves closure problems of an image.</summary>
public static class EffectiveTransport
{
    /// <summary>*Collective.* Effective conductivity along one direction.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab.</param>
    /// <param name="conductivities">Of each phase, ≥ 0.</param>
    /// <param name="boundary">What lies around the image.</param>
    /// <param name="direction">0 x, 1 y, 2 z.</param>
    /// <param name="settings">Tolerance, and who is told of progress.</param>
    /// <param name="slice">Receives the magnitude of the flux in the middle plane of constant y, as z rows of x; null when nobody wants it.</param>
    /// <param name="take">Receives potential and flux in all voxels; null when nobody wants them.</param>
    public static DirectionalTransport Along(
        Communicator communicator, VoxelImage image, IReadOnlyList<double> conductivities, BoundaryKind boundary, int direction, ClosureSettings settings, double[]? slice = null, Action<ClosureField>? take = null)
    {
        bool[] conducts = [.. conductivities.Select(k => k > 0)];
        long reached = image.Shape.Count;
        Func<long, bool>? part = null;
        if (boundary == BoundaryKind.Ends)
        {
            byte[] ends = Percolation.Reach(communicator, image, conducts, direction);
            part = i => ends[i] == Percolation.Both;
            reached = communicator.Allreduce(ends.LongCount(value => value == Percolation.Both), Operation.Sum);
        }
        else reached = communicator.Allreduce(image.Phases.LongCount(phase => conducts[phase]), Operation.Sum);
        double share = (double)reached / image.Shape.Count;
        if (reached == 0)
        {
            take?.Invoke(ClosureField.Nothing(image.Phases.Length));
            return new(direction, 0, [0, 0, 0], 0, 0, ClosureResult.Nothing);
        }
        VoxelGrid grid = new(communicator, image.Shape, image.Slab, boundary, direction);
        using ClosureProblem problem = new(new(grid, image.Phases, conductivities, part));
        part = null;
        ClosureResult result = problem.Solve(settings);
        ClosureFlux flux = ClosureFlux.Of(problem);
        if (slice is not null) FillSlice(problem, slice);
        if (take is not null && !result.Stopped) take(ClosureField.Of(problem));
        return new(direction, flux.Energy, flux.Mean, flux.Imbalance, share, result);
    }

    private static void FillSlice(ClosureProblem problem, double[] slice)
    {
        VoxelGrid grid = problem.System.Grid;
        Array.Clear(slice);
        for (int z = 0; z < grid.Planes; z++)
            for (int x = 0; x < grid.Shape.X; x++)
            {
                nint i = grid.Index(x, grid.Shape.Y / 2, z);
                double square = 0;
                for (int direction = 0; direction < 3; direction++) square += Math.Pow(ClosureFlux.InVoxel(problem, i, x, direction), 2);
                slice[((z + grid.Slab.First) * grid.Shape.X) + x] = problem.System.Scale * Math.Sqrt(square);
            }
        grid.Communicator.Allreduce(slice, Operation.Sum);
    }
}
