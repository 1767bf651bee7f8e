using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>A whole cell on the plane of a file: a tab on an oblique side that is cooled by its name, on any number of ranks.</summary>
[Category("Mpi")]
public class OutlineFileRunTests
{
    private static SimulationCase Chamfered() => Samples.Case(OutlineFileTests.Chamfered(),
        "Mesh.Cells through.Negative electrode=3", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=3", "Mesh.Cells along tab=2", "Solver.Newton tolerance=1e-8", "Solver.Maximum Newton iterations=20",
        """Thermal.Cooling.Sides={"chamfer": {"Surface temperature [K]": 303.15, "Contact resistance [K.m2.W-1]": 1e-3}}""");

    [Test]
    public void ANamedSideIsInTheBalanceAndRanksDoNotMatter()
    {
        SimulationCase simulation = Chamfered();
        using CellRun run = new(simulation, Communicator.World), alone = new(simulation);
        ConservationAudit audit = new(run.Model, directSolver: true, run.OneC);
        SurfaceRecord record = new(run.Model, simulation, Communicator.World);
        double[] lost = new double[record.Columns.Count];
        run.Start(-2 * run.OneC);
        alone.Start(-2 * alone.OneC);
        for (int step = 0; step < 8; step++)
        {
            run.Step(20);
            alone.Step(20);
            Balance balance = run.Report();
            audit.Update(balance, afterStep: true);
            record.Take(run.Integrator.Time, lost);
            Assert.That(lost.Sum(), Is.EqualTo(balance.SumOf(Totals.HeatLost)).Within(1e-12));
        }
        Assert.That(audit.ToResults().Where(result => !result.Passed), Is.Empty);
        Assert.That(Math.Abs((run.Voltage / alone.Voltage) - 1), Is.LessThan(1e-9));
        Assert.That(run.Whole(Field.Temperature).Zip(alone.Whole(Field.Temperature), (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-9));
        SurfaceSummary chamfer = record.ToSummary()!.Single(surface => surface.Name == "chamfer");
        double foil = simulation.Layer(Cell3D.Mesh.LayerKind.NegativeCollector)!.Thickness;
        Assert.That(chamfer.Area, Is.EqualTo((Math.Sqrt(8e-4) * simulation.StackThickness) - (0.02 * foil)).Within(1e-15), "all of it but for the foil at the tab");
        Assert.That(chamfer.HeatLost, Is.Negative, "it is warmer than the cell");
    }
}
