using System.Text.Json.Nodes;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Commands that read and show, none of which needs MPI: the native library is out of reach in all of them.</summary>
public class InputCommandTests
{
    private static readonly (string, string) NoLibrary = ("CELL3D_NATIVE", "/no/such/library.so");

    private static ProgramResult Run(params string[] arguments) => Cell3DProgram.RunWith(NoLibrary, arguments);

    [Test]
    public void CheckSaysWhatARunTakes()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run("check", folder.Path);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("can be run").And.Match(@"400 control volumes, 1.121 unknowns and 3.520 inside particles")
            .And.Contain("Discharge at 1C until 2.5 V").And.Contain("on 1 rank"));
        Assert.That(result.Errors, Does.Contain("chen2020_bpx.json: note: Header.BPX: BPX 0.4.0 converted"));
    }

    [Test]
    public void CheckSaysHowTheCellIsCooledOverTime()
    {
        ProgramResult result = Run("check", Path.Combine(Samples.Repository, "cases", "bpx-1d", "nmc-chamber.json"));
        Assert.That(result.Output, Does.Contain("0.190 to 0.758 W/K and 0.205 W/K by radiation at 298.15 K for the whole cell, surroundings of 288.15 to 318.15 K, outer surface 379.0 cm²"));
    }

    [Test]
    public void CheckTellsAllErrorsOfTheFileWithTheirLines()
    {
        using CaseFolder folder = CaseFolder.With("""
            {
              "Cell": "chen2020_bpx.json",
              "Geometry": { "Form": "column" },
              "Layers": { "Separator": { "Porosity": 1.2 } },
              "Mesh": { "Grdaing": 3 },
              "Protocol": { "Steps": "Discharge at 1C until 2.5 V" }
            }
            """);
        ProgramResult result = Run("check", folder.Case, "--set", "Mesh.Particle=one");
        Assert.That(result.Code, Is.EqualTo(65));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(4));
        Assert.That(result.ErrorLines, Has.One.StartWith($"{folder.Case}:4: error: Layers.Separator.Porosity = 1.2: outside the allowed range (allowed: "));
        Assert.That(result.ErrorLines, Has.One.StartWith($"{folder.Case}:5: error: Mesh.Grdaing = 3: unknown key, did you mean \"Grading\"?"));
        Assert.That(result.ErrorLines, Has.One.StartWith($"{folder.Case}: error: Mesh.Particle = \"one\" (from --set): "));
        Assert.That(result.ErrorLines[^1], Is.EqualTo("cell3d: error: the input has 3 errors; nothing was done"));
    }

    [TestCase("{ \"Cell\": \"chen2020_bpx.json\", ", "not valid JSON")]
    [TestCase("\u0000\u0001garbage", "the file is not UTF-8 text (binary data", TestName = "BinaryGarbageIsRefused")]
    [TestCase("[]", "")]
    public void TextThatIsNoCaseIsRefused(string text, string expected)
    {
        using CaseFolder folder = CaseFolder.With(text);
        foreach (string command in new[] { "check", "mesh", "info", "bpx" })
        {
            ProgramResult result = Run(command, folder.Case);
            Assert.That(result.Code, Is.EqualTo(65), command);
            Assert.That(result.Errors, Does.Contain("error: ").And.Contain(expected).And.Not.Contain("   at "), command);
        }
    }

    [Test]
    public void MissingFilesAreNamed()
    {
        using CaseFolder folder = CaseFolder.With("""{ "Cell": "gone.json", "Geometry": { "Form": "column" }, "Protocol": { "Steps": "Rest for 1 hour" } }""");
        ProgramResult cell = Run("check", folder.Case), file = Run("info", folder.In("none.json")), empty = Run("mesh", Path.GetDirectoryName(Samples.Folder)!);
        Assert.That((cell.Code, file.Code, empty.Code), Is.EqualTo((66, 66, 66)));
        Assert.That(cell.Errors, Does.Contain("gone.json"));
        Assert.That(file.ErrorLines, Is.EqualTo(new[] { $"cell3d: error: {folder.In("none.json")}: there is no such file, and no folder with a case.json" }));
        Assert.That(empty.Errors, Does.Contain("this folder holds no case.json"));
    }

    [Test]
    public void MeshShowsRegionsSizesAndRanks()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Run(["mesh", folder.Path, .. CaseFolder.Coarse]);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match(@"Separator +84 +2 +10\.00 +0\.3362").And.Contain("Positive tab").And.Match(@"Region +volumes ").And.Contain("Largest aspect ratio"));
        Assert.That(result.Output, Does.Match(@"Ranks +1 to \d+").And.Match(@"Memory +about \d+ MB on 1 rank"));
    }

    [Test]
    public void MeshDividesProposesAndDraws()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string picture = folder.In("mesh.png");
        ProgramResult result = Run(["mesh", folder.Path, .. CaseFolder.Coarse, "--ranks", "3", "--budget", "40000", "--picture", picture]);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("Division between 3 ranks").And.Match(@"Largest work +1\.\d+ times the mean").And.Match("--set \"Mesh.Cells through.Negative electrode=\\d+\""));
        Assert.That(File.ReadAllBytes(picture).AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
        ProgramResult wrong = Run("mesh", folder.Path, "--ranks", "0", "--budget", "many");
        Assert.That(wrong.Code, Is.EqualTo(64));
        Assert.That(wrong.Errors, Does.Contain("--ranks takes a number from 1 to 100000, not '0'").And.Contain("--budget takes a number from 1 to 100000000, not 'many'"));
    }

    [Test]
    public void ManyLayersAreOneRowForEachKind()
    {
        string stack = Path.Combine(Samples.Repository, "cases", "nmc-pouch-34-pairs");
        ProgramResult few = Run("mesh", stack), all = Run("mesh", stack, "--all-layers"), huge = Run("mesh", stack, "--set", "Mesh.Cells along width=400", "--set", "Mesh.Cells along height=600", "--vtk", Path.Combine(Path.GetTempPath(), "cell3d-never"));
        Assert.That(few.Output, Does.Match(@"34 × Separator +8 840 +2 each +10\.000").And.Not.Contain("Separator 17"));
        Assert.That(all.Output, Does.Contain("Separator 17"));
        Assert.That(huge.Code, Is.EqualTo(71), huge.Errors);
        Assert.That(huge.Errors, Does.Contain("of memory, and ").And.Contain("available"));
    }

    [Test]
    public void InfoOfACaseShowsCapacityEnergyLayersAndResistance()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Run("info", folder.Path);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match(@"Capacity of the window +13\.187 A h").And.Match(@"N/P ratio +1\.244").And.Match(@"Mass +0\.2364 kg")
            .And.Match(@"Specific energy +206\.\d W h/kg").And.Match(@"Energy density +382\.\d W h/L").And.Match(@"Cut-offs +2\.700 V and 4\.200 V")
            .And.Match(@"state of charge 0\.9000, 298\.15 K, open-circuit voltage 4\.0\d+ V").And.Contain("1C = 12.50 A = 21.87 A/m²")
            .And.Match(@"Negative collector +10\.00 ").And.Match(@"Negative collector .*copper").And.Match(@"Heat capacity +layers [\d.]+ J/K, lumped cell 6\.348 J/K")
            .And.Match(@"Separator +ionic +0\.6543 ").And.Match(@"Positive collector +way into the tab").And.Match(@"Sum .* 100"));
    }

    [Test]
    public void InfoAndBpxOfACellAgree()
    {
        ProgramResult info = Run("info", Samples.PathOf(Samples.Blended)), bpx = Run("bpx", Samples.PathOf(Samples.Blended));
        Assert.That((info.Code, bpx.Code), Is.EqualTo((0, 0)), info.Errors);
        Assert.That(bpx.Output, Is.EqualTo(info.Output));
        Assert.That(bpx.Output, Does.Match(@"Positive +Large +0\.4969 ").And.Match(@"BPX version +0\.4\.0"));
        ProgramResult changed = Run("info", Samples.PathOf(Samples.Nmc), "--set", "Mesh.Particle=8");
        Assert.That(changed.Code, Is.EqualTo(64));
        Assert.That(changed.Errors, Does.Contain("is a BPX file"));
    }

    [Test]
    public void BpxTellsAllErrors()
    {
        JsonNode text = JsonNode.Parse(File.ReadAllText(Samples.PathOf(Samples.Nmc)))!;
        text["Parameterisation"]!["Cell"]!["Electrode area [m2]"] = -1;
        text["Parameterisation"]!.AsObject().Remove("Separator");
        using CaseFolder folder = CaseFolder.With(text.ToJsonString());
        ProgramResult result = Run("bpx", folder.Case);
        Assert.That(result.Code, Is.EqualTo(65));
        Assert.That(result.Errors, Does.Contain("Electrode area [m2] = -1").And.Contain("Separator").And.Contain("the input has 2 errors; nothing was done"));
    }

    [Test]
    public void SchemaIsJsonThatKnowsTheKeys()
    {
        ProgramResult result = Run("schema");
        Assert.That(result.Code, Is.Zero);
        Assert.That(JsonNode.Parse(result.Output)!["properties"]!["Protocol"], Is.Not.Null);
    }

    [Test]
    public void VersionTellsWhenTheNativeLibraryDoesNotLoad()
    {
        Assert.That(Cell3DProgram.Run("version").Output, Does.Match(@"Cell3D +\d+\.\d+\.\d+").And.Match(@"Runtime +\.NET 10").And.Match(@"PETSc +3\.\d+").And.Match(@"MPI +\S+").And.Match(@"HDF5 +1\.\d+"));
        ProgramResult without = Run("version");
        Assert.That(without.Code, Is.EqualTo(69));
        Assert.That(without.Output, Does.Match(@"Cell3D +\d+\.\d+\.\d+").And.Match(@"PETSc +–"));
        Assert.That(without.Errors, Does.Contain("CELL3D_NATIVE=/no/such/library.so: there is no such file"));
    }

    [Test]
    public void InitWritesACaseThatCanBeCheckedAndSaysWhatIsNext()
    {
        using CaseFolder folder = CaseFolder.Column();
        string fresh = folder.In("new", "pouch");
        ProgramResult result = Run("init", fresh, "--cell", Samples.PathOf(Samples.Nmc));
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain($"Wrote {fresh}/case.json").And.Contain("assumptions").And.Match($"cell3d'? run {System.Text.RegularExpressions.Regex.Escape(fresh)}").And.Contain("A pouch, 86.1 mm × 195 mm, 1 of 34 electrode pairs"));
        ProgramResult check = Run("check", fresh), again = Run("init", fresh, "--cell", Samples.PathOf(Samples.Nmc));
        Assert.That(check.Code, Is.Zero, check.Errors);
        Assert.That(again.Code, Is.EqualTo(73));
        Assert.That(again.Errors, Does.Contain("there is a case already"));
    }

    /// <summary>Every line of the hint is a command that works from where it was printed, blanks in the path included.</summary>
    [Test]
    public void TheHintsOfInitWorkAsPrinted()
    {
        using CaseFolder folder = CaseFolder.Column();
        string home = folder.In("a folder"), start = $"mkdir '{home}' && cd '{home}' && ";
        ProgramResult made = Cell3DProgram.RunShell($"{start}\"$CELL3D\" init 'my cell' --cell '{Samples.PathOf(Samples.Lfp)}'");
        Assert.That(made.Code, Is.Zero, made.Errors);
        Assert.That(made.Output, Does.Contain("A roll of ").And.Contain(" turns in a can of "));
        string[] hints = [.. made.Output.Split('\n').Where(line => line.Contains("cell3d", StringComparison.Ordinal) && line.Contains("'my cell'  ", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf("'  ", StringComparison.Ordinal)] + "'")];
        Assert.That(hints, Has.Length.EqualTo(3));
        foreach (string hint in hints)
        {
            ProgramResult done = Cell3DProgram.RunShell($"cd '{home}' && {hint.Trim()}");
            Assert.That(done.Code, Is.Zero.Or.EqualTo(4), hint + done.Errors);
            Assert.That(done.Output, Does.Contain("Simulated").And.Contain("the whole cell"), hint);
        }
    }

    [Test]
    public void InitReplacesNothingAndRefusesUnwritableFolders()
    {
        using CaseFolder folder = CaseFolder.Column();
        string other = folder.In("other");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, Samples.Nmc), "mine");
        ProgramResult taken = Run("init", other, "--cell", Samples.PathOf(Samples.Nmc)), nowhere = Run("init", "/proc/new", "--cell", Samples.PathOf(Samples.Nmc));
        Assert.That((taken.Code, nowhere.Code), Is.EqualTo((73, 73)));
        Assert.That(taken.Errors, Does.Contain("there is another file of this name"));
        Assert.That(nowhere.Errors, Does.Contain("/proc/new: this folder cannot be written"));
        Assert.That(File.ReadAllText(Path.Combine(other, Samples.Nmc)), Is.EqualTo("mine"));
    }

    [TestCase("'rn'", "rn")]
    [TestCase("'--dryrun'", "check", "--dryrun", "x.json")]
    [TestCase("CASE", "check")]
    [TestCase("--cell", "init", "folder")]
    [TestCase("only 'cell3d run', 'cell3d verify', 'cell3d reference', 'cell3d compare-coupling', 'cell3d compare --models' and 'cell3d bench solver' take options for PETSc", "check", "x.json", "--", "-ksp_monitor")]
    [TestCase("'ksp' behind '--' is not an option of PETSc", "run", "x.json", "--", "ksp")]
    [TestCase("--steps takes a number of at least 1, not 'many'", "run", "x.json", "--steps", "many")]
    [TestCase("--steps takes a number of at least 1, not '0'", "run", "x.json", "--steps", "0")]
    [TestCase("--quiet and --verbose exclude each other", "run", "x.json", "-q", "-v")]
    [TestCase("--output takes the name of a folder", "run", "x.json", "-o", "")]
    public void CommandLinesThatMakeNoSenseAreUsageErrors(string expected, params string[] arguments)
    {
        ProgramResult result = Run(arguments);
        Assert.That(result.Code, Is.EqualTo(64), result.Errors);
        Assert.That(result.Errors, Does.StartWith("cell3d: error: ").And.Contain(expected).And.Not.Contain("   at "));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void HelpNamesEveryCommand()
    {
        ProgramResult bare = Run(), asked = Run("--help");
        Assert.That((bare.Code, asked.Code), Is.EqualTo((64, 0)));
        Assert.That(asked.Output, Is.EqualTo(bare.Output));
        foreach (string command in new[] { "run", "check", "mesh", "info", "bpx", "init", "schema", "version", "doctor" })
        {
            Assert.That(asked.Output, Does.Match($@"\n  {command} "));
            Assert.That(Run(command, "--help").Code, Is.Zero, command);
        }
    }

    [Test]
    public void AFullDiskBehindStandardOutputIsAWriteError()
    {
        ProgramResult result = Cell3DProgram.RunShell("\"$CELL3D\" schema >/dev/full");
        Assert.That(result.Code, Is.EqualTo(74));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.StartWith("cell3d: error: standard output cannot be written: "));
    }

    [TestCase("check")]
    [TestCase("info")]
    [TestCase("mesh")]
    [TestCase("bpx")]
    public void EverythingFitsAScreenOf80(string command)
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] lines = Cell3DProgram.RunInTerminal(command, command == "bpx" ? Samples.PathOf(Samples.Blended) : folder.Path).Output
            .Split('\n').Select(line => line.Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal).TrimEnd('\r'))
            .SkipWhile(line => !line.StartsWith("  ", StringComparison.Ordinal)).ToArray();
        Assert.That(lines, Has.Length.GreaterThan(4));
        Assert.That(lines.Where(line => line.Length > 80 && !line.Contains(folder.Path, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void OnlyATerminalSeesColours()
    {
        using CaseFolder folder = CaseFolder.With("[]");
        Assert.That(Cell3DProgram.RunInTerminal("check", folder.Case).Output, Does.Contain("\e[1;31merror: \e[0m"));
        Assert.That(Run("check", folder.Case).Errors, Does.Not.Contain("\e"));
    }

    [Test]
    public void DoctorSaysWhatIsMissingAndWhatToDo()
    {
        ProgramResult ill = Run("doctor"), well = Cell3DProgram.Run("doctor");
        Assert.That((ill.Code, well.Code), Is.EqualTo((69, 0)), well.Output);
        Assert.That(ill.Output, Does.Contain("failed  Native library  CELL3D_NATIVE=/no/such/library.so").And.Contain("→ run ./run.sh once").And.Contain("1 of 5 tests failed."));
        Assert.That(well.Output, Does.Match(@"ok +Linear solver +MUMPS LU solved 200 equations").And.Match(@"ok +Preconditioner +hypre BoomerAMG solved 200 equations")
            .And.Match(@"ok +Parallel HDF5 +1000 values").And.Match(@"ok +Cores +\d+").And.Match(@"ok +Memory +\d").And.Contain("Everything a run needs is there."));
    }

    [Test]
    public void DoctorExaminesARunningJobOnce()
    {
        ProgramResult result = Cell3DProgram.RunOn(3, "doctor");
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("started on 3 ranks").And.Contain("solved 600 equations").And.Contain("3000 values"));
        Assert.That(result.Output.Split("Everything a run needs is there."), Has.Length.EqualTo(2));
    }
}
