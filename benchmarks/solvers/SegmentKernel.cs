using System.Runtime.InteropServices;
using Cell3D.Simulation.Benchmark;
using Cell3D.Solvers.Linear;

namespace Cell3D.Benchmarks.Solvers;

/// <summary>Factors, responses and applications of segments as the preconditioner makes them, against the same loops compiled by gcc -O3 -march=native, and their share of STREAM bandwidth.</summary>
/// <remarks>Segments of 12 + 6 + 12 cells with c, φ_e, φ_s, T where they live, four collector unknowns; far more of them than caches hold. Both kinds in turn, median of the repeats, processor time.</remarks>
public static unsafe class SegmentKernel
{
    private const int Lanes = SegmentBatches.Lanes, Width = 4, Columns = 4, Stride = (3 * Width) + Columns + 1, Batches = 1500, Repeats = 15;
    private const long TriadLength = 16 << 20;

    /// <summary>Arguments: [--check].</summary>
    public static int Run(string[] arguments)
    {
        if (!CompiledLoops.TryLoad("solvers/segment.c", out nint c))
            return arguments.Contains("--check") ? 1 : 0;
        SegmentShape shape = Shape();
        long slots = (long)Batches * shape.Slots;
        double* filled = Filled(shape), rows = Numbers(Width * Stride), carried = Numbers(BlockKernel.Carried(Width, Columns) / Lanes);
        double* factors = Numbers((long)Batches * shape.Numbers / Lanes), responses = Numbers(shape.Slots * Columns), y = Numbers(slots);
        fixed (byte* sizes = shape.Sizes, belowCounts = shape.BelowCounts, aboveCounts = shape.AboveCounts)
        fixed (ushort* below = shape.Below, above = shape.Above)
        fixed (int* firstSlot = shape.FirstSlot, start = shape.Start, firstBelow = shape.FirstBelow, firstAbove = shape.FirstAbove, firstColumns = shape.FirstColumns)
        {
            NativeShape native = new(shape.Cells, Columns, Width, sizes, belowCounts, aboveCounts, below, above, firstSlot, start, firstBelow, firstAbove, firstColumns);
            NativeShape* of = &native;
            var factor = (delegate* unmanaged<NativeShape*, double*, double*, double*, double*, double*, void>)NativeLibrary.GetExport(c, "segment_factor");
            var solve = (delegate* unmanaged<NativeShape*, double*, double*, void>)NativeLibrary.GetExport(c, "segment_solve");
            var triad = (delegate* unmanaged<double*, double*, double*, long, void>)NativeLibrary.GetExport(c, "triad");
            double* stream = Numbers(3 * TriadLength / Lanes);
            new Span<double>(y, (int)(slots * Lanes)).Fill(1);

            void EachBatch(Action<int> action)
            {
                for (int batch = 0; batch < Batches; batch++)
                    action(batch);
            }

            double* Factors(int batch) => factors + ((nint)batch * shape.Numbers);
            double* Y(int batch) => y + ((nint)batch * shape.Slots * Lanes);

            double[] seconds = Medians(
                () => EachBatch(batch => Factor(shape, filled, rows, carried, Factors(batch), responses)),
                () => EachBatch(batch => factor(of, filled, rows, carried, Factors(batch), responses)),
                () => EachBatch(batch => BlockKernel.Solve(shape, Factors(batch), Y(batch))),
                () => EachBatch(batch => solve(of, Factors(batch), Y(batch))),
                () => triad(stream, stream + TriadLength, stream + (2 * TriadLength), TriadLength));
            double bandwidth = 24.0 * TriadLength / seconds[^1], perSlot = (double)shape.Numbers / shape.Slots / Lanes;
            Console.WriteLine($"{slots * Lanes:n0} unknowns, {8 * perSlot:f1} B of factors each; STREAM triad {1e-9 * bandwidth:f1} GB/s");
            Console.WriteLine("                       managed      C   ns per unknown | C over managed | share of STREAM");
            double worst = double.PositiveInfinity;
            foreach ((string name, int at, double numbers) in new[] { ("factors and responses", 0, perSlot), ("A⁻¹ r", 2, perSlot + 2) })
            {
                double ratio = seconds[at + 1] / seconds[at], scale = 1e9 / (slots * Lanes);
                worst = Math.Min(worst, ratio);
                Console.WriteLine($"{name,-22}{seconds[at] * scale,8:f2}{seconds[at + 1] * scale,7:f2}{"",18}|{ratio,15:f2} |{8 * numbers * slots * Lanes / seconds[at] / bandwidth,15:f2}");
            }
            return arguments.Contains("--check") && worst < CompiledLoops.Least ? 1 : 0;
        }
    }

    private static void Factor(SegmentShape shape, double* filled, double* rows, double* carried, double* factors, double* responses)
    {
        for (int cell = 0; cell < shape.Cells; cell++)
        {
            int length = shape.Sizes[cell] * Stride * Lanes;
            new ReadOnlySpan<double>(filled + ((nint)shape.FirstSlot[cell] * Stride * Lanes), length).CopyTo(new(rows, length));
            BlockKernel.Eliminate(shape, cell, rows, Width, Stride, Columns, factors, responses, carried);
        }
        BlockKernel.Substitute(shape, factors, responses, Columns);
    }

    /// <summary>c by c and T, φ_e by c, φ_e and T, φ_s by itself, T by all of the neighbouring cell; collectors at either end.</summary>
    private static SegmentShape Shape()
    {
        int[] sizes = [.. Enumerable.Range(0, 30).Select(Size)];
        return new([.. Enumerable.Range(0, 30).Select(cell => new[] { new CellTargets(sizes[cell], [.. Targets(cell)], [], [], [], null, new([], [], [], [])) })], Width, Columns, 0);

        static IEnumerable<ushort> Targets(int cell)
        {
            for (int row = 0; row < Size(cell); row++)
            {
                for (int column = 0; column < Size(cell); column++)
                    yield return Target(row, Width + column);
                foreach (int neighbour in new[] { cell - 1, cell + 1 })
                    if (neighbour is >= 0 and < 30)
                        foreach (int column in Coupled(row, Size(cell), Size(neighbour)))
                            yield return Target(row, ((neighbour < cell ? 0 : 2) * Width) + column);
                if (cell is 0 or 29 && row >= 2)
                    yield return Target(row, (3 * Width) + (cell == 0 ? 0 : 2) + row - 2);
            }
        }

        static ushort Target(int row, int column) => (ushort)((row * Stride) + column);

        static int Size(int cell) => cell is >= 12 and < 18 ? 3 : 4;

        // T is the last unknown of a cell, φ_s the third where there are four.
        static int[] Coupled(int row, int size, int other) => row == 0 ? [0, other - 1]
            : row == 1 ? [0, 1, other - 1]
            : row == size - 1 ? [.. Enumerable.Range(0, other)]
            : other == 4 ? [2] : [];
    }

    /// <summary>Rows of one batch, diagonally dominant.</summary>
    private static double* Filled(SegmentShape shape)
    {
        double* filled = Numbers((long)shape.Slots * Stride);
        new Span<double>(filled, shape.Slots * Stride * Lanes).Fill(-0.3);
        for (int cell = 0; cell < shape.Cells; cell++)
            for (int row = 0; row < shape.Sizes[cell]; row++)
                new Span<double>(filled + ((((shape.FirstSlot[cell] + row) * Stride) + Width + row) * Lanes), Lanes).Fill(20 + (row % 3));
        return filled;
    }

    private static double[] Medians(params Action[] actions)
    {
        List<double>[] seconds = [.. actions.Select(_ => new List<double>())];
        for (int repeat = 0; repeat <= Repeats; repeat++)
            for (int i = 0; i < actions.Length; i++)
            {
                double start = Processor.Seconds;
                actions[i]();
                if (repeat > 0)
                    seconds[i].Add(Processor.Seconds - start);
            }
        return [.. seconds.Select(times => times.Order().ElementAt(times.Count / 2))];
    }

    private static double* Numbers(long lanes)
    {
        nuint bytes = (nuint)(lanes * Lanes * sizeof(double));
        double* memory = (double*)NativeMemory.AlignedAlloc(bytes, Lanes * sizeof(double));
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    /// <summary>As in segment.c.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeShape(int cells, int columns, int width, byte* sizes, byte* belowCounts, byte* aboveCounts, ushort* below, ushort* above, int* firstSlot, int* start,
        int* firstBelow, int* firstAbove, int* firstColumns)
    {
        private readonly int _cells = cells, _columns = columns, _width = width;
        private readonly byte* _sizes = sizes, _belowCounts = belowCounts, _aboveCounts = aboveCounts;
        private readonly ushort* _below = below, _above = above;
        private readonly int* _firstSlot = firstSlot, _start = start, _firstBelow = firstBelow, _firstAbove = firstAbove, _firstColumns = firstColumns;
    }
}
