namespace Cell3D.Parallel.Native;

/// <summary>The shim's numbers for the element types it can move.</summary>
internal static class ElementType
{
    public const int Double = 0;
    public const int Float = 1;
    public const int Int64 = 2;
    public const int Int32 = 3;
    public const int Byte = 4;

    /// <exception cref="NotSupportedException">T is none of double, float, long, int, byte.</exception>
    public static int Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return Double;
        if (typeof(T) == typeof(float)) return Float;
        if (typeof(T) == typeof(long)) return Int64;
        if (typeof(T) == typeof(int)) return Int32;
        if (typeof(T) == typeof(byte)) return Byte;
        throw new NotSupportedException($"Elements of type {typeof(T).Name} are not supported: use double, float, long, int or byte.");
    }
}
