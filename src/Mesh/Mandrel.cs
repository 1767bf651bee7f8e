namespace Cell3D.Mesh;

/// <summary>A rod in the core of a roll, solid or hollow, that touches the innermost turn. Lengths in metres.</summary>
/// <param name="InnerRadius">Of its bore, or of its rounded edges in a flat core; 0 for a solid one, of which a bore of a tenth of its radius is left out.</param>
/// <param name="ContactResistance">Between rod and layers [K m² W⁻¹].</param>
public sealed record MandrelSpec(double InnerRadius, double ContactResistance)
{
    /// <summary>Name of its region.</summary>
    public const string RegionName = "Mandrel";

    /// <summary>Least radius of the bore over that of the core.</summary>
    private const double LeastBore = 0.1;

    /// <summary>The inside of the rod as a closed line.</summary>
    internal WoundLine Bore(WoundLine core) => new(Math.Max(InnerRadius, LeastBore * core.Radius), 0, core.Core, core.Centre);

    /// <summary>Cross-section seen along the axis [m²].</summary>
    internal double Section(WoundLine core)
    {
        (double outside, double inside) = (core.Radius, Bore(core).Radius);
        return (Math.PI * ((outside * outside) - (inside * inside))) + (2 * core.Core * (outside - inside));
    }
}

/// <summary>The rod as a body, one cell thick, with the columns of one turn.</summary>
internal sealed class Mandrel
{
    private readonly RollSpec _spec;
    private readonly Ribbon _ribbon;

    /// <summary>Lays the rod of a roll.</summary>
    internal Mandrel(RollSpec spec, Ribbon ribbon, int region)
    {
        (_spec, _ribbon) = (spec, ribbon);
        WoundLine bore = spec.Mandrel!.Bore(spec.Line);
        Body = new(PlaneMesh.Rectilinear(Array.ConvertAll(ribbon.TurnNodes, bore.Along), spec.Axial), [0, spec.Line.Radius - bore.Radius], [[region]], null, bore);
        Body.Outside = Outside;
    }

    internal Body Body { get; }

    /// <summary>To the innermost turn, and around.</summary>
    internal IEnumerable<Junction> Junctions()
    {
        foreach ((int column, int depth, int ofTurn, int row) in _ribbon.Innermost())
        {
            int own = (row * _ribbon.PerTurn) + ofTurn;
            yield return new(new(_ribbon.Body.FirstColumn + column, depth), new(Body.FirstColumn + own, 0), _ribbon.Body.ThroughLength(column, depth, upper: false), Body.ThroughLength(own, 0, upper: true), FaceDirection.Contact,
                new(double.PositiveInfinity, _spec.Mandrel!.ContactResistance / _ribbon.Body.Area(column, depth), LeftIsInPlane: false, RightIsInPlane: false));
        }
        foreach (Junction closing in Can.Closing(Body, _ribbon.PerTurn))
            yield return closing;
    }

    /// <summary>The bore, and without a can the ends.</summary>
    private IEnumerable<BoundaryFace> Outside(int column)
    {
        double area = Body.Area(column, 0);
        yield return new(0, area, area * Body.ThroughLength(column, 0, upper: false), CellSurface.Mandrel, CellSurface.Mandrel, FaceDirection.Through);
        int row = column / _ribbon.PerTurn;
        double height = _spec.Axial[row + 1] - _spec.Axial[row], section = Body.InPlaneArea(column, 0, Body.Plane.Area[column] / height, alongLine: false);
        foreach ((bool isThere, CellSurface end) in new[] { (row == 0, CellSurface.Base), (row == _ribbon.Rows - 1, CellSurface.Top) })
            if (isThere && _spec.Can is null)
                yield return new(0, section, 0.5 * height, end, end, FaceDirection.InPlane);
    }
}
