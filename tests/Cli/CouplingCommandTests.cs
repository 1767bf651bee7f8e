using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d compare-coupling from the command line, and what a run in parts tells.</summary>
public class CouplingCommandTests
{
    private static readonly string[] Warm = ["--set", "Thermal.Model=resolved", "--set", "Thermal.Cooling.Positive face.Heat transfer coefficient=5", "--set", "Protocol.Steps=[\"Discharge at 2C for 240 s\"]"];

    [Test]
    public void TablesAndPictureAreWritten()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.Run(["compare-coupling", folder.Path, "-o", folder.Results, "--levels", "3", "--step", "16", .. Warm]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("runs, about").And.Contain("Largest stable step").And.Contain("feedback of heat"));
        string[] rows = File.ReadAllLines(folder.In("results", OutputFolder.CouplingName));
        Assert.That(rows, Has.Length.EqualTo(1 + (8 * 3)));
        Assert.That(File.ReadAllLines(folder.In("results", OutputFolder.CouplingLimitsName)), Has.Length.EqualTo(1 + 7));
        Assert.That(new FileInfo(folder.In("results", OutputFolder.CouplingPictureName)).Length, Is.GreaterThan(10_000));
    }

    [Test]
    public void ParticlesAreComparedWithoutHeat()
    {
        using CaseFolder folder = CaseFolder.Column();
        string[] isothermal = ["--set", "Protocol.Steps=[\"Discharge at 1C for 60 s\"]", "-o", folder.Results, "--levels", "2", "--step", "2"];
        ProgramResult refused = Cell3DProgram.Run(["compare-coupling", folder.Path, .. isothermal]);
        Assert.That((refused.Code, refused.Errors), Is.EqualTo((65, refused.Errors)));
        Assert.That(refused.Errors, Does.Contain("there is no heat to solve in turn").And.Contain("--between particles"));
        ProgramResult result = Cell3DProgram.Run(["compare-coupling", folder.Path, "--between", "particles", .. isothermal]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(File.ReadAllLines(folder.In("results", OutputFolder.CouplingName)), Has.Length.EqualTo(1 + (6 * 2)));
    }

    [Test]
    public void ARunTellsItsCouplingAndItsScales()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.Run(["run", folder.Path, "-o", folder.Results, "--set", "Solver.Coupling.Strategy=iterated", .. Warm]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("relations that the model rests on"));
        Summary summary = Summary.FromJson(File.ReadAllText(folder.In("results", OutputFolder.SummaryName)));
        Assert.That(summary.Work.Coupling, Is.EqualTo("iterated coupling of electrochemistry and heat"));
        Assert.That(summary.Work.PartialSolves, Is.GreaterThan(2 * summary.Work.Steps));
        Assert.That(summary.Work.MostInnerIterations, Is.GreaterThan(1));
        ScalesSummary scales = summary.Scales!;
        Assert.That(scales.Lengths.Select(scale => scale.Symbol), Is.EqualTo(new[] { "λ_D", "r_pore", "R_p", "L_e", "L_r", "L_c", "s", "k_T/h" }));
        Assert.That(scales.Times.Select(scale => scale.Symbol), Is.EqualTo(new[] { "τ_dl", "τ_pore", "τ_e", "τ_s", "t_drive", "τ_th", "τ_h" }));
        Assert.That(scales.Energies.Select(scale => scale.Symbol), Is.EqualTo(new[] { "k_BT/e", "η", "Δφ", "ΔG/e" }));
        Assert.That(scales.Relations.Where(relation => relation.Guards.Length * relation.Law.Length * relation.Cost.Length == 0), Is.Empty);
    }
}
