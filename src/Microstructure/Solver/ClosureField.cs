using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Solver;

/// <summary>A solved closure problem on the voxels of one rank, x fastest, in single precision.</summary>
/// <param name="Potential">(x_d + χ)/L: from 0 at one end to 1 at the other; NaN where nothing is conducted from end to end.</param>
/// <param name="Flux">Along x, y, z, over what the unit gradient drives at a conductivity of 1; 0 where nothing is conducted.</param>
public sealed record ClosureField(float[] Potential, float[] Flux)
{
    /// <summary>Where nothing conducts from end to end.</summary>
    internal static ClosureField Nothing(int voxels)
    {
        float[] potential = new float[voxels];
        Array.Fill(potential, float.NaN);
        return new(potential, new float[checked(3 * voxels)]);
    }

    /// <summary>Reads it off a solved problem.</summary>
    internal static unsafe ClosureField Of(ClosureProblem problem)
    {
        VoxelGrid grid = problem.System.Grid;
        (int nx, int ny, int along) = (grid.Shape.X, grid.Shape.Y, grid.Direction);
        float[] potential = new float[checked(nx * ny * grid.Planes)], flux = new float[checked(3 * potential.Length)];
        for (int z = 0, at = 0; z < grid.Planes; z++)
            for (int y = 0; y < ny; y++)
                for (int x = 0; x < nx; x++, at++)
                {
                    nint i = grid.Index(x, y, z);
                    if ((problem.System.Phases.Values[i] & PhaseTable.Mask) == PhaseTable.Insulator)
                    {
                        potential[at] = float.NaN;
                        continue;
                    }
                    double place = 0.5 + (along == 0 ? x : along == 1 ? y : z + grid.Slab.First);
                    potential[at] = (float)((place + problem.Solution.Values[i]) / grid.Shape[along]);
                    for (int direction = 0; direction < 3; direction++)
                        flux[(3 * at) + direction] = (float)(problem.System.Scale * ClosureFlux.InVoxel(problem, i, x, direction));
                }
        return new(potential, flux);
    }
}
