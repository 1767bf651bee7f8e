using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Resolved;

/// <summary>Means over planes of the electrode, by distance from the separator.</summary>
/// <param name="Depths">Middle of every plane [m], ascending.</param>
/// <param name="Values">Mean in it.</param>
/// <param name="Volumes">What it is taken over [m³].</param>
public sealed record DepthProfile(IReadOnlyList<double> Depths, IReadOnlyList<double> Values, IReadOnlyList<double> Volumes)
{
    /// <summary>*Collective.* Means of a field over the cells that are chosen, weighted by volume.</summary>
    /// <param name="mesh">This rank's cells.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="chosen">Which cells count; there are some at every level of the electrode.</param>
    /// <param name="field">Values per local cell.</param>
    /// <param name="thickness">Of the electrode, from whose first plane depths count [m].</param>
    public static DepthProfile Of(CellMesh mesh, Communicator world, Func<int, bool> chosen, double[] field, double thickness)
    {
        double[] centres = mesh.Extrusion.LevelCentre, volumes = new double[centres.Length], sums = new double[centres.Length];
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
            if (chosen(cell))
            {
                volumes[mesh.Level[cell]] += mesh.Volume[cell];
                sums[mesh.Level[cell]] += mesh.Volume[cell] * field[cell];
            }
        world.Allreduce(volumes, Operation.Sum);
        world.Allreduce(sums, Operation.Sum);
        int[] levels = [.. Enumerable.Range(0, centres.Length).Where(level => volumes[level] > 0)];
        double end = mesh.Extrusion.Levels[levels[^1] + 1];
        return new([.. levels.Select(level => centres[level] - end + thickness)], [.. levels.Select(level => sums[level] / volumes[level])], [.. levels.Select(level => volumes[level])]);
    }

    /// <summary>Means over so many planes in a row.</summary>
    public DepthProfile Merged(int planes)
    {
        int count = Depths.Count / planes;
        double[] depths = new double[count], values = new double[count], volumes = new double[count];
        for (int i = 0; i < planes * count; i++)
        {
            depths[i / planes] += Depths[i] / planes;
            volumes[i / planes] += Volumes[i];
            values[i / planes] += Volumes[i] * Values[i];
        }
        return new(depths, [.. values.Zip(volumes, (value, volume) => value / volume)], volumes);
    }

    /// <summary>The value at a depth: on the parabola through the three planes around it.</summary>
    public double At(double depth)
    {
        int i = 1;
        while (i + 2 < Depths.Count && 0.5 * (Depths[i] + Depths[i + 1]) < depth)
            i++;
        double sum = 0;
        for (int k = i - 1; k <= i + 1; k++)
        {
            double weight = 1;
            for (int m = i - 1; m <= i + 1; m++)
                weight *= m == k ? 1 : (depth - Depths[m]) / (Depths[k] - Depths[m]);
            sum += weight * Values[k];
        }
        return sum;
    }
}
