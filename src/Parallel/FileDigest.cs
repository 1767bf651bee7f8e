using System.Security.Cryptography;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Parallel;

/// <summary>Size and content of a file, as ranks that read it together see it.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of the SHA-256 of its blocks of 16 MiB, in lower-case hexadecimal digits: it does not depend on the number of ranks.</param>
public sealed record FileDigest(long Bytes, string Sha256)
{
    private const int Block = 16 << 20, Buffer = 1 << 20, WordsPerHash = SHA256.HashSizeInBytes / sizeof(long);

    /// <summary>*Collective.* Reads the file, each rank its share of the blocks.</summary>
    /// <exception cref="IOException">A rank cannot read it, or ranks see files of different sizes; on every rank.</exception>
    public static FileDigest Of(string path, Communicator world)
    {
        long bytes = 0;
        Agreement.Reach(world, () => bytes = new FileInfo(path).Length);
        long first = bytes;
        world.Broadcast(new Span<long>(ref first));
        if (world.Any(first != bytes))
            throw new IOException($"{path}: not all ranks see the same file.");
        int blocks = checked((int)((bytes + Block - 1) / Block)), own = Math.Max(0, (blocks - world.Rank + world.Size - 1) / world.Size);
        byte[] hashes = new byte[own * SHA256.HashSizeInBytes];
        Agreement.Reach(world, () => HashBlocks(path, bytes, world, hashes));
        return new(bytes, Convert.ToHexStringLower(SHA256.HashData(InOrder(world.Allgatherv(MemoryWords(hashes)), blocks, world.Size))));
    }

    private static void HashBlocks(string path, long bytes, Communicator world, byte[] hashes)
    {
        using FileStream file = File.OpenRead(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[Buffer];
        for (int i = 0; i * SHA256.HashSizeInBytes < hashes.Length; i++)
        {
            long start = ((long)i * world.Size + world.Rank) * Block, end = Math.Min(bytes, start + Block);
            file.Position = start;
            for (long at = start; at < end;)
            {
                int read = file.Read(buffer, 0, (int)Math.Min(Buffer, end - at));
                if (read == 0)
                    throw new IOException($"{path}: the file ends after {at} bytes, before the {bytes} that it had.");
                hash.AppendData(buffer, 0, read);
                at += read;
            }
            hash.GetHashAndReset(hashes.AsSpan(i * SHA256.HashSizeInBytes));
        }
    }

    private static long[] MemoryWords(byte[] hashes) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(hashes).ToArray();

    /// <summary>From the order of the ranks, each with every n-th block, to that of the file.</summary>
    private static byte[] InOrder(long[] gathered, int blocks, int ranks)
    {
        long[] ordered = new long[gathered.Length];
        for (int rank = 0, at = 0; rank < ranks; rank++)
            for (int block = rank; block < blocks; block += ranks, at += WordsPerHash)
                gathered.AsSpan(at, WordsPerHash).CopyTo(ordered.AsSpan(block * WordsPerHash));
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(ordered).ToArray();
    }
}
