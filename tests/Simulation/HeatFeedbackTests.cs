using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Simulation;
using Cell3D.Simulation.CouplingStudies;
using Cell3D.Solvers.Coupling;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Feedback of heat and the steps that it allows (equations 11.2 to 11.6).</summary>
public class HeatFeedbackTests
{
    /// <summary>Backward Euler with a lagged feedback has the factor (C/h + a)/(C/h + K − b); order 2 the roots of its own polynomial. At the limit one of them is −1.</summary>
    [TestCase(1, false)]
    [TestCase(2, false)]
    [TestCase(1, true)]
    [TestCase(2, true)]
    public void AtTheLimitWhatAlternatesNeitherGrowsNorDecays(int order, bool extrapolates)
    {
        HeatFeedback feedback = new(0, 300, 1.2, 0.4, -5);
        double step = feedback.LargestStep(Options(CouplingStrategy.Staggered) with { Extrapolates = extrapolates }, order);
        double[] formula = order == 1 ? [1, -1] : [1.5, -2, 0.5], seen = !extrapolates ? [0, 1] : order == 1 ? [0, 2, -1] : [0, 3, -3, 1];
        double sum = 0;
        for (int i = 0; i < Math.Max(formula.Length, seen.Length); i++)
        {
            double alternating = i % 2 == 0 ? 1 : -1;
            sum += alternating * (((i < formula.Length ? formula[i] : 0) * 300 / step) - ((i < seen.Length ? seen[i] : 0) * feedback.Lagged));
        }
        Assert.That(sum + feedback.Cooling - feedback.Held, Is.Zero.Within(1e-9));
    }

    [Test]
    public void ASplitStepEndsWhereItsFactorIsMinusOne()
    {
        HeatFeedback feedback = new(0, 300, 1.2, 0.4, -5);
        double step = feedback.LargestStep(Options(CouplingStrategy.Lie), 2), rate = 0.8 / 300;
        Assert.That(Math.Exp(-rate * step) - (5.0 / 300 * (1 - Math.Exp(-rate * step)) / rate), Is.EqualTo(-1).Within(1e-9));
        Assert.That(feedback.LargestStep(Options(CouplingStrategy.Lie) with { Other = PartialSolve.HeatWithPotentials }, 2), Is.EqualTo(double.PositiveInfinity));
        Assert.That((feedback with { Lagged = 0.1 }).LargestStep(Options(CouplingStrategy.Staggered), 1), Is.EqualTo(double.PositiveInfinity), "what cools faster than it heats");
    }

    /// <summary>Of a real column: C and K by hand, and the state is as it was.</summary>
    [Test]
    public void ACellIsLeftAsItIs()
    {
        SimulationCase column = TestCases.ThermalColumn("Thermal.Initial temperature=268", "Solver.Fixed time steps=[20]");
        using CellModel model = CellModel.Build(column, CaseMesh.Part(column, 1, 0), Cell3D.Parallel.Mpi.Communicator.Self);
        InitialState.Apply(model, column);
        using CaseSolvers solvers = new(column, model, Cell3D.Parallel.Mpi.Communicator.Self);
        solvers.Integrator.Start(0);
        Assert.That(solvers.Integrator.SwitchTo(new Control.Current(-solvers.NominalCurrent)).Succeeded, Is.True);
        solvers.Integrator.Accept(solvers.Integrator.Attempt(20), steer: true);
        double[] temperature = [.. model.Fields.Temperature], potential = [.. model.Fields.ElectronicPotential];
        HeatFeedback feedback = HeatFeedback.Of(model, solvers);
        Assert.That(model.Fields.Temperature, Is.EqualTo(temperature));
        Assert.That(model.Fields.ElectronicPotential, Is.EqualTo(potential));
        double area = column.Geometry.Area;
        Assert.That(feedback.Cooling, Is.EqualTo(2 * 5 * area).Within(0.01 * 10 * area));
        Assert.That(feedback.HeatCapacity, Is.EqualTo(column.Layers.Sum(layer => layer.Thickness * layer.Material.Thermal.VolumetricHeatCapacity(268)) * area).Within(1e-3 * feedback.HeatCapacity));
        Assert.That(feedback.Lagged, Is.Negative, "a warm cell has less resistance");
        Assert.That(solvers.Integrator.Attempt(20).Succeeded, Is.True);
    }

    private static CouplingOptions Options(CouplingStrategy strategy) => new()
    {
        Strategy = strategy,
        Main = PartialSolve.Electrochemistry,
        Other = PartialSolve.Heat,
        IsLagged = _ => true,
        InnerTolerance = 1e-6,
        SmallestGrowth = 0.01,
    };
}
