using Cell3D.Parallel.Native;
using Microsoft.Win32.SafeHandles;

namespace Cell3D.Parallel;

/// <summary>
/// A file, made when missing, that one process at a time holds. The lock ends with the process, however that ends, so none is ever
/// left behind. Network file systems that keep locks show it to other machines too; <see cref="IsKept"/> tells those that keep none.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int Held = 0, HeldByAnother = 1;
    private readonly string _path;
    private readonly int _state;

    /// <summary>Opens the file and tries to lock it; does not wait.</summary>
    /// <exception cref="IOException">The file cannot be opened for reading and writing, or is a symbolic link; the message is the system's.</exception>
    public FileLock(string path)
    {
        NativeLibraryLoader.Load();
        _path = path;
        NativeMethods.Check(NativeMethods.c3d_file_lock(path, out int descriptor, out _state));
        Handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Whether another process holds the lock.</summary>
    public bool IsTaken => _state == HeldByAnother;

    /// <summary>Whether this process holds it; neither it nor another does where the file system keeps no locks.</summary>
    public bool IsKept => _state == Held;

    /// <summary>The file's contents. Opening it a second time would meet its own lock.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Whether the path still names the file that was opened: neither it nor its folder was removed or replaced.</summary>
    public bool IsIntact => NativeMethods.c3d_file_same((int)Handle.DangerousGetHandle(), _path) != 0;

    /// <summary>Ends the lock.</summary>
    public void Dispose() => Handle.Dispose();
}
