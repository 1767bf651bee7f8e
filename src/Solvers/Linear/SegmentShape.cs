using Cell3D.Discretization;

namespace Cell3D.Solvers.Linear;

/// <summary>Which entries of A_II a batch of segments has, cell by cell from left to right: a block tridiagonal matrix whose off-diagonal blocks hold a part of the unknowns only.</summary>
/// <remarks>Factors of a cell follow each other as n² numbers of its diagonal block, entries by the cell before, entries by the cell behind, row by row and eight lanes each.</remarks>
internal sealed class SegmentShape
{
    private const int Lanes = SegmentBatches.Lanes;

    /// <param name="cells">Of every cell the lists of targets that some lane has there.</param>
    /// <param name="width">Numbers of each of the three blocks in a row, see <see cref="SegmentRows.Width"/>.</param>
    /// <param name="collectors">Collector unknowns.</param>
    /// <param name="ends">Ends of what is spread over the segment.</param>
    internal SegmentShape(CellTargets[][] cells, int width, int collectors, int ends)
    {
        int stride = (3 * width) + collectors + ends + 1;
        Cells = cells.Length;
        Sizes = [.. cells.Select(lanes => (byte)lanes.Max(targets => targets.Rows))];
        (FirstSlot, Start, FirstBelow, FirstAbove, FirstSide) = (new int[Cells + 1], new int[Cells + 1], new int[Cells + 1], new int[Cells + 1], new int[Cells + 1]);
        List<byte> belowCounts = [], aboveCounts = [];
        List<ushort> below = [], above = [];
        List<(ushort, ushort)> sides = [];
        // What is spread over the segment starts at its first cell.
        int[] firstColumns = [.. Enumerable.Repeat(Cells, collectors), .. Enumerable.Repeat(0, ends)];
        for (int cell = 0; cell < Cells; cell++)
        {
            HashSet<int> touched = [.. cells[cell].SelectMany(targets => targets.Diagonal.Concat(targets.OffDiagonal)).Select(target => (int)target)];
            int before = below.Count + above.Count;
            for (int row = 0; row < Sizes[cell]; row++)
            {
                belowCounts.Add(Block(row * stride, below));
                aboveCounts.Add(Block((row * stride) + (2 * width), above));
                for (int column = 0; column < collectors; column++)
                    if (touched.Contains((row * stride) + (3 * width) + column))
                    {
                        firstColumns[column] = Math.Min(firstColumns[column], cell);
                        sides.Add(((ushort)(FirstSlot[cell] + row), (ushort)column));
                    }
            }
            (FirstBelow[cell + 1], FirstAbove[cell + 1], FirstSide[cell + 1]) = (below.Count, above.Count, sides.Count);
            FirstSlot[cell + 1] = FirstSlot[cell] + Sizes[cell];
            Start[cell + 1] = Start[cell] + (Lanes * ((Sizes[cell] * Sizes[cell]) + below.Count + above.Count - before));

            byte Block(int first, List<ushort> entries)
            {
                byte count = 0;
                for (int column = 0; column < width; column++)
                    if (touched.Contains(first + column))
                    {
                        entries.Add((ushort)(column * Lanes));
                        count++;
                    }
                return count;
            }
        }
        (BelowCounts, AboveCounts, Below, Above, FirstColumns, Sides) = ([.. belowCounts], [.. aboveCounts], [.. below], [.. above], firstColumns, [.. sides]);
    }

    /// <summary>Cells of the longest segment.</summary>
    internal int Cells { get; }

    /// <summary>Rows of all cells.</summary>
    internal int Slots => FirstSlot[Cells];

    /// <summary>Numbers that the factors of a batch take, lanes counted.</summary>
    internal int Numbers => Start[Cells];

    /// <summary>n, interior unknowns of each cell.</summary>
    internal byte[] Sizes { get; }

    /// <summary>First row of each cell, and the end.</summary>
    internal int[] FirstSlot { get; }

    /// <summary>First number of each cell's factors, and the end.</summary>
    internal int[] Start { get; }

    /// <summary>Entries of each row by the cell before.</summary>
    internal byte[] BelowCounts { get; }

    /// <summary>Entries of each row by the cell behind.</summary>
    internal byte[] AboveCounts { get; }

    /// <summary>For every entry by the cell before the place of its column in that cell, in numbers.</summary>
    internal ushort[] Below { get; }

    /// <summary>For every entry by the cell behind the place of its column in that cell, in numbers.</summary>
    internal ushort[] Above { get; }

    /// <summary>First entry of each cell in <see cref="Below"/>, and the end.</summary>
    internal int[] FirstBelow { get; }

    /// <summary>First entry of each cell in <see cref="Above"/>, and the end.</summary>
    internal int[] FirstAbove { get; }

    /// <summary>Entries of A_IΓ, cell by cell: the row and the collector unknown.</summary>
    internal (ushort Slot, ushort Column)[] Sides { get; }

    /// <summary>First entry of each cell in <see cref="Sides"/>, and the end.</summary>
    internal int[] FirstSide { get; }

    /// <summary>First cell where each right-hand side is not zero: of a collector unknown the first that touches it, of what is spread over the segment its first.</summary>
    internal int[] FirstColumns { get; }
}
