using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Files from elsewhere neither steer the terminal nor the solver's library, and do not choose where results go.</summary>
public class ForeignContentTests
{
    private const string Hostile = "\u001b[31mred\u001b]0;window\u0007 \u009b5m \u202eturned\r\nDone: all is well";

    private static ProgramResult Run(CaseFolder folder, params string[] arguments) =>
        Cell3DProgram.Run(["run", folder.Path, "--output", folder.Results, "--steps", "1", .. arguments]);

    private static CaseFolder Changed(Action<JsonNode> change)
    {
        JsonObject text = Samples.Column();
        change(text);
        return CaseFolder.With(text.ToJsonString(new() { WriteIndented = true }));
    }

    private static string Unseen(string text) => string.Concat(text.Where(c => (char.IsControl(c) && c != '\n') || c is '\u202e'));

    [Test]
    public void ControlSequencesOfFilesDoNotReachTheScreen()
    {
        using CaseFolder folder = Changed(text => text["Header"] = new JsonObject { ["Title"] = Hostile, ["Description"] = Hostile });
        string cell = File.ReadAllText(folder.In(Samples.Chen));
        File.WriteAllText(folder.In(Samples.Chen), cell.Replace("\"Title\": \"", "\"Title\": \"\\u001b[31m", StringComparison.Ordinal));
        Assert.That(File.ReadAllText(folder.In(Samples.Chen)), Does.Contain("\\u001b"));
        ProgramResult[] all = [Run(folder), Cell3DProgram.Run("info", folder.Path), Cell3DProgram.Run("check", folder.Path), Cell3DProgram.Run("bpx", folder.In(Samples.Chen))];
        Assert.Multiple(() =>
        {
            foreach (ProgramResult result in all) Assert.That(Unseen(result.Output + result.Errors), Is.Empty);
            Assert.That(all[0].Output.Split('\n'), Has.None.EqualTo("Done: all is well"));
            Assert.That(all[1].Output, Does.StartWith("<U+001B>[31mred<U+001B>]0;window<U+0007> <U+009B>5m <U+202E>turned<U+000D><U+000A>Done: all is well"));
        });
    }

    [Test]
    public void OnATerminalOnlyTheProgramsOwnSequencesAreSent()
    {
        using CaseFolder folder = Changed(text => text["Header"] = new JsonObject { ["Title"] = Hostile });
        ProgramResult result = Cell3DProgram.RunInTerminal("info", folder.Path);
        Assert.That(result.Code, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Contain("\u001b[1m<U+001B>[31mred").And.Not.Contain("\u001b[31m").And.Not.Contain("\u001b]0;window").And.Not.Contain("\u009b"));
    }

    [Test]
    public void ControlSequencesOfTheCommandLineAreShownAsCharacters()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult[] all =
        [
            Cell3DProgram.Run("check", $"/gone/{Hostile}"), Cell3DProgram.Run("\u001b[31mrun"), Cell3DProgram.Run("check", folder.Path, "--set", $"{Hostile}=1"),
            Cell3DProgram.Run("check", folder.Path, "--set", $"Geometry.Form={Hostile}"), Cell3DProgram.Run("run", folder.Path, "--overlay", Hostile),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(result => result.Code), Is.EqualTo(new[] { 66, 64, 65, 65, 66 }));
            foreach (ProgramResult result in all) Assert.That(Unseen(result.Output + result.Errors), Is.Empty, result.Errors);
        });
    }

    [TestCase("-dll_prepend /tmp/evil.so")]
    [TestCase("-ksp_view ascii:victim.txt")]
    [TestCase("-ksp_monitor ascii:victim.txt")]
    [TestCase("-log_view :victim.txt")]
    [TestCase("-options_file victim.txt")]
    [TestCase("-start_in_debugger")]
    [TestCase("-on_error_attach_debugger sh")]
    [TestCase("-mat_view binary:victim.txt")]
    [TestCase("-fieldsplit_salt_ksp_view_solution ascii:victim.txt")]
    [TestCase("-prefix_push x_")]
    [TestCase("-malloc_dump")]
    [TestCase("-pc_type python")]
    [TestCase("-ksp_type\t-dll_append\t/tmp/evil.so")]
    public void ACaseCannotMakePetscReadWriteOrLoad(string options)
    {
        using CaseFolder folder = Changed(text => text["Solver"] = new JsonObject { ["PETSc options"] = new JsonArray("-ksp_rtol 1e-8", options) });
        File.WriteAllText(folder.In("victim.txt"), "precious");
        ProgramResult result = Run(folder);
        Assert.That(result.Code, Is.EqualTo(65), result.Errors);
        Assert.That(result.ErrorLines[0], Does.Match($@"^{folder.Case}:\d+: error: Solver\.PETSc options\[1\] = ""-.*\(allowed: "));
        Assert.That(File.ReadAllText(folder.In("victim.txt")), Is.EqualTo("precious"));
        Assert.That(Directory.Exists(folder.Results), Is.False);
    }

    [Test]
    public void EverythingThatTheProgramSetsItselfACaseMaySetToo()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Run(folder, ["--set", "Solver.Linear solver=field split", .. CaseFolder.Coarse]);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        IReadOnlyDictionary<string, string> options = Summary.FromJson(File.ReadAllText(folder.In("results", OutputFolder.SummaryName))).OptionsInForce;
        Assert.That(options.Keys, Has.Member("-fieldsplit_potential_pc_hypre_boomeramg_relax_type_all"));
        Assert.Multiple(() =>
        {
            foreach ((string name, string value) in options.Where(option => option.Key is not ("-no_signal_handler" or "-skip_petscrc")))
                Assert.That(AllowedSolverOptions.Problem(name, value.Length > 0 ? value : null), Is.Null, $"{name} {value}");
        });
    }

    [Test]
    public void OptionsOfTheSurroundingsCountOnlyOnRequest()
    {
        using CaseFolder folder = CaseFolder.Column();
        File.WriteAllText(folder.In(".petscrc"), "-from_file 1\n");
        string run = $"cd '{folder.Path}' && PETSC_OPTIONS='-from_variable 2' \"$CELL3D\" run . --steps 1 --no-fields --output results --overwrite ";
        ProgramResult without = Cell3DProgram.RunShell(run), with = Cell3DProgram.RunShell(run + "--petsc-environment");
        Assert.That((without.Code, with.Code), Is.EqualTo((75, 75)), without.Errors + with.Errors);
        Assert.That(without.Errors, Does.Contain("PETSC_OPTIONS and .petscrc are not read").And.Not.Contain("-from_"));
        Assert.That(with.Errors, Does.Contain("-from_file was not used").And.Contain("-from_variable was not used").And.Not.Contain("not read"));
    }

    [TestCase("/tmp/elsewhere", "leads out of the working folder")]
    [TestCase("../elsewhere", "leads out of the working folder")]
    [TestCase("results/../../elsewhere", "leads out of the working folder")]
    [TestCase("link/results", "by a symbolic link")]
    [TestCase("a\nb", "is not the name of a folder")]
    public void ACaseKeepsItsResultsInsideTheWorkingFolder(string results, string problem)
    {
        using CaseFolder folder = Changed(text => text["Output"] = new JsonObject { ["Folder"] = results });
        Directory.CreateSymbolicLink(folder.In("link"), Path.GetTempPath());
        ProgramResult refused = Cell3DProgram.RunShell($"cd '{folder.Path}' && \"$CELL3D\" run . --steps 1");
        Assert.That(refused.Code, Is.EqualTo(65), refused.Errors);
        Assert.That(refused.Errors, Does.Contain("Output.Folder = ").And.Contain(problem).And.Contain("--output of the command line takes any folder"));
        ProgramResult chosen = Cell3DProgram.RunShell($"cd '{folder.Path}' && \"$CELL3D\" check . --set 'Output.Folder=/tmp/elsewhere'");
        Assert.That(chosen.Code, Is.Zero, chosen.Errors);
    }

    [TestCase("\"a/b\": [0, 0, 0]", "holds a sign that results cannot bear")]
    [TestCase("\"a,b\": [0, 0, 0]", "holds a sign that results cannot bear")]
    [TestCase("\"a\\u001b[31m\": [0, 0, 0]", "holds a sign that results cannot bear")]
    [TestCase("\"\": [0, 0, 0]", "the name is empty")]
    [TestCase("\"Top\": [0, 0, 0], \"top\": [0, 0, 0]", "only the case of letters tells it from \"Top\"")]
    public void NamesOfProbesAreFitForColumns(string points, string problem)
    {
        using CaseFolder folder = Changed(text => text["Probes"] = JsonNode.Parse($"{{ \"Points [m]\": {{ {points} }} }}"));
        ProgramResult result = Run(folder);
        Assert.That(result.Code, Is.EqualTo(65), result.Errors);
        Assert.That(result.Errors, Does.Contain(problem));
    }

    [Test]
    public void AFieldIsNamedOnce()
    {
        using CaseFolder folder = Changed(text => text["Output"] = new JsonObject { ["Fields"] = new JsonArray("Temperature", "Temperature") });
        ProgramResult result = Run(folder);
        Assert.That(result.Code, Is.EqualTo(65), result.Errors);
        Assert.That(result.Errors, Does.Contain("Output.Fields[1] = \"Temperature\": is named twice"));
    }
}
