using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
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
            Assert.That(InterfacialArea.Of(Communicator.World, image, phase, BoundaryKind.Periodic), Is.EqualTo(exact).Within(100 * tolerance).Percent);
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
        double area = InterfacialArea.Of(Communicator.Self, image, 1, BoundaryKind.Ends) * n * n * (n - 1);
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
        Assert.That(InterfacialArea.Of(Communicator.Self, image, 1, BoundaryKind.Periodic) * 64000, Is.EqualTo(exact).Within(1).Percent);
    }
}
