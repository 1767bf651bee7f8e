using System.Globalization;

namespace Cell3D.Cli;

/// <summary>This process among those that an MPI launcher started, as far as it can be told before MPI is.</summary>
internal static class Launcher
{
    private static readonly string[] RankVariables = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "MV2_COMM_WORLD_RANK"];
    private static readonly string[] SizeVariables = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE"];
    private static readonly string[] LocalSizeVariables = ["OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS", "MV2_COMM_WORLD_LOCAL_SIZE"];

    /// <summary>
    /// Processes of the step that srun started. SLURM_NTASKS and SLURM_PROCID are of no use: Slurm sets them for the batch script and
    /// whatever it starts without srun as well, where MPI runs on one rank. Only with a PMI variable is this process one of several.
    /// </summary>
    private const string StepSize = "SLURM_STEP_NUM_TASKS";

    private static readonly TimeSpan TimeForRoot = TimeSpan.FromSeconds(5);

    /// <summary>Rank of this process; 0 without a launcher.</summary>
    public static int Rank { get; } = Read(RankVariables) ?? 0;

    /// <summary>Number of ranks; 1 without a launcher.</summary>
    public static int Size { get; } = Math.Max(1, Read(SizeVariables) ?? (Read(RankVariables) is null ? null : Read([StepSize])) ?? 1);

    /// <summary>Ranks on this machine; 1 where the launcher does not tell.</summary>
    public static int LocalSize { get; } = Math.Clamp(Read(LocalSizeVariables) ?? 1, 1, Math.Max(1, Size));

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
