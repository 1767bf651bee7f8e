namespace Cell3D.Mesh;

/// <summary>A straight side of an outline, with a coordinate along it: y on the bottom and top edge, z on the left and right one, on a side with a name the way from its left or, where it is upright, its lower end.</summary>
/// <param name="Name">In words, e.g. "top edge".</param>
/// <param name="Origin">Where the coordinate is zero [m].</param>
/// <param name="Along">Unit vector (y, z) in which it rises.</param>
/// <param name="Outward">Unit normal (y, z) out of the cell.</param>
/// <param name="Start">Smallest coordinate [m].</param>
/// <param name="End">Largest coordinate [m].</param>
public sealed record Side(string Name, (double Y, double Z) Origin, (double Y, double Z) Along, (double Y, double Z) Outward, double Start, double End)
{
    /// <summary>Share of its length by which a straight side may deviate.</summary>
    internal const double RoundOff = 1e-6;

    /// <summary>Whether y or z is constant along it.</summary>
    public bool IsAlongAxis => Along.Y == 0 || Along.Z == 0;

    /// <summary>A point by its coordinate along the side and its distance outwards [m].</summary>
    public (double Y, double Z) Place(double along, double away) =>
        (Origin.Y + (along * Along.Y) + (away * Outward.Y), Origin.Z + (along * Along.Z) + (away * Outward.Z));

    /// <summary>Coordinate of a point along the side [m].</summary>
    public double CoordinateOf(double y, double z) => ((y - Origin.Y) * Along.Y) + ((z - Origin.Z) * Along.Z);

    /// <summary>How far a point lies beyond the line of the side, negative within [m].</summary>
    public double Beyond(double y, double z) => ((y - Origin.Y) * Outward.Y) + ((z - Origin.Z) * Outward.Z);

    /// <summary>The same side farther out.</summary>
    /// <param name="away">Distance [m].</param>
    public Side Shifted(double away) => this with { Origin = Place(0, away) };

    /// <summary>Edge of a rectangle.</summary>
    internal static Side Of(CellEdge edge, PlaneExtent plane)
    {
        (double start, double end) = plane.EdgeRange(edge);
        (double Y, double Z) outward = edge.OutwardNormal();
        string name = $"{CellEdges.Words[(int)edge]} edge";
        return edge switch
        {
            CellEdge.Left => new(name, (plane.Left, 0), (0, 1), outward, start, end),
            CellEdge.Right => new(name, (plane.Right, 0), (0, 1), outward, start, end),
            CellEdge.Bottom => new(name, (0, plane.Bottom), (1, 0), outward, start, end),
            _ => new(name, (0, plane.Top), (1, 0), outward, start, end),
        };
    }

    /// <summary>A stretch of an outline that runs counter-clockwise, straight but for round-off.</summary>
    /// <param name="name">Name.</param>
    /// <param name="first">Where it begins [m].</param>
    /// <param name="last">Where it ends [m].</param>
    internal static Side Of(string name, (double Y, double Z) first, (double Y, double Z) last)
    {
        (double dy, double dz) = (last.Y - first.Y, last.Z - first.Z);
        double length = Math.Sqrt((dy * dy) + (dz * dz));
        (dy, dz) = (Unit(dy), Unit(dz));
        bool rises = dy > 0 || (dy == 0 && dz > 0);
        return new($"side \"{name}\"", rises ? first : last, rises ? (dy, dz) : (-dy, -dz), (dz, -dy), 0, length);

        // Sides along an axis but for round-off are along it.
        double Unit(double value) => Math.Abs(value) < RoundOff * length ? 0 : Math.Abs(value) > (1 - (0.5 * RoundOff * RoundOff)) * length ? Math.Sign(value) : value / length;
    }
}
