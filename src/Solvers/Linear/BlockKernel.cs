using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cell3D.Solvers.Linear;

/// <summary>Block LU without pivoting of eight block tridiagonal systems side by side: every number stands for eight lanes.</summary>
/// <remarks>D_i = A_ii − A_i,i−1 D_i−1⁻¹ A_i−1,i, z_i = r_i − A_i,i−1 D_i−1⁻¹ z_i−1, x_i = D_i⁻¹ (z_i − A_i,i+1 x_i+1): off-diagonal blocks stay as they are.</remarks>
internal static unsafe class BlockKernel
{
    private const int Lanes = SegmentBatches.Lanes;

    /// <summary>Rows and columns of the largest block.</summary>
    internal const int Most = Discretization.FieldSet.Most;

    /// <summary>x = A⁻¹ x.</summary>
    /// <remarks>On the way back factors come from the cache; meanwhile those of the segments behind, which follow in memory, are fetched.</remarks>
    /// <param name="shape">Of A.</param>
    /// <param name="factors">As <see cref="Eliminate"/> left them.</param>
    /// <param name="x">One number per row.</param>
    internal static void Solve(SegmentShape shape, double* factors, double* x)
    {
        double* memory = stackalloc double[(Most + 1) * Lanes], solved = Aligned(memory), z = x;
        fixed (byte* sizes = shape.Sizes, belowCounts = shape.BelowCounts, aboveCounts = shape.AboveCounts)
        fixed (ushort* below = shape.Below, above = shape.Above)
        fixed (int* starts = shape.Start, firstBelow = shape.FirstBelow, firstAbove = shape.FirstAbove)
        {
            byte* counts = belowCounts;
            for (int cell = 0; cell < shape.Cells; cell++)
            {
                int size = sizes[cell];
                double* block = factors + starts[cell];
                Subtract(block + (size * size * Lanes), counts, below + firstBelow[cell], size, solved, z);
                if (cell < shape.Cells - 1)
                    SolveBlock(block, size, z, Lanes, solved, Lanes);
                counts += size;
                z += size * Lanes;
            }
            counts = aboveCounts + shape.Slots;
            double* ahead = factors + shape.Numbers;
            int share = shape.Cells > 0 ? shape.Numbers / shape.Cells : 0;
            for (int cell = shape.Cells - 1; cell >= 0; cell--)
            {
                Fetch(ref ahead, share);
                int size = sizes[cell];
                double* block = factors + starts[cell], behind = z;
                counts -= size;
                z -= size * Lanes;
                Subtract(factors + starts[cell + 1] - ((firstAbove[cell + 1] - firstAbove[cell]) * Lanes), counts, above + firstAbove[cell], size, behind, z);
                SolveBlock(block, size, z, Lanes, z, Lanes);
            }
        }
    }

    /// <summary>x = A⁻ᵀ x: v_i = x_i − A_i−1,iᵀ D_i−1⁻ᵀ v_i−1, x_i = D_i⁻ᵀ (v_i − A_i+1,iᵀ x_i+1).</summary>
    internal static void SolveTransposed(SegmentShape shape, double* factors, double* x)
    {
        double* memory = stackalloc double[(Most + 1) * Lanes], solved = Aligned(memory);
        for (int cell = 0; cell < shape.Cells; cell++)
        {
            double* v = x + (shape.FirstSlot[cell] * Lanes);
            if (cell > 0)
                SubtractTransposed(factors + shape.Start[cell] - ((shape.FirstAbove[cell] - shape.FirstAbove[cell - 1]) * Lanes), shape.AboveCounts, shape.Above, shape.FirstSlot[cell - 1],
                    shape.FirstAbove[cell - 1], shape.Sizes[cell - 1], solved, v);
            SolveBlockTransposed(factors + shape.Start[cell], shape.Sizes[cell], v, solved);
        }
        for (int cell = shape.Cells - 1; cell >= 0; cell--)
        {
            double* v = x + (shape.FirstSlot[cell] * Lanes), behind = x + (shape.FirstSlot[cell + 1] * Lanes);
            if (cell + 1 < shape.Cells)
                SubtractTransposed(factors + shape.Start[cell + 1] + (shape.Sizes[cell + 1] * shape.Sizes[cell + 1] * Lanes), shape.BelowCounts, shape.Below, shape.FirstSlot[cell + 1],
                    shape.FirstBelow[cell + 1], shape.Sizes[cell + 1], behind, v);
            SolveBlockTransposed(factors + shape.Start[cell], shape.Sizes[cell], v, v);
        }
    }

    /// <summary>Makes factors of one cell, and z of its right-hand sides: cells come in turn from the first to the last.</summary>
    /// <param name="shape">Of A.</param>
    /// <param name="cell">Of the segment.</param>
    /// <param name="rows">Of the cell: entries by the cell before, its own, by the cell behind, then right-hand sides.</param>
    /// <param name="width">Numbers of each of the three blocks in a row.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="columns">Right-hand sides.</param>
    /// <param name="factors">Of the segment.</param>
    /// <param name="right">z of the segment: as many numbers per row as right-hand sides.</param>
    /// <param name="carried">What the cell behind needs: D⁻¹ A_i,i+1 and D⁻¹ z, column by column; <see cref="Carried"/> numbers.</param>
    internal static void Eliminate(SegmentShape shape, int cell, double* rows, int width, int stride, int columns, double* factors, double* right, double* carried)
    {
        int size = shape.Sizes[cell], first = shape.FirstSlot[cell], behind = cell + 1 < shape.Cells ? shape.Sizes[cell + 1] : 0;
        double* block = factors + shape.Start[cell], entry = block + (size * size * Lanes), carriedRight = carried + (width * width * Lanes);
        int below = shape.FirstBelow[cell], above = shape.FirstAbove[cell];
        for (int row = 0; row < size; row++)
        {
            double* own = rows + (row * stride * Lanes), diagonal = own + (width * Lanes), sides = own + (3 * width * Lanes);
            for (int end = below + shape.BelowCounts[first + row]; below < end; below++, entry += Lanes)
            {
                int column = shape.Below[below];
                Vector512<double> value = Vector512.Load(own + column);
                value.Store(entry);
                for (int other = 0; other < size; other++)
                    Minus(diagonal + (other * Lanes), value, carried + (other * width * Lanes) + column);
                for (int side = 0; side < columns; side++)
                    if (shape.FirstColumns[side] < cell)
                        Minus(sides + (side * Lanes), value, carriedRight + (side * width * Lanes) + column);
            }
            for (int side = 0; side < columns; side++)
                Vector512.Load(sides + (side * Lanes)).Store(right + ((((first + row) * columns) + side) * Lanes));
        }
        for (int pivot = 0; pivot < size; pivot++)
        {
            double* from = rows + (((pivot * stride) + width) * Lanes);
            Vector512<double> inverse = Vector512<double>.One / Vector512.Load(from + (pivot * Lanes));
            inverse.Store(from + (pivot * Lanes));
            for (int row = pivot + 1; row < size; row++)
            {
                double* to = rows + (((row * stride) + width) * Lanes);
                Vector512<double> multiplier = Vector512.Load(to + (pivot * Lanes)) * inverse;
                multiplier.Store(to + (pivot * Lanes));
                for (int column = pivot + 1; column < size; column++)
                    Minus(to + (column * Lanes), multiplier, from + (column * Lanes));
            }
        }
        for (int row = 0; row < size; row++)
            for (int column = 0; column < size; column++)
                Vector512.Load(rows + (((row * stride) + width + column) * Lanes)).Store(block + (((row * size) + column) * Lanes));
        if (behind == 0)
            return;
        for (int column = 0; column < behind; column++)
            Clear(carried + (column * width * Lanes), size);
        for (int row = 0; row < size; row++)
            for (int end = above + shape.AboveCounts[first + row]; above < end; above++, entry += Lanes)
            {
                Vector512<double> value = Vector512.Load(rows + (((row * stride) + (2 * width)) * Lanes) + shape.Above[above]);
                value.Store(entry);
                value.Store(carried + (shape.Above[above] * width) + (row * Lanes));
            }
        for (int column = 0; column < behind; column++)
            SolveBlock(block, size, carried + (column * width * Lanes), Lanes, carried + (column * width * Lanes), Lanes);
        for (int side = 0; side < columns; side++)
            if (shape.FirstColumns[side] <= cell)
                SolveBlock(block, size, rows + ((3 * width) + side) * Lanes, stride * Lanes, carriedRight + (side * width * Lanes), Lanes);
    }

    /// <summary>Numbers that <see cref="Eliminate"/> carries from cell to cell.</summary>
    internal static int Carried(int width, int columns) => width * (width + columns) * Lanes;

    /// <summary>Backward substitution of the right-hand sides whose z <see cref="Eliminate"/> has left.</summary>
    internal static void Substitute(SegmentShape shape, double* factors, double* right, int columns)
    {
        int entry = shape.Above.Length;
        for (int cell = shape.Cells - 1; cell >= 0; cell--)
        {
            int size = shape.Sizes[cell], first = shape.FirstSlot[cell];
            double* own = right + (first * columns * Lanes), behind = right + (shape.FirstSlot[cell + 1] * columns * Lanes), value = factors + shape.Start[cell + 1];
            for (int row = size - 1; row >= 0; row--)
                for (int end = entry - shape.AboveCounts[first + row]; entry > end;)
                {
                    value -= Lanes;
                    Vector512<double> factor = Vector512.Load(value);
                    double* from = behind + (shape.Above[--entry] * columns), to = own + (row * columns * Lanes);
                    for (int side = 0; side < columns; side++, from += Lanes, to += Lanes)
                        Minus(to, factor, from);
                }
            for (int side = 0; side < columns; side++)
                SolveBlock(factors + shape.Start[cell], size, own + (side * Lanes), columns * Lanes, own + (side * Lanes), columns * Lanes);
        }
    }

    /// <summary>Sets numbers to zero.</summary>
    internal static void Clear(double* numbers, int count)
    {
        for (int i = 0; i < count; i++)
            Vector512<double>.Zero.Store(numbers + (i * Lanes));
    }

    /// <summary>First number at a boundary of eight, of memory that is so much longer.</summary>
    internal static double* Aligned(double* memory) => (double*)(((nuint)memory + 63) & ~(nuint)63);

    /// <summary>Asks for numbers that will be needed soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(ref double* numbers, int count)
    {
        if (Sse.IsSupported)
            for (double* end = numbers + count; numbers < end; numbers += Lanes)
                Sse.Prefetch1(numbers);
    }

    /// <summary>to −= entries · from, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* entries, byte* counts, ushort* columns, int rows, double* from, double* to)
    {
        for (int row = 0; row < rows; row++, to += Lanes)
        {
            int count = counts[row];
            if (count == 0)
                continue;
            Vector512<double> sum = Vector512.Load(to);
            for (; count > 0; count--, entries += Lanes, columns++)
                sum = Minus(sum, Vector512.Load(entries), Vector512.Load(from + *columns));
            sum.Store(to);
        }
    }

    /// <summary>to −= entriesᵀ · from, with the rows of one cell.</summary>
    private static void SubtractTransposed(double* entries, byte[] counts, ushort[] columns, int firstRow, int firstEntry, int rows, double* from, double* to)
    {
        for (int row = 0; row < rows; row++, from += Lanes)
            for (int count = counts[firstRow + row]; count > 0; count--, entries += Lanes, firstEntry++)
                Minus(to + columns[firstEntry], Vector512.Load(entries), from);
    }

    /// <summary>to = D⁻ᵀ from.</summary>
    private static void SolveBlockTransposed(double* d, int size, double* from, double* to)
    {
        for (int row = 0; row < size; row++)
        {
            Vector512<double> sum = Vector512.Load(from + (row * Lanes));
            for (int column = 0; column < row; column++)
                sum = Minus(sum, At(d, (column * size) + row), Vector512.Load(to + (column * Lanes)));
            (sum * At(d, (row * size) + row)).Store(to + (row * Lanes));
        }
        for (int row = size - 1; row >= 0; row--)
        {
            Vector512<double> sum = Vector512.Load(to + (row * Lanes));
            for (int column = row + 1; column < size; column++)
                sum = Minus(sum, At(d, (column * size) + row), Vector512.Load(to + (column * Lanes)));
            sum.Store(to + (row * Lanes));
        }
    }

    /// <summary>to = D⁻¹ from, with n² numbers of LU factors row by row, diagonals inverted.</summary>
    private static void SolveBlock(double* block, int size, double* from, int stride, double* to, int strideTo)
    {
        if (size == 4)
            SolveFour(block, from, stride, to, strideTo);
        else if (size == 3)
            SolveThree(block, from, stride, to, strideTo);
        else
            SolveAny(block, size, from, stride, to, strideTo);
    }

    private static void SolveFour(double* d, double* from, int stride, double* to, int strideTo)
    {
        Vector512<double> x0 = Vector512.Load(from);
        Vector512<double> x1 = Minus(Vector512.Load(from + stride), At(d, 4), x0);
        Vector512<double> x2 = Minus(Minus(Vector512.Load(from + (2 * stride)), At(d, 8), x0), At(d, 9), x1);
        Vector512<double> x3 = Minus(Minus(Minus(Vector512.Load(from + (3 * stride)), At(d, 12), x0), At(d, 13), x1), At(d, 14), x2) * At(d, 15);
        x2 = Minus(x2, At(d, 11), x3) * At(d, 10);
        x1 = Minus(Minus(x1, At(d, 7), x3), At(d, 6), x2) * At(d, 5);
        x0 = Minus(Minus(Minus(x0, At(d, 3), x3), At(d, 2), x2), At(d, 1), x1) * At(d, 0);
        x0.Store(to);
        x1.Store(to + strideTo);
        x2.Store(to + (2 * strideTo));
        x3.Store(to + (3 * strideTo));
    }

    private static void SolveThree(double* d, double* from, int stride, double* to, int strideTo)
    {
        Vector512<double> x0 = Vector512.Load(from);
        Vector512<double> x1 = Minus(Vector512.Load(from + stride), At(d, 3), x0);
        Vector512<double> x2 = Minus(Minus(Vector512.Load(from + (2 * stride)), At(d, 6), x0), At(d, 7), x1) * At(d, 8);
        x1 = Minus(x1, At(d, 5), x2) * At(d, 4);
        x0 = Minus(Minus(x0, At(d, 2), x2), At(d, 1), x1) * At(d, 0);
        x0.Store(to);
        x1.Store(to + strideTo);
        x2.Store(to + (2 * strideTo));
    }

    private static void SolveAny(double* d, int size, double* from, int stride, double* to, int strideTo)
    {
        for (int row = 0; row < size; row++)
        {
            Vector512<double> sum = Vector512.Load(from + (row * stride));
            for (int column = 0; column < row; column++)
                sum = Minus(sum, At(d, (row * size) + column), Vector512.Load(to + (column * strideTo)));
            sum.Store(to + (row * strideTo));
        }
        for (int row = size - 1; row >= 0; row--)
        {
            Vector512<double> sum = Vector512.Load(to + (row * strideTo));
            for (int column = row + 1; column < size; column++)
                sum = Minus(sum, At(d, (row * size) + column), Vector512.Load(to + (column * strideTo)));
            (sum * At(d, (row * size) + row)).Store(to + (row * strideTo));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(double* numbers, int place) => Vector512.Load(numbers + (place * Lanes));

    /// <summary>a − b c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Minus(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.MultiplyAddEstimate(-b, c, a);

    /// <summary>to −= b from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Minus(double* to, Vector512<double> b, double* from) => Minus(Vector512.Load(to), b, Vector512.Load(from)).Store(to);
}
