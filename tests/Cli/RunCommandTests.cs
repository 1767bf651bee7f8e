using Cell3D.Output;
using Cell3D.Tests.Input;
using Cell3D.Tests.Output;
using NUnit.Framework;
using PureHDF;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d run from outside: what is shown, what is written, how it ends.</summary>
public class RunCommandTests
{
    private static ProgramResult Run(CaseFolder folder, params string[] arguments) =>
        Cell3DProgram.Run(["run", folder.Path, "--output", folder.Results, .. arguments]);

    private static Summary SummaryOf(CaseFolder folder) => Summary.FromJson(File.ReadAllText(folder.In("results", OutputFolder.SummaryName)));

    [Test]
    public void MeshWritesFilesForParaView()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.Run(["mesh", folder.Path, .. CaseFolder.Coarse, "--ranks", "3", "--vtk", folder.Results]);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(Directory.EnumerateFiles(folder.Results).Select(file => Path.GetFileName(file)), Is.SupersetOf(new[] { OutputFolder.MeshName, OutputFolder.FieldsName(0) }));
        Assert.That(Cell3DProgram.Run(["mesh", folder.Path, .. CaseFolder.Coarse, "--vtk", folder.Results]).Code, Is.EqualTo(73), "results are there");
        Assert.That(Cell3DProgram.Run(["mesh", folder.Path, .. CaseFolder.Coarse, "--vtk", folder.Results, "--overwrite"]).Code, Is.Zero);
    }

    [Test]
    public void ADischargeShowsForecastStepsAndEndAndWritesItsResults()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder);
        Assert.That(result.Code, Is.Zero, result.Errors);
        string[] lines = result.Output.Split('\n');
        Assert.That(result.Output.IndexOf("400 control volumes", StringComparison.Ordinal), Is.LessThan(result.Output.IndexOf(ProgressLine.Header, StringComparison.Ordinal)).And.Positive);
        Assert.That(lines, Has.One.Matches("^Done at t = 359[0-9.]+ s: target of 2.5 V reached, the protocol is finished$"));
        Assert.That(lines, Has.One.Matches(@"Discharged +4\.9\d+ A h, 17\.\d+ W h"));
        Assert.That(result.Output, Does.Contain(folder.Results).And.Not.Contain("\e").And.Not.Contain("Highest temperature"));
        Summary summary = SummaryOf(folder);
        Assert.That(summary.Outcome.ExitCode, Is.Zero);
        TimeSeries series = TimeSeriesReader.Read(folder.In("results", OutputFolder.TimeSeriesName));
        Assert.That(lines.Count(line => line.Contains("298.15–298.15 ", StringComparison.Ordinal)), Is.EqualTo(summary.Work.Steps + 1));
        Assert.That(series.Count, Is.InRange(summary.Work.Steps + 1, (2 * summary.Work.Steps) + 1), "the middle of a pair has a row too");
        Assert.That(series.Voltage[^1], Is.EqualTo(2.5).Within(1e-5));
        Assert.That(File.Exists(folder.In("results", "voltage.png")));
        Assert.That(summary.WallTime["Pictures"], Is.Positive.And.LessThan(summary.WallTime["Total"]));
    }

    [Test]
    public void APartOfACellSaysWhoseFiguresItShows()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Run(folder, ["--steps", "4", .. CaseFolder.Coarse]);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Summary summary = SummaryOf(folder);
        string[] lines = result.Output.Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.One.Matches(@"^  Simulated +1 of 34 electrode pairs, 2\.94 % of the electrode area$"));
            Assert.That(lines, Has.One.Matches(@"^  Figures +those of this part: 1C = 0\.3676 A, in the whole cell 12\.50 A$"));
            Assert.That(lines, Has.One.Matches(@"^  Simulated +1 of 34 electrode pairs, 2\.94 % of the cell$"));
            Assert.That(lines, Has.One.Matches(@"^    whole cell +\d.* A h, \d.* W h$"));
            Assert.That(summary.Part.Share, Is.EqualTo(1.0 / 34).Within(1e-9));
            Assert.That((summary.Part.ElectrodePairs, summary.WholeCell.ElectrodePairs), Is.EqualTo((1, 34)));
            Assert.That(summary.Terminal.LargestCurrent, Is.EqualTo(-12.5 / 34).Within(1e-9));
            Assert.That(summary.WholeCell.LargestCurrent, Is.EqualTo(-12.5).Within(1e-9));
            Assert.That(summary.WholeCell.DischargedCapacity, Is.EqualTo(34 * summary.Terminal.DischargedCapacity).Within(1e-9).Percent);
            Assert.That(summary.WholeCell.Heat, Is.EqualTo(34 * summary.Terminal.Heat).Within(1e-9).Percent.And.Positive);
            Assert.That(summary.WholeCell.OuterSurface, Is.EqualTo(0.0379).Within(10).Percent);
        });
    }

    /// <summary>The heat of a short has a column of its own and is in the heat of the cell; tabs have theirs, which is a part of the others.</summary>
    [Test]
    public void HeatOfAShortIsRecorded()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] cut = ["--set", "Defects.Internal shorts.nail.Place=[0.05, 0.08]", "--set", "Defects.Internal shorts.nail.Resistance=500"];
        Assert.That(Run(folder, ["--steps", "6", .. cut, .. CaseFolder.Coarse]).Code, Is.EqualTo(75));
        TimeSeries series = TimeSeriesReader.Read(folder.In("results", OutputFolder.TimeSeriesName));
        SeriesColumn[] heats = [.. series.Columns.Where(column => column.IsHeat)];
        Assert.That(heats.Select(column => column.Name), Is.EqualTo(new[] { "Electronic ohmic heat", "Ionic ohmic heat", "Reaction heat", "Reversible heat", "Contact heat", "Short heat" }));
        double[] time = series.Column(SeriesColumn.Time), total = [.. Enumerable.Range(0, time.Length).Select(row => heats.Sum(column => series.Column(column)[row]))];
        Assert.That(series.Column(SeriesColumn.ShortHeat), Is.All.InRange(0.02, 0.04));
        double hours = Enumerable.Range(1, time.Length - 1).Sum(row => 0.5 * (total[row] + total[row - 1]) * (time[row] - time[row - 1])) / 3600;
        Assert.That(SummaryOf(folder).Terminal.Heat, Is.EqualTo(hours).Within(1e-3 * hours), "the sum over the lines of the series, to the error of the trapezoidal rule");
        Assert.That(series.Columns.Select(column => column.Name), Does.Contain("Negative tab: heat released").And.Contain("Positive tab: heat released"));
    }

    [Test]
    public void ResultsAreReplacedOnlyOnRequest()
    {
        using CaseFolder folder = CaseFolder.Column();
        Assert.That(Run(folder, "--steps", "2").Code, Is.EqualTo(75));
        ProgramResult refused = Run(folder, "--steps", "3"), replaced = Run(folder, "--steps", "3", "--overwrite");
        Assert.That((refused.Code, replaced.Code), Is.EqualTo((73, 75)));
        Assert.That(refused.Errors, Does.Contain("this folder holds the results of an earlier run").And.Contain("--overwrite"));
        Assert.That(replaced.Output, Does.Contain("Stopped at t = ").And.Contain("3 steps"));
        Assert.That(SummaryOf(folder).Work.Steps, Is.EqualTo(3));
    }

    [Test]
    public void AMeasuredCurveIsOverlaid()
    {
        using CaseFolder folder = CaseFolder.Column();
        string curve = folder.In("measured.csv");
        File.WriteAllText(curve, "Test Time / s,Voltage / V\n0.05,4.0\n0.1,4.0\n0.2,4.0\n");
        ProgramResult result = Run(folder, "--steps", "15", "--overlay", curve);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(result.Output, Does.Contain($"Difference to {curve} over 0 … 0 s (3 points)").And.Contain("rms "));
        Assert.That(SummaryOf(folder).Overlay!.Mean, Is.EqualTo(0.05).Within(0.05).And.Positive);
        Assert.That(File.Exists(folder.In("results", "overlay.csv")) && File.Exists(folder.In("results", "overlay.png")));
    }

    [Test]
    public void ARunWithoutTalkWritesItsComparisonAndShowsOnlyWarnings()
    {
        using CaseFolder folder = CaseFolder.Column();
        string curve = folder.In("measured.csv");
        File.WriteAllText(curve, "Test Time / s,Voltage / V\n0.05,4.0\n0.1,4.0\n0.2,4.0\n");
        ProgramResult result = Run(folder, "--steps", "15", "--overlay", curve, "-q", "--", "-misspelt");
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors.TrimEnd().Split('\n'), Is.EqualTo((string[])["cell3d: warning: the PETSc option -misspelt was not used by anything; is it misspelt?"]));
        Assert.That(File.Exists(folder.In("results", "overlay.csv")));
    }

    [Test]
    public void TheSummaryHoldsWhatWasShown()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder, "--steps", "2", "--set", "Thermal.Model=resolved", "--", "-misspelt");
        string[] shown = [.. result.Errors.TrimEnd().Split('\n').Select(LastPart)], kept = [.. SummaryOf(folder).Warnings.Select(LastPart)];
        Assert.That(shown, Has.Length.EqualTo(4).And.Some.EqualTo("the cell is adiabatic"), result.Errors);
        Assert.That(kept, Is.EquivalentTo(shown));
        Assert.That(SummaryOf(folder).Warnings[^1], Does.Contain(": note: Header.BPX: BPX 0.4.0 converted"), "the least grave comes last");

        static string LastPart(string line) => line.Split(": ")[^1];
    }

    [Test]
    public void ABadMeasuredCurveStopsTheRunBeforeItStarts()
    {
        using CaseFolder folder = CaseFolder.Column();
        File.WriteAllText(folder.In("bad.csv"), "time,voltage\n0,four\n1,3.9\n");
        ProgramResult missing = Run(folder, "--overlay", folder.In("gone.csv")), bad = Run(folder, "--overlay", folder.In("bad.csv"));
        Assert.That((missing.Code, bad.Code), Is.EqualTo((66, 65)));
        Assert.That(missing.Errors, Does.Contain("gone.csv: cannot be opened"));
        Assert.That(bad.Errors, Does.Contain("'four' is not a number"));
        Assert.That(Directory.Exists(folder.Results), Is.False);
    }

    [Test]
    public void FieldsAndTalkCanBeLeftOut()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult quiet = Run(folder, "--steps", "2", "--quiet", "--no-fields");
        Assert.That(quiet.Output, Is.Empty);
        Assert.That(quiet.Errors, Is.Empty);
        Assert.That(Directory.EnumerateFiles(folder.Results, "fields*"), Is.Empty);
        ProgramResult verbose = Run(folder, "--steps", "2", "--verbose", "--overwrite", "--set", "Output.Field times=[0]");
        Assert.That(verbose.Output, Does.Match(@"PETSc options +.*-pc_type lu").And.Match(@"Time steps +\d").And.Contain("Audits"));
        using PureHDF.VOL.Native.NativeFile fields = H5File.OpenRead(folder.In("results", OutputFolder.FieldsName(1)));
        Assert.That(fields.Group("/VTKHDF/CellData").Children().Select(child => child.Name), Is.SupersetOf(
            (string[])["Temperature", "Overpotential", "Heat source", "Ionic current density", "Electronic current density", "Transfer current density"]), "written without being asked for");
    }

    [Test]
    public void OnATerminalABarShowsWhatIsDone()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.RunInTerminal("run", folder.Path, "--output", folder.Results);
        Assert.That(result.Code, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Match(@"\r  █+░+ +\d+ %  t \d+ s  [\d.]+ V  298\.15–298\.15 K  left (< )?\d+ s\e\[K").And.Contain("\e[1mDone at t = "));
        Assert.That(result.Output, Does.Not.Contain(ProgressLine.Header));
    }

    [Test]
    public void OnlyRankZeroSpeaks()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.RunOn(2, ["run", folder.Path, "--output", folder.Results, "--steps", "3", .. CaseFolder.Coarse]);
        string said = result.Output + result.Errors;
        Assert.That(result.Code, Is.EqualTo(75), said);
        Assert.That(said.Split("Stopped at t = "), Has.Length.EqualTo(2), said);
        Assert.That(said.Split("Header.BPX"), Has.Length.EqualTo(2), said);
        Assert.That(said, Does.Contain("on 2 ranks").And.Contain("Highest temperature").And.Not.Contain("\e"));
        Assert.That(SummaryOf(folder).Size.Ranks, Is.EqualTo(2));
    }

    [Test]
    public void ErrorsThatAllRanksMeetAreToldOnce()
    {
        using CaseFolder folder = CaseFolder.With("{ \"Cell\": 3 }");
        ProgramResult input = Cell3DProgram.RunOn(3, "run", folder.Path), missing = Cell3DProgram.RunOn(2, "run", folder.In("gone"));
        Assert.That((input.Code, missing.Code), Is.EqualTo((65, 66)), input.Errors);
        Assert.That(input.Errors.Split("nothing was done"), Has.Length.EqualTo(2), input.Errors);
        Assert.That(missing.Errors.Split("there is no such file"), Has.Length.EqualTo(2), missing.Errors);
    }

    [TestCase(2)]
    [TestCase(3)]
    public void RanksThatTheMeshHasNoPieceForWait(int ranks)
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult alone = Cell3DProgram.Run("run", folder.Path, "--steps", "3", "--output", folder.In("alone")), result = Cell3DProgram.RunOn(ranks, "run", folder.Path, "--steps", "3", "--output", folder.Results);
        Assert.That((alone.Code, result.Code), Is.EqualTo((75, 75)), result.Errors);
        Assert.That(result.Errors, Does.Contain($"{ranks} ranks, but this mesh can be split into at most 1 piece (segments and collector cells are kept whole): 1 rank works, the others wait"));
        Assert.That(File.ReadAllText(folder.In("results", OutputFolder.TimeSeriesName)), Is.EqualTo(File.ReadAllText(folder.In("alone", OutputFolder.TimeSeriesName))));
    }

    [Test]
    public void AMissingLibraryIsExplained()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.RunWith(("CELL3D_NATIVE", "/no/such.so"), "run", folder.Path);
        Assert.That(result.Code, Is.EqualTo(69));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2));
        Assert.That(result.ErrorLines[0], Does.StartWith("cell3d: error: CELL3D_NATIVE=/no/such.so: there is no such file.").And.Contain("cmake"));
        Assert.That(result.ErrorLines[1], Is.EqualTo("Run 'cell3d doctor' to see what is missing."));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void AnUnwritableFolderIsToldByName(int ranks)
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] arguments = ["run", folder.Path, "--output", "/proc/results", .. CaseFolder.Coarse];
        ProgramResult result = ranks == 1 ? Cell3DProgram.Run(arguments) : Cell3DProgram.RunOn(ranks, arguments);
        Assert.That(result.Code, Is.EqualTo(73), result.Errors);
        Assert.That(result.Errors.Split("/proc/results: this folder cannot be written"), Has.Length.EqualTo(2), result.Errors);
    }

    [Test]
    public void ASolverThatGivesUpSaysWhyAndLeavesASummary()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder, "--set", "Solver.Newton tolerance=1e-12", "--set", "Solver.Maximum Newton iterations=2");
        Assert.That(result.Code, Is.EqualTo(2), result.Errors);
        Assert.That(result.Output, Does.Match("The solver gave up at t = 0.* s: .* after 2 iterations"));
        Assert.That(SummaryOf(folder).Outcome.Status, Is.EqualTo(RunStatus.GaveUp));
    }

    [Test]
    public void OptionsForPetscReachItAndUnusedOnesAreNamed()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder, "--steps", "2", "--", "-misspelt", "3", "-ksp_view");
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(result.Output, Does.Contain("KSP Object"));
        Assert.That(result.Errors, Does.Contain("the PETSc option -misspelt was not used"));
    }

    [Test]
    public void OptionsThatPetscRefusesAreToldInOneLineUnlessTracesAreWanted()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder, "--", "-ksp_type", "nonsense"), traced = Run(folder, "--overwrite", "--trace", "--", "-ksp_type", "nonsense");
        Assert.That((result.Code, traced.Code), Is.EqualTo((64, 64)));
        string[] told = [.. result.ErrorLines.Where(line => line.StartsWith("rank ", StringComparison.Ordinal))];
        Assert.That(told, Has.Length.EqualTo(1), result.Errors);
        Assert.That(told[0], Does.StartWith("rank 0: cell3d: error: PETSc refuses its options (behind '--': -ksp_type nonsense): ").And.Contain("Unable to find requested KSP type nonsense"));
        Assert.That(result.Errors, Does.Not.Contain("   at Cell3D."));
        Assert.That(traced.Errors, Does.Contain("   at Cell3D.Parallel.Petsc.LinearSolver"));
    }

    [Test]
    public void AMissingFileOfOptionsIsToldByName()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Run(folder, "--", "-options_file", folder.In("gone"));
        Assert.That(result.Code, Is.EqualTo(64), result.Errors);
        Assert.That(result.Errors, Does.Contain($"Unable to open options file {folder.In("gone")}"));
    }

    /// <summary>Steps that the error chooses are shortened where phases grow faster than they follow; prescribed ones are remarked on.</summary>
    [Test]
    public void PrescribedStepsThatPhasesOutgrowAreRemarked([Values] bool prescribed)
    {
        using TemporaryFolder folder = new();
        string[] steps = prescribed ? ["--set", "Solver.Fixed time steps [s]=[1000]"] : [];
        ProgramResult result = Cell3DProgram.Run(["run", Path.Combine(Samples.Repository, "cases", "graphite-staging", "one-volume.json"), "-o", folder.File("results"), "--no-fields", "--set", "Protocol.Steps=[\"Discharge at C/50 for 15 h\"]", .. steps]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Summary summary = Summary.FromJson(File.ReadAllText(folder.File($"results/{OutputFolder.SummaryName}")));
        Assert.That(summary.Warnings.Any(warning => warning.Contains("longer than phases take to grow", StringComparison.Ordinal)), Is.EqualTo(prescribed), string.Join('\n', summary.Warnings));
    }
}
