namespace Cell3D.Cli;

/// <summary>Exit codes of the program, after sysexits.h where it has one.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The solver gave up.</summary>
    public const int GaveUp = 2;

    /// <summary>Results are written, but an audit failed.</summary>
    public const int AuditFailed = 4;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 64;

    /// <summary>A file was read and is wrong.</summary>
    public const int BadInput = 65;

    /// <summary>A file to be read does not exist or cannot be opened.</summary>
    public const int FileMissing = 66;

    /// <summary>libcell3d_native.so or a library below it is missing.</summary>
    public const int LibraryMissing = 69;

    /// <summary>An error of the program itself.</summary>
    public const int Internal = 70;

    /// <summary>The machine has not the memory that the run takes.</summary>
    public const int NotEnoughMemory = 71;

    /// <summary>A file or folder cannot be made.</summary>
    public const int CannotCreate = 73;

    /// <summary>A write failed on the way.</summary>
    public const int WriteFailed = 74;

    /// <summary>Stopped with a checkpoint: the run can go on.</summary>
    public const int Stopped = 75;
}
