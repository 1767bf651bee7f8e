using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Tests.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>One declaration makes j a macroscopic unknown; nothing else changes.</summary>
[Category("Mpi")]
public class PromotionTests
{
    [Test]
    public void AGlobalCurrentDensityGivesTheCondensedResult([Values] bool withHeat, [Values] bool withFilms)
    {
        SimulationCase simulation = withHeat ? TestCases.Pouch("Initial state.SOC=0.7", "Solver.Newton tolerance=1e-11", "Thermal.Initial temperature=290") : TestCases.Column("Initial state.SOC=0.7", "Solver.Newton tolerance=1e-11");
        if (withFilms)
            simulation = simulation.WithMaterials(material => [CondensedJacobianTests.Filmed(material)]);
        Communicator world = withHeat ? Communicator.World : Communicator.Self;
        using CellRun condensed = new(simulation, world), promoted = new(simulation, world, unknowns: CellUnknowns.Of(simulation).With(PromotedCurrent.Declaration));
        Assert.That(promoted.Model.Layout.Rows, Is.GreaterThan(condensed.Model.Layout.Rows));
        foreach (CellRun run in new[] { condensed, promoted })
        {
            run.Start(-2 * run.OneC);
            for (int step = 0; step < 6; step++)
                run.Step(step < 3 ? 5 : 20);
            run.Switch(run.OneC);
            run.Step(5);
        }
        Assert.That(promoted.Voltage, Is.EqualTo(condensed.Voltage).Within(1e-12));
        foreach (Field field in new[] { Field.Salt, Field.IonicPotential, Field.ElectronicPotential, Field.Temperature })
        {
            double[] expected = condensed.Whole(field);
            double size = expected.Max(Math.Abs);
            Assert.That(promoted.Whole(field), Is.EqualTo(expected).Within(1e-12 * Math.Max(1, size)), $"{field}");
        }
    }
}
