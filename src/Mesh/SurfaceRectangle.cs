namespace Cell3D.Mesh;

/// <summary>A rectangle on an outer surface, in the two coordinates of that surface in the order x, y, z.</summary>
/// <remarks>On what is left through the layers – the big faces, both sides of a tab – these are the distance along the line of the body (y in a flat cell)
/// and z; on the edges of the stack the depth and y or z. Narrow sides of a tab have none.</remarks>
/// <param name="FirstStart">Smaller first coordinate [m].</param>
/// <param name="FirstEnd">Larger first coordinate [m].</param>
/// <param name="SecondStart">Smaller second coordinate [m].</param>
/// <param name="SecondEnd">Larger second coordinate [m].</param>
public readonly record struct SurfaceRectangle(double FirstStart, double FirstEnd, double SecondStart, double SecondEnd)
{
    /// <summary>Area [m²].</summary>
    public double Area => (FirstEnd - FirstStart) * (SecondEnd - SecondStart);

    /// <summary>Area in common with another one of the same surface [m²].</summary>
    public double Overlap(in SurfaceRectangle other) =>
        Common(FirstStart, FirstEnd, other.FirstStart, other.FirstEnd) * Common(SecondStart, SecondEnd, other.SecondStart, other.SecondEnd);

    /// <summary>The share of an outer face that lies within, 0 to 1: exact, whatever the mesh.</summary>
    public double ShareOf(CellMesh mesh, in BoundaryFace face)
    {
        Extrusion outlines = mesh.Extrusion;
        ReadOnlySpan<int> polygon = outlines.Polygon(mesh.Column[face.Cell]);
        if (face.Direction == FaceDirection.Through)
            return PolygonShare(outlines.Corners(mesh.Column[face.Cell]));
        if (face.CoolingSurface is < CellSurface.LeftEdge or > CellSurface.TopEdge)
            return 0;
        (double start, double end) = AlongEdge(outlines, polygon, CellEdge.Left + (face.CoolingSurface - CellSurface.LeftEdge));
        int level = mesh.Level[face.Cell];
        return Share(FirstStart, FirstEnd, outlines.Levels[level], outlines.Levels[level + 1]) * Share(SecondStart, SecondEnd, start, end);
    }

    /// <summary>The share of a polygon, by cutting it at the four sides.</summary>
    private double PolygonShare((double Y, double Z)[] corners) => CommonArea(corners) / PlanePolygon.Area(corners);

    /// <summary>Area in common with a polygon in the same two coordinates [m²].</summary>
    public double CommonArea((double Y, double Z)[] corners)
    {
        List<(double Y, double Z, int Mark)> one = [.. corners.Select(corner => (corner.Y, corner.Z, 0))], other = [];
        foreach ((double a, double b, double c) in new[] { (1.0, 0.0, FirstStart), (-1, 0, -FirstEnd), (0, 1, SecondStart), (0, -1, -SecondEnd) })
        {
            PlanePolygon.Cut(one, other, (a, b, c), 0, 0);
            (one, other) = (other, one);
        }
        return PlanePolygon.Area(one.Select(corner => (corner.Y, corner.Z)).ToArray());
    }

    /// <summary>Range of an outline along the edge on which it lies: that of its outermost corners.</summary>
    private static (double Start, double End) AlongEdge(Extrusion outlines, ReadOnlySpan<int> polygon, CellEdge edge)
    {
        (double y, double z) = edge.OutwardNormal();
        double farthest = double.NegativeInfinity, start = double.PositiveInfinity, end = double.NegativeInfinity, size = 0;
        foreach (int vertex in polygon)
        {
            farthest = Math.Max(farthest, Out(vertex));
            size = Math.Max(size, Math.Abs(Out(vertex) - Out(polygon[0])));
        }
        foreach (int vertex in polygon)
        {
            if (Out(vertex) < farthest - (1e-9 * size))
                continue;
            double along = edge.RunsAlongY() ? outlines.VertexY[vertex] : outlines.VertexZ[vertex];
            (start, end) = (Math.Min(start, along), Math.Max(end, along));
        }
        return (start, end);

        double Out(int vertex) => (y * outlines.VertexY[vertex]) + (z * outlines.VertexZ[vertex]);
    }

    private static double Share(double start, double end, double from, double to) => to > from ? Common(start, end, from, to) / (to - from) : 0;

    private static double Common(double start, double end, double otherStart, double otherEnd) => Math.Max(0, Math.Min(end, otherEnd) - Math.Max(start, otherStart));
}
