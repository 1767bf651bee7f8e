using Cell3D.Mesh;

namespace Cell3D.Tests.Mesh;

/// <summary>Other numberings and parts of a whole mesh, made from its faces alone: what parts built from the domain are compared with, and meshes that no domain describes.</summary>
internal static class Division
{
    /// <summary>The same mesh with its cells in another order: new cell i is old cell <paramref name="order"/>[i].</summary>
    internal static CellMesh Renumber(this CellMesh mesh, int[] order)
    {
        int[] newIndex = new int[mesh.CellCount];
        for (int i = 0; i < order.Length; i++)
            newIndex[order[i]] = i;
        return Select(mesh, order, mesh.CellCount,
            mesh.Faces.Select(face => face.Between(newIndex[face.Left], newIndex[face.Right])),
            mesh.Boundaries.Select(face => face with { Cell = newIndex[face.Cell] }));
    }

    /// <summary>Owner of each cell of a whole mesh.</summary>
    internal static int[] Owners(CellMesh whole, CellDomain domain, Partition partition)
    {
        Dictionary<int, int> firstLevel = Enumerable.Range(0, whole.CellCount).GroupBy(cell => domain.BodyOf(whole.Column[cell]), cell => whole.Level[cell]).ToDictionary(levels => levels.Key, levels => levels.Min());
        return [.. Enumerable.Range(0, whole.CellCount).Select(cell => partition.Owner(whole.Column[cell], whole.Level[cell] - firstLevel[domain.BodyOf(whole.Column[cell])]))];
    }

    /// <summary>Owners for a mesh without a domain: neighbouring columns go together.</summary>
    internal static int[] ByColumns(CellMesh whole, int ranks) =>
        Array.ConvertAll(whole.Column, column => (int)((long)column * ranks / whole.Extrusion.ColumnCount));

    /// <summary>Cuts one rank's part out of a whole mesh.</summary>
    internal static MeshPart Part(CellMesh whole, int[] owner, int rank)
    {
        int[] owned = [.. Enumerable.Range(0, whole.CellCount).Where(cell => owner[cell] == rank)];
        (int Own, int Other)[] cut = [.. whole.Faces.SelectMany(face => new[] { (face.Left, face.Right), (face.Right, face.Left) }).Where(pair => owner[pair.Item1] == rank && owner[pair.Item2] != rank)];
        int[] ghosts = [.. cut.Select(pair => pair.Other).Distinct().OrderBy(cell => (owner[cell], whole.GlobalCell[cell]))];
        int[] cells = [.. owned, .. ghosts];
        int[] local = new int[whole.CellCount];
        Array.Fill(local, -1);
        for (int i = 0; i < cells.Length; i++)
            local[cells[i]] = i;
        AdjacentPart[] halo = [.. cut.GroupBy(pair => owner[pair.Other]).OrderBy(pairs => pairs.Key).Select(pairs => new AdjacentPart(
            pairs.Key,
            [.. pairs.Select(pair => pair.Own).Distinct().OrderBy(cell => whole.GlobalCell[cell]).Select(cell => local[cell])],
            [.. pairs.Select(pair => pair.Other).Distinct().OrderBy(cell => whole.GlobalCell[cell]).Select(cell => local[cell])]))];
        CellMesh mesh = Select(whole, cells, owned.Length,
            whole.Faces.Where(face => owner[face.Left] == rank || owner[face.Right] == rank).Select(face => face.Between(local[face.Left], local[face.Right])),
            whole.Boundaries.Where(face => owner[face.Cell] == rank).Select(face => face with { Cell = local[face.Cell] }));
        return new(rank, mesh, halo);
    }

    /// <summary>Points and connectivity entries of the shapes of all parts together.</summary>
    internal static (long Points, long Connectivity) ShapeCount(IEnumerable<CellMesh> parts)
    {
        CellShapes[] shapes = [.. parts.Select(CellShapes.Of)];
        return (shapes.Sum(s => s.Points.Length / 3L), shapes.Sum(s => (long)s.Connectivity.Length));
    }

    private static CellMesh Select(CellMesh mesh, int[] cells, int owned, IEnumerable<Face> faces, IEnumerable<BoundaryFace> boundaries)
    {
        Dictionary<int, int> index = [];
        for (int i = 0; i < cells.Length; i++)
            index.Add(cells[i], i);
        CellMesh selected = new()
        {
            Regions = mesh.Regions,
            OwnedCellCount = owned,
            Volume = Array.ConvertAll(cells, cell => mesh.Volume[cell]),
            Region = Array.ConvertAll(cells, cell => mesh.Region[cell]),
            Column = Array.ConvertAll(cells, cell => mesh.Column[cell]),
            Level = Array.ConvertAll(cells, cell => mesh.Level[cell]),
            GlobalCell = Array.ConvertAll(cells, cell => mesh.GlobalCell[cell]),
            Faces = [.. faces],
            Contacts = mesh.Contacts.Where(contact => index.ContainsKey(contact.Key.Left) && index.ContainsKey(contact.Key.Right)).ToDictionary(contact => (index[contact.Key.Left], index[contact.Key.Right]), contact => contact.Value),
            Boundaries = [.. boundaries],
            Extrusion = mesh.Extrusion,
            Paths = mesh.Paths,
        };
        Face[] ordered = [.. selected.Faces.OrderBy(face => selected.Kind(face) is var kind ? (kind.Ions ? 1 : 0) + (kind.Electrons ? 2 : 0) + (kind.IsContact ? 4 : 0) : 0).ThenBy(face => face.Left).ThenBy(face => face.Right)];
        ordered.CopyTo(selected.Faces, 0);
        return selected;
    }
}
