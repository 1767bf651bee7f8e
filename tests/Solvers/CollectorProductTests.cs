using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Physics.Materials;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Solvers.Linear;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>P⁻¹ of the Schur complement on the collectors and the product with J behind it: every way to fill and to multiply gives the same.</summary>
[Category("Mpi")]
public class CollectorProductTests
{
    private const double RoundOff = 1e-11;
    private static readonly string[] Warm = ["Initial state.SOC=0.7", "Thermal.Initial temperature=311"];

    private static IEnumerable<TestCaseData> Cells()
    {
        string[] bare = [.. Warm, "Defects.Missing layers.bare.Layer=Positive electrode", "Defects.Missing layers.bare.From=[0.03, 0.02]", "Defects.Missing layers.bare.To=[0.07, 0.05]"];
        string[] nail = [.. Warm, "Defects.Internal shorts.nail.Place=[0.05, 0.06]", "Defects.Internal shorts.nail.Resistance=20"];
        yield return Named("pouch", () => TestCases.Pouch(Warm));
        yield return Named("isothermal pouch", () => TestCases.Pouch("Initial state.SOC=0.7", "Thermal.Model=isothermal"));
        yield return Named("rounded pouch", () => TestCases.Pouch([.. Warm, "Geometry.Corner radius=0.01"]));
        yield return Named("triangles", () => TestCases.Pouch([.. Warm, "Mesh.In-plane=triangular"]));
        yield return Named("spacing below the thickness of segments", () => TestCases.Pouch([.. Warm, .. Tiny]));
        yield return Named("stack with overhang", () => StackDesignTests.Stack(3, new(2e-3, OuterFoils.Whole, OuterCoating.BothSides), Warm));
        yield return Named("missing layer", () => TestCases.Pouch(bare));
        yield return Named("internal short", () => TestCases.Pouch(nail));
        yield return Named("roll", () => TestCases.Roll(Warm));
        yield return Named("film and double layer", () => TestCases.Pouch(Warm).WithMaterials(m => [m with { Film = Film, DoubleLayerCapacitance = 0.2 }]));
        yield return Named("column without collectors", () => TestCases.Column("Initial state.SOC=0.7"), mostRanks: 1);
        yield return Named("ranks without collectors", () => TestCases.ThermalColumn(Warm), mostRanks: 3);
        yield return Named("more ranks than columns", () => StackDesignTests.Stack(3, new(0, OuterFoils.Whole, OuterCoating.InnerSide), [.. Warm, .. OneColumn]));

        static TestCaseData Named(string name, Func<SimulationCase> build, int mostRanks = int.MaxValue) =>
            new TestCaseData(build, mostRanks).SetArgDisplayNames(name);
    }

    /// <summary>A cell of 1.2 mm: two planes of every segment are held.</summary>
    internal static string[] Tiny { get; } =
    [
        "Geometry.Width=1e-3", "Geometry.Height=1.2e-3", "Tabs.Negative.Centre=2.5e-4", "Tabs.Positive.Centre=7.5e-4", "Tabs.Negative.Width=2.5e-4", "Tabs.Positive.Width=2.5e-4",
        "Tabs.Negative.Length=5e-4", "Tabs.Positive.Length=5e-4",
    ];

    private static string[] OneColumn { get; } =
    [
        "Mesh.Cells along width=1", "Mesh.Cells along height=1", "Tabs.Positive.Edge=bottom", "Tabs.Negative.Centre=0.05", "Tabs.Positive.Centre=0.05", "Tabs.Negative.Width=0.1", "Tabs.Positive.Width=0.1",
    ];

    private static FilmGrowth Film { get; } = new()
    {
        InitialThickness = 5e-9,
        Resistivity = 2e5,
        MolarVolume = 9.585e-5,
        LithiumPerMolecule = 2,
        EquilibriumPotential = 0.4,
        ExchangeCurrent = 1.5e-3,
        ActivationEnergy = 30000,
        SolventSupply = 1e-13,
    };

    /// <summary>What the part of J that P has not adds to r is the product with the whole of J, for a P⁻¹ that is exact in S or not.</summary>
    [TestCaseSource(nameof(Cells))]
    public void TheCheapProductIsThatWithTheMatrix(Func<SimulationCase> build, int mostRanks)
    {
        using CellRun run = Started(build(), mostRanks);
        foreach (long mostDirect in new[] { long.MaxValue, 0 })
            foreach (int fewestAlike in new[] { 1, 5, int.MaxValue })
            {
                using Preconditioned applied = new(run, run.Model.Chains with { MostDirect = mostDirect, FewestAlike = fewestAlike, SlenderEnough = double.PositiveInfinity });
                double miss = applied.MissOfProduct();
                TestContext.Out.WriteLine($"S {(mostDirect > 0 ? "factored" : "iterated")}, {fewestAlike} alike: {miss:e1}");
                Assert.That(miss, Is.LessThan(RoundOff));
            }
    }

    /// <summary>Coefficients in single precision change the product by their round-off at most.</summary>
    [TestCaseSource(nameof(Cells))]
    public void SinglePrecisionCostsItsRoundOff(Func<SimulationCase> build, int mostRanks)
    {
        using CellRun run = Started(build(), mostRanks);
        using Preconditioned applied = new(run, run.Model.Chains with { FewestAlike = 1, SlenderEnough = 0 });
        double miss = applied.MissOfProduct();
        TestContext.Out.WriteLine($"{miss:e1}");
        Assert.That(miss, Is.LessThan(Math.ScaleB(1, -24)));
    }

    /// <summary>P⁻ᵀ with the factors of P serves Jᵀ as P⁻¹ serves J; where many iterations are needed, half as many again.</summary>
    [TestCaseSource(nameof(Cells))]
    public void TransposedSystemsTakeAsManyIterations(Func<SimulationCase> build, int mostRanks)
    {
        using CellRun run = Started(build(), mostRanks);
        double[] given = [.. run.Linear.Residual];
        run.Linear.Solve();
        LinearResult plain = run.Linear.Solve();
        given.CopyTo(run.Linear.Residual);
        LinearResult transposed = run.Linear.SolveTransposed();
        TestContext.Out.WriteLine($"{plain.Iterations}, transposed {transposed.Iterations}");
        Assert.That(plain.Converged && transposed.Converged, Is.True);
        Assert.That(transposed.Iterations, Is.LessThanOrEqualTo(plain.Iterations + Math.Max(2, plain.Iterations / 2)));
    }

    /// <summary>Segments filled eight at a time and one by one, with S factored.</summary>
    [TestCaseSource(nameof(Cells))]
    public void SegmentsThatAreAlikeAreNoOthers(Func<SimulationCase> build, int mostRanks)
    {
        using CellRun run = Started(build(), mostRanks);
        double[] together = Solution(1), oneByOne = Solution(int.MaxValue);
        double miss = Largest(oneByOne.Zip(together, (a, b) => a - b)) / Largest(oneByOne);
        TestContext.Out.WriteLine($"{miss:e1}");
        Assert.That(miss, Is.LessThan(RoundOff));

        double Largest(IEnumerable<double> numbers) => run.World.Allreduce(numbers.Append(0).Max(Math.Abs), Operation.Max);

        double[] Solution(int fewestAlike)
        {
            using Preconditioned applied = new(run, run.Model.Chains with { MostDirect = long.MaxValue, FewestAlike = fewestAlike });
            return applied.Solution;
        }
    }

    /// <summary>Per unknown of the condensed system: 8 numbers of factors, one of what Γ sees of segments, and in single precision up to 11 of what is lumped.</summary>
    [Test]
    public void MemoryPerUnknownIsBounded()
    {
        using CellRun run = new(TestCases.Pouch([.. Warm, "Mesh.Cells along width=16", "Mesh.Cells along height=16", "Mesh.Refinement towards tabs=1"]), Communicator.Self, method: LinearMethod.CollectorSchur);
        run.Start(-run.OneC);
        run.AssembleAtEndOf(5);
        using Preconditioned applied = new(run, run.Model.Chains);
        double bytes = applied.Bytes / (double)run.Model.Layout.Rows;
        TestContext.Out.WriteLine($"{bytes:f1} B per unknown");
        Assert.That(bytes, Is.LessThanOrEqualTo(112));
    }

    private static CellRun Started(SimulationCase simulation, int mostRanks)
    {
        CellRun run = new(simulation, Communicator.World.Size <= mostRanks ? Communicator.World : Communicator.Self, method: LinearMethod.CollectorSchur, linearTolerance: 1e-8);
        run.Start(-run.OneC);
        run.Step(1);
        run.AssembleAtEndOf(5);
        return run;
    }

    /// <summary>x = P⁻¹ r for an r of no structure.</summary>
    private sealed class Preconditioned : IDisposable
    {
        private readonly CellRun _run;
        private readonly CollectorSchur _schur;
        private readonly double[] _given;

        internal Preconditioned(CellRun run, CellChains chains)
        {
            _run = run;
            DiscreteSystem system = run.Model.System;
            string prefix = $"product_{chains.MostDirect}_";
            _schur = new(system, system.TakePattern(), chains, () => run.Linear.Jacobian, run.World, prefix);
            Assert.That(_schur.SetUp(), Is.True);
            Random random = new(7 + run.World.Rank);
            _given = [.. Enumerable.Range(0, system.Layout.Rows).Select(_ => random.NextDouble() - 0.5)];
            Solution = new double[_given.Length];
            _schur.Apply(_given, Solution);
        }

        internal double[] Solution { get; }

        internal long Bytes => _schur.Bytes;

        /// <summary>Largest difference of a row of both products over all ranks, relative to what that row sums up.</summary>
        internal double MissOfProduct()
        {
            double[] cheap = new double[_given.Length];
            Assert.That(_schur.Multiply(_given, Solution, cheap), Is.True);
            Matrix matrix = _run.Linear.Jacobian;
            double[] exact = Product(matrix, Solution), inside = matrix.DiagonalValues.ToArray(), outside = matrix.OffDiagonalValues.ToArray();
            Replace([.. inside.Select(Math.Abs)], [.. outside.Select(Math.Abs)]);
            double[] sums = Product(matrix, [.. Solution.Select(Math.Abs)]);
            Replace(inside, outside);
            return _run.World.Allreduce(Enumerable.Range(0, cheap.Length).Select(row => Math.Abs(cheap[row] - exact[row]) / (sums[row] + Math.Abs(_given[row]))).Append(0).Max(), Operation.Max);

            void Replace(double[] inside, double[] outside)
            {
                inside.CopyTo(matrix.DiagonalValues);
                outside.CopyTo(matrix.OffDiagonalValues);
                matrix.ValuesChanged();
            }
        }

        private double[] Product(Matrix matrix, double[] values)
        {
            using Vector x = new(_run.World, values.Length), y = new(_run.World, values.Length);
            values.CopyTo(x.Values);
            x.ValuesChanged();
            matrix.Multiply(x, y);
            return y.Values.ToArray();
        }

        public void Dispose() => _schur.Dispose();
    }
}
