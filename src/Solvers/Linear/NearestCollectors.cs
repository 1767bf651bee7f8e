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

        // From either end towards the other: what was met last, and how many cells ago.
        void FindEnds(int segment, Field field, long[] nearest)
        {
            ReadOnlySpan<int> cells = segments[segment];
            int[] distance = new int[cells.Length];
            Array.Fill(distance, int.MaxValue);
            Walk(cells, distance, forwards: true, End(segments.LeftOf(segment), field));
            Walk(cells, distance, forwards: false, End(segments.RightOf(segment), field));

            void Walk(ReadOnlySpan<int> cells, int[] distance, bool forwards, long met)
            {
                for (int step = 0, since = 0; step < cells.Length; step++)
                {
                    int i = forwards ? step : cells.Length - 1 - step, cell = cells[i];
                    since++;
                    if (!layout.Has(cell, field))
                        met = -1;
                    else if (collectors.Global(cell, field) is >= 0 and long own)
                        (met, since) = (own, 0);
                    if (met >= 0 && since < distance[i])
                        (nearest[cell], distance[i]) = (met, since);
                }
            }
        }

        long End(int cell, Field field) => cell >= 0 && layout.Has(cell, field) ? collectors.Global(cell, field) : -1;
    }

    /// <summary>Number of the collector unknown; −1 where none is reached.</summary>
    internal long Of(int cell, Field field) => _of[(int)field][cell];
}
