using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>Numbers of sites that no partition changes: those of their cells in the whole mesh; of a face, the cells on both sides.</summary>
/// <remarks>They are kept as runs of sites whose cells follow each other, so that the cells of a column take one line: what every rank reads
/// to find its own is of in-plane size.</remarks>
internal sealed class SiteNumbers
{
    /// <summary>Numbers of a run: first cell, first cell on the other side (−1 without), length.</summary>
    public const int RunLength = 3;

    private const int RunsAtATime = 1 << 16;
    private const long None = -1;
    private readonly (long Cell, long Other)[] _numbers;

    /// <summary>*Collective.* Numbers the sites of all ranks.</summary>
    public SiteNumbers(StateSites sites, CellMesh mesh, Communicator world)
    {
        _numbers = [.. sites.Cells.Select((cell, i) => (mesh.GlobalCell[cell], sites.Opposite is { } other ? mesh.GlobalCell[other[i]] : None))];
        Total = world.Allreduce((long)_numbers.Length, Operation.Sum);
    }

    /// <summary>Sites of all ranks.</summary>
    public long Total { get; }

    /// <summary>Sites of this rank.</summary>
    public int Count => _numbers.Length;

    /// <summary>The runs of this rank.</summary>
    public long[] Runs()
    {
        List<long> runs = [];
        for (int i = 0, next; i < _numbers.Length; i = next)
        {
            for (next = i + 1; next < _numbers.Length && _numbers[next] == After(_numbers[next - 1]); next++) { }
            runs.AddRange([_numbers[i].Cell, _numbers[i].Other, next - i]);
        }
        return [.. runs];
    }

    /// <summary>Finds in which row of a file each site of this rank is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its runs.</param>
    /// <exception cref="IOException">It does not hold the same sites.</exception>
    public long[] RowsIn(Parallel.Hdf5.File file, string path)
    {
        if (file.Shape(path) is not [long runs, RunLength] || runs > Total)
            throw Wrong(file, path);
        int[] order = [.. Enumerable.Range(0, Count).OrderBy(i => _numbers[i])];
        (long Cell, long Other)[] sorted = [.. order.Select(i => _numbers[i])];
        long[] rows = new long[Count], window = new long[RunsAtATime * RunLength];
        Array.Fill(rows, None);
        long row = 0;
        for (long first = 0; first < runs; first += RunsAtATime)
        {
            Span<long> read = window.AsSpan(0, RunLength * (int)Math.Min(RunsAtATime, runs - first));
            file.Read(path, first, read.Length / RunLength, read);
            for (int at = 0; at < read.Length; at += RunLength)
            {
                (long Cell, long Other) number = (read[at], read[at + 1]);
                long length = read[at + 2];
                if (number.Cell < 0 || length < 1 || length > Total - row)
                    throw Wrong(file, path);
                Take(number, length, row);
                row += length;
            }
        }
        return row == Total && !rows.Contains(None) ? rows : throw Wrong(file, path);

        void Take((long Cell, long Other) number, long length, long start)
        {
            int at = Array.BinarySearch(sorted, number);
            for (at = at < 0 ? ~at : at; at < sorted.Length && sorted[at].Cell - number.Cell < length; at++)
            {
                long further = sorted[at].Cell - number.Cell;
                if (sorted[at].Other != (number.Other == None ? None : number.Other + further))
                    continue;
                rows[order[at]] = rows[order[at]] == None ? start + further : throw Wrong(file, path);
            }
        }
    }

    private static (long, long) After((long Cell, long Other) number) => (number.Cell + 1, number.Other == None ? None : number.Other + 1);

    private static IOException Wrong(Parallel.Hdf5.File file, string path) => new($"{file.Path}: {path} does not number the cells of this mesh.");
}
