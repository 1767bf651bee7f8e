using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>What flows in the plane between segments, handed to the collectors that they end in: there it is not lumped but part of S.</summary>
/// <remarks>Layers conduct heat in the plane as well as foils do, and a segment is nearly of one temperature; its solid potential follows the collector likewise.</remarks>
internal sealed class PlaneConduction
{
    /// <summary>Entries of the matrix by the collector unknowns they act between.</summary>
    private readonly Dictionary<int, Dictionary<long, List<int>>> _entries = [];

    /// <summary>*Collective.*</summary>
    internal PlaneConduction(DiscreteSystem system, SparsePattern pattern, CollectorRows collectors, Segments segments, ColumnNames names, FieldHalo halo)
    {
        FieldLayout layout = system.Layout;
        foreach (Unknown unknown in system.Unknowns.All)
        {
            Field field = unknown.Field;
            long[] nearest = new long[layout.Cells];
            Array.Fill(nearest, -1);
            for (int segment = 0; segment < segments.Count; segment++)
                FindEnds(segments[segment], field, nearest);
            halo.Share(cell => nearest[cell], (cell, number) => nearest[cell] = number);
            for (int segment = 0; segment < segments.Count; segment++)
                foreach (int cell in segments[segment])
                    if (nearest[cell] - collectors.First is >= 0 and long own && own < collectors.Rows.Length)
                        Collect(cell, field, (int)own, segment, nearest);
        }

        // The collector unknown at the nearer end of the segment that can be reached through cells where the unknown lives.
        void FindEnds(ReadOnlySpan<int> cells, Field field, long[] nearest)
        {
            (long left, long right) = (End(cells[0], field, first: true), End(cells[^1], field, first: false));
            int reach = 0, back = 0;
            while (left >= 0 && reach < cells.Length && layout.Has(cells[reach], field))
                reach++;
            while (right >= 0 && back < cells.Length && layout.Has(cells[cells.Length - 1 - back], field))
                back++;
            for (int i = 0; i < cells.Length; i++)
            {
                bool fromLeft = i < reach, fromRight = cells.Length - 1 - i < back;
                if (fromLeft && (!fromRight || i <= cells.Length - 1 - i))
                    nearest[cells[i]] = left;
                else if (fromRight)
                    nearest[cells[i]] = right;
            }
        }

        long End(int cell, Field field, bool first)
        {
            long end = -1;
            if (!layout.Has(cell, field) || collectors.Global(cell, field) >= 0)
                return end;
            foreach ((_, int other, Field column) in EntriesOf(layout.Row(cell, field)))
                if (column == field && other >= 0 && !collectors.HasElectrolyte(other) && (end < 0 || !first))
                    end = collectors.Global(other, field);
            return end;
        }

        void Collect(int cell, Field field, int own, int segment, long[] nearest)
        {
            foreach ((int entry, int other, Field column) in EntriesOf(layout.Row(cell, field)))
                if (column == field && other >= 0 && collectors.HasElectrolyte(other) && nearest[other] >= 0 && nearest[other] != collectors.First + own
                    && (other >= layout.OwnedCells || segments.OfCell[other] != segment))
                {
                    if (!_entries.TryGetValue(own, out Dictionary<long, List<int>>? row))
                        _entries.Add(own, row = []);
                    if (!row.TryGetValue(nearest[other], out List<int>? sum))
                        row.Add(nearest[other], sum = []);
                    sum.Add(entry);
                }
        }

        IEnumerable<(int Entry, int Cell, Field Field)> EntriesOf(int row)
        {
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                if (names.Own(pattern.DiagonalColumns[entry]) is var (cell, field))
                    yield return (entry, cell, field);
            for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                if (names.Other(pattern.OffDiagonalColumns[entry]) is var (cell, field))
                    yield return (~entry, cell, field);
        }
    }

    /// <summary>The collector unknowns that one of this rank is joined to, and the entries of the matrix (≥ 0 in the diagonal block, else complements) whose sum joins them.</summary>
    internal IEnumerable<(long Other, List<int> Entries)> Of(int row) =>
        _entries.TryGetValue(row, out Dictionary<long, List<int>>? joined) ? joined.Select(pair => (pair.Key, pair.Value)) : [];
}
