using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Boundaries;

namespace Cell3D.Simulation;

/// <summary>Finds the control volumes that internal shorts join.</summary>
internal static class InternalShorts
{
    /// <summary>The pairs of owned cells: in the column of a place those on either side of the separator. Both lie in one segment, hence on one rank.</summary>
    public static ShortedPair[] In(CellMesh mesh, CellDefects defects) => [.. defects.Shorts.SelectMany(cut => Find(mesh, cut))];

    private static IEnumerable<ShortedPair> Find(CellMesh mesh, ShortCircuit cut)
    {
        int separator = mesh.Regions.Select((region, i) => (region, i)).Where(entry => entry.region.Kind == LayerKind.Separator).ElementAt(cut.Pair - 1).i;
        int column = mesh.Extrusion.ColumnAt(cut.Body, cut.Along, cut.Z);
        int[] cells = [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => mesh.Column[cell] == column && mesh.Region[cell] == separator).OrderBy(cell => mesh.Level[cell])];
        if (cells.Length == 0)
            yield break;
        int[] sides = [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => mesh.Column[cell] == column && (mesh.Level[cell] == mesh.Level[cells[0]] - 1 || mesh.Level[cell] == mesh.Level[cells[^1]] + 1))];
        if (sides.Length == 2 && sides.Any(cell => mesh.Kind(cell) == LayerKind.PositiveElectrode) && sides.Any(cell => mesh.Kind(cell) == LayerKind.NegativeElectrode))
            yield return new(sides.First(cell => mesh.Kind(cell) == LayerKind.PositiveElectrode), sides.First(cell => mesh.Kind(cell) == LayerKind.NegativeElectrode), 1 / cut.Resistance, cut.Name);
    }
}
