namespace Cell3D.Mesh;

/// <summary>
/// A line wound counter-clockwise around a core: on arcs r = r0 + p φ/2π with φ the angle turned so far, and after every half
/// turn a straight stretch of the core's length. Without one it is a spiral, with pitch 0 it is closed.
/// </summary>
/// <param name="radius">r0 at the inner end [m], positive.</param>
/// <param name="pitch">p, what the radius grows by in a turn [m], ≥ 0.</param>
/// <param name="core">Length of the straight stretches [m]; 0 for a round core.</param>
/// <param name="centre">x of the middle of the core [m].</param>
public sealed class WoundLine(double radius, double pitch, double core = 0, double centre = 0) : Baseline
{
    /// <summary>Radius at the inner end [m].</summary>
    public double Radius => radius;

    /// <summary>What the radius grows by in a turn [m].</summary>
    public double Pitch => pitch;

    /// <summary>Length of the straight stretches [m].</summary>
    public double Core => core;

    /// <summary>x of the middle of the core [m].</summary>
    public double Centre => centre;

    /// <summary>The same winding further out.</summary>
    /// <param name="depth">By how much [m].</param>
    public WoundLine Shifted(double depth) => new(radius + depth, pitch, core, centre);

    /// <summary>The same winding around a core somewhere else.</summary>
    /// <param name="x">x of the middle of the core [m].</param>
    public WoundLine Around(double x) => new(radius, pitch, core, x);

    /// <summary>Length from the inner end, ∫ r dφ and the straight stretches [m].</summary>
    /// <param name="turns">Turns from the inner end; a quarter each for an arc and a straight stretch where there are both.</param>
    public double Along(double turns)
    {
        (double angle, double straight) = Covered(turns);
        return (angle * (radius + (pitch * angle / (4 * Math.PI)))) + straight;
    }

    /// <summary>Turns after a length from the inner end [m].</summary>
    public double Turns(double along)
    {
        if (core == 0)
            return Angle(radius, along) / (2 * Math.PI);
        double linear = (Math.PI * radius) + core, halves = Math.Floor(2 * along / (linear + Math.Sqrt((linear * linear) + (Math.PI * pitch * along))));
        double start = radius + (0.5 * pitch * halves), rest = along - (halves * (linear + (0.25 * Math.PI * pitch * halves)));
        double arc = Math.PI * (start + (0.25 * pitch));
        double part = rest <= arc ? Angle(start, Math.Max(rest, 0)) / Math.PI : 1 + Math.Min((rest - arc) / core, 1);
        return 0.5 * (halves + (0.5 * part));
    }

    /// <summary>Radius after some turns [m].</summary>
    public double RadiusAfter(double turns) => radius + (pitch * Covered(turns).Angle / (2 * Math.PI));

    /// <inheritdoc/>
    public override Frame At(double along)
    {
        double turns = Turns(along);
        (double angle, double straight) = Covered(turns);
        (double sin, double cos) = Math.SinCos(angle);
        double at = radius + (pitch * angle / (2 * Math.PI));
        return new(centre + (at * cos), (at * sin) + CentreOf(turns, straight), angle);
    }

    /// <summary>y of the centre about which the line turns; on straight stretches it moves along with the line.</summary>
    private double CentreOf(double turns, double straight)
    {
        double halves = Math.Floor(2 * turns), moved = straight - (core * halves);
        return halves % 2 == 0 ? (0.5 * core) - moved : moved - (0.5 * core);
    }

    /// <summary>Angle turned [rad] and length of the straight stretches [m].</summary>
    private (double Angle, double Straight) Covered(double turns)
    {
        if (core == 0)
            return (2 * Math.PI * turns, 0);
        double halves = Math.Floor(2 * turns), part = 2 * ((2 * turns) - halves);
        return (Math.PI * (halves + Math.Min(part, 1)), core * (halves + Math.Max(part - 1, 0)));
    }

    /// <summary>Angle of an arc that begins at a radius, by its length [rad].</summary>
    private double Angle(double start, double length) => 2 * length / (start + Math.Sqrt((start * start) + (pitch * length / Math.PI)));
}
