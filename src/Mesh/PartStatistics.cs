namespace Cell3D.Mesh;

/// <summary>Size of one rank's part.</summary>
/// <param name="Cells">Cells it owns, by region.</param>
/// <param name="Ghosts">Cells of other ranks at its faces.</param>
/// <param name="Work">Sum of the weights of its cells.</param>
public sealed record PartStatistics(long[] Cells, long Ghosts, double Work)
{
    /// <summary>Measures what <see cref="MeshPart.Build"/> makes for every rank, without building it: memory is that of the cells at cuts.</summary>
    /// <param name="domain">What is divided.</param>
    /// <param name="partition">Who owns which column.</param>
    public static PartStatistics[] Of(CellDomain domain, Partition partition)
    {
        long[][] cells = [.. Enumerable.Range(0, partition.Ranks).Select(_ => new long[domain.Regions.Count])];
        HashSet<(int Rank, long Cell)> ghosts = [];
        foreach (Body body in domain.Bodies)
        {
            for (int column = 0; column < body.Plane.CellCount; column++)
            {
                int owner = partition.Owner(body.FirstColumn + column);
                ReadOnlySpan<int> regions = body.Regions(column);
                for (int depth = 0; depth < regions.Length; depth++)
                    if (regions[depth] is not Body.Absent and int region)
                        cells[owner >= 0 ? owner : partition.Owner(body.FirstColumn + column, depth)][region]++;
                for (int depth = 0; owner < 0 && depth + 1 < regions.Length; depth++)
                    Meet(new(body.FirstColumn + column, depth), new(body.FirstColumn + column, depth + 1));
            }
            foreach (PlaneEdge edge in body.Plane.Edges)
            {
                (int left, int right) = (partition.Owner(body.FirstColumn + edge.Left), partition.Owner(body.FirstColumn + edge.Right));
                for (int depth = 0; (left != right || left < 0) && depth < body.Depth; depth++)
                    Meet(new(body.FirstColumn + edge.Left, depth), new(body.FirstColumn + edge.Right, depth));
            }
        }
        foreach (Junction junction in domain.Junctions)
            Meet(junction.Left, junction.Right);
        long[] foreign = new long[partition.Ranks];
        foreach ((int rank, _) in ghosts)
            foreign[rank]++;
        double[] work = partition.Loads();
        return [.. Enumerable.Range(0, partition.Ranks).Select(rank => new PartStatistics(cells[rank], foreign[rank], work[rank]))];

        void Meet(CellPlace left, CellPlace right)
        {
            if (domain.RegionsOf(left.Column)[left.Depth] == Body.Absent || domain.RegionsOf(right.Column)[right.Depth] == Body.Absent)
                return;
            (int ofLeft, int ofRight) = (partition.Owner(left.Column, left.Depth), partition.Owner(right.Column, right.Depth));
            if (ofLeft == ofRight)
                return;
            ghosts.Add((ofLeft, domain.Cell(right)));
            ghosts.Add((ofRight, domain.Cell(left)));
        }
    }
}
