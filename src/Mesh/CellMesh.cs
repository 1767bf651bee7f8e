namespace Cell3D.Mesh;

/// <summary>
/// Cells and one list of faces, as arrays. In a flat cell x runs through the thickness (negative side first), y along the width,
/// z along the height; a wound one has its axis along z. All in metres. Owned cells come first, ghosts after them; only owned
/// cells have all their faces. Cells may be numbered in any order.
/// </summary>
public sealed class CellMesh
{
    /// <summary>The layers of the stack in order, then the tab strips.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>Cells this mesh owns; equal to <see cref="CellCount"/> for a whole mesh.</summary>
    public required int OwnedCellCount { get; init; }

    /// <summary>All cells, ghosts included.</summary>
    public int CellCount => Volume.Length;

    /// <summary>Volume of each cell [m³].</summary>
    public required double[] Volume { get; init; }

    /// <summary>x of each centre [m].</summary>
    public CellValues CentreX => new(CellCount, cell => InPlan(cell).X);

    /// <summary>y of each centre [m]; the circumcentre for triangles.</summary>
    public CellValues CentreY => new(CellCount, cell => InPlan(cell).Y);

    /// <summary>z of each centre [m]; the circumcentre for triangles.</summary>
    public CellValues CentreZ => new(CellCount, cell => Extrusion.ColumnZ[Column[cell]]);

    /// <summary>Depth of each centre in its body [m]: x in a flat cell, counted from the inner side of its turn in a wound one.</summary>
    public CellValues Depth => new(CellCount, cell => Extrusion.LevelCentre[Level[cell]]);

    /// <summary>Index into <see cref="Regions"/> of each cell.</summary>
    public required int[] Region { get; init; }

    /// <summary>In-plane column of each cell, numbered over the whole mesh, strips after the stack.</summary>
    public required int[] Column { get; init; }

    /// <summary>Level of each cell in <see cref="Extrusion.Levels"/>.</summary>
    public required int[] Level { get; init; }

    /// <summary>Extent of each cell through the layers [m].</summary>
    public CellValues Thickness => new(CellCount, cell => Extrusion.LevelThickness[Level[cell]]);

    /// <summary>Area of each cell in the plane of its layers, halfway through its thickness [m²].</summary>
    public CellValues PlaneArea => new(CellCount, cell => Extrusion.ColumnArea[Column[cell]] * (1 + (Extrusion.ColumnCurvature[Column[cell]] * Extrusion.LevelCentre[Level[cell]])));

    /// <summary>Identity of each cell over all parts and numberings of one whole mesh.</summary>
    public required long[] GlobalCell { get; init; }

    /// <summary>Faces between two cells, ordered by <see cref="Kind(in Face)"/>, then left, then right cell.</summary>
    public required Face[] Faces { get; init; }

    /// <summary>What lies between the two cells of those faces that are contacts.</summary>
    public IReadOnlyDictionary<(int Left, int Right), Contact> Contacts { get; init; } = new Dictionary<(int, int), Contact>();

    /// <summary>Faces between a cell and the outside.</summary>
    public required BoundaryFace[] Boundaries { get; init; }

    /// <summary>What of the layers conducts from column to column.</summary>
    public InPlanePaths Paths { get; init; }

    /// <summary>Outlines and centres of the cells, shared by all parts of a mesh.</summary>
    public required Extrusion Extrusion { get; init; }

    /// <summary>The outline of flat layers; null for wound ones.</summary>
    public Outline? Outline { get; init; }

    /// <summary>What a cell is made for.</summary>
    public LayerKind Kind(int cell) => Regions[Region[cell]].Kind;

    /// <summary>What can pass a face.</summary>
    public FaceKind Kind(in Face face) => face.Direction == FaceDirection.Contact
        ? FaceKind.Across(Contacts[(face.Left, face.Right)])
        : FaceKind.Of(Kind(face.Left), Kind(face.Right), face.Direction, Paths);

    /// <summary>Distances along the normal from the centres of the left and the right cell to an interior face [m].</summary>
    public (double Left, double Right) Distances(in Face face)
    {
        if (face.Direction == FaceDirection.Through)
            return (0.5 * Thickness[face.Left], 0.5 * Thickness[face.Right]);
        if (Leaves(face) is { } side)
        {
            (double y, double z) = side.Outward;
            double within = -side.Beyond(Extrusion.ColumnY[Column[face.Left]], Extrusion.ColumnZ[Column[face.Left]]);
            return (within >= 0 ? within : ToOutline(face.Left, y, z), ToOutline(face.Right, -y, -z));
        }
        // The normal runs along the line of centres, and the cross-section is the same on both sides.
        (double dx, double dy, double dz) = Between(face);
        double distance = Length(dx, dy, dz), share = face.LeftLength / (face.LeftLength + face.RightLength);
        return (share * distance, (1 - share) * distance);
    }

    /// <summary>Unit normal of an interior face, from left to right.</summary>
    public (double X, double Y, double Z) Normal(in Face face)
    {
        if (face.Direction == FaceDirection.Through)
        {
            (double nx, double ny) = Extrusion.ColumnFrames[Column[face.Left]].Through;
            return (nx, ny, 0);
        }
        if (Leaves(face) is { } side)
            return (0, side.Outward.Y, side.Outward.Z);
        (double dx, double dy, double dz) = Between(face);
        double length = Length(dx, dy, dz);
        return (dx / length, dy / length, dz / length);
    }

    /// <summary>
    /// The owned cell that contains a point or comes nearest to it; ties go to the nearest centre, then to the
    /// smallest global cell.
    /// </summary>
    public CellLocation Nearest(double x, double y, double z)
    {
        (double Depth, double Distance)?[] seen = new (double, double)?[Extrusion.ColumnCount];
        CellLocation best = new(-1, double.PositiveInfinity, double.PositiveInfinity);
        for (int cell = 0; cell < OwnedCellCount; cell++)
        {
            (double depth, double plane) = seen[Column[cell]] ??= Extrusion.Seen(Column[cell], x, y, z);
            double lower = Extrusion.Levels[Level[cell]], upper = Extrusion.Levels[Level[cell] + 1];
            double through = Math.Max(0, Math.Max(lower - depth, depth - upper));
            double distance = Length(through, plane, 0);
            if (distance > best.Distance)
                continue;
            (double cx, double cy) = InPlan(cell);
            double centre = Length(x - cx, y - cy, z - CentreZ[cell]);
            if (distance < best.Distance || centre < best.CentreDistance
                || (centre == best.CentreDistance && GlobalCell[cell] < GlobalCell[best.Cell]))
                best = new CellLocation(cell, distance, centre);
        }
        return best;
    }

    /// <summary>The side of the cell at which a face leads from the layers into a strip, or on from there; null for other faces.</summary>
    private Side? Leaves(in Face face) => face.Direction is FaceDirection.Junction or FaceDirection.Contact && Regions[Region[face.Right]].AttachedTo is { } edge ? Outline?.Side(edge) : null;

    /// <summary>x and y of a centre [m].</summary>
    private (double X, double Y) InPlan(int cell) => Extrusion.ColumnFrames[Column[cell]].At(Extrusion.LevelCentre[Level[cell]]);

    /// <summary>From the left to the right centre, in the plane of the layers where both lie in one.</summary>
    private (double X, double Y, double Z) Between(in Face face)
    {
        ((double lx, double ly), (double rx, double ry)) = (InPlan(face.Left), InPlan(face.Right));
        return (rx - lx, ry - ly, CentreZ[face.Right] - CentreZ[face.Left]);
    }

    /// <summary>How far the outline of a cell reaches from its centre into a direction of the plane [m].</summary>
    private double ToOutline(int cell, double y, double z)
    {
        double farthest = 0;
        foreach (int vertex in Extrusion.Polygon(Column[cell]))
            farthest = Math.Max(farthest, (y * (Extrusion.VertexY[vertex] - Extrusion.ColumnY[Column[cell]])) + (z * (Extrusion.VertexZ[vertex] - Extrusion.ColumnZ[Column[cell]])));
        return farthest;
    }

    private static double Length(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z);
}
