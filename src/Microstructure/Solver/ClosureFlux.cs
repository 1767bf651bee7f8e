using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>What a solved closure problem says: effective conductivities of one direction over the largest conductivity of a phase, times that.</summary>
/// <param name="Energy">Σ_f c_f (Δx + Δχ)²/N: from above, with an error of second order in that of χ.</param>
/// <param name="Mean">Mean flux along x, y and z: a column of the effective tensor.</param>
/// <param name="Imbalance">Largest deviation of the current through a plane across the direction from the mean, over the mean; 0 where nothing flows.</param>
internal sealed record ClosureFlux(double Energy, double[] Mean, double Imbalance)
{
    /// <summary>*Collective.*</summary>
    public static unsafe ClosureFlux Of(ClosureProblem problem)
    {
        VoxelGrid grid = problem.System.Grid;
        int along = grid.Direction, n = grid.Shape[along];
        double[] sums = new double[4 + n];
        for (int z = 0; z < grid.Planes; z++)
            for (int y = 0; y < grid.Shape.Y; y++)
                for (int x = 0; x < grid.Shape.X; x++)
                {
                    nint i = grid.Index(x, y, z);
                    if ((problem.System.Phases.Values[i] & PhaseTable.Mask) == PhaseTable.Insulator) continue;
                    int plane = along == 0 ? x : along == 1 ? y : z + grid.Slab.First;
                    for (int direction = 0; direction < 3; direction++)
                    {
                        (double up, double upEnergy) = Face(problem, i, x, direction, 1);
                        (double down, double downEnergy) = Face(problem, i, x, direction, -1);
                        sums[0] += upEnergy + downEnergy;
                        sums[1 + direction] += (up + down) / 2;
                        if (direction == along) sums[4 + plane] += up;
                    }
                }
        grid.Communicator.Allreduce(sums, Operation.Sum);
        double scale = problem.System.Scale, count = grid.Shape.Count, mean = sums[1 + along] / n;
        double imbalance = mean > 0 ? sums[4..].Max(current => Math.Abs(current - mean)) / mean : 0;
        return new(scale * sums[0] / count, [.. sums[1..4].Select(sum => scale * sum / count)], imbalance);
    }

    /// <summary>Flux along a direction in a voxel at x, mean of its two faces, at unit conductivity.</summary>
    public static double InVoxel(ClosureProblem problem, nint i, int x, int direction) => (Face(problem, i, x, direction, 1).Flux + Face(problem, i, x, direction, -1).Flux) / 2;

    /// <summary>Flux along the positive direction through a face, and the voxel's share of its energy.</summary>
    private static unsafe (double Flux, double Energy) Face(ClosureProblem problem, nint i, int x, int direction, int side)
    {
        VoxelGrid grid = problem.System.Grid;
        nint j = i + grid.Step(x, direction, side);
        byte* phases = problem.System.Phases.Values;
        double face = problem.Face(phases[i], phases[j]);
        if (!(face > 0)) return (0, 0);
        bool end = (phases[j] & PhaseTable.Mask) == PhaseTable.End;
        double difference = (direction == grid.Direction ? end ? 0.5 : 1 : 0) + (side * (problem.Solution.Values[j] - problem.Solution.Values[i]));
        return (face * difference, (end ? 1 : 0.5) * face * difference * difference);
    }
}
