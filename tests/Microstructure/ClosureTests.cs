using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure;

/// <summary>Effective conductivities against closed forms and bounds.</summary>
public class ClosureTests
{
    private static readonly ClosureSettings Tight = new(1e-8);

    [Test]
    [Category("Mpi")]
    public void SlabsAreInParallelAndInSeries([Values] BoundaryKind boundary, [Values(0, 1, 2)] int normal, [Values(0, 1e-6, 0.3)] double k)
    {
        VoxelImage image = Samples.Make(new() { Kind = StructureKind.Slabs, Shape = new(20, 24, 28), Direction = normal, Porosity = 0.5, Repeats = 2 });
        double porosity = Share(image, StructureSpec.Outside);
        for (int direction = 0; direction < 3; direction++)
        {
            double exact = direction != normal ? porosity + ((1 - porosity) * k) : k == 0 ? 0 : 1 / (porosity + ((1 - porosity) / k));
            DirectionalTransport result = EffectiveTransport.Along(Communicator.World, image, [1, k], boundary, direction, Tight);
            Assert.That(result.Effective, Is.EqualTo(exact).Within(1e-9 * Math.Max(exact, 1e-3)), $"{boundary} {normal} {direction}");
            if (direction != normal) Assert.That(result.Solution.Iterations, Is.Zero, "nothing is left to correct");
        }
    }

    [Test]
    [Category("Mpi")]
    public void StraightCylindersHaveTheirPorosityAndNoTortuosity([Values(0, 1, 2)] int axis)
    {
        VoxelImage image = Samples.Make(new() { Kind = StructureKind.Cylinders, Shape = new(24, 24, 24), Direction = axis, Radius = 4, Repeats = 2, Inverted = true });
        double porosity = Share(image, StructureSpec.Outside);
        DirectionalTransport along = EffectiveTransport.Along(Communicator.World, image, [1, 0], BoundaryKind.Ends, axis, Tight);
        Assert.That(along.Effective, Is.EqualTo(porosity).Within(1e-14));
        Assert.That(GeometricTortuosity.Of(Communicator.World, image, [true, false], axis), Is.EqualTo(1).Within(1e-6));
        DirectionalTransport across = EffectiveTransport.Along(Communicator.World, image, [1, 0], BoundaryKind.Ends, (axis + 1) % 3, Tight);
        Assert.That((across.Effective, across.Conducting), Is.EqualTo((0.0, 0.0)));
    }

    /// <summary>Pockets and shells of a good conductor in a bad one: pairs of them in one group of the coarse levels would take 14 to 38 steps.</summary>
    [TestCase(StructureKind.OverlappingSpheres, 0.3, 0, 1, 1e-4, 0, 13)]
    [TestCase(StructureKind.OverlappingSpheres, 0.5, 0, 1, 1e-6, 0, 13)]
    [TestCase(StructureKind.PackedSpheres, 0.5, 1, 0.1, 1, 5e4, 17)]
    [TestCase(StructureKind.PackedSpheres, 0.5, 1, 0, 2e-5, 1, 13)]
    public void StepsAreFewWhateverTheContrast(StructureKind kind, double porosity, double shell, double outside, double inside, double ofShell, int most)
    {
        VoxelImage image = StructureGenerator.Make(new() { Kind = kind, Shape = new(96, 96, 96), Porosity = porosity, Radius = 6, Shell = shell }, new(0, 96));
        DirectionalTransport result = EffectiveTransport.Along(Communicator.Self, image, [outside, inside, ofShell], BoundaryKind.Ends, 2, new());
        TestContext.Out.WriteLine($"{result.Solution.Iterations} steps");
        Assert.That(result.Solution.Converged);
        Assert.That(result.Solution.Iterations, Is.LessThanOrEqualTo(most));
    }

    /// <summary>
    /// Simple cubic arrays of spheres: the multipole series of McPhedran and McKenzie, Proc. R. Soc. Lond. A 359 (1978) 45, as in Sangani and Acrivos (1983):
    /// k = 1 − 3f/(1/β + f − 1.3047 β₃ f^(10/3) …), truncated; its own error at f = 0.2 is below 1e-4.
    /// </summary>
    [TestCase(0, 0.2)]
    [TestCase(1e6, 0.2)]
    [TestCase(0, 0.05)]
    public void CubicArraysOfSpheresFollowTheSeriesWithFirstOrder(double k, double fraction)
    {
        double exact = SimpleCubic(k, fraction);
        int[] sizes = [16, 32, 64];
        double[] errors = [.. sizes.Select(n =>
        {
            // Voxels change their share with the size: the series is taken at the share that they have.
            VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.CubicSpheres, Shape = new(n, n, n), Radius = n * Math.Cbrt(3 * fraction / (4 * Math.PI)) }, new(0, n));
            return Math.Abs(EffectiveTransport.Along(Communicator.Self, image, [1, k], BoundaryKind.Periodic, 2, Tight).Effective - SimpleCubic(k, Share(image, StructureSpec.Inside, Communicator.Self)));
        })];
        TestContext.Out.WriteLine($"{k} {fraction}: exact {exact:g6} errors {string.Join(' ', errors.Select(e => e.ToString("g3")))}");
        Assert.That(errors[2] / exact, Is.LessThan(0.02));
        Assert.That(Math.Log2(errors[0] / errors[2]) / 2, Is.GreaterThan(0.7), "observed order");
    }

    [Test]
    public void DiluteSpheresFollowMaxwell()
    {
        double Error(int n)
        {
            VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.CubicSpheres, Shape = new(n, n, n), Radius = 0.15 * n }, new(0, n));
            double f = Share(image, StructureSpec.Inside, Communicator.Self);
            double relative = (1 - EffectiveTransport.Along(Communicator.Self, image, [1, 0], BoundaryKind.Periodic, 0, Tight).Effective) / f;
            return relative / (1.5 / (1 + (f / 2))) - 1;
        }

        double[] errors = [Error(20), Error(40), Error(80)];
        TestContext.Out.WriteLine($"Maxwell: {string.Join(' ', errors.Select(e => e.ToString("g3")))}");
        Assert.That(errors[2], Is.EqualTo(0).Within(0.06));
        Assert.That(Math.Log2(errors[0] / errors[2]) / 2, Is.GreaterThan(0.7), "observed order");
    }

    [TestCase(StructureKind.OverlappingSpheres, 0.15)]
    [TestCase(StructureKind.OverlappingSpheres, 0.5)]
    [TestCase(StructureKind.OverlappingSpheres, 0.9)]
    [TestCase(StructureKind.PackedSpheres, 0.45)]
    [TestCase(StructureKind.PackedSpheres, 0.9)]
    [TestCase(StructureKind.Fibres, 0.2)]
    [TestCase(StructureKind.Fibres, 0.9)]
    [TestCase(StructureKind.Gyroid, 0.15)]
    [TestCase(StructureKind.Gyroid, 0.9)]
    [TestCase(StructureKind.SchwarzP, 0.25)]
    [TestCase(StructureKind.SchwarzP, 0.8)]
    public void FifteenStepsAndSixtyBytesSuffice(StructureKind kind, double porosity)
    {
        const int n = 64;
        VoxelImage image = StructureGenerator.Make(new() { Kind = kind, Shape = new(n, n, n), Radius = kind == StructureKind.Fibres ? 3 : 6, Length = 24, Porosity = porosity, Repeats = 2 }, new(0, n));
        ClosureSettings settings = new();
        DirectionalTransport result = EffectiveTransport.Along(Communicator.Self, image, [1, 0], BoundaryKind.Ends, 2, settings);
        DirectionalTransport plain = EffectiveTransport.Along(Communicator.Self, image, [1, 0], BoundaryKind.Ends, 2, settings with { Multigrid = false, MostIterations = 5000 });
        TestContext.Out.WriteLine($"{kind} {porosity}: {result.Solution.Iterations} steps, {plain.Solution.Iterations} with a diagonal");
        Assert.That(result.Solution.Converged);
        Assert.That(result.Solution.Iterations, Is.LessThanOrEqualTo(15));
        Assert.That(result.Solution.RelativeResidual, Is.LessThanOrEqualTo(1e-6));
        Assert.That((result.Solution.BytesOfFields + result.Solution.BytesOfLevels) / (double)(n * n * n), Is.LessThanOrEqualTo(60));
        Assert.That(plain.Solution.Iterations, Is.GreaterThan(6 * result.Solution.Iterations));
        Assert.That(result.Effective, Is.EqualTo(plain.Effective).Within(1e-6 * plain.Effective), "another preconditioner, the same answer");
    }

    [Test]
    [Category("Mpi")]
    public void AnyNumberOfRanksGivesTheSame([Values] BoundaryKind boundary, [Values(0, 1, 2)] int direction)
    {
        StructureSpec spec = new() { Kind = StructureKind.OverlappingSpheres, Shape = new(30, 26, 36), Radius = 4, Porosity = 0.45, Seed = 5 };
        VoxelImage image = Samples.Make(spec), whole = StructureGenerator.Make(spec, new(0, spec.Shape.Z));
        foreach (double k in new[] { 0, 1e-3 })
        {
            DirectionalTransport mine = EffectiveTransport.Along(Communicator.World, image, [1, k], boundary, direction, new());
            DirectionalTransport alone = EffectiveTransport.Along(Communicator.Self, whole, [1, k], boundary, direction, new());
            Assert.That(mine.Effective, Is.EqualTo(alone.Effective).Within(1e-8 * alone.Effective));
            for (int d = 0; d < 3; d++) Assert.That(mine.Column[d], Is.EqualTo(alone.Column[d]).Within(1e-6 * alone.Effective));
            Assert.That(mine.Conducting, Is.EqualTo(alone.Conducting));
        }
        Assert.That(Percolation.Reach(Communicator.World, image, [true, false], direction), Is.EqualTo(Percolation.Reach(Communicator.Self, whole, [true, false], direction).AsSpan(image.Slab.First * image.PlaneSize, image.Phases.Length).ToArray()));
        Assert.That(GeometricTortuosity.Of(Communicator.World, image, [true, false], direction), Is.EqualTo(GeometricTortuosity.Of(Communicator.Self, whole, [true, false], direction)).Within(1e-4));
        Assert.That(InterfacialArea.Of(Communicator.World, image, 1, boundary).Value, Is.EqualTo(InterfacialArea.Of(Communicator.Self, whole, 1, boundary).Value).Within(1e-12));
    }

    [Test]
    public void TheTensorIsSymmetric()
    {
        VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.Fibres, Shape = new(24, 24, 24), Radius = 3, Length = 20, Porosity = 0.6, Seed = 2 }, new(0, 24));
        IReadOnlyList<double>[] columns = [.. Enumerable.Range(0, 3).Select(d => EffectiveTransport.Along(Communicator.Self, image, [1, 0.1], BoundaryKind.Periodic, d, Tight).Column)];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < i; j++) Assert.That(columns[i][j], Is.EqualTo(columns[j][i]).Within(1e-7));
    }

    [Test]
    public void NoBoundIsCrossedInAThousandStructures()
    {
        SeededNumbers random = new(11);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                int n = 8 + (2 * (i % 3));
                double k = i % 2 == 0 ? 0 : Math.Pow(10, -4 * random.Next()), porosity = 0.15 + (0.75 * random.Next());
                StructureSpec spec = new() { Kind = i % 5 == 0 ? StructureKind.Fibres : StructureKind.OverlappingSpheres, Shape = new(n, n, n), Radius = 1 + (2 * random.Next()), Length = 6, Porosity = porosity, Seed = i };
                VoxelImage image = StructureGenerator.Make(spec, new(0, n));
                double e = Share(image, StructureSpec.Outside, Communicator.Self), upper = e + ((1 - e) * k), lower = k == 0 || e == 0 ? 0 : 1 / (e + ((1 - e) / k)), trace = 0;
                for (int d = 0; d < 3; d++)
                {
                    double value = EffectiveTransport.Along(Communicator.Self, image, [1, k], i % 4 == 1 ? BoundaryKind.Periodic : BoundaryKind.Ends, d, new()).Effective;
                    Assert.That(value, Is.InRange(lower * (1 - 1e-7), (upper * (1 + 1e-7)) + 1e-15), $"Wiener {i} {d}");
                    trace += 1 / (1 - value);
                }
                // Hashin and Shtrikman's upper bound for the trace of any two-phase material, isotropic or not.
                if (e is > 0 and < 1) Assert.That(trace, Is.LessThanOrEqualTo(((3 / (1 - k)) - e) / (1 - e) * (1 + 1e-9)), $"trace {i}");
            }
        });
    }

    [Test]
    public void PathsAreShorterThanTransportIsTortuous()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.OverlappingSpheres, Shape = new(32, 32, 32), Radius = 4, Porosity = 0.25 + (0.05 * seed), Seed = seed }, new(0, 32));
            DirectionalTransport result = EffectiveTransport.Along(Communicator.Self, image, [1, 0], BoundaryKind.Ends, 1, new());
            if (!(result.Effective > 0)) continue;
            double paths = GeometricTortuosity.Of(Communicator.Self, image, [true, false], 1), transport = Share(image, 0, Communicator.Self) / result.Effective;
            Assert.That(paths, Is.GreaterThanOrEqualTo(1 - 1e-6));
            Assert.That(transport, Is.GreaterThanOrEqualTo(paths));
        }
    }

    private static double SimpleCubic(double k, double f)
    {
        double b1 = (k - 1) / (k + 2), b3 = (k - 1) / (k + (4.0 / 3)), b5 = (k - 1) / (k + (6.0 / 5));
        double a = Math.Pow(f, 10.0 / 3), denominator = (1 / b1) - f - (1.305 * b3 * a / (1 - (0.405 * b3 * Math.Pow(f, 7.0 / 3)))) - (0.0723 * b5 * Math.Pow(f, 14.0 / 3));
        return 1 + (3 * f / denominator);
    }

    private static double Share(VoxelImage image, byte phase, Communicator? communicator = null) =>
        (double)(communicator ?? Communicator.World).Allreduce(image.Phases.LongCount(value => value == phase), Operation.Sum) / image.Shape.Count;
}
