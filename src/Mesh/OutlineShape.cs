namespace Cell3D.Mesh;

/// <summary>A rectangular notch in an edge. Its inner side, along the edge, bears its name.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Centre">Middle along the edge [m].</param>
/// <param name="Width">Extent along the edge [m].</param>
/// <param name="Depth">Extent into the cell [m].</param>
public sealed record Notch(CellEdge Edge, double Centre, double Width, double Depth)
{
    /// <summary>Name of its inner side; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Smaller end along the edge [m].</summary>
    public double Start => Centre - (0.5 * Width);

    /// <summary>Larger end along the edge [m].</summary>
    public double End => Centre + (0.5 * Width);

    /// <summary>What it takes away.</summary>
    /// <param name="plane">The rectangle with the edge.</param>
    public PlaneExtent Within(PlaneExtent plane) => Edge switch
    {
        CellEdge.Left => new(plane.Left, plane.Left + Depth, Start, End),
        CellEdge.Right => new(plane.Right - Depth, plane.Right, Start, End),
        CellEdge.Bottom => new(Start, End, plane.Bottom, plane.Bottom + Depth),
        _ => new(Start, End, plane.Top - Depth, plane.Top),
    };
}

/// <summary>A rectangle with rounded corners and notches; a disc where the radius is half of both extents.</summary>
/// <param name="Width">Extent along y [m].</param>
/// <param name="Height">Extent along z [m].</param>
/// <param name="CornerRadius">Radius of the four corners [m].</param>
/// <param name="Notches">Notches, apart from each other and from the corners.</param>
public sealed record OutlineShape(double Width, double Height, double CornerRadius, IReadOnlyList<Notch> Notches)
{
    /// <summary>Fewest and most chords of a quarter of a circle.</summary>
    private const int FewestChords = 4, MostChords = 90;

    /// <summary>Area [m²]: W H − (4 − π) r² − Σ notches.</summary>
    public double Area => (Width * Height) - ((4 - Math.PI) * CornerRadius * CornerRadius) - Notches.Sum(notch => notch.Width * notch.Depth);

    /// <summary>Names of the inner sides of notches.</summary>
    public IReadOnlyList<string> Names => [.. Notches.Select(notch => notch.Name).Where(name => name.Length > 0)];

    /// <summary>Length of what belongs to an edge or a name [m]; arcs and what has no name of a notch are contour.</summary>
    public double Length(CellEdge edge) => edge == CellEdge.Contour
        ? (2 * Math.PI * CornerRadius) + Notches.Sum(notch => (notch.Name.Length > 0 ? 0 : notch.Width) + (2 * notch.Depth))
        : edge.NameNumber() >= 0 ? Notches.First(notch => notch.Name == Names[edge.NameNumber()]).Width
        : (edge.RunsAlongY() ? Width : Height) - (2 * CornerRadius) - Notches.Where(notch => notch.Edge == edge).Sum(notch => notch.Width);

    /// <summary>The polygon of the same area, with chords for arcs.</summary>
    /// <param name="chord">Largest chord, as far as their number allows [m]; 0 for as many as are allowed.</param>
    public Outline Outline(double chord)
    {
        List<(double Y, double Z, int Name)> corners = [];
        string[] names = [.. Names];
        double radius = CornerRadius;
        int chords = radius == 0 ? 0 : (int)Math.Clamp(Math.Ceiling(0.5 * Math.PI * radius / chord), FewestChords, MostChords);
        (CellEdge Edge, double Y, double Z)[] ends = [(CellEdge.Bottom, Width - radius, radius), (CellEdge.Right, Width - radius, Height - radius), (CellEdge.Top, radius, Height - radius), (CellEdge.Left, radius, radius)];
        for (int i = 0; i < ends.Length; i++)
        {
            corners.AddRange(NotchesOf(ends[i].Edge, names));
            if (radius == 0)
                corners.Add((ends[i].Y, ends[i].Z, -1));
            for (int k = 0; k <= chords && radius > 0; k++)
            {
                double angle = 0.5 * Math.PI * (i - 1 + ((double)k / chords)), reach = k == 0 || k == chords ? radius : radius * Inflated(0.5 * Math.PI / chords, chords);
                corners.Add((ends[i].Y + (reach * Rounded(Math.Cos(angle))), ends[i].Z + (reach * Rounded(Math.Sin(angle))), -1));
            }
        }
        corners = [.. corners.Where((corner, i) => (corner.Y, corner.Z) != (corners[(i + 1) % corners.Count].Y, corners[(i + 1) % corners.Count].Z))];
        return new([.. corners.Select(corner => (corner.Y, corner.Z))], names, [.. corners.Select(corner => corner.Name)]);
    }

    /// <summary>Reach of the inner corners of n chords, over the radius, that gives them the area of the arc: (n − 2) ρ² + 2 ρ = n θ/sin θ.</summary>
    private static double Inflated(double angle, int chords)
    {
        double wanted = chords * angle / Math.Sin(angle);
        return wanted / (1 + Math.Sqrt(1 + ((chords - 2) * wanted)));
    }

    private static double Rounded(double value) => Math.Abs(value) < 1e-15 ? 0 : value;

    /// <summary>The corners of an edge's notches in the order of the outline, with the names of the sides behind them.</summary>
    private IEnumerable<(double Y, double Z, int Name)> NotchesOf(CellEdge edge, string[] names)
    {
        bool rises = edge is CellEdge.Bottom or CellEdge.Right;
        foreach (Notch notch in Notches.Where(notch => notch.Edge == edge).OrderBy(notch => rises ? notch.Centre : -notch.Centre))
        {
            (double first, double last) = rises ? (notch.Start, notch.End) : (notch.End, notch.Start);
            int name = notch.Name.Length > 0 ? Array.IndexOf(names, notch.Name) : -1;
            foreach ((double along, double depth, int behind) in new[] { (first, 0, -1), (first, notch.Depth, name), (last, notch.Depth, -1), (last, 0, -1) })
                yield return edge switch
                {
                    CellEdge.Bottom => (along, depth, behind),
                    CellEdge.Right => (Width - depth, along, behind),
                    CellEdge.Top => (along, Height - depth, behind),
                    _ => (depth, along, behind),
                };
        }
    }
}
