using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>V, T and c do not depend on the number of ranks; the reference is computed on each rank alone.</summary>
[Category("Mpi")]
public class RankIndependenceTests
{
    private static readonly double[] Steps = [0.5, 1, 2, 5, 10, 20, 20, 20, 20, 20];

    [Test]
    public void APouchWithTabsAndHeat() => Compare(TestCases.Pouch(), Communicator.World);

    [Test]
    public void APouchWhosePropertiesVaryInSpaceAndWithTemperature() =>
        Compare(TestCases.Pouch([.. VariationTests.Varied, .. ConservationTests.ThermalExpressions]), Communicator.World);

    [Test]
    public void APouchWhoseElectrolyteFollowsFromFriction() => Compare(TestCases.Pouch(ClosureRunTests.Concentrated), Communicator.World);

    [Test]
    public void APouchWhoseParticlesPartIntoPhases() => Compare(TestCases.Pouch("Mesh.Particle=20").WithMaterials(m => [PhaseSeparationRunTests.Parted(m)]), Communicator.World);

    [Test]
    public void AStackInItsCan() => Compare(TestCases.Prismatic(2, "Thermal.Cooling.Bottom edge.Heat transfer coefficient=400", "Tabs.Negative.Terminal thermal resistance=3"), Communicator.World);

    [Test]
    public void APouchWithASeam() => Compare(SeamTests.Cooled(), Communicator.World);

    [Test]
    public void ARollInItsCan() => Compare(TestCases.Roll(), Communicator.World);

    [Test]
    public void AFlatWoundRollWithUnpairedTurns() => Compare(TestCases.Roll("Winding.Core length=0.01", "Mesh.Cells along core=1", "Winding.Unpaired inner turns=0.4", "Winding.Unpaired outer turns=0.3", "Can.Outer diameter=0.008"), Communicator.World);

    /// <summary>A value that is wrong in the cells of some ranks is refused by all.</summary>
    [Test]
    public void AWrongValueIsRefusedByAllRanks()
    {
        SimulationCase simulation = TestCases.Pouch("Variation.Separator.Porosity=1 + 3*exp(-((depth - 0.75)/0.01)**2)/(1 + exp((0.08 - y)*1e4))");
        Assert.That(Assert.Throws<CaseValueException>(() => new CellRun(simulation, Communicator.World).Dispose())!.Message, Does.Contain("Variation.Separator.Porosity"));
    }

    /// <summary>One column is cut at its collectors, into three pieces at most.</summary>
    [Test]
    public void OneColumn() => OnAtMost(3, world => Compare(TestCases.ThermalColumn(), world));

    [Test]
    public void TwoColumnsOnThreeRanks() => OnAtMost(3, world => Compare(TestCases.Pouch(
        "Mesh.Cells along width=2", "Mesh.Cells along height=1",
        "Tabs.Negative.Width=0.05", "Tabs.Positive.Width=0.05"), world));

    private static void OnAtMost(int ranks, Action<Communicator> test)
    {
        Communicator world = Communicator.World;
        using Communicator part = world.Split(world.Rank < ranks ? 0 : 1, world.Rank);
        if (world.Rank < ranks)
            test(part);
    }

    private static void Compare(SimulationCase simulation, Communicator world)
    {
        using CellRun alone = new(simulation), together = new(simulation, world);
        alone.Start(-alone.OneC);
        together.Start(-together.OneC);
        double worst = Math.Abs((together.Voltage / alone.Voltage) - 1);
        foreach (double step in Steps)
        {
            alone.Step(step);
            together.Step(step);
            worst = Math.Max(worst, Math.Abs((together.Voltage / alone.Voltage) - 1));
        }
        double salt = Distance(Field.Salt, 0), temperature = Distance(Field.Temperature, simulation.Thermal.ReferenceTemperature);
        TestContext.Out.WriteLine($"{world.Size} ranks: V {worst:e1}, c {salt:e1}, T {temperature:e1}");
        Assert.That(worst, Is.LessThan(1e-9));
        Assert.That(salt, Is.LessThan(1e-9));
        Assert.That(temperature, Is.LessThan(1e-9));

        double Distance(Field field, double zero) => alone.Whole(field).Zip(together.Whole(field), (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a + zero))).Max();
    }
}
