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
    internal NearestCollectors(DiscreteSystem system, CollectorRows collectors, Segments segments, FieldHalo halo)
    {
        FieldLayout layout = system.Layout;
        _of = [.. system.Unknowns.All.ToArray().Select(_ => Array.Empty<long>())];
        foreach (Unknown unknown in system.Unknowns.All)
        {
            long[] nearest = new long[layout.Cells];
            Array.Fill(nearest, -1);
            for (int segment = 0; segment < segments.Count; segment++)
                FindEnds(segment, unknown.Field, nearest);
            halo.Share(cell => nearest[cell], (cell, number) => nearest[cell] = number);
            _of[(int)unknown.Field] = nearest;
        }

        void FindEnds(int segment, Field field, long[] nearest)
        {
            ReadOnlySpan<int> cells = segments[segment];
            (long left, long right) = (End(segments.LeftOf(segment), field), End(segments.RightOf(segment), field));
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

        long End(int cell, Field field) => cell >= 0 && layout.Has(cell, field) ? collectors.Global(cell, field) : -1;
    }

    /// <summary>Number of the collector unknown; −1 where none is reached.</summary>
    internal long Of(int cell, Field field) => _of[(int)field][cell];
}
