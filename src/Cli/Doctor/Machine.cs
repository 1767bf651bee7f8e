using System.Runtime.InteropServices;
using Cell3D.Cli.Commands;
using Cell3D.Output;

namespace Cell3D.Cli.Doctor;

/// <summary>What can be said of the machine without native libraries.</summary>
internal static class Machine
{
    private const long LeastMemory = 1L << 30;

    /// <summary>Program, cores, memory and disk.</summary>
    public static IEnumerable<Finding> Examine()
    {
        yield return new("Program", true, $"Cell3D {VersionCommand.Own}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        int cores = Environment.ProcessorCount;
        yield return new("Cores", true, Launcher.IsPresent ? $"{cores} for this rank of {Launcher.Size}" : $"{cores}: up to {cores} rank{(cores == 1 ? "" : "s")} run side by side");
        yield return Memory();
        string folder = Environment.CurrentDirectory;
        yield return DiskSpace.TryGetFreeBytes(folder, out long free)
            ? new("Disk", true, $"{ByteText.Format(free)} free at {folder}")
            : new("Disk", true, $"the free space at {folder} cannot be read");
    }

    private static Finding Memory()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long total = memory.TotalAvailableMemoryBytes;
        return total >= LeastMemory
            ? new("Memory", true, $"{ByteText.Format(total)}")
            : new("Memory", false, $"{ByteText.Format(total)}", "even small cases need 1 GB; raise the container's or job's limit");
    }
}
