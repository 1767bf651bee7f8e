using Cell3D.Output;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d ocp and cell3d scales; what only shows needs no native library.</summary>
public class FreeEnergyCommandTests
{
    private static readonly (string, string) NoLibrary = ("CELL3D_NATIVE", "/no/such/library.so");

    [Test]
    public void OcpShowsThePlateauAndWritesTableAndPicture()
    {
        using CaseFolder folder = CaseFolder.With("""{ "Reference potential [V]": 3.42, "Interaction [J.mol-1]": [12000] }""");
        ProgramResult result = Cell3DProgram.Run("ocp", folder.Case, "--output", folder.Results);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("x from 0.116972 to 0.883028"));
        Assert.That(Cell3DProgram.RunWith(NoLibrary, "ocp", folder.Case).Output, Is.EqualTo(result.Output[..result.Output.IndexOf("\n  ocp.json", StringComparison.Ordinal)]));
        Assert.That(result.Output, Does.Contain("3.420000"));
        string[] lines = File.ReadAllLines(folder.In("results", OutputFolder.PotentialName));
        Assert.That(lines[0], Is.EqualTo("x / 1,U at rest / V,U uniform / V,dU/dT / V.K-1,Thermodynamic factor / 1"));
        Assert.That(lines, Has.Length.GreaterThan(400));
        Assert.That(File.Exists(folder.In("results", OutputFolder.PotentialPictureName)) && File.Exists(folder.In("results", OutputFolder.PotentialFragmentName)));
        Assert.That(result.Output.Split('\n').Where(line => !line.Contains(folder.Path, StringComparison.Ordinal)).Max(line => line.Length), Is.LessThanOrEqualTo(80));
        Assert.That(Cell3DProgram.Run("ocp", folder.Case, "--output", folder.Results).Code, Is.EqualTo(73), "results are there already");
    }

    [Test]
    public void OcpRefusesWhatItCannotUse()
    {
        using CaseFolder folder = CaseFolder.With("""{ "Temperature [K]": -1, "Interaction [J.mol-1]": 3 }""");
        ProgramResult result = Cell3DProgram.RunWith(NoLibrary, "ocp", folder.Case);
        Assert.That(result.Code, Is.EqualTo(65));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(3).And.Some.Contain("the input has 2 errors"));
        Assert.That(Cell3DProgram.RunWith(NoLibrary, "ocp", folder.In("nowhere.csv")).Code, Is.EqualTo(66));
        Assert.That(Cell3DProgram.RunWith(NoLibrary, "ocp", folder.Case, "--noise", "much").Code, Is.EqualTo(64));
    }

    [Test]
    public void ScalesFitsIntoAScreenAndDrawsThem()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.Run("scales", folder.Path, "-o", folder.Results, "--set", "Layers.Positive electrode.Double layer capacitance [F.m-2]=0.3");
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("λ_D ≪ r_pore").And.Match(@"ε_r =\s+30").And.Contain("In its place"));
        Assert.That(result.Output.Split('\n').Where(line => !line.Contains(folder.Path, StringComparison.Ordinal)).Max(line => line.Length), Is.LessThanOrEqualTo(80));
        Assert.That(new FileInfo(folder.In("results", OutputFolder.ScalesPictureName)).Length, Is.GreaterThan(10_000));
    }
}
