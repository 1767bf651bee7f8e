namespace Cell3D.Cli;

/// <summary>How the user can start this program again from the same folder.</summary>
internal static class Invocation
{
    private const string ProgramName = "cell3d";

    /// <summary>"cell3d" where the search path finds this very program, otherwise its path.</summary>
    public static string Program { get; } = Find(Environment.ProcessPath);

    /// <summary>A word that a shell reads as one argument.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:,@%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Find(string? process)
    {
        if (process is null) return ProgramName;
        if (Path.GetFileNameWithoutExtension(process) == "dotnet")
            return $"dotnet {Quoted(Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, ProgramName), ".dll"))}";
        string? onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, ProgramName)).FirstOrDefault(File.Exists);
        return onPath is not null && Real(onPath) == Real(process) ? ProgramName : Quoted(process);
    }

    private static string Real(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
}
