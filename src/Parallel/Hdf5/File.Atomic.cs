using System.Numerics;
using System.Runtime.InteropServices;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
    /// <summary>
    /// Replaces a file in one step: writes <c>path.tmp</c>, reads every dataset back and compares checksums, then renames it to
    /// <c>path</c> and forces file and folder to disk. A crash at any moment leaves the old file or the new one, never a part.
    /// </summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="communicator">The ranks that write it.</param>
    /// <param name="write">Writes the contents; called by every rank.</param>
    /// <exception cref="IOException">What was read back differs from what was written, or the disk refused.</exception>
    public static void CreateAtomically(string path, Communicator communicator, Action<File> write)
    {
        string temporary = path + ".tmp";
        IReadOnlyList<Written> written = WriteRemembering(temporary, communicator, write);
        Verify(temporary, communicator, written);
        Replace(temporary, path, communicator);
    }

    /// <summary>Writes a file and remembers what this rank put into it.</summary>
    internal static IReadOnlyList<Written> WriteRemembering(string path, Communicator communicator, Action<File> write)
    {
        List<Written> written = [];
        using File file = Create(path, communicator, written);
        write(file);
        return written;
    }

    /// <summary>Reads back what this rank wrote; all ranks fail if one finds a difference.</summary>
    internal static void Verify(string path, Communicator communicator, IReadOnlyList<Written> written)
    {
        string damaged = "";
        using File file = Open(path, communicator);
        foreach (Written part in written)
        {
            byte[] bytes = new byte[part.Bytes];
            fixed (byte* first = bytes)
                NativeMethods.Check(NativeMethods.c3d_h5_read(file.Handle, part.Path, part.Type, part.RowOffset, part.Rows, first));
            if (Checksum(bytes) != part.Checksum) damaged = $" in {part.Path}";
        }

        if (communicator.Any(damaged.Length > 0))
            throw new IOException($"{path}: what was read back differs from what was written{damaged}.");
    }

    private static void Replace(string temporary, string path, Communicator communicator)
    {
        string failure = "";
        if (communicator.IsRoot)
        {
            try
            {
                NativeMethods.Check(NativeMethods.c3d_file_replace(temporary, path));
            }
            catch (IOException e)
            {
                failure = e.Message;
            }
        }

        failure = communicator.Broadcast(failure);
        if (failure.Length > 0) throw new IOException(failure);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, b);
        return sum;
    }

    /// <summary>What this rank contributed to a dataset.</summary>
    internal sealed record Written(string Path, int Type, long RowOffset, long Rows, long Bytes, uint Checksum);
}
