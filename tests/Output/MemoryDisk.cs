using System.Diagnostics;
using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>A file system in memory that is as full as a test wants it; mounting it needs the right to do so, without which the test is skipped.</summary>
internal static class MemoryDisk
{
    /// <summary>Mounts one of this size [byte] on a folder.</summary>
    public static void Mount(string folder, long bytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder) != 0)
            Assert.Ignore("mounting a file system is not permitted here");
    }

    /// <returns>0 when it was mounted and is not any more.</returns>
    public static int Unmount(string folder) => Run("umount", folder);

    /// <summary>Runs a program of the system.</summary>
    /// <returns>Its exit code; −1 when there is no such program.</returns>
    public static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
