using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;
using PureHDF;
using PureHDF.VOL.Native;
using File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Tests.Parallel;

/// <summary>
/// Open MPI before 4.1.7 and 5.0.6 can corrupt files silently (open-mpi/ompi issue 12718). What the ranks wrote is read again by
/// one rank with another HDF5 implementation and compared value by value and by checksum.
/// </summary>
[Category("Mpi")]
public class Hdf5CorruptionTests
{
    private static Communicator World => Communicator.World;

    private static readonly DatasetOptions[] Layouts =
    [
        DatasetOptions.Contiguous,
        new(ChunkRows: 977),
        new(ChunkRows: 1013, Deflate: 6, Shuffle: true, Fletcher32: true),
        new(ChunkRows: 65537, Deflate: 1, Shuffle: true),
        DatasetOptions.Compressed,
    ];

    /// <summary>Uneven: odd counts that straddle chunks, and nothing at all on rank 1 (the middle one of three).</summary>
    private static int RowsOf(int rank) => rank == 1 ? 0 : 30011 + 7919 * rank;

    private static double Value(long index) => Math.Sin(1e-3 * index) * Math.Exp(1e-6 * index);

    [Test]
    public void WhatManyRanksWroteOneRankReads([Values(1, 3)] int rowLength, [Range(0, 4)] int layout)
    {
        using SharedFolder folder = new();
        int rows = RowsOf(World.Rank);
        long first = World.Exscan(rows) * rowLength;
        double[] values = [.. Enumerable.Range(0, rows * rowLength).Select(i => Value(first + i))];
        long[] numbers = [.. Enumerable.Range(0, rows * rowLength).Select(i => (first + i) * 2654435761L)];
        int[] rowShape = rowLength == 1 ? [] : [rowLength];
        File.Create(folder["fields.h5"], World, file =>
        {
            file.Write<double>("group/values", values, Layouts[layout], rowShape);
            file.Write<long>("group/numbers", numbers, Layouts[layout], rowShape);
            file.Write<float>("single", [.. values.Select(v => (float)v)], Layouts[layout], rowShape);
        });

        if (World.IsRoot) CheckSerially(folder["fields.h5"], Enumerable.Range(0, World.Size).Sum(RowsOf) * rowLength, rowLength);
    }

    private static void CheckSerially(string path, int count, int rowLength)
    {
        using NativeFile file = H5File.OpenRead(path);
        double[] values = Flat<double>(file, "group/values", rowLength);
        long[] numbers = Flat<long>(file, "group/numbers", rowLength);
        float[] single = Flat<float>(file, "single", rowLength);
        Assert.That((values.Length, numbers.Length, single.Length), Is.EqualTo((count, count, count)));
        long sum = 0, expected = 0;
        int wrong = -1;
        for (int i = 0; i < count; i++)
        {
            sum = unchecked(sum * 31 + BitConverter.DoubleToInt64Bits(values[i]) + numbers[i]);
            expected = unchecked(expected * 31 + BitConverter.DoubleToInt64Bits(Value(i)) + i * 2654435761L);
            if (wrong < 0 && (values[i] != Value(i) || numbers[i] != i * 2654435761L || single[i] != (float)Value(i))) wrong = i;
        }

        Assert.That(wrong, Is.EqualTo(-1), "first value that differs");
        Assert.That(sum, Is.EqualTo(expected), "checksum");
    }

    private static T[] Flat<T>(NativeFile file, string path, int rowLength) =>
        rowLength == 1 ? file.Dataset(path).Read<T[]>() : [.. file.Dataset(path).Read<T[,]>().Cast<T>()];
}
