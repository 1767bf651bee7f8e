namespace Cell3D.Mesh;

/// <summary>Quality of an in-plane mesh; the size of a cell is √area. What concerns neighbours is NaN where there are none.</summary>
/// <param name="Cells">Number of cells.</param>
/// <param name="SmallestSize">Smallest size [m].</param>
/// <param name="LargestSize">Largest size [m].</param>
/// <param name="LargestRatio">Largest ratio of the sizes of two neighbours.</param>
/// <param name="SmallestDistance">Smallest distance of the centres of two neighbours over the size of the smaller one.</param>
/// <param name="LargestAngle">Largest angle between the normal of an edge and the line of the centres on either side [°].</param>
/// <param name="OutsideShare">Share of the cells whose centre lies outside of their polygon.</param>
public sealed record PlaneQuality(int Cells, double SmallestSize, double LargestSize, double LargestRatio, double SmallestDistance, double LargestAngle, double OutsideShare)
{
    /// <summary>Edges shorter than this share of the distance between centres have a direction of round-off, and no flux to speak of.</summary>
    private const double ShortestEdge = 0.01;

    /// <summary>Measures a mesh by its polygons and centres.</summary>
    public static PlaneQuality Of(PlaneMesh plane)
    {
        double[] size = Array.ConvertAll(plane.Area, Math.Sqrt);
        (double ratio, double distance, double angle) = (double.NaN, double.NaN, double.NaN);
        foreach (PlaneEdge edge in plane.Edges)
        {
            (double one, double other) = (size[edge.Left], size[edge.Right]);
            (double dy, double dz) = (plane.CentreY[edge.Right] - plane.CentreY[edge.Left], plane.CentreZ[edge.Right] - plane.CentreZ[edge.Left]);
            double apart = Math.Sqrt((dy * dy) + (dz * dz));
            ratio = double.MaxNumber(ratio, Math.Max(one, other) / Math.Min(one, other));
            distance = double.MinNumber(distance, apart / Math.Min(one, other));
            (double ey, double ez) = Common(plane, edge);
            double length = Math.Sqrt((ey * ey) + (ez * ez));
            if (length > ShortestEdge * apart)
                angle = double.MaxNumber(angle, Math.Asin(Math.Min(1, Math.Abs((ey * dy) + (ez * dz)) / (length * apart))) * 180 / Math.PI);
        }
        int outside = Enumerable.Range(0, plane.CellCount).Count(cell => !PlanePolygon.Contains(Corners(plane, cell), plane.CentreY[cell], plane.CentreZ[cell]));
        return new(plane.CellCount, size.Min(), size.Max(), ratio, distance, angle, (double)outside / plane.CellCount);
    }

    private static (double Y, double Z)[] Corners(PlaneMesh plane, int cell) => [.. plane.Polygon(cell).ToArray().Select(vertex => (plane.VertexY[vertex], plane.VertexZ[vertex]))];

    /// <summary>From one to the other of the two farthest corners that both cells of an edge have; zero where there are not two.</summary>
    private static (double Y, double Z) Common(PlaneMesh plane, PlaneEdge edge)
    {
        (double Y, double Z) longest = (0, 0);
        ReadOnlySpan<int> left = plane.Polygon(edge.Left), right = plane.Polygon(edge.Right);
        foreach (int one in left)
            foreach (int other in left)
                if (one < other && right.Contains(one) && right.Contains(other)
                    && (plane.VertexY[other] - plane.VertexY[one], plane.VertexZ[other] - plane.VertexZ[one]) is var line && (line.Item1 * line.Item1) + (line.Item2 * line.Item2) > (longest.Y * longest.Y) + (longest.Z * longest.Z))
                    longest = line;
        return longest;
    }
}
