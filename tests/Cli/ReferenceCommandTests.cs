using System.Text.RegularExpressions;
using Cell3D.Output;
using Cell3D.Tests.Input;
using NUnit.Framework;
using PureHDF;
using PureHDF.VOL.Native;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d reference and cell3d compare --models from the command line.</summary>
public partial class ReferenceCommandTests
{
    private static readonly string[] Short = ["--set", "Protocol.Steps=[\"Discharge at 1C for 20 s\"]", "--set", "Probes.Points [m]={}", .. CaseFolder.Coarse];
    /// <summary>Enough control volumes that three levels are three.</summary>
    private static readonly string[] Finer =
    [
        "--set", "Mesh.Cells through.Negative electrode=8", "--set", "Mesh.Cells through.Separator=6", "--set", "Mesh.Cells through.Positive electrode=8",
        "--set", "Mesh.Cells along width=6", "--set", "Mesh.Cells along height=6",
    ];

    private static readonly string Description = File.ReadAllText(Path.Combine(Samples.Repository, "docs", "reference-pack.md"));

    /// <summary>With error bars: every dataset is described, has a unit, and has its error bars beside it.</summary>
    [Test]
    [Category("Slow")]
    public void EverythingThatIsWrittenIsDescribed()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.Run(["reference", folder.Path, "-o", folder.Results, "--error-bars", "--models", "SPM,1D", .. Short, .. Finer]);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("runs, about").And.Contain(" left").And.Contain("error bars known"));
        string[] files = [.. Directory.EnumerateFiles(folder.Results).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith('.'))];
        Assert.That(files, Has.Length.EqualTo(10));
        Assert.That(files.Where(file => !Description.Contains($"`{file}`", StringComparison.Ordinal)), Is.Empty);
        using NativeFile file = H5File.OpenRead(folder.In("results", OutputFolder.ReferenceName));
        foreach (string name in Datasets(file))
        {
            string plain = name.EndsWith("_error", StringComparison.Ordinal) ? name[..^"_error".Length] : name, group = plain.Split('/')[0];
            Assert.That(Described().Matches(Description).Select(match => match.Groups[1].Value), Does.Contain(plain).Or.Contain($"{group}/FIELD").Or.Contain($"{group}/NAME"), name);
            if (group != "names")
                Assert.That(file.Dataset(name).AttributeExists("units"), Is.True, name);
            if (group is "curves" or "pairs" or "means" or "sections" or "maps" or "figures")
                Assert.That(file.Dataset($"{plain}_error").Space.Dimensions, Is.EqualTo(file.Dataset(plain).Space.Dimensions), name);
        }
        Assert.That(file.Dataset("curves/voltage").Read<double[]>()[0], Is.InRange(3, 4.5));
        Assert.That(file.Dataset("curves/voltage_error").Read<double[]>().Where(double.IsFinite), Is.Not.Empty.And.All.InRange(0, 0.05));
        Assert.That(File.ReadAllText(folder.In("results", OutputFolder.ModelsTableName)), Does.Contain("| SPM |").And.Contain("| 1D |").And.Not.Contain("| SPMe |"));
        Assert.That(File.ReadAllText(folder.In("results", OutputFolder.ReferenceTableName)), Does.Contain("| 0 |").And.Contain("Collectors, tabs, contacts"));
        Assert.That(Cell3DProgram.Run(["reference", folder.Path, "-o", folder.Results, "--models", "none", .. Short]).Code, Is.EqualTo(73), "an earlier reference is not replaced unasked");
        if (File.Exists("/usr/bin/python3") && Cell3DProgram.RunShell("/usr/bin/python3 -c 'import h5py'").Code == 0)
        {
            string script = Path.Combine(Samples.Repository, "scripts", "read_reference.py"), pack = folder.In("results", OutputFolder.ReferenceName);
            Assert.That(File.ReadLines(script).Count(), Is.LessThanOrEqualTo(30));
            ProgramResult read = Cell3DProgram.Finish(Cell3DProgram.Start("/usr/bin/python3", [script, pack, "maps/temperature"]));
            Assert.That(read.Output, Does.Match(@"maps/temperature \[K\] over \(moment, layer, z, y\).*: 29\d").And.Contain("known"), read.Errors);
            Assert.That(Cell3DProgram.Finish(Cell3DProgram.Start("/usr/bin/python3", [script, pack])).Output, Does.Contain("names/layer"));
        }
    }

    [Test]
    [Category("Slow")]
    public void TwoRanksWriteWhatOneWrites()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] arguments = ["reference", folder.Path, "--models", "none", .. Short];
        ProgramResult one = Cell3DProgram.Run([.. arguments, "-o", folder.In("one")]), two = Cell3DProgram.RunOn(2, [.. arguments, "-o", folder.In("two")]);
        Assert.That((one.Code, two.Code), Is.EqualTo((0, 0)), one.Errors + two.Errors);
        using NativeFile ours = H5File.OpenRead(folder.In("one", OutputFolder.ReferenceName)), theirs = H5File.OpenRead(folder.In("two", OutputFolder.ReferenceName));
        Assert.That(Datasets(theirs), Is.EqualTo(Datasets(ours)).And.Not.Empty);
        foreach (string name in new[] { "curves/voltage", "pairs/current", "sections/salt_concentration", "maps/temperature", "maps/through_cell_current_density" })
            Assert.That(theirs.Dataset(name).Read<double[]>(), Is.EqualTo(ours.Dataset(name).Read<double[]>()).Within(1e-4).Percent, name);
        Assert.That(theirs.Dataset("cells/temperature").Space.Dimensions, Is.EqualTo(ours.Dataset("cells/temperature").Space.Dimensions));
    }

    [Test]
    public void ModelsOfACaseAreCompared()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.Run(["compare", "--models", folder.Path, "-o", folder.Results, "--set", "Protocol.Steps=[\"Discharge at 1C for 100 s\"]"]);
        Assert.That(result.Code, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("SPMe").And.Contain("What models in fewer dimensions miss").And.Not.Contain("2+1D"));
        string[] rows = File.ReadAllLines(folder.In("results", OutputFolder.ModelsName));
        Assert.That(rows, Has.Length.EqualTo(4));
        Assert.That(double.Parse(rows[1].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 100), "mV that SPM misses at 1C");
        Assert.That(double.Parse(rows[3].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(1e-6), "1D of a column is the column");
        Assert.That(new FileInfo(folder.In("results", OutputFolder.ModelsPictureName)).Length, Is.GreaterThan(1000));
    }

    [Test]
    public void WhatCannotBeDoneIsSaid()
    {
        using CaseFolder folder = CaseFolder.Column();
        Assert.Multiple(() =>
        {
            Assert.That(Cell3DProgram.Run("reference", folder.Path, "--models", "P2D").Code, Is.EqualTo(64));
            Assert.That(Cell3DProgram.Run("reference", folder.In("none")).Code, Is.EqualTo(66));
            Assert.That(Cell3DProgram.Run("reference", folder.Path, "--set", "Mesh.Grading=-1").Code, Is.EqualTo(65));
            Assert.That(Cell3DProgram.Run("reference", folder.Path, "-o", "/proc/none", "--models", "none").Code, Is.EqualTo(73));
            Assert.That(Cell3DProgram.Run("compare", "--models", folder.Path, folder.Path).Code, Is.EqualTo(64));
            Assert.That(Cell3DProgram.Run("compare", folder.Path).Code, Is.EqualTo(64));
            Assert.That(Cell3DProgram.Run("compare", folder.Path, folder.Path, "--set", "Model=SPM").Code, Is.EqualTo(64));
            ProgramResult refused = Cell3DProgram.Run("reference", folder.Path, "-o", folder.Results, "--models", "3D pair,SPM", "--set", "Protocol.Steps=[\"Discharge at 1C for 10 s\"]");
            Assert.That(refused.Code, Is.Zero, refused.Errors);
            Assert.That(refused.Errors, Does.Contain("no 3D pair: Model: a column has no extent in the plane"));
        });
    }

    private static IEnumerable<string> Datasets(NativeFile file) =>
        file.Children().OfType<IH5Group>().SelectMany(group => group.Children().Select(child => $"{group.Name}/{child.Name}"));

    [GeneratedRegex(@"`([a-z]+/\w+)`")]
    private static partial Regex Described();
}
