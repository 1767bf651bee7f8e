using System.Text.Json.Nodes;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Mistakes of users end with a sentence and a code for users, never as an internal error.</summary>
public class OddCommandLineTests
{
    private static readonly int[] ForUsers = [0, 2, 3, 4, 64, 65, 66, 69, 71, 73, 74, 75];

    private static IEnumerable<string> Lines()
    {
        string[] ofRun =
        [
            "-o", "--output", "--output=", "-o=", "-o a -o b", "--output a --output b", "-o a --output b", "--overwrite --overwrite --steps", "--overwrite=maybe",
            "--steps", "--steps=", "--steps -1", "--steps 1e3", "--steps 99999999999999999999", "--steps 1 --steps 2", "--overlay", "--overlay=", "--overlay a --overlay b", "--overlay bpx", "--overlay bpx:", "--overlay bpx:x", "--overlay-offset", "--overlay-offset 3", "--overlay a --overlay-offset x", "--overlay a --overlay-offset 1e999",
            "--overlay .", "--overlay /", "--overlay /dev/null", "--set", "--set=", "--set =", "--set =1", "--set a", "--set Mesh=3", "--set Mesh.Particle=", "--set Mesh.Particle.x=3",
            "--set .=.", "--set ..Mesh=1", "--set Mesh.=1", "--set Cell=", "--set Cell=.", "--set Cell=/", "--set Cell=/dev/null", "--set Protocol.Steps=[]", "--set Protocol.Steps={}",
            "--set Protocol.Steps=null", "--set Protocol=null", "--set Geometry=[]", "--set Probes.Points={}", "--set Probes.Points.a=[1]", "--set Probes.Points.=[0,0,0]", "--set Probes.Points.a.b=[0,0,0]",
            "--set Output.Folder=", "--set Output.Folder=/proc/x", "--set Output.Fields=[]", "--set Output.Fields=[\"Temperature\",\"Temperature\"]", "--set Output.Field_count=-1", "--set Solver.Linear=lu",
            "--set Solver.PETSc=1", "--set Mesh.Particle=1e400", "--set Mesh.Particle=NaN", "--set Mesh.Particle=[[[[[[", "--set Header=3", "--set Header.Title=[]", "-q -v", "-qv", "-qq", "-vv", "--verbose=x",
            "-x", "--", "-- ksp", "-- -", "-- --", "-- 1", "-- -1", "-- -pc_type", "-- -pc_type none -ksp_type", "-- -ksp_max_it x", "-- -ksp_rtol abc", "-- -ksp_gmres_restart -3", "-- -pc_type nonsense",
            "-- -pc_factor_mat_solver_type nonsense", "-- -options_file /", "-- -options_file /dev/null", "-- -ksp_type=fgmres", "--petsc-environment=3", "--force=3", "@file", "@", "[suggest]", "[parse]", "extra words", "--version", "--help extra", "-h -h",
        ];
        foreach (string line in ofRun) yield return "run CASE --output OUT --overwrite --steps 1 " + line;
        foreach (string line in ofRun.Where(line => line.Contains("-o", StringComparison.Ordinal) || line.StartsWith("--steps", StringComparison.Ordinal))) yield return "run CASE " + line;
        foreach (string line in new[]
        {
            "", "run", "run ''", "run .", "run /", "run /dev/null", "run -", "check", "check CASE CASE", "mesh CASE --set", "info", "info CASE --set a", "info CELL --set a=1", "bpx", "bpx CASE", "bpx CELL CELL",
            "init", "init new", "init --cell CELL", "init CASE --cell CELL", "init '' --cell CELL", "init new --cell ''", "init new --cell /", "init new --cell CASE", "init new --cell CELL --cell CELL", "schema x", "version x",
            "doctor x", "RUN CASE", "run run", "--trace", "--trace --trace", "--trace run", "-h", "--help", "-?", "--version", "help", "check CASE -- -ksp_view", "check --", "'' ''", "check --set Mesh.Particle=3 CASE",
        }) yield return line;
    }

    [Test, Category("Slow")]
    public void NoCommandLineIsAnInternalError()
    {
        string[] wrong = [.. Lines().AsParallel().AsOrdered().Select(Fault).Where(fault => fault.Length > 0)];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>What is wrong with the end of a command line; empty when nothing is.</summary>
    private static string Fault(string line)
    {
        using CaseFolder folder = CaseFolder.Column();
        string words = line.Replace("CASE", folder.Case, StringComparison.Ordinal).Replace("CELL", folder.In(Samples.Chen), StringComparison.Ordinal)
            .Replace("OUT", folder.Results, StringComparison.Ordinal).Replace("[\"", "'[\"", StringComparison.Ordinal).Replace("\"]", "\"]'", StringComparison.Ordinal);
        ProgramResult result = Cell3DProgram.RunShell($"cd '{folder.Path}' && timeout 60 \"$CELL3D\" {words} </dev/null");
        bool isError = result.Code is not (0 or 2 or 3 or 4 or 75), isTold = result.Errors.Contains("error: ", StringComparison.Ordinal) || line.Replace("--trace", "", StringComparison.Ordinal).Trim().Length == 0;
        bool isInternal = result.Errors.Contains("internal error", StringComparison.Ordinal) || (result.Errors.Contains("   at ", StringComparison.Ordinal) && !line.Contains("--trace", StringComparison.Ordinal));
        return ForUsers.Contains(result.Code) && !isInternal && (!isError || isTold) ? "" : $"{line}: {result.Code} {result.Errors}";
    }

    [TestCase("rmdir . && cell3d", 66, TestName = "AWorkingFolderThatIsGone")]
    [TestCase("cell3d 2>/dev/full", 66, TestName = "AFullStandardError")]
    [TestCase("cell3d 2>&-", 66, TestName = "AClosedStandardError")]
    [TestCase("cell3d >&-", 66, TestName = "AClosedStandardOutput")]
    [TestCase("\"$CELL3D\" schema >&-", 74, TestName = "AClosedStandardOutputThatIsNeeded")]
    public void OddSurroundingsAreNoInternalError(string line, int code)
    {
        using CaseFolder folder = CaseFolder.Column();
        string own = folder.In("own");
        string command = line.Replace("cell3d", "\"$CELL3D\" check gone", StringComparison.Ordinal).Replace("rmdir .", $"rmdir '{own}'", StringComparison.Ordinal);
        ProgramResult result = Cell3DProgram.RunShell($"mkdir '{own}' && cd '{own}' && {command}");
        Assert.That(result.Code, Is.EqualTo(code), result.Errors);
    }

    [TestCase("-o")]
    [TestCase("-o", "a", "-o", "b")]
    [TestCase("--output", "a", "--output", "b")]
    public void TheFolderIsNamedOnce(params string[] options)
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.Run(["run", folder.Path, .. options]);
        Assert.That(result.Code, Is.EqualTo(64), result.Errors);
        Assert.That(result.ErrorLines[0], Does.StartWith("cell3d: error: ").And.Contain(options[0]));
        Assert.That(result.ErrorLines[^1], Is.EqualTo("See 'cell3d run --help'."));
    }

    [TestCase("", "is empty, or a pipe or device")]
    [TestCase("time,voltage\n", "holds ")]
    [TestCase("time,voltage\n100000,3.7\n100001,3.6\n", "has 0 points within the run")]
    [TestCase("time,voltage\n-5,3.7\n-1,3.6\n", "has 0 points within the run")]
    [TestCase("time,voltage\n0,1e300\n10,3.6\n", "holds the voltage 1E+300 V at 0 s; at most ±1000 V are understood")]
    [TestCase("time,voltage\n0,Infinity\n10,3.6\n", "holds the voltage Infinity V at 0 s; at most ±1000 V")]
    [TestCase("time,voltage\n0,\n10,\n", "has 0 points within the run")]
    [TestCase("time,voltage\n5,3.7\n5,3.6\n", "has 2 points within the run")]
    public void AnOverlayIsLookedAtBeforeTheRun(string curve, string problem)
    {
        using CaseFolder folder = CaseFolder.Column();
        File.WriteAllText(folder.In("curve.csv"), curve);
        ProgramResult result = Cell3DProgram.Run("run", folder.Path, "--output", folder.Results, "--overlay", folder.In("curve.csv"));
        Assert.That(result.Code, Is.EqualTo(65), result.Errors);
        Assert.That(result.Errors, Does.Contain("curve.csv: " + problem));
        Assert.That(Directory.Exists(folder.Results), Is.False);
    }

    [Test]
    public void ARunThatEndsBeforeItsOverlayBeginsIsNoError()
    {
        using CaseFolder folder = CaseFolder.Column();
        File.WriteAllText(folder.In("curve.csv"), "time,voltage\n1000,3.7\n2000,3.6\n");
        ProgramResult result = Cell3DProgram.Run("run", folder.Path, "--output", folder.Results, "--steps", "3", "--overlay", folder.In("curve.csv"));
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(result.Errors, Does.Contain("warning: no comparison: ").And.Contain("has 0 points in common with the run"));
    }

    [TestCase("libc.so.6")]
    [TestCase("libm.so.6")]
    public void AForeignLibraryIsToldAsSuch(string library)
    {
        string? found = new[] { "/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib" }.Select(place => Path.Combine(place, library)).FirstOrDefault(File.Exists);
        Assume.That(found, Is.Not.Null);
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.RunWith(("CELL3D_NATIVE", found!), "run", folder.Path, "--output", folder.Results);
        Assert.That(result.Code, Is.EqualTo(69), result.Errors);
        Assert.That(result.Errors, Does.Contain($"{found} is another library: "));
    }

    [TestCase("a:b", 1)]
    [TestCase("ufs:x", 2)]
    [TestCase("a b;c'd\"e", 2)]
    public void AFolderMayHaveAnyName(string name, int ranks)
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] arguments = ["run", folder.Path, "--output", folder.In(name), "--steps", "1", .. CaseFolder.Coarse];
        ProgramResult result = ranks == 1 ? Cell3DProgram.Run(arguments) : Cell3DProgram.RunOn(ranks, arguments);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(File.Exists(folder.In(name, "fields_000001.hdf")));
    }

    [Test]
    public void OneProcessOfASlurmJobIsOneRank()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.RunShell($"SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_NPROCS=8 SLURM_PROCID=0 \"$CELL3D\" run '{folder.Path}' --output '{folder.Results}' --steps 1");
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(result.Output, Does.Contain("on 1 rank"));
        ProgramResult other = Cell3DProgram.RunShell($"SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_PROCID=5 \"$CELL3D\" check '{folder.Path}'");
        Assert.That(other.Output, Does.Contain("can be run"));
    }

    [TestCase("-oF", true)]
    [TestCase("-o=F", true)]
    [TestCase("-o F", true)]
    [TestCase("--output F", true)]
    [TestCase("--output=F", true)]
    [TestCase("--steps 3 --output:F", true)]
    [TestCase("--set -o --steps 3", false)]
    [TestCase("--set Header.Title=--output --quiet", false)]
    [TestCase("--overlay --output", false)]
    [TestCase("", false)]
    public void TheScriptSeesWhetherAFolderIsChosen(string options, bool expected)
    {
        ProgramResult result = Cell3DProgram.RunShell($"bash -c 'set -euo pipefail; source \"$0\"; chooses_folder \"$@\"' '{Path.Combine(Samples.Repository, "scripts", "run_options.sh")}' {options}");
        Assert.That((result.Code, result.Errors), Is.EqualTo((expected ? 0 : 1, "")));
    }
}
