namespace Cell3D.Parallel.Hdf5;

/// <summary>HDF5 reported an error; the message is its error stack, innermost call first.</summary>
public sealed class Hdf5Exception : Exception
{
    internal Hdf5Exception(string message)
        : base(message)
    {
    }
}
