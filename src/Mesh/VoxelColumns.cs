using System.Runtime.InteropServices;

namespace Cell3D.Mesh;

/// <summary>Describes a body of voxels: levels through the thickness over the columns of a plane, every voxel in a region of its own choice.</summary>
public static class VoxelColumns
{
    /// <summary>The voxels between two terminals: the outer faces of the conductors at the lowest and the highest level.</summary>
    /// <param name="plane">Columns.</param>
    /// <param name="levels">Depths of the levels [m].</param>
    /// <param name="regions">Regions that voxels may belong to.</param>
    /// <param name="regionAt">Region by column and depth; <see cref="Body.Absent"/> where nothing is, as in what is inert.</param>
    public static CellDomain Describe(PlaneMesh plane, double[] levels, IReadOnlyList<Region> regions, Func<int, int, int> regionAt)
    {
        int depths = levels.Length - 1;
        Dictionary<string, int> kinds = [];
        List<int[]> profiles = [];
        int[] ofColumn = new int[plane.CellCount];
        for (int column = 0; column < ofColumn.Length; column++)
        {
            int[] profile = new int[depths];
            for (int depth = 0; depth < depths; depth++)
                profile[depth] = regionAt(column, depth);
            ref int kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, string.Join(',', profile), out bool known);
            if (!known)
            {
                kind = profiles.Count;
                profiles.Add(profile);
            }
            ofColumn[column] = kind;
        }
        Body body = new(plane, levels, [.. profiles], ofColumn, Baseline.Straight);
        body.Outside = Outside;
        return new(regions, [body], () => []) { Outline = plane.Outline };

        IEnumerable<BoundaryFace> Outside(int column)
        {
            if (Conducts(0, Polarity.Negative))
                yield return Terminal(0, CellSurface.NegativeTerminal, CellSurface.NegativeFace);
            if (Conducts(depths - 1, Polarity.Positive))
                yield return Terminal(depths - 1, CellSurface.PositiveTerminal, CellSurface.PositiveFace);

            bool Conducts(int depth, Polarity side) =>
                body.Region(column, depth) is var region && region != Body.Absent && regions[region].Kind.ConductsElectrons() && regions[region].Kind.Polarity() == side;

            BoundaryFace Terminal(int depth, CellSurface terminal, CellSurface face) =>
                new(depth, plane.Area[column], 0.5 * body.Thickness(depth), terminal, face, FaceDirection.Through);
        }
    }
}
