using System.Diagnostics;
using System.Globalization;
using System.Text;

using Cell3D.Parallel;

namespace Cell3D.Output;

/// <summary>
/// The file <c>.cell3d-results</c> of a results folder: which of its files Cell3D wrote, and which process is writing now. It is held
/// locked while a run lasts.
/// </summary>
internal sealed class ResultList : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string Name = ".cell3d-results";

    private const string FirstLine = "Cell3D results. Every file named below was written by Cell3D; 'cell3d run --overwrite' deletes these and no others.";
    private const string FirstWords = "Cell3D results.", RunLine = "run: ";
    private const int LongestList = 64 << 20;

    /// <summary>A process that was killed holds its files until the system has taken it apart, which takes a moment.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;
    private readonly FileLock _lock;
    private readonly long _wholeLines;
    private long _length;

    /// <summary>Locks the list of a folder, making it when missing, and reads it.</summary>
    /// <exception cref="OutputException">Another run writes there, or the file cannot be used (73).</exception>
    public ResultList(string folder)
    {
        _path = Path.Combine(folder, Name);
        _lock = Locked(_path);
        try
        {
            string text = Read();
            if (_lock.IsTaken)
                throw OutputException.CannotCreate(folder, $"another run is writing here{Holder(text)}. Wait for it, stop it, or choose another folder with --output");
            if (text.Length > 0 && !text.StartsWith(FirstWords, StringComparison.Ordinal))
                throw OutputException.CannotCreate(folder, $"its file {Name} is not one of Cell3D's. Choose another folder with --output");
            // A line without an end was cut short by a full disk or a crash.
            _wholeLines = Encoding.UTF8.GetByteCount(text.AsSpan(0, text.LastIndexOf('\n') + 1));
            Earlier = [.. text.Split('\n').SkipLast(1).Where(IsFileName).Distinct(StringComparer.Ordinal)];
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Files that earlier runs wrote, whether or not they are still there.</summary>
    public IReadOnlyList<string> Earlier { get; }

    /// <summary>Whether the file system keeps the lock.</summary>
    public bool IsKept => _lock.IsKept;

    /// <summary>Whether the folder still holds this list.</summary>
    public bool IsIntact => _lock.IsIntact;

    /// <summary>Forgets earlier files and names this process.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Begin()
    {
        RandomAccess.SetLength(_lock.Handle, 0);
        _length = 0;
        Append(FirstLine);
        NameProcess();
    }

    /// <summary>Keeps earlier files and names this process.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Continue()
    {
        RandomAccess.SetLength(_lock.Handle, _wholeLines);
        _length = _wholeLines;
        NameProcess();
    }

    private void NameProcess() =>
        Append(string.Create(CultureInfo.InvariantCulture, $"{RunLine}process {Environment.ProcessId} on {Environment.MachineName} since {DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} UTC"));

    /// <summary>Adds a file, before it is written.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        RandomAccess.Write(_lock.Handle, bytes, _length);
        _length += bytes.Length;
    }

    /// <summary>Ends the lock.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Only a plain name is ever deleted, never a path: the list may have come from somewhere else.</summary>
    private static bool IsFileName(string line) =>
        line.Length > 0 && !line.StartsWith(FirstWords, StringComparison.Ordinal) && !line.StartsWith(RunLine, StringComparison.Ordinal)
        && line is not ("." or ".." or Name) && !line.Contains('/', StringComparison.Ordinal) && !line.Contains('\0', StringComparison.Ordinal);

    private static FileLock Locked(string path)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            FileLock taken = new(path);
            if (!taken.IsTaken || Stopwatch.GetElapsedTime(started) > LongestFarewell)
                return taken;
            taken.Dispose();
            Thread.Sleep(Pause);
        }
    }

    private static string Holder(string text) =>
        text.Split('\n').LastOrDefault(line => line.StartsWith(RunLine, StringComparison.Ordinal)) is string line ? $" ({line[RunLine.Length..]})" : "";

    private string Read()
    {
        byte[] bytes = new byte[Math.Min(LongestList, RandomAccess.GetLength(_lock.Handle))];
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(_lock.Handle, bytes.AsSpan(read), read) is > 0 and int more)
        {
            read += more;
        }

        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
