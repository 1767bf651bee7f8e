using System.Diagnostics;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>What a run of the program left.</summary>
internal sealed record ProgramResult(int Code, string Output, string Errors)
{
    public string[] ErrorLines => [.. Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(": warning: ", StringComparison.Ordinal) && !line.Contains(": note: ", StringComparison.Ordinal))];
}

/// <summary>Starts the built program cell3d as a user does.</summary>
internal static class Cell3DProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static string Path { get; } = BuiltBeside();

    /// <summary>One process, without a launcher.</summary>
    public static ProgramResult Run(params string[] arguments) => Finish(Start(Path, arguments));

    /// <summary>One process with environment variables.</summary>
    public static ProgramResult RunWith((string Name, string Value) variable, params string[] arguments) => Finish(Start(Path, arguments, variable));

    /// <summary>Several ranks under mpirun.</summary>
    public static ProgramResult RunOn(int ranks, params string[] arguments) =>
        Finish(Start("mpirun", ["--quiet", "--oversubscribe", "--bind-to", "none", "-n", $"{ranks}", Path, .. arguments]));

    /// <summary>In a pseudo-terminal of 80 columns, as a person at a screen sees it.</summary>
    public static ProgramResult RunInTerminal(params string[] arguments) =>
        Finish(Start("script", ["-qec", "stty cols 80 rows 40; " + string.Join(' ', arguments.Prepend(Path).Select(word => $"'{word}'")), "/dev/null"], ("TERM", "xterm-256color")));

    /// <summary>A shell line; "$CELL3D" is the program.</summary>
    public static ProgramResult RunShell(string line) => Finish(Start("sh", ["-c", line], ("CELL3D", Path)));

    public static Process Start(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string name in start.Environment.Keys.Where(IsOfThisJob).ToArray()) start.Environment.Remove(name);
        start.Environment["TERM"] = "dumb";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static ProgramResult Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The program hangs. {output.Result}{errors.Result}");
            }

            return new ProgramResult(process.ExitCode, output.Result, errors.Result);
        }
    }

    /// <summary>The tests' own MPI would make a child believe it is one of its ranks.</summary>
    private static bool IsOfThisJob(string name) =>
        name.StartsWith("OMPI_", StringComparison.Ordinal) || name.StartsWith("PMIX_", StringComparison.Ordinal) || name.StartsWith("ORTE_", StringComparison.Ordinal);

    /// <summary>The newest build: the published program as a rule, or that of a later `dotnet build`.</summary>
    private static string BuiltBeside()
    {
        DirectoryInfo own = new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        string artifacts = own.Parent!.Parent!.Parent!.FullName;
        string published = System.IO.Path.Combine(artifacts, "publish", "Cell3D.Cli", own.Name, "cell3d");
        string built = System.IO.Path.Combine(artifacts, "bin", "Cell3D.Cli", own.Name, "cell3d");
        if (File.GetLastWriteTimeUtc($"{built}.dll") > File.GetLastWriteTimeUtc(published)) return built;
        return File.Exists(published) ? published : throw new FileNotFoundException($"The program is not built: {published}");
    }
}

/// <summary>A folder with a small case, its cell beside it, that vanishes with the test.</summary>
internal sealed class CaseFolder : IDisposable
{
    /// <summary>Options that leave a pouch few control volumes.</summary>
    public static readonly string[] Coarse =
    [
        "--set", "Mesh.Cells through.Negative electrode=3", "--set", "Mesh.Cells through.Separator=2", "--set", "Mesh.Cells through.Positive electrode=3",
        "--set", "Mesh.Cells along width=3", "--set", "Mesh.Cells along height=3", "--set", "Mesh.Cells along tab=1", "--set", "Mesh.Refinement towards tabs=1",
    ];

    private CaseFolder(string cell, string text)
    {
        Path = Directory.CreateTempSubdirectory("cell3d-cli-").FullName;
        File.Copy(Samples.PathOf(cell), In(cell));
        File.WriteAllText(In("case.json"), text);
    }

    public string Path { get; }

    public string Case => In("case.json");

    public string Results => In("results");

    /// <summary>A column of the Chen2020 cell, isothermal.</summary>
    public static CaseFolder Column() => new(Samples.Chen, Samples.Column().ToJsonString(new() { WriteIndented = true }));

    /// <summary>A pouch of the NMC cell with heat.</summary>
    public static CaseFolder Pouch() => new(Samples.Nmc, Samples.Pouch().ToJsonString(new() { WriteIndented = true }).Replace("\"-ksp_monitor\"", "", StringComparison.Ordinal));

    /// <summary>A file with any text instead of a case.</summary>
    public static CaseFolder With(string text) => new(Samples.Chen, text);

    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
