using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Cell3D.Output;

/// <summary>Whole files that are either the old or the new one at any moment.</summary>
public static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/> by <paramref name="content"/>: written beside it, flushed to disk, renamed.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable; the former file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".tmp";
        try
        {
            using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OutputException failure = OutputException.WriteFailed(path, content.Length, e);
            Discard(temporary);
            throw failure;
        }
    }

    /// <summary>Replaces <paramref name="path"/> by a text in UTF-8.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable; the former file is untouched.</exception>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write has failed already and says so; a leftover .tmp file is removed by the next run.
        }
    }
}
