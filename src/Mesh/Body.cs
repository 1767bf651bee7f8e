namespace Cell3D.Mesh;

/// <summary>
/// An in-plane mesh through whose columns levels are laid: a layer stack, a tab strip, the wall of a can. Columns may
/// lack cells at some depths. Along a curved line, cells widen with the depth: an area A at depth 0 is A (1 + κ s) at depth s.
/// </summary>
public sealed class Body
{
    /// <summary>What no cell is there for.</summary>
    public const int Absent = -1;

    private readonly int[]? _profileOf;
    private readonly Profile[] _profiles;
    private readonly long[]? _start;
    private readonly double[]? _curvature;

    /// <summary>A body with the same cells in every column.</summary>
    /// <param name="plane">In-plane mesh.</param>
    /// <param name="levels">Depths of the levels [m]; length through-thickness cells + 1.</param>
    /// <param name="regions">Region of each through-thickness cell.</param>
    public Body(PlaneMesh plane, double[] levels, int[] regions)
        : this(plane, levels, [regions], null, Baseline.Straight)
    {
    }

    /// <summary>A body whose columns differ.</summary>
    /// <param name="plane">In-plane mesh; rectilinear along a curved line.</param>
    /// <param name="levels">Depths of the levels [m].</param>
    /// <param name="profiles">For each kind of column the region at every depth, <see cref="Absent"/> where there is no cell.</param>
    /// <param name="profileOf">Kind of each column; null where there is but one.</param>
    /// <param name="line">Where the in-plane mesh is laid.</param>
    public Body(PlaneMesh plane, double[] levels, int[][] profiles, int[]? profileOf, Baseline line)
    {
        (Plane, Levels, Line) = (plane, levels, line);
        _profiles = Array.ConvertAll(profiles, regions => new Profile(regions));
        _profileOf = profileOf;
        if (profileOf is not null)
        {
            _start = new long[plane.CellCount + 1];
            for (int column = 0; column < plane.CellCount; column++)
                _start[column + 1] = _start[column] + _profiles[profileOf[column]].Cells;
        }
        if (!ReferenceEquals(line, Baseline.Straight))
            _curvature = [.. Enumerable.Range(0, plane.CellCount).Select(CurvatureOf)];
    }

    public PlaneMesh Plane { get; }

    /// <summary>Depths of the levels [m].</summary>
    public double[] Levels { get; }

    /// <summary>Where the in-plane mesh is laid.</summary>
    public Baseline Line { get; }

    /// <summary>Cells through the thickness, absent ones included.</summary>
    public int Depth => Levels.Length - 1;

    public long CellCount => _start?[^1] ?? (long)Plane.CellCount * _profiles[0].Cells;

    /// <summary>First of its cells in the numbering of the whole.</summary>
    public long FirstCell { get; internal set; }

    /// <summary>First of its columns.</summary>
    public int FirstColumn { get; internal set; }

    internal int FirstLevel { get; set; }

    internal int FirstVertex { get; set; }

    /// <summary>The faces of a column to the outside; their cell is the depth.</summary>
    internal Func<int, IEnumerable<BoundaryFace>> Outside { get; set; } = _ => [];

    /// <summary>Kinds of columns.</summary>
    internal IReadOnlyList<Profile> Profiles => _profiles;

    internal int ProfileOf(int column) => _profileOf?[column] ?? 0;

    /// <summary>Region at a depth of a column, or <see cref="Absent"/>.</summary>
    public int Region(int column, int depth) => _profiles[ProfileOf(column)].Regions[depth];

    /// <summary>Regions of a column by depth.</summary>
    public ReadOnlySpan<int> Regions(int column) => _profiles[ProfileOf(column)].Regions;

    /// <summary>Number of a cell that is present, in the whole.</summary>
    internal long Cell(int column, int depth)
    {
        Profile profile = _profiles[ProfileOf(column)];
        return FirstCell + (_start?[column] ?? (long)column * profile.Cells) + profile.Before[depth];
    }

    internal double Thickness(int depth) => Levels[depth + 1] - Levels[depth];

    /// <summary>1/R of the line at a column [m⁻¹], positive where cells widen with the depth.</summary>
    internal double Curvature(int column) => _curvature?[column] ?? 0;

    /// <summary>V = A ∫ (1 + κ s) ds of a cell [m³].</summary>
    internal double Volume(int column, int depth) => Plane.Area[column] * Widened(column, depth);

    /// <summary>A (1 + κ s) of a column at a level [m²].</summary>
    internal double Area(int column, int level) => Plane.Area[column] * (1 + (Curvature(column) * Levels[level]));

    /// <summary>∫ ds/(A (1 + κ s)) from the centre of a cell to the lower or the upper of its levels [m⁻¹].</summary>
    internal double ThroughLength(int column, int depth, bool upper)
    {
        double half = 0.5 * Thickness(depth), curvature = Curvature(column);
        if (curvature == 0)
            return half / Plane.Area[column];
        double centre = 1 + (curvature * 0.5 * (Levels[depth] + Levels[depth + 1])), change = curvature * half / centre;
        return (upper ? LogOnePlus(change) : -LogOnePlus(-change)) / (curvature * Plane.Area[column]);
    }

    /// <summary>d/A of the half path from a centre to an edge [m⁻¹]: along a curved line 1/∫ h ds/(d (1 + κ s)), across it d/∫ b (1 + κ s) ds.</summary>
    /// <param name="column">Column.</param>
    /// <param name="depth">Depth.</param>
    /// <param name="distance">From the centre to the edge at depth 0 [m].</param>
    /// <param name="length">Of the edge at depth 0 [m].</param>
    /// <param name="alongLine">Whether the path runs along the line.</param>
    internal double InPlaneLength(int column, int depth, double distance, double length, bool alongLine) =>
        distance / (length * CrossThickness(column, depth, alongLine));

    /// <summary>Cross-section of an edge at a depth [m²].</summary>
    internal double InPlaneArea(int column, int depth, double length, bool alongLine) =>
        length * (alongLine ? Thickness(depth) : Widened(column, depth));

    /// <summary>Place of a column at mid-depth [m].</summary>
    internal (double X, double Y, double Z) Position(int column)
    {
        (double x, double y) = Line.At(Plane.CentreY[column]).At(0.5 * (Levels[0] + Levels[^1]));
        return (x, y, Plane.CentreZ[column]);
    }

    private double Widened(int column, int depth) =>
        Thickness(depth) * (1 + (Curvature(column) * 0.5 * (Levels[depth] + Levels[depth + 1])));

    private double CrossThickness(int column, int depth, bool alongLine)
    {
        double curvature = Curvature(column);
        if (curvature == 0)
            return Thickness(depth);
        return alongLine
            ? LogOnePlus(curvature * Thickness(depth) / (1 + (curvature * Levels[depth]))) / curvature
            : Widened(column, depth);
    }

    /// <summary>ln(1 + x), exact to round-off however small x is; that of the library is not.</summary>
    private static double LogOnePlus(double x) => 1 + x is var sum && sum == 1 ? x : x * Math.Log(sum) / (sum - 1);

    /// <summary>Turning over length: with it the area at any depth is exact where the line turns at any rate.</summary>
    private double CurvatureOf(int column)
    {
        double first = double.PositiveInfinity, last = double.NegativeInfinity;
        foreach (int vertex in Plane.Polygon(column))
            (first, last) = (Math.Min(first, Plane.VertexY[vertex]), Math.Max(last, Plane.VertexY[vertex]));
        return (Line.At(last).Angle - Line.At(first).Angle) / (last - first);
    }

    /// <summary>Cells of a kind of column.</summary>
    internal sealed class Profile
    {
        internal Profile(int[] regions)
        {
            Regions = regions;
            Before = new int[regions.Length];
            for (int depth = 0; depth < regions.Length; depth++)
            {
                Before[depth] = Cells;
                Cells += regions[depth] == Absent ? 0 : 1;
            }
        }

        /// <summary>Region by depth.</summary>
        internal int[] Regions { get; }

        /// <summary>Cells before each depth.</summary>
        internal int[] Before { get; }

        internal int Cells { get; }
    }
}
