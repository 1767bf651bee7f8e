using Cell3D.Output;
using Cell3D.Tests.Input;
using Cell3D.Tests.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d resolved from the command line.</summary>
public class ResolvedCommandTests
{
    private static readonly string Case = Path.Combine(Samples.Repository, "cases", "resolved-half-cell");
    private static readonly string[] Coarse = ["--set", "Mesh.Cells through.Positive electrode=40", "--set", "Mesh.Cells through.Separator=10", "--times", "60"];

    [Test]
    public void TableAndPicturesAreWritten([Values(1, 2)] int ranks)
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["resolved", Case, "-o", folder.File("results"), "--structure", "blocked-plates", "--voxels", "2", "--units", "2,4,8", "--divided", .. Coarse];
        ProgramResult result = ranks == 1 ? Cell3DProgram.Run(arguments) : Cell3DProgram.RunOn(ranks, arguments);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("divided separator").And.Contain("Resolved less homogenised"));
        string[][] rows = [.. File.ReadAllLines(folder.File($"results/{OutputFolder.ResolvedName}")).Select(line => line.Split(','))];
        Assert.That(rows, Has.Length.EqualTo(4));
        double[] errors = [.. rows.Skip(1).Select(row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.That(errors[1] / errors[2], Is.GreaterThan(2.5), "falls with the scales");
        foreach (string name in new[] { OutputFolder.ResolvedPictureName, OutputFolder.ResolvedSaltName, OutputFolder.ResolvedPoresName, OutputFolder.ResolvedSolidName })
            Assert.That(new FileInfo(folder.File($"results/{name}")).Length, Is.GreaterThan(2000), name);
    }

    [Test]
    public void AnImageIsAUnit()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("gyroid.json"), """{"Title": "Gyroid", "Structure": {"Kind": "Gyroid", "Shape": [8, 8, 8], "Porosity": 0.5}, "Voxel size [m]": 2e-7, "Layer": "Positive electrode"}""");
        ProgramResult result = Cell3DProgram.Run(["resolved", Case, "-o", folder.File("results"), "--structure", folder.File("gyroid.json"), "--units", "1,2", .. Coarse]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("Gyroid, 8 × 8 × 8"));
    }

    [Test]
    public void WhatCannotBeComparedIsSaid()
    {
        using TemporaryFolder folder = new();
        Refused(65, "no half cell", Samples.Repository + "/cases/bpx-1d");
        Refused(65, "not isothermal", Case, "--set", "Thermal.Initial temperature [K]=310");
        Refused(71, "voxels are more than", Case, "--units", "256", "--voxels", "16");
        Refused(64, "numbers above 0 that rise", Case, "--units", "4,2");
        Refused(64, "an even number", Case, "--voxels", "3");
        Refused(66, "missing.json", Case, "--structure", folder.File("missing.json"));

        void Refused(int code, string words, params string[] arguments)
        {
            ProgramResult result = Cell3DProgram.Run(["resolved", .. arguments, "-o", folder.File("none")]);
            Assert.That((result.Code, result.Errors), Is.EqualTo((code, result.Errors)), result.Output + result.Errors);
            Assert.That(result.Errors, Does.Contain(words));
        }
    }
}
