namespace Cell3D.Mesh;

/// <summary>A place on the line along which a body is laid, seen along z, and the direction in which its layers follow each other.</summary>
/// <param name="X">x [m].</param>
/// <param name="Y">y [m].</param>
/// <param name="Angle">Angle of the direction through the layers, from the x axis [rad].</param>
public readonly record struct Frame(double X, double Y, double Angle)
{
    /// <summary>The direction through the layers.</summary>
    public (double X, double Y) Through => Math.SinCos(Angle) is var (sin, cos) ? (cos, sin) : default;

    /// <summary>The point at a depth.</summary>
    /// <param name="depth">Distance from the line, through the layers [m].</param>
    public (double X, double Y) At(double depth)
    {
        (double x, double y) = Through;
        return (X + (depth * x), Y + (depth * y));
    }

    /// <summary>Depth of a point, and its distance along the line where that is straight [m].</summary>
    public (double Depth, double Along) Seen(double x, double y)
    {
        (double nx, double ny) = Through;
        (double dx, double dy) = (x - X, y - Y);
        return ((dx * nx) + (dy * ny), (dy * nx) - (dx * ny));
    }

    /// <summary>Depth of a point, and its distance along the line at depth 0 where that is an arc [m].</summary>
    /// <param name="radius">Of the arc [m].</param>
    /// <param name="x">x of the point [m].</param>
    /// <param name="y">y of the point [m].</param>
    public (double Depth, double Along) SeenOnArc(double radius, double x, double y)
    {
        (double outwards, double across) = Seen(x, y);
        return (double.Hypot(radius + outwards, across) - radius, radius * Math.Atan2(across, radius + outwards));
    }
}

/// <summary>The line along which the in-plane mesh of a body is laid: its first coordinate runs along the line, its second along z.</summary>
public abstract class Baseline
{
    /// <summary>The y axis: layers follow each other along x.</summary>
    public static Baseline Straight { get; } = new StraightLine(0, 0, 0);

    /// <summary>A straight line through a point.</summary>
    /// <param name="x">x of the point at distance 0 [m].</param>
    /// <param name="y">y of the point [m].</param>
    /// <param name="angle">Angle of the direction through the layers, from the x axis; the line runs at a right angle to the left of it [rad].</param>
    public static Baseline StraightFrom(double x, double y, double angle) => new StraightLine(x, y, angle);

    /// <summary>The place at a distance along the line [m].</summary>
    public abstract Frame At(double along);

    private sealed class StraightLine(double x, double y, double angle) : Baseline
    {
        private readonly (double X, double Y) _through = new Frame(0, 0, angle).Through;

        public override Frame At(double along) => new(x - (along * _through.Y), y + (along * _through.X), angle);
    }
}
