using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

public class RunForecastTests
{
    private static IEnumerable<SimulationCase> Cases => [TestCases.Column(), TestCases.ThermalColumn(), TestCases.Pouch()];

    [TestCaseSource(nameof(Cases))]
    public void TheForecastCountsTheUnknownsOfTheModel(SimulationCase simulation)
    {
        MeshPart whole = CaseMesh.Part(simulation, 1, 0);
        RunForecast forecast = RunForecast.Of(simulation, ranks: 1);
        using CellModel model = CellModel.Build(simulation, whole, Communicator.Self);
        Assert.That(forecast.GlobalUnknowns, Is.EqualTo(model.Layout.Rows));
        Assert.That(forecast.LocalUnknowns, Is.EqualTo(model.Particles.Sum(particles => particles.LocalUnknowns)));
        Assert.That(forecast.Cells, Is.EqualTo(whole.Mesh.CellCount));
    }

    /// <summary>The machines together hold what ranks share and what each of them repeats; where a rank alone exceeds one, none suffices.</summary>
    [Test]
    public void MachinesHoldWhatTheRunTakes()
    {
        SimulationCase simulation = TestCases.Pouch("Mesh.Cells along width=2000", "Mesh.Cells along height=9000");
        RunForecast forecast = RunForecast.Of(simulation, 1);
        Assert.That(forecast.Cells, Is.GreaterThan(MeshSize.MostCells));
        Assert.That(() => CaseMesh.Describe(simulation), Throws.TypeOf<MeshException>());
        long memory = 256L << 30;
        MachineForecast needed = MachineForecast.Of(forecast, memory, 64)!;
        long ranks = needed.Machines * needed.RanksPerMachine;
        Assert.That(needed.RanksPerMachine, Is.InRange(1, 64));
        Assert.That((ranks * forecast.BytesOfEveryRank) + forecast.SharedBytes, Is.InRange((needed.Machines - 1) * memory, needed.Machines * memory));
        Assert.That(needed.Seconds, Is.EqualTo(forecast.CoreSeconds / ranks).Within(1e-9 * needed.Seconds));
        Assert.That(MachineForecast.Of(forecast, forecast.BytesOfEveryRank, 64), Is.Null);
        Assert.That(RunForecast.Of(simulation, 100).SharedBytes, Is.EqualTo(forecast.SharedBytes));
    }

    [Test]
    public void FieldsOnlyCountWhenTheyAreWritten()
    {
        SimulationCase simulation = TestCases.Pouch("Output.Field times=[100, 200, 300]");
        CellDomain whole = CaseMesh.Describe(simulation);
        RunForecast with = RunForecast.Of(simulation, 2), without = RunForecast.Of(simulation, 2, writesFields: false);
        Assert.That((with.FieldOutputs, without.FieldOutputs), Is.EqualTo((5, 0)));
        Assert.That(with.DiskBytes - without.DiskBytes, Is.GreaterThan(5 * 4 * whole.CellCount));
        Assert.That(RunForecast.Of(simulation, 4).MemoryBytes, Is.GreaterThan(with.MemoryBytes));
    }

    [TestCase("Output.Row period [s]=0.01")]
    [TestCase("""Protocol.Steps=["Rest for 1 h (0.01 second period)"]""")]
    public void WantedRowsOfTheTimeSeriesCount(string rows) =>
        Assert.That(RunForecast.Of(TestCases.Column("Output.Field count=0", rows), 1).DiskBytes, Is.GreaterThan(100 * 350_000));
}
