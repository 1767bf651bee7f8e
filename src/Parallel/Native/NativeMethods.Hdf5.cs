using System.Runtime.InteropServices;

namespace Cell3D.Parallel.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_create(string path, out long file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_open(string path, out long file);

    [LibraryImport(Library)]
    public static partial int c3d_h5_close(long file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_group(long file, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_exists(long file, string path, out int exists);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_link_external(long file, string path, string targetFile, string targetPath);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_write_attribute(long file, string item, string name, int type, long count, void* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_write_attribute_text(long file, string item, string name, string text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_write_texts(long file, string path, long count, long length, ReadOnlySpan<byte> texts);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_attribute_size(long file, string item, string name, out long count, out long elementSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_read_attribute(long file, string item, string name, int type, long capacity, void* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_read_attribute_text(long file, string item, string name, Span<byte> text, long capacity);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_dataset(
        long file, string path, int type, int dimensions, ReadOnlySpan<long> shape, long chunkRows, int deflate, int shuffle, int fletcher32,
        out long offset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_write(long file, string path, int type, long rowOffset, long rows, long count, void* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_shape(long file, string path, out int dimensions, Span<long> shape);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_h5_read(long file, string path, int type, long rowOffset, long rows, long count, void* values);
}
