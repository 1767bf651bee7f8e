namespace Cell3D.Mesh;

/// <summary>
/// What a cell consists of: regions, bodies, junctions and outer surfaces, in arrays of in-plane size. Each rank builds
/// from it the cells of its own columns and their neighbours (<see cref="MeshPart.Build"/>); cells are numbered body by
/// body, column by column, through-thickness fastest.
/// </summary>
public sealed class CellDomain
{
    private readonly int[] _bodyOf;

    /// <summary>Joins bodies to one domain, which numbers their columns and cells.</summary>
    /// <param name="regions">Regions that the bodies' profiles count.</param>
    /// <param name="bodies">Bodies; one that is joined to an earlier one goes with it when columns are divided.</param>
    /// <param name="junctions">Faces between columns that are no neighbours in the plane of a body.</param>
    internal CellDomain(IReadOnlyList<Region> regions, IReadOnlyList<Body> bodies, Func<IEnumerable<Junction>> junctions)
    {
        (Regions, Bodies) = (regions, bodies);
        int columns = 0, levels = 0, vertices = 0;
        foreach (Body body in bodies)
        {
            (body.FirstCell, body.FirstColumn, body.FirstLevel, body.FirstVertex) = (CellCount, columns, levels, vertices);
            CellCount += body.CellCount;
            columns += body.Plane.CellCount;
            levels += body.Levels.Length;
            vertices += body.Plane.VertexY.Length;
        }
        _bodyOf = new int[columns];
        for (int body = 0; body < bodies.Count; body++)
            _bodyOf.AsSpan(bodies[body].FirstColumn, bodies[body].Plane.CellCount).Fill(body);
        Extrusion = Extrusion.Of(bodies);
        Junctions = [.. junctions()];
    }

    /// <summary>The layers of the stack in order, then the tab strips and whatever else there is.</summary>
    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<Body> Bodies { get; }

    /// <summary>The outline of flat layers, whose edges tabs leave; null for wound ones.</summary>
    public Outline? Outline { get; internal init; }

    /// <summary>Faces between columns that are no neighbours in the plane of a body.</summary>
    public IReadOnlyList<Junction> Junctions { get; }

    /// <summary>Columns of all bodies.</summary>
    public int ColumnCount => _bodyOf.Length;

    /// <summary>Cells of all columns.</summary>
    public long CellCount { get; }

    /// <summary>Outlines and centres of the columns.</summary>
    public Extrusion Extrusion { get; }

    /// <summary>Body of a column, by its number.</summary>
    public int BodyOf(int column) => _bodyOf[column];

    /// <summary>Depth in its column of a cell with a level.</summary>
    public int DepthOf(int column, int level) => level - Bodies[_bodyOf[column]].FirstLevel;

    /// <summary>The mesh of all cells.</summary>
    public CellMesh Whole() => MeshPart.Build(this, Partition.Of(this, 1), 0).Mesh;

    /// <summary>Number of a cell in the whole.</summary>
    internal long Cell(CellPlace place)
    {
        Body body = Bodies[_bodyOf[place.Column]];
        return body.Cell(place.Column - body.FirstColumn, place.Depth);
    }

    /// <summary>Regions of a column by depth.</summary>
    internal ReadOnlySpan<int> RegionsOf(int column)
    {
        Body body = Bodies[_bodyOf[column]];
        return body.Regions(column - body.FirstColumn);
    }
}
