using System.Globalization;

namespace Cell3D.Cli;

/// <summary>This process among those that an MPI launcher started, as far as it can be told before MPI is.</summary>
internal static class Launcher
{
    private static readonly string[] RankVariables = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "MV2_COMM_WORLD_RANK", "SLURM_PROCID"];
    private static readonly string[] SizeVariables = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE", "SLURM_NTASKS"];
    private static readonly TimeSpan TimeForRoot = TimeSpan.FromSeconds(5);

    /// <summary>Rank of this process; 0 without a launcher.</summary>
    public static int Rank { get; } = Read(RankVariables) ?? 0;

    /// <summary>Number of ranks; 1 without a launcher.</summary>
    public static int Size { get; } = Read(SizeVariables) ?? 1;

    /// <summary>Whether a launcher started this process.</summary>
    public static bool IsPresent { get; } = Read(RankVariables) is not null;

    /// <summary>
    /// Waits, on the other ranks, until rank 0 has told the user of a failure that all ranks meet alike: its end makes the launcher
    /// end them. Returns only where rank 0 goes on, so that this rank has to speak for itself.
    /// </summary>
    public static void LetRootSpeak()
    {
        if (Rank > 0) Thread.Sleep(TimeForRoot);
    }

    private static int? Read(string[] variables)
    {
        foreach (string name in variables)
            if (int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value)) return value;
        return null;
    }
}
