using System.Numerics;
using System.Runtime.InteropServices;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
    /// <summary>
    /// *Collective.* Replaces a file in one step: writes <c>path.tmp</c>, reads every dataset back and compares checksums, then renames
    /// it to <c>path</c> and forces file and folder to disk. A crash at any moment leaves the old file or the new one, never a part.
    /// </summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="communicator">The ranks that write it.</param>
    /// <param name="write">Puts the contents in; called by every rank.</param>
    /// <exception cref="IOException">What was read back differs from what was written, or the disk refused; on every rank.</exception>
    /// <exception cref="Hdf5Exception">It cannot be created; on every rank.</exception>
    public static void CreateAtomically(string path, Communicator communicator, Action<NewFile> write)
    {
        string temporary = path + ".tmp";
        try
        {
            Verify(temporary, communicator, NewFile.Write(temporary, communicator, write));
            Agreement.Reach(communicator, NativeMethods.Failure(communicator.IsRoot ? NativeMethods.c3d_file_replace(temporary, path) : 0));
        }
        catch
        {
            if (communicator.IsRoot) Discard(temporary);
            throw;
        }
    }

    /// <summary>*Collective.* Each rank reads back what it wrote; all fail if one finds a difference.</summary>
    internal static void Verify(string path, Communicator communicator, IReadOnlyList<Written> written) =>
        Agreement.Reach(communicator, () => VerifyOwn(path, written));

    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, b);
        return sum;
    }

    private static void VerifyOwn(string path, IReadOnlyList<Written> written)
    {
        if (written.Count == 0) return;
        using File file = Open(path);
        foreach (Written part in written)
        {
            byte[] bytes = new byte[part.Bytes];
            fixed (byte* first = bytes)
                NativeMethods.Check(NativeMethods.c3d_h5_read(file.Handle, part.Path, part.Type, part.RowOffset, part.Rows, part.Values, first));
            if (Checksum(bytes) != part.Checksum)
                throw new IOException($"{path}: what was read back differs from what was written in {part.Path}.");
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            System.IO.File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write has failed already and says so; a leftover .tmp file goes with the results it belongs to.
        }
    }

    /// <summary>What this rank contributed to a dataset.</summary>
    internal sealed record Written(string Path, int Type, long RowOffset, long Rows, long Values, long Bytes, uint Checksum);
}
