using Cell3D.Input.Cases;
using Cell3D.Output;
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
        SurfaceSummary chamfer = SurroundingsTests.InBalance(simulation, -2).Single(surface => surface.Name == "chamfer");
        double foil = simulation.Layer(Cell3D.Mesh.LayerKind.NegativeCollector)!.Thickness;
        Assert.That(chamfer.Area, Is.EqualTo((Math.Sqrt(8e-4) * simulation.StackThickness) - (0.02 * foil)).Within(1e-15), "all of it but for the foil at the tab");
        Assert.That(chamfer.HeatLost, Is.Negative, "it is warmer than the cell");
    }
}
