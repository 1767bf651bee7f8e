using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d compare from the command line.</summary>
public class CompareCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Place("a.csv"), "Test Time / s,Voltage / V,Current / A\n0,4,-1\n10,3.9,-1\n20,3.8,-1\n");
        File.WriteAllText(Place("b.csv"), "100;4,01\n108;3,93\n130;3,71\n");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TablesAndPictureAreWrittenToTheFolderThatIsGiven()
    {
        ProgramResult result = Cell3DProgram.Run("compare", Place("a.csv"), Place("b.csv"), "--output", Place("out"));
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("common 20").And.Contain("ends at 20").And.Contain("this run at 30"));
        Assert.That(File.ReadAllText(Place("out/comparison.md")), Does.Contain("| Voltage | V | 0.01000 | 0.01000 |").And.Contain("| End time | s |"));
        Assert.That(File.ReadAllLines(Place("out/comparison.csv"))[0], Does.StartWith("Run,Quantity,Unit,Rms difference"));
        Assert.That(new FileInfo(Place("out/comparison.png")).Length, Is.GreaterThan(1000));
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv"), Place("b.csv"), "--output", Place("out")).Code, Is.EqualTo(73));
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv"), Place("b.csv"), "--output", Place("out"), "--overwrite").Code, Is.Zero);
    }

    [Test]
    public void WhatCannotBeComparedIsSaid()
    {
        int files = Directory.GetFiles(_folder).Length;
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv")).Code, Is.EqualTo(64));
        ProgramResult missing = Cell3DProgram.Run("compare", Place("a.csv"), Place("none.csv"));
        Assert.That((missing.Code, missing.Errors), Is.EqualTo((66, missing.Errors)));
        Assert.That(missing.Errors, Does.Contain("none.csv"));
        File.WriteAllText(Place("c.csv"), "no numbers at all\n");
        ProgramResult wrong = Cell3DProgram.Run("compare", Place("a.csv"), Place("c.csv"));
        Assert.That(wrong.Code, Is.EqualTo(65));
        Assert.That(wrong.Errors, Does.Contain("c.csv").And.Not.Contain("   at "));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(files + 1));
    }

    [Test]
    public void ErrorsBySourceAreToldAndWritten()
    {
        File.WriteAllText(Place("c.csv"), "Test Time / s,Voltage / V,Current / A\n0,4.003,-1\n10,3.903,-1\n20,3.803,-1\n");
        ProgramResult result = Cell3DProgram.Run("compare", Place("a.csv"), "--source", $"image={Place("c.csv")}", "--output", Place("bands"));
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("image").And.Contain("all"));
        Assert.That(File.ReadAllLines(Place("bands/bands.csv"))[0], Is.EqualTo("Test Time / s,Voltage / V,Error from image / V,Error from all / V"));
        Assert.That(new FileInfo(Place("bands/bands.png")).Length, Is.GreaterThan(1000));
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv"), "--source", "image").Code, Is.EqualTo(64));
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv"), Place("c.csv"), "--source", $"image={Place("c.csv")}").Code, Is.EqualTo(64));
        Assert.That(Cell3DProgram.Run("compare", Place("a.csv"), "--source", $"image={Place("none.csv")}").Code, Is.EqualTo(66));
    }

    private string Place(string name) => Path.Combine(_folder, name);
}
