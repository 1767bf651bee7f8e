using System.Text.Json.Nodes;
using Cell3D.Output;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using Cell3D.Tests.Output;
using NUnit.Framework;
using PureHDF;
using PureHDF.VOL.Native;

namespace Cell3D.Tests.Cli;

/// <summary>cell3d homogenize from the command line.</summary>
public class HomogenizeCommandTests
{
    private const int N = 24;
    private const string Gyroid = """{"Structure": {"Kind": "Gyroid", "Shape": [24, 20, 24], "Porosity": 0.4}, "Voxel size [m]": 2e-7, "Layer": "Negative electrode"}""";

    [Test]
    public void FieldsOfAllVoxelsAreWhatTheEffectiveValueIsTheMeanOf([Values(1, 2)] int ranks)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("gyroid.json"), Gyroid);
        string[] arguments = ["homogenize", folder.File("gyroid.json"), "-o", folder.File("results"), "--no-errors", "--fields"];
        ProgramResult result = ranks == 1 ? Cell3DProgram.Run(arguments) : Cell3DProgram.RunOn(ranks, arguments);
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        double effective = Read(folder.File("results/homogenized.json"))["Transport efficiency"]!["z"]!.GetValue<double>();
        using NativeFile file = H5File.OpenRead(folder.File($"results/{OutputFolder.VoxelFieldsName}"));
        IH5Group root = file.Group("/VTKHDF");
        byte[,,] phases = file.Dataset("/VTKHDF/PointData/Phase").Read<byte[,,]>();
        float[,,] potential = file.Dataset("/VTKHDF/PointData/IonicPotential").Read<float[,,]>();
        float[,,,] flux = file.Dataset("/VTKHDF/PointData/IonicFlux").Read<float[,,,]>();
        Assert.Multiple(() =>
        {
            Assert.That(root.Attribute("Type").Read<string>().TrimEnd('\0'), Is.EqualTo("ImageData"));
            Assert.That(root.Attribute("WholeExtent").Read<int[]>(), Is.EqualTo([0, 23, 0, 19, 0, 23]), "points in the middles of voxels");
            Assert.That(root.Attribute("Origin").Read<double[]>(), Is.EqualTo([1e-7, 1e-7, 1e-7]));
            Assert.That(root.Attribute("Spacing").Read<double[]>(), Is.EqualTo([2e-7, 2e-7, 2e-7]));
            Assert.That((phases.GetLength(0), phases.GetLength(1), phases.GetLength(2)), Is.EqualTo((24, 20, 24)), "z, y, x");
            Assert.That(file.Dataset("/VTKHDF/PointData/Phase").Attribute("long_name").Read<string>().TrimEnd('\0'), Is.EqualTo("Phase: 0 Pore, 1 Active material"));
        });
        double sum = 0;
        for (int z = 0; z < N; z++)
            for (int y = 0; y < 20; y++)
                for (int x = 0; x < N; x++)
                {
                    if (float.IsNaN(potential[z, y, x]))
                    {
                        Assert.That((flux[z, y, x, 0], flux[z, y, x, 1], flux[z, y, x, 2]), Is.EqualTo((0f, 0f, 0f)));
                        continue;
                    }
                    Assert.That(phases[z, y, x], Is.Zero);
                    Assert.That(potential[z, y, x], Is.InRange(0f, 1f), "a harmonic function has its extremes at the ends");
                    sum += flux[z, y, x, 2];
                }
        Assert.That(sum / phases.Length, Is.EqualTo(effective).Within(1e-5 * effective));
        Assert.That(potential[0, 3, 3] is float low && (float.IsNaN(low) || low < 0.1f), "z begins at the low end");
    }

    [Test]
    public void TheCellTakesPorosityTransportAreaAndRadius()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("gyroid.json"), Gyroid);
        ProgramResult result = Cell3DProgram.Run("homogenize", folder.File("gyroid.json"), "-o", folder.File("results"), "--no-errors", "--cell", Samples.PathOf(Samples.Chen));
        Assert.That(result.Code, Is.Zero, result.Output + result.Errors);
        JsonNode image = Read(folder.File("results/homogenized.json")), cell = Read(folder.File($"results/{OutputFolder.CellName}"))["Parameterisation"]!["Negative electrode"]!;
        JsonNode active = image["Phases"]!["Active material"]!;
        (double share, double area, double radius) = (Value(active, "Volume fraction"), Value(cell, "Surface area per unit volume [m-1]"), Value(cell, "Particle radius [m]"));
        Assert.Multiple(() =>
        {
            Assert.That(Value(cell, "Porosity"), Is.EqualTo(Value(image, "Porosity")));
            Assert.That(area, Is.EqualTo(Value(active, "Surface area per unit volume [m-1]")));
            Assert.That(area * radius / 3, Is.EqualTo(share).Within(1e-12), "the volume of the active material stays");
            Assert.That(Value(image, "Particle radius [m]"), Is.EqualTo(radius));
            Assert.That(Value(cell, "Thickness [m]"), Is.EqualTo(85.2e-6), "the rest is the cell's own");
        });
    }

    [Test]
    public void ACellWithoutAPlaceForTheValuesIsRefusedBeforeTheWork()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("gyroid.json"), Gyroid.Replace("Negative", "Positive", StringComparison.Ordinal));
        ProgramResult blend = Cell3DProgram.Run("homogenize", folder.File("gyroid.json"), "-o", folder.File("results"), "--cell", Samples.PathOf("nmc_pouch_cell_BPX_blended_electrode.json"));
        File.WriteAllText(folder.File("gyroid.json"), Gyroid);
        ProgramResult single = Cell3DProgram.Run("homogenize", folder.File("gyroid.json"), "-o", folder.File("results"), "--cell", Samples.PathOf("nmc_pouch_cell_BPX_blended_electrode.json"));
        Assert.That(new[] { blend.Code, single.Code }.Count(code => code == 65), Is.EqualTo(1), "one electrode is a blend: " + blend.Errors + single.Errors);
        Assert.That(blend.Errors + single.Errors, Does.Contain("classes of particles; area and radius of an image belong to one"));
    }

    /// <summary>An image without pores that lead through has effective properties, but is no layer of a cell.</summary>
    [TestCase(-1, "no voxel is a pore", 1)]
    [TestCase(8, "no pore leads through along z", 1)]
    [TestCase(8, "no pore leads through along z", 2)]
    public void WhatIsNoLayerIsToldAndNotHandedOver(int wall, string words, int ranks)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("image.raw"), [.. Enumerable.Range(0, 16 * 16 * 16).Select(i => (byte)(wall < 0 || i / 256 == wall ? 1 : 0))]);
        File.WriteAllText(folder.File("image.json"), """{"Image": {"File": "image.raw", "Format": "raw", "Shape": [16, 16, 16]}, "Voxel size [m]": 2e-7, "Layer": "Negative electrode", "Phases": {"E": {"Kind": "Pore", "Labels": [0]}, "G": {"Kind": "Active material", "Labels": [1]}}}""");
        string[] arguments = ["homogenize", folder.File("image.json"), "-o", folder.File("results"), "--no-errors"];
        ProgramResult alone = Run(arguments), cell = Run([.. arguments, "--overwrite", "--cell", Samples.PathOf(Samples.Chen)]);
        Assert.Multiple(() =>
        {
            Assert.That(alone.Code, Is.Zero, alone.Errors);
            Assert.That(alone.Output, Does.Contain($"{words}: no layer of a cell is like that"));
            Assert.That(cell.Code, Is.EqualTo(65));
            Assert.That(cell.Errors, Does.Contain(words));
            Assert.That(folder.File("results/homogenized.json"), Does.Exist);
            Assert.That(folder.File($"results/{OutputFolder.FragmentName}"), Does.Not.Exist);
            Assert.That(folder.File($"results/{OutputFolder.CellName}"), Does.Not.Exist);
        });

        ProgramResult Run(string[] all) => ranks == 1 ? Cell3DProgram.Run(all) : Cell3DProgram.RunOn(ranks, all);
    }

    [TestCase(1, "has 1 plane along z; allowed: at least 4")]
    [TestCase(3, "has 3 planes along z; allowed: at least 4")]
    public void APictureIsNoImage(int planes, string words)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("image.raw"), new byte[16 * 16 * planes]);
        File.WriteAllText(folder.File("image.json"), $$"""{"Image": {"File": "image.raw", "Format": "raw", "Shape": [16, 16, {{planes}}]}, "Voxel size [m]": 2e-7, "Phases": {"E": {"Kind": "Pore", "Labels": [0]} } }""");
        ProgramResult result = Cell3DProgram.Run("homogenize", folder.File("image.json"), "-o", folder.File("results"));
        Assert.That(result.Code, Is.EqualTo(65), result.Output + result.Errors);
        Assert.That(result.Errors, Does.Contain(words.Replace("; allowed: ", " (allowed: ", StringComparison.Ordinal)));
        Assert.That(Directory.Exists(folder.File("results")), Is.False);
    }

    /// <summary>1024 × 1024 × 1000 voxels: a file of 1 GB that takes no place on the disk.</summary>
    [Test]
    public void WhatDoesNotFitIsForecastAndRefusedBeforeItIsRead()
    {
        using TemporaryFolder folder = new();
        using (FileStream file = File.Create(folder.File("large.raw"))) file.SetLength(1024L * 1024 * 1000);
        const string phases = """{"Pore": {"Kind": "Pore", "Labels": [0]}, "Solid": {"Kind": "Active material", "Labels": [1]}}""";
        File.WriteAllText(folder.File("large.json"), $$"""{"Image": {"File": "large.raw", "Format": "raw", "Shape": [1024, 1024, 1000]}, "Voxel size [m]": 1e-7, "Phases": {{phases}} }""");
        Assume.That(MachineMemory.AvailableBytes, Is.LessThan(60L << 30));
        ProgramResult result = Cell3DProgram.Run("homogenize", folder.File("large.json"), "-o", folder.File("results"));
        Assert.That(result.Code, Is.EqualTo(71), result.Output + result.Errors);
        Assert.That(result.Output, Does.Contain("about 6"), "63 GB of memory");
        Assert.That(result.Errors, Does.Contain("of memory on this machine").And.Contain("--force runs nevertheless"));
        Assert.That(Directory.Exists(folder.File("results")), Is.False);
        using (FileStream file = File.OpenWrite(folder.File("large.raw"))) file.SetLength(1L << 33);
        File.WriteAllText(folder.File("large.json"), File.ReadAllText(folder.File("large.json")).Replace("1024, 1024, 1000", "2048, 2048, 2048", StringComparison.Ordinal));
        ProgramResult larger = Cell3DProgram.Run("homogenize", folder.File("large.json"), "--force");
        Assert.That((larger.Code, larger.Errors), Is.EqualTo((71, larger.Errors)));
        Assert.That(larger.Errors, Does.Contain("too many for one rank").And.Contain("take at least 9 ranks"));
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    private static double Value(JsonNode node, string key) => node[key]!.GetValue<double>();
}
