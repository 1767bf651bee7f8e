using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>For every unknown of a cell with electrolyte the collector unknowns at the ends of its segment, reached through cells where the unknown lives.</summary>
/// <remarks>What flows in the plane between two segments is put in terms of these: layers conduct heat in the plane as foils do, and a segment is nearly of one temperature;
/// its solid potential follows the collector likewise.</remarks>
internal sealed class NearestCollectors
{
    private readonly long[][] _nearer, _left, _right;
    private readonly float[][] _share;

    /// <summary>*Collective.*</summary>
    internal NearestCollectors(DiscreteSystem system, CollectorRows collectors, Segments segments, FieldHalo halo)
    {
        FieldLayout layout = system.Layout;
        int fields = system.Unknowns.All.Length;
        (_nearer, _left, _right, _share) = (new long[fields][], new long[fields][], new long[fields][], new float[fields][]);
        foreach (Unknown unknown in system.Unknowns.All)
        {
            long[] nearer = None(), left = None(), right = None();
            float[] share = new float[layout.OwnedCells];
            for (int segment = 0; segment < segments.Count; segment++)
            {
                ReadOnlySpan<int> cells = segments[segment];
                int[] fromLeft = Walk(cells, forwards: true, End(segments.LeftOf(segment), unknown.Field), unknown.Field, left);
                int[] fromRight = Walk(cells, forwards: false, End(segments.RightOf(segment), unknown.Field), unknown.Field, right);
                for (int i = 0; i < cells.Length; i++)
                {
                    int cell = cells[i];
                    nearer[cell] = left[cell] < 0 || (right[cell] >= 0 && fromRight[i] < fromLeft[i]) ? right[cell] : left[cell];
                    share[cell] = (fromLeft[i] - 0.5f) / (fromLeft[i] + fromRight[i] - 1);
                }
            }
            foreach (long[] numbers in new[] { nearer, left, right })
                halo.Share(cell => numbers[cell], (cell, number) => numbers[cell] = number);
            (_nearer[(int)unknown.Field], _left[(int)unknown.Field], _right[(int)unknown.Field], _share[(int)unknown.Field]) = (nearer, left, right, share);
        }

        long[] None()
        {
            long[] numbers = new long[layout.Cells];
            Array.Fill(numbers, -1);
            return numbers;
        }

        // From one end towards the other: what was met last; returns how many cells ago.
        int[] Walk(ReadOnlySpan<int> cells, bool forwards, long met, Field field, long[] ends)
        {
            int[] distance = new int[cells.Length];
            for (int step = 0, since = 0; step < cells.Length; step++)
            {
                int i = forwards ? step : cells.Length - 1 - step, cell = cells[i];
                since++;
                if (!layout.Has(cell, field))
                    met = -1;
                else if (collectors.Global(cell, field) is >= 0 and long own)
                    (met, since) = (own, 0);
                (ends[cell], distance[i]) = (met, since);
            }
            return distance;
        }

        long End(int cell, Field field) => cell >= 0 && layout.Has(cell, field) ? collectors.Global(cell, field) : -1;
    }

    /// <summary>Number of the collector unknown at the nearer end; −1 where none is reached.</summary>
    internal long Of(int cell, Field field) => _nearer[(int)field][cell];

    /// <summary>Those at both ends, −1 where none is reached.</summary>
    internal (long Left, long Right) Both(int cell, Field field) => (_left[(int)field][cell], _right[(int)field][cell]);

    /// <summary>Where an own cell lies between both ends: 0 at the left, 1 at the right one.</summary>
    internal float ShareOf(int cell, Field field) => _share[(int)field][cell];
}
