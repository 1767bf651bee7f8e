using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure;

/// <summary>Areas of spheres and planes that are known.</summary>
public class InterfacialAreaTests
{
    [TestCase(4, 0.02)]
    [TestCase(6, 0.01)]
    [TestCase(16, 0.01)]
    [Category("Mpi")]
    public void ASphereHasItsArea(double radius, double tolerance)
    {
        int n = (int)Math.Ceiling(2 * radius) + 8;
        VoxelImage image = Samples.Make(new() { Kind = StructureKind.CubicSpheres, Shape = new(n, n, n), Radius = radius });
        double exact = 4 * Math.PI * radius * radius / ((double)n * n * n);
        foreach (byte phase in new[] { StructureSpec.Inside, StructureSpec.Outside })
            Assert.That(InterfacialArea.Of(Communicator.World, image, phase, BoundaryKind.Periodic).Value, Is.EqualTo(exact).Within(100 * tolerance).Percent);
    }

    [Test]
    public void PlanesOfAnyDirectionHaveTheirAreaOnAverage()
    {
        const int n = 48;
        SeededNumbers random = new(3);
        List<double> errors = [];
        for (int i = 0; i < 60; i++)
        {
            double z = (2 * random.Next()) - 1, angle = 2 * Math.PI * random.Next(), r = Math.Sqrt(1 - (z * z));
            double[] normal = [r * Math.Cos(angle), r * Math.Sin(angle), z];
            // The share of a ball that a plane through its middle cuts, so that no edge of the image counts.
            byte[] phases = new byte[n * n * n];
            for (int k = 0; k < phases.Length; k++)
                phases[k] = ((k % n) - 23.5) * normal[0] + ((k / n % n) - 23.5) * normal[1] + ((k / n / n) - 23.5) * normal[2] < 0.2 ? (byte)1 : (byte)0;
            errors.Add(Flat(phases, normal, n));
        }
        Assert.That(errors.Average(), Is.EqualTo(0).Within(0.015));
        Assert.That(errors.Max(Math.Abs), Is.LessThan(0.08));
    }

    /// <summary>
    /// Relative error in the area of a plane through a box, whose true area follows by counting along its longest component. One plane in the middle is
    /// not spread evenly: pairs of voxels see a box that is one voxel smaller.
    /// </summary>
    private static double Flat(byte[] phases, double[] normal, int n)
    {
        VoxelImage image = new(new(n, n, n), new(0, n), phases);
        double area = InterfacialArea.Of(Communicator.Self, image, 1, BoundaryKind.Ends).Value * n * n * (n - 1);
        int longest = Enumerable.Range(0, 3).MaxBy(d => Math.Abs(normal[d]));
        int step = longest switch { 0 => 1, 1 => n, _ => n * n };
        int cut = Enumerable.Range(0, phases.Length).Count(k => (k / step % n) < n - 1 && phases[k] != phases[k + step]);
        return (area / (cut / Math.Abs(normal[longest]))) - 1;
    }

    [Test]
    public void StairsAreNotCounted()
    {
        VoxelImage image = Samples.Make(new() { Kind = StructureKind.CubicSpheres, Shape = new(40, 40, 40), Radius = 16 });
        long faces = 0;
        for (int i = 0; i < image.Phases.Length - 1; i++)
            if (image.Phases[i] != image.Phases[i + 1]) faces++;
        double exact = 4 * Math.PI * 16 * 16;
        Assert.That(3 * faces / exact, Is.GreaterThan(1.45), "the stairs are there");
        Assert.That(InterfacialArea.Of(Communicator.Self, image, 1, BoundaryKind.Periodic).Value * 64000, Is.EqualTo(exact).Within(1).Percent);
    }

    /// <summary>Around a contact the gap ρ²/R is closed where it is narrower than a voxel: that is added, and it is what the error says.</summary>
    [TestCase(4, 1.0, 0.015)]
    [TestCase(8, 1.0, 0.008)]
    [TestCase(12, 1.0, 0.005)]
    [TestCase(8, 0.9, 0.01)]
    [TestCase(12, 0.9, 0.006)]
    public void TwoSpheresThatTouchOrOverlapHaveTheirArea(double radius, double apart, double tolerance)
    {
        const int pairs = 12;
        int n = (int)(4 * radius) + 10;
        double exact = 8 * Math.PI * radius * radius * (1 + apart) / 2, mean = 0, unaided = 0;
        SeededNumbers random = new(7);
        for (int i = 0; i < pairs; i++)
        {
            SurfaceArea area = InterfacialArea.Of(Communicator.Self, TwoSpheres(random, n, radius, apart * radius), 1, BoundaryKind.Periodic);
            mean += area.Value * n * n * n / exact / pairs;
            unaided += (area.Value - area.Error) * n * n * n / exact / pairs;
        }
        TestContext.Out.WriteLine(FormattableString.Invariant($"radius {radius}, {apart}: {100 * (mean - 1):f2} %, with steps of a voxel alone {100 * (unaided - 1):f2} %"));
        Assert.That(mean, Is.EqualTo(1).Within(tolerance));
        Assert.That(1 - unaided, Is.GreaterThan(0.08 / radius), "what contacts hide");
    }

    /// <summary>Spheres that do not overlap have three times their share over their radius; what is left is less than the error that is told.</summary>
    [TestCase(12, 0.7, 0.01)]
    [TestCase(12, 0.5, 0.015)]
    [TestCase(6, 0.5, 0.02)]
    [TestCase(4, 0.45, 0.03, 64)]
    [TestCase(5, 0.45, 0.02, 64)]
    [TestCase(4, 0.6, 0.03, 64)]
    [TestCase(8, 0.45, 0.02, 64)]
    public void PackedSpheresHaveTheAreaOfAll(double radius, double porosity, double tolerance, int n = 128)
    {
        VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.PackedSpheres, Shape = new(n, n, n), Radius = radius, Porosity = porosity, Seed = 3 }, new(0, n));
        double exact = 3 * image.Phases.Count(phase => phase == StructureSpec.Inside) / (double)image.Shape.Count / radius;
        SurfaceArea area = InterfacialArea.Of(Communicator.Self, image, StructureSpec.Inside, BoundaryKind.Periodic);
        TestContext.Out.WriteLine(FormattableString.Invariant($"radius {radius}, porosity {porosity}: {100 * ((area.Value / exact) - 1):f2} %, with steps of a voxel alone {100 * (((area.Value - area.Error) / exact) - 1):f2} %"));
        Assert.That(area.Value, Is.EqualTo(exact).Within(100 * tolerance).Percent);
        Assert.That(Math.Abs(area.Value - exact), Is.LessThan(area.Error));
    }

    /// <summary>Nothing is added to walls that steps leap over, and nothing to those that they do not.</summary>
    [TestCase(1, true)]
    [TestCase(2, false)]
    [TestCase(5, false)]
    public void WallsAreCountedAsTheyAre(int thickness, bool isDoubted)
    {
        const int n = 24;
        byte[] phases = new byte[n * n * n];
        for (int i = 0; i < phases.Length; i++) phases[i] = i % n % 12 < thickness ? (byte)1 : (byte)0;
        SurfaceArea area = InterfacialArea.Of(Communicator.Self, new(new(n, n, n), new(0, n), phases), 1, BoundaryKind.Periodic);
        Assert.That(area.Value, Is.EqualTo(2.0 / 12).Within(7.5).Percent);
        Assert.That(area.Error, isDoubted ? Is.GreaterThan(0.1 * area.Value) : Is.LessThan(0.08 * area.Value));
    }

    private static VoxelImage TwoSpheres(SeededNumbers random, int n, double radius, double half)
    {
        double z = (2 * random.Next()) - 1, angle = 2 * Math.PI * random.Next(), r = Math.Sqrt(1 - (z * z));
        double[] along = [half * r * Math.Cos(angle), half * r * Math.Sin(angle), half * z];
        double[] middle = [(n / 2.0) + random.Next(), (n / 2.0) + random.Next(), (n / 2.0) + random.Next()];
        byte[] phases = new byte[n * n * n];
        for (int i = 0; i < phases.Length; i++)
        {
            double[] place = [i % n, i / n % n, i / n / n];
            if (Distance(place, 1) < radius || Distance(place, -1) < radius) phases[i] = 1;
        }
        return new(new(n, n, n), new(0, n), phases);

        double Distance(double[] place, int side) => Math.Sqrt(Enumerable.Range(0, 3).Sum(d => Math.Pow(place[d] - middle[d] - (side * along[d]), 2)));
    }
}
