using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>A row of J that is empty or not a number: the step fails with words that name equation, layer and place.</summary>
[Category("Mpi")]
public class SingularSystemTests
{
    [Test]
    public void ASpoiledRowIsNamed(
        [Values("Salt concentration", "Electrolyte potential", "Temperature")] string unknown, [Values(LayerKind.Separator, LayerKind.NegativeElectrode)] LayerKind layer, [Values(0, double.NaN)] double value)
        => RequireNamed(unknown, layer, value);

    [Test]
    public void ASpoiledRowOfACollectorIsNamed([Values("Solid potential", "Temperature")] string unknown, [Values(0, double.NaN)] double value)
        => RequireNamed(unknown, LayerKind.PositiveCollector, value);

    private static void RequireNamed(string name, LayerKind layer, double value)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.7"), Communicator.World);
        run.Start(-run.OneC);
        run.Step(1);
        DiscreteSystem sound = run.Model.System;
        Unknown unknown = sound.Unknowns.Find(name)!;
        int cell = run.World.IsRoot ? Array.FindIndex(run.Model.Mesh.Region, region => run.Model.Mesh.Regions[region].Kind == layer) : -1;
        DiscreteSystem spoiled = new(sound.Unknowns, sound.Layout, sound.Fields, sound.States, [.. sound.Properties], sound.Terminal,
            [.. sound.Terms.Where(term => term is not TerminalTerm), new SpoiledRow(cell < 0 ? -1 : sound.Layout.Row(cell, unknown.Field), value)]);
        using LinearSystem linear = new(spoiled, run.World, LinearMethod.CollectorSchur, 1e-8, run.Model.Chains, "spoiled_");
        NewtonSolver newton = new(spoiled, run.Model.Halo, linear, run.World, new() { ColumnCurrent = run.OneC / 20, TotalCurrent = run.OneC }, run.Integrator.Place);
        TimeIntegrator integrator = new(spoiled, newton, run.World, new() { ErrorControl = false });
        integrator.Start(1);
        StepOutcome outcome = integrator.Attempt(1);
        TestContext.Out.WriteLine($"{outcome.Failure}: {outcome.Detail}");
        Assert.That(outcome.Failure, Is.EqualTo(StepFailure.LinearSolver));
        Assert.That(outcome.Detail, Is.EqualTo(run.World.Broadcast($"the {unknown.Equation} in the {(cell < 0 ? "" : run.Integrator.Place.Place(cell))} has no solution: its matrix is singular or not a number there")));
    }

    /// <summary>Gives all entries of one local row of J one value.</summary>
    private sealed class SpoiledRow(int row, double value) : Term
    {
        private Range _diagonal, _offDiagonal;

        public override void AddCouplings(PatternBuilder pattern) { }

        public override void Bind(SparsePattern pattern)
        {
            if (row >= 0)
                (_diagonal, _offDiagonal) = (pattern.Starts.Diagonal[row]..pattern.Starts.Diagonal[row + 1], pattern.OffDiagonalStart[row]..pattern.OffDiagonalStart[row + 1]);
        }

        public override void AddTo(in Assembly assembly)
        {
            if (assembly.Diagonal.IsEmpty)
                return;
            assembly.Diagonal[_diagonal].Fill(value);
            assembly.OffDiagonal[_offDiagonal].Fill(value);
        }
    }
}
