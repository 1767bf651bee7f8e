using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d bench solver as a user types it.</summary>
public class BenchCommandTests
{
    [Test]
    public void ItTimesEverySolver()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string dump = folder.In("system.petsc");
        ProgramResult result = Bench(folder, "--step", "5", "--repeats", "1", "--dump", dump);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("1 rank;").And.Contain("step of 5 s, relative residual 1e-08, median of 1;"));
        RequireTable(result, "Poisson, BoomerAMG [0-9.]+", "collector Schur", "LU", "field split", "residual, Jacobian", "Newton iteration", "same Jacobian");
        Assert.That(new FileInfo(dump).Length, Is.GreaterThan(1000));
    }

    [Test]
    public void ItRunsOnTwoRanks()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.RunOn(2, ["bench", "solver", folder.Case, .. CaseFolder.Coarse, "--repeats", "1", "--at", "0.1", "--no-field-split"]);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("2 ranks;").And.Contain("step of 10 s at 0.1 s,").And.Not.Contain("field split"));
        RequireTable(result, "Poisson, BoomerAMG [0-9.]+", "collector Schur", "LU", "residual, Jacobian", "Newton iteration", "same Jacobian");
    }

    [Test]
    public void OptionsReachASolver()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Bench(folder, "--repeats", "1", "--", "-schur_ksp_max_it", "1");
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match(@"\| collector Schur +\| +gave up \|"));
    }

    [TestCase("--step", "0")]
    [TestCase("--step", "soon")]
    [TestCase("--step", "-3")]
    [TestCase("--at", "0")]
    [TestCase("--at", "NaN")]
    [TestCase("--tolerance", "1")]
    [TestCase("--tolerance", "1e-20")]
    [TestCase("--repeats", "0")]
    [TestCase("--repeats", "many")]
    public void NumbersOutOfRangeAreMistakesOfUse(string option, string value)
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.Run("bench", "solver", folder.Case, $"{option}={value}");
        Assert.That(result.Code, Is.EqualTo(64));
        Assert.That(result.Errors, Does.Contain($"{option} takes a number from ").And.Contain($", not '{value}'."));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void AFileThatIsMissingIsSaid()
    {
        ProgramResult result = Cell3DProgram.Run("bench", "solver", "/nowhere/case.json");
        Assert.That(result.Code, Is.EqualTo(66));
        Assert.That(result.Errors, Does.Contain("/nowhere/case.json"));
    }

    [Test]
    public void ADumpThatCannotBeWrittenIsSaid()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string dump = folder.In("missing", "system.petsc");
        ProgramResult result = Bench(folder, "--repeats", "1", "--dump", dump);
        TestContext.Out.WriteLine($"{result.Code}: {result.Errors}");
        Assert.That(result.Code, Is.EqualTo(73));
        Assert.That(result.Errors, Does.Contain(dump).And.Not.Contain("internal error"));
    }

    [Test]
    public void AStepThatFailsIsSaid()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Bench(folder, "--repeats", "1", "--set", "Protocol.Steps=[\"Discharge at 400C for 10 s\"]");
        Assert.That(result.Code, Is.EqualTo(2), result.Errors);
        Assert.That(result.Errors, Does.Contain("the first step of 1 s failed: "));
    }

    [Test]
    public void ATimeThatTheProtocolDoesNotReachIsSaid()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Bench(folder, "--repeats", "1", "--at", "20", "--set", "Protocol.Steps=[\"Discharge at 1C for 10 s\"]");
        Assert.That(result.Code, Is.EqualTo(2), result.Errors);
        Assert.That(result.Errors, Does.Contain("the simulation ends at 10 s, before 20 s: the protocol is finished"));
    }

    private static ProgramResult Bench(CaseFolder folder, params string[] more) => Cell3DProgram.Run(["bench", "solver", folder.Case, .. CaseFolder.Coarse, .. more]);

    private static void RequireTable(ProgramResult result, params string[] solvers)
    {
        string[] rows = [.. result.Output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        Assert.That(rows, Has.Length.EqualTo(solvers.Length), result.Output);
        for (int i = 0; i < rows.Length; i++)
            Assert.That(rows[i], Does.Match($@"^\| {solvers[i]} +\| +[0-9]+ \| +[0-9.]+ \| +[0-9.]+ \| +[0-9.]+ \| +[0-9]+ \|$"));
    }
}
