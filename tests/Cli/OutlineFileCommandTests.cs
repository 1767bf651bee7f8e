using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Commands on a case with an outline file: what they show, and their exit codes where the file is wrong or missing.</summary>
public class OutlineFileCommandTests
{
    private static readonly string Case = Path.Combine(Samples.Repository, "cases", "imported-pouch");

    [Test]
    public void MeshShowsTheQualityOfThePlane()
    {
        ProgramResult result = Cell3DProgram.Run("mesh", Case);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match(@"Cells of the plane +581 of √area 2\.047 – 6\.057 mm").And.Match(@"Neighbours +sizes up to 2\.35 : 1, centres from 0\.462 √area apart").And.Match(@"Edges and centres +\S+° off the normal at most, 0 % of centres outside"));
        Assert.That(result.Output.Split('\n').Where(line => line.Contains("Cells of the plane", StringComparison.Ordinal) || line.Contains("Neighbours", StringComparison.Ordinal) || line.Contains("Edges and", StringComparison.Ordinal)).Select(line => line.Length), Has.All.LessThanOrEqualTo(80));
    }

    [Test]
    public void CheckSaysNothingAgainstTheCase()
    {
        ProgramResult result = Cell3DProgram.Run("check", Case);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Not.Contain("warning"));
    }

    [TestCase("case.json", 65, "case.json:1: error: $MeshFormat = {: is not the beginning of a file of Gmsh")]
    [TestCase("none.msh", 66, "none.msh: error: the file does not exist")]
    public void AWrongFileAndAMissingOneHaveTheirCodes(string file, int code, string expected)
    {
        ProgramResult result = Cell3DProgram.Run("run", Case, "--set", $"Geometry.Outline file={file}");
        Assert.That(result.Code, Is.EqualTo(code), result.Errors);
        Assert.That(result.ErrorLines, Has.One.Contains(expected));
        Assert.That(result.Output, Is.Empty);
    }
}
