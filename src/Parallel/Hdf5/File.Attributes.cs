using System.Text;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
    /// <summary>The numbers of an attribute, converted to T; one for a single number.</summary>
    /// <exception cref="Hdf5Exception">There is no such attribute.</exception>
    public T[] ReadAttribute<T>(string item, string name)
        where T : unmanaged
    {
        NativeMethods.Check(NativeMethods.c3d_h5_attribute_size(Handle, item, name, out long count, out _));
        T[] values = new T[count];
        fixed (T* first = values)
            NativeMethods.Check(NativeMethods.c3d_h5_read_attribute(Handle, item, name, ElementType.Of<T>(), count, first));
        return values;
    }

    /// <summary>A fixed-length text attribute.</summary>
    /// <exception cref="Hdf5Exception">There is no such attribute.</exception>
    /// <exception cref="ArgumentException">It is no such text.</exception>
    public string ReadAttributeText(string item, string name)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_attribute_size(Handle, item, name, out _, out long size));
        byte[] text = new byte[size];
        NativeMethods.Check(NativeMethods.c3d_h5_read_attribute_text(Handle, item, name, text, text.Length));
        return Encoding.ASCII.GetString(text).TrimEnd('\0');
    }
}
