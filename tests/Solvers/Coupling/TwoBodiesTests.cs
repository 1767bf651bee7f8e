using Cell3D.Discretization;
using Cell3D.Solvers;
using Cell3D.Solvers.Coupling;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers.Coupling;

/// <summary>Orders and limits of stability of every strategy on two equations with a closed solution.</summary>
public class TwoBodiesTests
{
    private const double End = 2;
    private static readonly (double, double, double, double) Mild = (0.9, 0.4, 0.5, 0.7);

    [TestCase(CouplingStrategy.Staggered, 1, false, 1)]
    [TestCase(CouplingStrategy.Staggered, 2, false, 1)]
    [TestCase(CouplingStrategy.Staggered, 2, true, 2)]
    [TestCase(CouplingStrategy.Iterated, 1, false, 1)]
    [TestCase(CouplingStrategy.Iterated, 2, false, 2)]
    [TestCase(CouplingStrategy.Lie, 1, false, 1)]
    [TestCase(CouplingStrategy.Lie, 2, false, 1)]
    [TestCase(CouplingStrategy.Strang, 1, false, 1)]
    [TestCase(CouplingStrategy.Strang, 2, false, 2)]
    public void TheErrorFallsWithTheOrder(CouplingStrategy strategy, int order, bool extrapolates, int expected)
    {
        double[] errors = [.. new[] { 40, 80, 160, 320 }.Select(steps => Error(strategy, order, extrapolates, steps))];
        double[] orders = [.. errors.Zip(errors.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"{strategy}, formula of order {order}{(extrapolates ? ", extrapolated" : "")}: errors {string.Join(", ", errors.Select(e => e.ToString("e2")))}; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That(orders[^1], Is.EqualTo(expected).Within(0.1));
    }

    [Test]
    public void IterationGivesTheMonolithicSolution([Values(1, 2)] int order)
    {
        using TwoBodies whole = new(Mild, order, null), parts = new(Mild, order, Options(CouplingStrategy.Iterated, order) with { InnerTolerance = 1e-13 });
        whole.March(0.2, 10);
        parts.March(0.2, 10);
        Assert.That(parts.Temperature, Is.EqualTo(whole.Temperature).Within(1e-12));
        Assert.That(parts.Salt, Is.EqualTo(whole.Salt).Within(1e-12));
    }

    /// <summary>With c in balance at once (a large), T' = −(q + f) T with f = −p b/a as feedback; backward Euler with the feedback of the last step grows when h (f − q) &gt; 2
    /// (equation 11.3), inner iteration when h (f − q) &gt; 1 (11.4).</summary>
    [TestCase(CouplingStrategy.Staggered, 2)]
    [TestCase(CouplingStrategy.Iterated, 1)]
    public void TheLimitOfStabilityIsThatOfTheFeedback(CouplingStrategy strategy, double limit)
    {
        const double fast = 1e4, feedback = 5, decay = 1;
        (double, double, double, double) rates = (fast, fast, -feedback, decay);
        double largest = limit / (feedback - decay);
        // Backward Euler in c adds 1/(1 + 1/(a h)) to what would be a limit at once.
        using TwoBodies below = new(rates, 1, Options(strategy, 1) with { MaximumSweeps = 100_000, InnerTolerance = 1e-9, SmallestGrowth = 0.1 }), above = new(rates, 1, Options(strategy, 1) with { MaximumSweeps = 100_000, InnerTolerance = 1e-9, SmallestGrowth = 0.1 });
        Assert.That(below.March(0.98 * largest, 60).Detail, Is.Null);
        StepOutcome outcome = above.March(1.02 * largest, 400);
        TestContext.Out.WriteLine(outcome.Detail);
        Assert.That(outcome.Failure, Is.EqualTo(StepFailure.Coupling));
        Assert.That(outcome.Detail, Does.Contain("grow").And.Contain("factor of 1.0").And.Contain("temperature"));
    }

    /// <summary>A run that is stopped between the alternations and goes on gives up at the step at which one does that was not; one that forgets them goes on longer.</summary>
    [Test]
    public void WhatAlternatesIsRememberedByARunThatGoesOn()
    {
        const double fast = 1e4, feedback = 5, decay = 1, step = 1.3 * 2 / (feedback - decay);
        CouplingOptions options = Options(CouplingStrategy.Staggered, 1) with { SmallestGrowth = 0.1 };
        int whole = StepsOf(_ => null);
        Assert.That(whole, Is.InRange(4, 50));
        for (int stop = 1; stop < whole; stop++)
        {
            Assert.That(StepsOf(step => step == stop ? true : null), Is.EqualTo(whole), $"stopped after {stop}");
            if (stop == whole - 1)
                Assert.That(StepsOf(step => step == stop ? false : null), Is.GreaterThan(whole), "without its memory");
        }

        int StepsOf(Func<int, bool?> resumes)
        {
            using TwoBodies bodies = new((fast, fast, -feedback, decay), 1, options);
            for (int taken = 0; taken < 100; taken++)
            {
                if (resumes(taken) is bool remembers)
                {
                    double[] memory = bodies.Coupling!.State;
                    bodies.Integrator.History = bodies.Integrator.History;
                    if (remembers)
                        bodies.Coupling.State = memory;
                }
                if (bodies.March(step, 1).Failure == StepFailure.Coupling)
                    return taken;
            }
            return 100;
        }
    }

    /// <summary>What decays fast alternates too where steps are long, and what heats up grows: neither is an instability of the coupling.</summary>
    [TestCase(30, -8, 20, 0.4)]
    [TestCase(2, 6, 1, 0.1)]
    public void WhatIsOnlyStiffOrRunsAwayIsNoInstability(double a, double p, double q, double step)
    {
        using TwoBodies bodies = new((a, 1, p, q), 1, Options(CouplingStrategy.Staggered, 1));
        Assert.That(bodies.March(step, 60).Detail, Is.Null);
    }

    [Test]
    public void AFailedSplitStepLeavesNoTrace([Values(CouplingStrategy.Lie, CouplingStrategy.Strang)] CouplingStrategy strategy)
    {
        using TwoBodies once = new(Mild, 2, Options(strategy, 2)), again = new(Mild, 2, Options(strategy, 2));
        once.March(0.1, 5);
        for (int i = 0; i < 5; i++)
        {
            again.Integrator.Attempt(0.37);
            again.Integrator.Discard();
            again.March(0.1, 1);
        }
        Assert.That(again.Temperature, Is.EqualTo(once.Temperature));
        Assert.That(again.Salt, Is.EqualTo(once.Salt));
    }

    private static double Error(CouplingStrategy strategy, int order, bool extrapolates, int steps)
    {
        using TwoBodies bodies = new(Mild, order, Options(strategy, order) with { Extrapolates = extrapolates });
        Assert.That(bodies.March(End / steps, steps).Succeeded, Is.True);
        return Math.Abs(bodies.Temperature - bodies.Exact(End));
    }

    private static CouplingOptions Options(CouplingStrategy strategy, int order) => new()
    {
        Strategy = strategy,
        Main = PartialSolve.Electrochemistry,
        Other = PartialSolve.Heat,
        IsLagged = state => state.Quantity.Name == "Temperature",
        InnerTolerance = 1e-12,
        SmallestGrowth = 1e-3,
        Order = order,
    };
}
