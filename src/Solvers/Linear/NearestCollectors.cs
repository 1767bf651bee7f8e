using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>For every unknown of a cell with electrolyte the collector unknown at the nearer end of its segment, reached through cells where the unknown lives.</summary>
/// <remarks>What flows in the plane between two segments may be handed to these: layers conduct heat in the plane as foils do, and a segment is nearly of one temperature;
/// its solid potential follows the collector likewise.</remarks>
internal sealed class NearestCollectors
{
    private readonly long[][] _of;

    /// <summary>*Collective.*</summary>
    internal NearestCollectors(DiscreteSystem system, SparsePattern pattern, CollectorRows collectors, Segments segments, ColumnNames names, FieldHalo halo)
    {
        FieldLayout layout = system.Layout;
        _of = [.. system.Unknowns.All.ToArray().Select(_ => Array.Empty<long>())];
        foreach (Unknown unknown in system.Unknowns.All)
        {
            long[] nearest = new long[layout.Cells];
            Array.Fill(nearest, -1);
            for (int segment = 0; segment < segments.Count; segment++)
                FindEnds(segments[segment], unknown.Field, nearest);
            halo.Share(cell => nearest[cell], (cell, number) => nearest[cell] = number);
            _of[(int)unknown.Field] = nearest;
        }

        void FindEnds(ReadOnlySpan<int> cells, Field field, long[] nearest)
        {
            (long left, long right) = (End(cells[0], field, first: true), End(cells[^1], field, first: false));
            int fromLeft = 0, fromRight = 0;
            while (left >= 0 && fromLeft < cells.Length && layout.Has(cells[fromLeft], field))
                fromLeft++;
            while (right >= 0 && fromRight < cells.Length && layout.Has(cells[^(fromRight + 1)], field))
                fromRight++;
            for (int i = 0; i < cells.Length; i++)
            {
                bool reachesLeft = i < fromLeft, reachesRight = cells.Length - 1 - i < fromRight;
                if (reachesLeft || reachesRight)
                    nearest[cells[i]] = reachesLeft && (!reachesRight || i <= cells.Length - 1 - i) ? left : right;
            }
        }

        // A segment of one cell may touch collectors on both sides: the first one is taken for the left, the last for the right.
        long End(int cell, Field field, bool first)
        {
            long end = -1;
            if (!layout.Has(cell, field) || collectors.Global(cell, field) >= 0)
                return end;
            int row = layout.Row(cell, field);
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                Take(names.Own(pattern.DiagonalColumns[entry]));
            for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                Take(names.Other(pattern.OffDiagonalColumns[entry]));
            return end;

            void Take((int Cell, Field Field) column)
            {
                if (column.Field == field && column.Cell >= 0 && !collectors.HasElectrolyte(column.Cell) && (end < 0 || !first))
                    end = collectors.Global(column.Cell, field);
            }
        }
    }

    /// <summary>Number of the collector unknown; −1 where none is reached.</summary>
    internal long Of(int cell, Field field) => _of[(int)field][cell];
}
