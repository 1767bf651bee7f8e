using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class GradingTests
{
    [Test]
    public void UniformHasEqualCellsAndExactEnds()
    {
        double[] nodes = Grading.Uniform(0.1, 0.4, 3);
        Assert.That(nodes, Is.EqualTo([0.1, 0.2, 0.3, 0.4]).Within(1e-15));
        Assert.That((nodes[0], nodes[^1]), Is.EqualTo((0.1, 0.4)));
    }

    [TestCase(5.0)]
    [TestCase(0.2)]
    [TestCase(1.0)]
    public void GeometricGrowsByOneFactor(double lastToFirst)
    {
        double[] sizes = Sizes(Grading.Geometric(-1, 2, 8, lastToFirst));
        double factor = Math.Pow(lastToFirst, 1.0 / 7);
        for (int i = 1; i < sizes.Length; i++)
            Assert.That(sizes[i] / sizes[i - 1], Is.EqualTo(factor).Within(1e-12));
        Assert.That(sizes.Sum(), Is.EqualTo(3).Within(1e-14));
    }

    [Test]
    public void SymmetricRefinesBothEndsAlike()
    {
        double[] sizes = Sizes(Grading.Symmetric(0, 1, 400, 5));
        for (int i = 0; i < sizes.Length; i++)
            Assert.That(sizes[i], Is.EqualTo(sizes[^(i + 1)]).Within(1e-15));
        Assert.That(sizes[200] / sizes[0], Is.EqualTo(5).Within(0.05));
        Assert.That(sizes.Take(200), Is.Ordered);
    }

    [Test]
    public void RefinedKeepsSizesBreaksAndGrowth([Values(1.1, 1.2, 1.3)] double growth, [Range(0, 9)] int seed)
    {
        Random random = new(seed);
        Refinement[] refinements = [.. Enumerable.Range(0, 1 + seed % 3).Select(_ => RandomStretch(random))];
        double[] breaks = [.. refinements.SelectMany(r => new[] { r.From, r.To }), random.NextDouble(), 0, 1, -0.3, 1.7];
        double[] nodes = Grading.Refined(0, 1, 0.1, refinements, breaks, growth);
        double[] sizes = Sizes(nodes);
        Assert.That((nodes[0], nodes[^1]), Is.EqualTo((0.0, 1.0)));
        foreach (double place in breaks.Where(b => b is >= 0 and <= 1))
            Assert.That(nodes.Min(node => Math.Abs(node - place)), Is.LessThan(2e-9));
        for (int i = 0; i < sizes.Length; i++)
        {
            double middle = 0.5 * (nodes[i] + nodes[i + 1]);
            double allowed = refinements.Where(r => r.From <= middle && middle <= r.To).Select(r => r.Size).Append(0.1).Min();
            Assert.That(sizes[i], Is.GreaterThan(0).And.LessThanOrEqualTo(allowed * 1.01));
            if (i > 0)
                Assert.That(Math.Max(sizes[i] / sizes[i - 1], sizes[i - 1] / sizes[i]), Is.LessThanOrEqualTo(growth * 1.001));
        }
    }

    [Test]
    public void RefinedWithoutRefinementIsUniform() =>
        Assert.That(Grading.Refined(0, 1, 0.25, []), Is.EqualTo([0, 0.25, 0.5, 0.75, 1]).Within(1e-14));

    [Test]
    public void RefinedDoesNotWasteCells()
    {
        double[] nodes = Grading.Refined(0, 0.1, 0.005, [new Refinement(0.02, 0.05, 0.001)], [0.02, 0.05]);
        Assert.That(nodes, Has.Length.InRange(30 + 8, 75));
    }

    [Test]
    public void RefinedReportsEveryProblem()
    {
        MeshException error = Assert.Throws<MeshException>(() => Grading.Refined(1, 0, -1, [new Refinement(0, 1, 0)], null, 1))!;
        Assert.That(error.Messages, Has.Count.EqualTo(4));
    }

    private static Refinement RandomStretch(Random random)
    {
        double from = random.NextDouble() * 0.9;
        return new Refinement(from, from + 0.1 * random.NextDouble(), Math.Pow(10, -1.5 - 2 * random.NextDouble()));
    }

    private static double[] Sizes(double[] nodes) => [.. nodes.Zip(nodes.Skip(1), (a, b) => b - a)];
}
