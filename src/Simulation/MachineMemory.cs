using System.Globalization;

namespace Cell3D.Simulation;

/// <summary>Memory that is left on this machine and within the limits of its control groups (containers, batch jobs).</summary>
public static class MachineMemory
{
    private const string Groups = "/sys/fs/cgroup";

    /// <summary>Bytes that can still be had; null where nothing tells.</summary>
    public static long? AvailableBytes
    {
        get
        {
            long available = Math.Min(Free(), GroupLimit());
            return available == long.MaxValue ? null : available;
        }
    }

    private static long Free()
    {
        foreach (string line in Lines("/proc/meminfo"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] == "MemAvailable:" && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes))
                return kibibytes << 10;
        }
        return long.MaxValue;
    }

    /// <summary>The tightest limit of this process's control groups, version 2 or 1, and of those above.</summary>
    private static long GroupLimit()
    {
        long limit = long.MaxValue;
        foreach (string line in Lines("/proc/self/cgroup"))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            bool unified = parts[1].Length == 0;
            if (!unified && !parts[1].Split(',').Contains("memory")) continue;
            (string root, string file) = unified ? (Groups, "memory.max") : (Path.Combine(Groups, "memory"), "memory.limit_in_bytes");
            string[] names = parts[2].Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (int depth = 0; depth <= names.Length; depth++)
                foreach (string text in Lines(Path.Combine([root, .. names[..depth], file])))
                    if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)) limit = Math.Min(limit, bytes);
        }
        return limit;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
