using System.Text;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
    /// <summary>Attaches a text of fixed length, ASCII, as VTKHDF wants it.</summary>
    /// <param name="item">Path of the group or dataset; <c>/</c> for the file.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="text">ASCII text.</param>
    /// <exception cref="ArgumentException">The text is not ASCII.</exception>
    public void WriteAttribute(string item, string name, string text)
    {
        if (!Ascii.IsValid(text)) throw new ArgumentException($"Attribute {name} of {item} is not ASCII: {text}");
        NativeMethods.Check(NativeMethods.c3d_h5_write_attribute_text(Handle, item, name, text));
    }

    /// <summary>Attaches a single number.</summary>
    public void WriteAttribute<T>(string item, string name, T value)
        where T : unmanaged =>
        NativeMethods.Check(NativeMethods.c3d_h5_write_attribute(Handle, item, name, ElementType.Of<T>(), -1, &value));

    /// <summary>Attaches a row of numbers.</summary>
    public void WriteAttribute<T>(string item, string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        fixed (T* first = values)
            NativeMethods.Check(NativeMethods.c3d_h5_write_attribute(Handle, item, name, ElementType.Of<T>(), values.Length, first));
    }

    /// <summary>The numbers of an attribute, converted to T; one for a single number.</summary>
    /// <exception cref="Hdf5Exception">There is no such attribute.</exception>
    public T[] ReadAttribute<T>(string item, string name)
        where T : unmanaged
    {
        NativeMethods.Check(NativeMethods.c3d_h5_attribute_size(Handle, item, name, out long count, out _));
        T[] values = new T[count];
        fixed (T* first = values)
            NativeMethods.Check(NativeMethods.c3d_h5_read_attribute(Handle, item, name, ElementType.Of<T>(), first));
        return values;
    }

    /// <summary>A fixed-length text attribute.</summary>
    /// <exception cref="Hdf5Exception">There is no such attribute.</exception>
    /// <exception cref="ArgumentException">It is no such text.</exception>
    public string ReadAttributeText(string item, string name)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_attribute_size(Handle, item, name, out _, out long size));
        byte[] text = new byte[size];
        NativeMethods.Check(NativeMethods.c3d_h5_read_attribute_text(Handle, item, name, text));
        return Encoding.ASCII.GetString(text).TrimEnd('\0');
    }
}
