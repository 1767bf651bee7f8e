namespace Cell3D.Mesh;

/// <summary>Areas of polygons in the plane, and what half-planes leave of them.</summary>
public static class PlanePolygon
{
    /// <summary>Area, positive counter-clockwise [m²].</summary>
    public static double Area(ReadOnlySpan<(double Y, double Z)> corners)
    {
        double twice = 0;
        for (int i = 1; i + 1 < corners.Length; i++)
            twice += ((corners[i].Y - corners[0].Y) * (corners[i + 1].Z - corners[0].Z)) - ((corners[i + 1].Y - corners[0].Y) * (corners[i].Z - corners[0].Z));
        return 0.5 * twice;
    }

    /// <summary>Centroid of a polygon with an area [m].</summary>
    public static (double Y, double Z) Centroid(ReadOnlySpan<(double Y, double Z)> corners)
    {
        (double y, double z) = corners[0];
        double area = 0, momentY = 0, momentZ = 0;
        for (int i = 1; i + 1 < corners.Length; i++)
        {
            (double ay, double az, double by, double bz) = (corners[i].Y - y, corners[i].Z - z, corners[i + 1].Y - y, corners[i + 1].Z - z);
            double part = (ay * bz) - (by * az);
            (area, momentY, momentZ) = (area + part, momentY + (part * (ay + by)), momentZ + (part * (az + bz)));
        }
        return (y + (momentY / (3 * area)), z + (momentZ / (3 * area)));
    }

    /// <summary>Whether a point lies inside a polygon, convex or not.</summary>
    internal static bool Contains(ReadOnlySpan<(double Y, double Z)> corners, double y, double z)
    {
        bool inside = false;
        for (int i = 0, before = corners.Length - 1; i < corners.Length; before = i++)
        {
            ((double y1, double z1), (double y2, double z2)) = (corners[i], corners[before]);
            if (z1 > z != z2 > z && y < y1 + ((z - z1) / (z2 - z1) * (y2 - y1)))
                inside = !inside;
        }
        return inside;
    }

    /// <summary>What of a polygon, convex or not, lies where a y + b z ≥ c, with marks of its sides.</summary>
    /// <remarks>Where it falls apart the parts hang together by sides along the line, whose lengths cancel with their directions; areas are exact.</remarks>
    /// <param name="polygon">Corners, each with the mark of the side behind it.</param>
    /// <param name="left">Takes what is left.</param>
    /// <param name="line">a, b, c with a² + b² = 1.</param>
    /// <param name="mark">Mark of new sides.</param>
    /// <param name="tolerance">Corners within this distance beyond the line count as on it [m].</param>
    internal static void Cut(List<(double Y, double Z, int Mark)> polygon, List<(double Y, double Z, int Mark)> left, (double A, double B, double C) line, int mark, double tolerance)
    {
        left.Clear();
        for (int i = 0; i < polygon.Count; i++)
        {
            ((double y, double z, int side), (double nextY, double nextZ, _)) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            double here = (line.A * y) + (line.B * z) - line.C, there = (line.A * nextY) + (line.B * nextZ) - line.C;
            bool isIn = here >= -tolerance, goesOn = there >= -tolerance;
            if (isIn)
                left.Add((y, z, goesOn || here > tolerance ? side : mark));
            if (isIn != goesOn && Math.Abs(here) > tolerance && Math.Abs(there) > tolerance)
                left.Add((y + (here / (here - there) * (nextY - y)), z + (here / (here - there) * (nextZ - z)), isIn ? mark : side));
        }
    }
}
