namespace Cell3D.Mesh;

/// <summary>
/// Cells and one list of faces, as arrays. x runs through the thickness (negative side first), y along the width,
/// z along the height, all in metres. Owned cells come first, ghosts after them; only owned cells have all their
/// faces. Cells may be numbered in any order.
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
    public SharedValues CentreX => new(Extrusion.LevelCentre, Level);

    /// <summary>y of each centre [m]; the circumcentre for triangles.</summary>
    public SharedValues CentreY => new(Extrusion.ColumnY, Column);

    /// <summary>z of each centre [m]; the circumcentre for triangles.</summary>
    public SharedValues CentreZ => new(Extrusion.ColumnZ, Column);

    /// <summary>Index into <see cref="Regions"/> of each cell.</summary>
    public required int[] Region { get; init; }

    /// <summary>In-plane column of each cell, numbered over the whole mesh, strips after the stack.</summary>
    public required int[] Column { get; init; }

    /// <summary>Level of each cell in <see cref="Extrusion.Levels"/>.</summary>
    public required int[] Level { get; init; }

    /// <summary>Extent of each cell along x [m].</summary>
    public SharedValues Thickness => new(Extrusion.LevelThickness, Level);

    /// <summary>In-plane area of each cell [m²].</summary>
    public SharedValues PlaneArea => new(Extrusion.ColumnArea, Column);

    /// <summary>Identity of each cell over all parts and numberings of one whole mesh.</summary>
    public required long[] GlobalCell { get; init; }

    /// <summary>Faces between two cells, ordered by <see cref="Kind(in Face)"/>, then left, then right cell.</summary>
    public required Face[] Faces { get; init; }

    /// <summary>Faces between a cell and the outside.</summary>
    public required BoundaryFace[] Boundaries { get; init; }

    /// <summary>Outlines and centres of the cells, shared by all parts of a mesh.</summary>
    public required Extrusion Extrusion { get; init; }

    /// <summary>What a cell is made for.</summary>
    public LayerKind Kind(int cell) => Regions[Region[cell]].Kind;

    /// <summary>What can pass a face.</summary>
    public FaceKind Kind(in Face face) => FaceKind.Of(Kind(face.Left), Kind(face.Right));

    /// <summary>Distances along the normal from the centres of the left and the right cell to an interior face [m].</summary>
    public (double Left, double Right) Distances(in Face face)
    {
        if (face.Direction == FaceDirection.Through)
            return (0.5 * Thickness[face.Left], 0.5 * Thickness[face.Right]);
        (_, double y, double z) = Normal(face);
        if (face.Direction == FaceDirection.Junction)
            return (ToOutline(face.Left, y, z), ToOutline(face.Right, -y, -z));
        // The cross-section is the same on both sides, and the normal runs along the line of centres.
        double distance = Length(CentreY[face.Right] - CentreY[face.Left], CentreZ[face.Right] - CentreZ[face.Left], 0);
        double share = face.LeftLength / (face.LeftLength + face.RightLength);
        return (share * distance, (1 - share) * distance);
    }

    /// <summary>Unit normal of an interior face, from left to right.</summary>
    public (double X, double Y, double Z) Normal(in Face face)
    {
        switch (face.Direction)
        {
            case FaceDirection.Through:
                return (1, 0, 0);
            case FaceDirection.Junction:
                (double y, double z) = Regions[Region[face.Right]].AttachedTo!.Value.OutwardNormal();
                return (0, y, z);
            default:
                double dy = CentreY[face.Right] - CentreY[face.Left];
                double dz = CentreZ[face.Right] - CentreZ[face.Left];
                double length = Math.Sqrt(dy * dy + dz * dz);
                return (0, dy / length, dz / length);
        }
    }

    /// <summary>
    /// The same mesh with its cells in another order: new cell i is old cell <paramref name="order"/>[i].
    /// Global cells keep their identity.
    /// </summary>
    /// <exception cref="ArgumentException">The order is no permutation, or the mesh has ghosts.</exception>
    public CellMesh Renumber(ReadOnlySpan<int> order)
    {
        if (OwnedCellCount != CellCount || order.Length != CellCount)
            throw new ArgumentException("only a whole mesh can be renumbered, with one entry per cell", nameof(order));
        int[] newIndex = new int[CellCount];
        Array.Fill(newIndex, -1);
        for (int i = 0; i < order.Length; i++)
        {
            if ((uint)order[i] >= (uint)CellCount || newIndex[order[i]] >= 0)
                throw new ArgumentException("the order is not a permutation of the cells", nameof(order));
            newIndex[order[i]] = i;
        }
        Face[] faces = Array.ConvertAll(Faces, f => f.Between(newIndex[f.Left], newIndex[f.Right]));
        BoundaryFace[] boundaries = Array.ConvertAll(Boundaries, b => b with { Cell = newIndex[b.Cell] });
        return Select(order, CellCount, faces, boundaries);
    }

    /// <summary>
    /// The owned cell that contains a point or comes nearest to it; ties go to the nearest centre, then to the
    /// smallest global cell.
    /// </summary>
    public CellLocation Nearest(double x, double y, double z)
    {
        double[] planeDistance = new double[Extrusion.ColumnCount];
        Array.Fill(planeDistance, double.NaN);
        CellLocation best = new(-1, double.PositiveInfinity, double.PositiveInfinity);
        for (int cell = 0; cell < OwnedCellCount; cell++)
        {
            ref double plane = ref planeDistance[Column[cell]];
            if (double.IsNaN(plane))
                plane = Extrusion.PlaneDistance(Column[cell], y, z);
            double lower = Extrusion.Levels[Level[cell]], upper = Extrusion.Levels[Level[cell] + 1];
            double through = Math.Max(0, Math.Max(lower - x, x - upper));
            double distance = Length(through, plane, 0);
            if (distance > best.Distance)
                continue;
            double centre = Length(x - CentreX[cell], y - CentreY[cell], z - CentreZ[cell]);
            if (distance < best.Distance || centre < best.CentreDistance
                || (centre == best.CentreDistance && GlobalCell[cell] < GlobalCell[best.Cell]))
                best = new CellLocation(cell, distance, centre);
        }
        return best;
    }

    /// <summary>A mesh of the chosen cells of this one, with faces that already carry the new indices, in any order.</summary>
    internal CellMesh Select(ReadOnlySpan<int> cells, int owned, Face[] faces, BoundaryFace[] boundaries)
    {
        CellMesh mesh = Gather(cells, owned, faces, boundaries);
        mesh.OrderFaces();
        return mesh;
    }

    /// <summary>Brings the faces into their order.</summary>
    internal void OrderFaces()
    {
        const int cellBits = 31;
        FaceKind[,] kinds = new FaceKind[Regions.Count, Regions.Count];
        for (int left = 0; left < Regions.Count; left++)
            for (int right = 0; right < Regions.Count; right++)
                kinds[left, right] = FaceKind.Of(Regions[left].Kind, Regions[right].Kind);
        ulong[] keys = Array.ConvertAll(Faces, face =>
            ((ulong)kinds[Region[face.Left], Region[face.Right]].Number << (2 * cellBits)) | ((ulong)face.Left << cellBits) | (uint)face.Right);
        Array.Sort(keys, Faces);
    }

    private CellMesh Gather(ReadOnlySpan<int> cells, int owned, Face[] faces, BoundaryFace[] boundaries) => new()
    {
        Regions = Regions,
        OwnedCellCount = owned,
        Volume = Gather(Volume, cells),
        Region = Gather(Region, cells),
        Column = Gather(Column, cells),
        Level = Gather(Level, cells),
        GlobalCell = Gather(GlobalCell, cells),
        Faces = faces,
        Boundaries = boundaries,
        Extrusion = Extrusion,
    };

    private static T[] Gather<T>(T[] values, ReadOnlySpan<int> cells)
    {
        T[] gathered = new T[cells.Length];
        for (int i = 0; i < cells.Length; i++)
            gathered[i] = values[cells[i]];
        return gathered;
    }

    /// <summary>How far the outline of a cell reaches from its centre into a direction of the plane [m].</summary>
    private double ToOutline(int cell, double y, double z)
    {
        double farthest = 0;
        foreach (int vertex in Extrusion.Polygon(Column[cell]))
            farthest = Math.Max(farthest, (y * (Extrusion.VertexY[vertex] - CentreY[cell])) + (z * (Extrusion.VertexZ[vertex] - CentreZ[cell])));
        return farthest;
    }

    private static double Length(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z);
}
