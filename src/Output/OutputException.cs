using System.Text.RegularExpressions;

namespace Cell3D.Output;

/// <summary>A result that could not be written: says which file, how many bytes and why, in words for the user.</summary>
public sealed partial class OutputException : Exception
{
    private OutputException(string path, long bytes, int exitCode, string message, Exception? cause)
        : base(message, cause)
    {
        Path = path;
        Bytes = bytes;
        ExitCode = exitCode;
    }

    /// <summary>The file or folder concerned.</summary>
    public string Path { get; }

    /// <summary>Bytes that were to be written; 0 where nothing was written yet.</summary>
    public long Bytes { get; }

    /// <summary>Exit code of the program: 73 the place cannot be written, 74 a write failed on the way.</summary>
    public int ExitCode { get; }

    /// <summary>The folder or file cannot be made (exit code 73).</summary>
    public static OutputException CannotCreate(string path, string reason, Exception? cause = null)
        => new(path, 0, 73, $"{path}: {reason}", cause);

    /// <summary>A write of <paramref name="bytes"/> failed (exit code 74); what was valid before still is.</summary>
    public static OutputException WriteFailed(string path, long bytes, Exception cause)
    {
        string free = DiskSpace.TryGetFreeBytes(path, out long left) ? $" ({ByteText.Format(left)} free on that disk)" : "";
        return new(path, bytes, 74, $"{path}: writing {ByteText.Format(bytes)} failed: {FirstLine(cause)}{free}. Results written before are intact.", cause);
    }

    /// <summary>What another rank threw.</summary>
    internal static OutputException Same(string path, long bytes, int exitCode, string message)
        => new(path, bytes, exitCode, message, null);

    /// <summary>The cause in a line; of HDF5's account only what the operating system said.</summary>
    private static string FirstLine(Exception cause)
    {
        Match system = SystemMessage().Match(cause.Message);
        return system.Success ? system.Groups[1].Value : cause.Message.Split('\n')[0].TrimEnd('.', '\r', ' ');
    }

    [GeneratedRegex("error message = '([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex SystemMessage();
}
