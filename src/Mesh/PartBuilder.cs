using System.Runtime.InteropServices;

namespace Cell3D.Mesh;

/// <summary>Builds one rank's cells from the description of the domain, in three passes over the faces: ghosts, counts, faces in their order.</summary>
internal sealed class PartBuilder
{
    private const int Unknown = -1;

    private readonly CellDomain _domain;
    private readonly Partition _partition;
    private readonly int _rank;
    private readonly InPlanePaths _paths;

    /// <summary>First local cell of the columns that are owned as a whole.</summary>
    private readonly int[] _first;

    /// <summary>Local cells by depth of the other columns of which some cells are known here.</summary>
    private readonly Dictionary<int, int[]> _scattered = [];
    private readonly List<Ghost> _ghosts = [];
    private readonly List<(int Rank, int Cell)> _sent = [];
    private readonly Dictionary<(int Left, int Right), Contact> _contacts = [];
    private int _owned;

    internal PartBuilder(CellDomain domain, Partition partition, int rank, InPlanePaths paths)
    {
        (_domain, _partition, _rank, _paths) = (domain, partition, rank, paths);
        _first = new int[domain.ColumnCount];
        Array.Fill(_first, Unknown);
    }

    internal MeshPart Build()
    {
        NumberOwned();
        GhostFinder finder = new(this);
        Pass(ref finder);
        AdjacentPart[] halo = NumberGhosts();
        int cells = checked(_owned + _ghosts.Count);
        if (cells > Face.MostCells)
            throw new MeshException($"rank {_rank} would hold {cells} control volumes, more than the {Face.MostCells} that one rank can; take more ranks");
        CellMesh mesh = new()
        {
            Regions = _domain.Regions,
            OwnedCellCount = _owned,
            Volume = new double[cells],
            Region = new int[cells],
            Column = new int[cells],
            Level = new int[cells],
            GlobalCell = new long[cells],
            Faces = Faces(cells),
            Contacts = _contacts,
            Paths = _paths,
            Boundaries = [.. Boundaries()],
            Extrusion = _domain.Extrusion,
            Outline = _domain.Outline,
        };
        WriteCells(mesh);
        return new(_rank, mesh, halo);
    }

    private void NumberOwned()
    {
        foreach (Body body in _domain.Bodies)
        {
            for (int i = 0; i < body.Plane.CellCount; i++)
            {
                int column = body.FirstColumn + i, owner = _partition.Owner(column);
                if (owner == _rank)
                {
                    _first[column] = _owned;
                    _owned = checked(_owned + body.Profiles[body.ProfileOf(i)].Cells);
                }
                else if (owner < 0)
                {
                    NumberPieces(body, i);
                }
            }
        }
    }

    /// <summary>Numbers the cells that this rank owns of a column that is cut.</summary>
    private void NumberPieces(Body body, int i)
    {
        int column = body.FirstColumn + i;
        for (int depth = 0; depth < body.Depth; depth++)
            if (body.Region(i, depth) != Body.Absent && _partition.Owner(column, depth) == _rank)
                Places(column, body.Depth)[depth] = _owned++;
    }

    /// <summary>Local cell at a place; negative where none is known.</summary>
    private int Local(Body body, int i, int depth)
    {
        int column = body.FirstColumn + i, first = _first[column];
        return first >= 0 ? first + body.Profiles[body.ProfileOf(i)].Before[depth] : _scattered.TryGetValue(column, out int[]? cells) ? cells[depth] : Unknown;
    }

    private bool IsOwned(int cell) => (uint)cell < (uint)_owned;

    private int[] Places(int column, int depths)
    {
        ref int[]? places = ref CollectionsMarshal.GetValueRefOrAddDefault(_scattered, column, out bool exists);
        if (!exists)
            Array.Fill(places = new int[depths], Unknown);
        return places!;
    }

    /// <summary>Shows every face that touches an owned cell.</summary>
    private void Pass<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IVisitor
    {
        foreach (Body body in _domain.Bodies)
        {
            for (int column = 0; column < body.Plane.CellCount; column++)
                if (IsTouched(body, column))
                    PassThrough(ref visitor, body, column);
            foreach (ref readonly PlaneEdge edge in body.Plane.Edges.AsSpan())
                if (IsTouched(body, edge.Left) || IsTouched(body, edge.Right))
                    PassAcross(ref visitor, body, edge);
        }
        foreach (Junction junction in _domain.Junctions)
            Show(ref visitor, new Joint(junction), Of(junction.Left), Of(junction.Right));
    }

    private void PassThrough<TVisitor>(ref TVisitor visitor, Body body, int column) where TVisitor : struct, IVisitor
    {
        ReadOnlySpan<int> regions = body.Regions(column);
        for (int depth = 0; depth + 1 < regions.Length; depth++)
            if (regions[depth] != Body.Absent && regions[depth + 1] != Body.Absent)
                Show(ref visitor, new Layering(), Of(body, column, depth), Of(body, column, depth + 1));
    }

    private void PassAcross<TVisitor>(ref TVisitor visitor, Body body, in PlaneEdge edge) where TVisitor : struct, IVisitor
    {
        ReadOnlySpan<int> left = body.Regions(edge.Left), right = body.Regions(edge.Right);
        Edging edging = new(edge, body.Plane.CentreZ[edge.Left] == body.Plane.CentreZ[edge.Right]);
        for (int depth = 0; depth < left.Length; depth++)
            if (left[depth] != Body.Absent && right[depth] != Body.Absent)
                Show(ref visitor, edging, Of(body, edge.Left, depth), Of(body, edge.Right, depth));
    }

    private void Show<TVisitor, TPath>(ref TVisitor visitor, in TPath path, in Side left, in Side right) where TVisitor : struct, IVisitor where TPath : struct, IPath
    {
        if (IsOwned(left.Cell) || IsOwned(right.Cell))
            visitor.Visit(path, left, right);
    }

    private Side Of(CellPlace place)
    {
        Body body = _domain.Bodies[_domain.BodyOf(place.Column)];
        return Of(body, place.Column - body.FirstColumn, place.Depth);
    }

    private bool IsTouched(Body body, int i) => _first[body.FirstColumn + i] >= 0 || _scattered.ContainsKey(body.FirstColumn + i);

    private Side Of(Body body, int i, int depth) => new(body, i, depth, Local(body, i, depth));

    private AdjacentPart[] NumberGhosts()
    {
        Ghost[] ghosts = [.. _ghosts.Distinct()];
        Array.Sort(ghosts);
        _ghosts.Clear();
        _ghosts.AddRange(ghosts);
        for (int i = 0; i < ghosts.Length; i++)
            Places(ghosts[i].Place.Column, _domain.RegionsOf(ghosts[i].Place.Column).Length)[ghosts[i].Place.Depth] = _owned + i;
        ILookup<int, int> received = Enumerable.Range(0, ghosts.Length).ToLookup(i => ghosts[i].Owner, i => _owned + i), sent = _sent.Distinct().ToLookup(pair => pair.Rank, pair => pair.Cell);
        return [.. received.Select(cells => cells.Key).Order().Select(rank => new AdjacentPart(rank, [.. sent[rank].Order()], [.. received[rank]]))];
    }

    /// <summary>The faces by kind, left and right cell: counted first, then put at their places.</summary>
    private Face[] Faces(int cells)
    {
        FaceOrder order = new(_domain.Regions, cells, _paths);
        int[] start = new int[(FaceKind.Plain * cells) + 1];
        FaceCounter counter = new(order, start);
        Pass(ref counter);
        for (int i = 0; i + 1 < start.Length; i++)
            start[i + 1] += start[i];
        int plain = start[^1];
        Face[] faces = new Face[plain + counter.Contacts];
        FaceWriter writer = new(order, start, faces, plain, _contacts);
        Pass(ref writer);
        // Each place has moved to where the next begins.
        for (int i = 0, begin = 0; i + 1 < start.Length; begin = start[i++])
            SortByRight(faces.AsSpan(begin..start[i]));
        faces.AsSpan(plain..).Sort((a, b) => (_contacts[(a.Left, a.Right)].Conducts, a.Left, a.Right).CompareTo((_contacts[(b.Left, b.Right)].Conducts, b.Left, b.Right)));
        return faces;
    }

    private static void SortByRight(Span<Face> faces)
    {
        for (int i = 1; i < faces.Length; i++)
        {
            Face face = faces[i];
            int at = i;
            for (; at > 0 && faces[at - 1].Right > face.Right; at--)
                faces[at] = faces[at - 1];
            faces[at] = face;
        }
    }

    private IEnumerable<BoundaryFace> Boundaries()
    {
        foreach (Body body in _domain.Bodies)
            for (int column = 0; column < body.Plane.CellCount; column++)
                if (IsTouched(body, column))
                    foreach (BoundaryFace face in body.Outside(column))
                        if (Local(body, column, face.Cell) is var cell && IsOwned(cell))
                            yield return face with { Cell = cell };
    }

    private void WriteCells(CellMesh mesh)
    {
        foreach (Body body in _domain.Bodies)
            for (int column = 0; column < body.Plane.CellCount; column++)
                if (IsTouched(body, column))
                    WriteColumn(mesh, body, column);
    }

    private void WriteColumn(CellMesh mesh, Body body, int column)
    {
        ReadOnlySpan<int> regions = body.Regions(column);
        for (int depth = 0; depth < regions.Length; depth++)
        {
            if (regions[depth] == Body.Absent || Local(body, column, depth) is not (>= 0 and int cell))
                continue;
            mesh.Volume[cell] = body.Volume(column, depth);
            mesh.Region[cell] = regions[depth];
            mesh.Column[cell] = body.FirstColumn + column;
            mesh.Level[cell] = body.FirstLevel + depth;
            mesh.GlobalCell[cell] = body.Cell(column, depth);
        }
    }

    /// <summary>A cell at a face.</summary>
    private readonly record struct Side(Body Body, int Column, int Depth, int Cell)
    {
        internal CellPlace Place => new(Body.FirstColumn + Column, Depth);

        internal int Region => Body.Region(Column, Depth);
    }

    /// <summary>A cell of another rank, ordered by it and the number in the whole.</summary>
    private readonly record struct Ghost(int Owner, long GlobalCell, CellPlace Place) : IComparable<Ghost>
    {
        public int CompareTo(Ghost other) => (Owner, GlobalCell).CompareTo((other.Owner, other.GlobalCell));
    }

    /// <summary>How two cells are joined.</summary>
    private interface IPath
    {
        Contact? Contact { get; }

        FaceDirection Direction { get; }

        Face Between(in Side left, in Side right);
    }

    /// <summary>One lies on the other in a column.</summary>
    private readonly struct Layering : IPath
    {
        public Contact? Contact => null;

        public FaceDirection Direction => FaceDirection.Through;

        public Face Between(in Side left, in Side right) => new(left.Cell, right.Cell,
            left.Body.ThroughLength(left.Column, left.Depth, upper: true), right.Body.ThroughLength(right.Column, right.Depth, upper: false), Direction);
    }

    /// <summary>They lie side by side in the plane of a body.</summary>
    private readonly struct Edging(PlaneEdge edge, bool alongLine) : IPath
    {
        private readonly PlaneEdge _edge = edge;

        public Contact? Contact => null;

        public FaceDirection Direction => FaceDirection.InPlane;

        public Face Between(in Side left, in Side right) => new(left.Cell, right.Cell,
            left.Body.InPlaneLength(left.Column, left.Depth, _edge.LeftDistance, _edge.Length, alongLine),
            right.Body.InPlaneLength(right.Column, right.Depth, _edge.RightDistance, _edge.Length, alongLine), Direction);
    }

    /// <summary>The domain joins them.</summary>
    private readonly struct Joint(Junction junction) : IPath
    {
        private readonly Junction _junction = junction;

        public Contact? Contact => _junction.Contact;

        public FaceDirection Direction => _junction.Direction;

        public Face Between(in Side left, in Side right) => new(left.Cell, right.Cell, _junction.LeftLength, _junction.RightLength, Direction);
    }

    private interface IVisitor
    {
        void Visit<TPath>(in TPath path, in Side left, in Side right) where TPath : struct, IPath;
    }

    /// <summary>Notes the cells of other ranks at faces, and the own cells there.</summary>
    private readonly struct GhostFinder(PartBuilder builder) : IVisitor
    {
        public void Visit<TPath>(in TPath path, in Side left, in Side right) where TPath : struct, IPath
        {
            bool leftIsOwned = builder.IsOwned(left.Cell);
            if (leftIsOwned && builder.IsOwned(right.Cell))
                return;
            (Side own, Side other) = leftIsOwned ? (left, right) : (right, left);
            int owner = builder._partition.Owner(other.Place.Column, other.Depth);
            builder._ghosts.Add(new(owner, other.Body.Cell(other.Column, other.Depth), other.Place));
            builder._sent.Add((owner, own.Cell));
        }
    }

    /// <summary>Counts faces by kind and left cell, one place further on; contacts come last of all.</summary>
    private struct FaceCounter(FaceOrder order, int[] start) : IVisitor
    {
        internal int Contacts { get; private set; }

        public void Visit<TPath>(in TPath path, in Side left, in Side right) where TPath : struct, IPath
        {
            if (path.Contact is null)
                start[order.Slot(left, right, path.Direction) + 1]++;
            else
                Contacts++;
        }
    }

    /// <summary>Puts faces at their places and moves these on.</summary>
    private struct FaceWriter(FaceOrder order, int[] start, Face[] faces, int contacts, Dictionary<(int Left, int Right), Contact> found) : IVisitor
    {
        private int _contacts = contacts;

        public void Visit<TPath>(in TPath path, in Side left, in Side right) where TPath : struct, IPath
        {
            if (path.Contact is { } contact)
                found.Add((left.Cell, right.Cell), contact);
            faces[path.Contact is null ? start[order.Slot(left, right, path.Direction)]++ : _contacts++] = path.Between(left, right);
        }
    }

    /// <summary>Where faces of a kind begin that have a left cell in common.</summary>
    private sealed class FaceOrder(IReadOnlyList<Region> regions, int cells, InPlanePaths paths)
    {
        private readonly LayerKind[] _kindOf = [.. regions.Select(region => region.Kind)];

        internal int Slot(in Side left, in Side right, FaceDirection direction) => (FaceKind.Of(_kindOf[left.Region], _kindOf[right.Region], direction, paths).Number * cells) + left.Cell;
    }
}
