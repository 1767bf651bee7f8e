namespace Cell3D.Mesh;

/// <summary>Writes extruded bodies into the arrays of one mesh, column by column, through-thickness fastest.</summary>
internal sealed class MeshAssembly
{
    private readonly IReadOnlyList<Region> _regions;
    private readonly IReadOnlyList<Body> _bodies;

    internal MeshAssembly(IReadOnlyList<Region> regions, IReadOnlyList<Body> bodies)
    {
        _regions = regions;
        _bodies = bodies;
        int cells = 0, columns = 0, levels = 0, vertices = 0;
        foreach (Body body in bodies)
        {
            (body.FirstCell, body.FirstColumn, body.FirstLevel, body.FirstVertex) = (cells, columns, levels, vertices);
            cells = checked(cells + body.CellCount);
            columns += body.Plane.CellCount;
            levels += body.Levels.Length;
            vertices += body.Plane.VertexY.Length;
        }
    }

    /// <summary>Faces between bodies.</summary>
    internal List<Face> Junctions { get; } = [];

    /// <summary>Faces to the outside.</summary>
    internal List<BoundaryFace> Boundaries { get; } = [];

    internal CellMesh Finish()
    {
        int cells = _bodies.Sum(body => body.CellCount);
        CellMesh mesh = new()
        {
            Regions = _regions,
            OwnedCellCount = cells,
            Volume = new double[cells],
            Region = new int[cells],
            Column = new int[cells],
            Level = new int[cells],
            GlobalCell = new long[cells],
            Faces = new Face[_bodies.Sum(body => body.FaceCount) + Junctions.Count],
            Boundaries = [.. Boundaries],
            Extrusion = Extrude(),
        };
        int face = 0;
        foreach (Body body in _bodies)
        {
            WriteCells(mesh, body);
            face = WriteThroughFaces(mesh.Faces, face, body);
            face = WriteInPlaneFaces(mesh.Faces, face, body);
        }
        Junctions.CopyTo(mesh.Faces, face);
        mesh.OrderFaces();
        return mesh;
    }

    private static void WriteCells(CellMesh mesh, Body body)
    {
        PlaneMesh plane = body.Plane;
        for (int column = 0; column < plane.CellCount; column++)
        {
            for (int depth = 0; depth < body.Depth; depth++)
            {
                int cell = body.Cell(column, depth);
                mesh.Volume[cell] = plane.Area[column] * body.Thickness(depth);
                mesh.Region[cell] = body.Regions[depth];
                mesh.Column[cell] = body.FirstColumn + column;
                mesh.Level[cell] = body.FirstLevel + depth;
                mesh.GlobalCell[cell] = cell;
            }
        }
    }

    private static int WriteThroughFaces(Face[] faces, int count, Body body)
    {
        for (int column = 0; column < body.Plane.CellCount; column++)
        {
            for (int depth = 0; depth + 1 < body.Depth; depth++)
            {
                faces[count++] = new Face(
                    body.Cell(column, depth),
                    body.Cell(column, depth + 1),
                    0.5 * body.Thickness(depth) / body.Plane.Area[column],
                    0.5 * body.Thickness(depth + 1) / body.Plane.Area[column],
                    FaceDirection.Through);
            }
        }
        return count;
    }

    private static int WriteInPlaneFaces(Face[] faces, int count, Body body)
    {
        foreach (PlaneEdge edge in body.Plane.Edges)
        {
            for (int depth = 0; depth < body.Depth; depth++)
            {
                faces[count++] = new Face(
                    body.Cell(edge.Left, depth),
                    body.Cell(edge.Right, depth),
                    edge.LeftDistance / (edge.Length * body.Thickness(depth)),
                    edge.RightDistance / (edge.Length * body.Thickness(depth)),
                    FaceDirection.InPlane);
            }
        }
        return count;
    }

    private Extrusion Extrude()
    {
        List<int> offsets = [0], vertices = [];
        foreach (Body body in _bodies)
        {
            int first = vertices.Count;
            offsets.AddRange(body.Plane.VertexOffsets.Skip(1).Select(offset => first + offset));
            vertices.AddRange(body.Plane.CellVertices.Select(vertex => body.FirstVertex + vertex));
        }
        return new Extrusion
        {
            VertexY = [.. _bodies.SelectMany(body => body.Plane.VertexY)],
            VertexZ = [.. _bodies.SelectMany(body => body.Plane.VertexZ)],
            ColumnY = [.. _bodies.SelectMany(body => body.Plane.CentreY)],
            ColumnZ = [.. _bodies.SelectMany(body => body.Plane.CentreZ)],
            ColumnArea = [.. _bodies.SelectMany(body => body.Plane.Area)],
            ColumnOffsets = [.. offsets],
            ColumnVertices = [.. vertices],
            Levels = [.. _bodies.SelectMany(body => body.Levels)],
        };
    }
}
