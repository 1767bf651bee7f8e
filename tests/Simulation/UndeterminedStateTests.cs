using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>What no equation determines keeps its value bit by bit through a whole protocol away from every reference value.</summary>
public class UndeterminedStateTests
{
    private static readonly string[] Away = ["Thermal.Initial temperature=271.3", "Electrolyte.Initial concentration=1173.1", "Initial state.SOC=0.57"];

    [Test]
    public void TheTemperatureOfAnIsothermalRunStands([Values(271.3, 318.7)] double temperature)
    {
        SimulationCase simulation = Protocol(TestCases.Column([.. Away, "Solver.Stoichiometry tolerance=1e-7",
            FormattableString.Invariant($"Thermal.Initial temperature={temperature}")]));
        using CellRun run = new(simulation, adaptive: true);
        double start = run.Model.Fields.Temperature[0];
        int steps = 0;
        RunEnd end = run.Execute(() => steps++);
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(steps, Is.GreaterThan(300));
        Assert.That(run.Model.Fields.Temperature, Is.All.EqualTo(start));
    }

    [Test]
    [Category("Mpi")]
    public void FieldsStandWhereTheyDoNotLive()
    {
        SimulationCase simulation = Protocol(TestCases.Pouch([.. Away, "Thermal.Model=isothermal"]));
        using CellRun run = new(simulation, Cell3D.Parallel.Mpi.Communicator.World, adaptive: true);
        FieldLayout layout = run.Model.Layout;
        double[][] before = [.. Enum.GetValues<Field>().Select(field => (double[])run.Model.Fields[field].Clone())];
        run.Execute();
        foreach (Field field in Enum.GetValues<Field>())
            for (int cell = 0; cell < layout.OwnedCells; cell++)
                if (!layout.Has(cell, field))
                    Assert.That(run.Model.Fields[field][cell], Is.EqualTo(before[(int)field][cell]), $"{field} of cell {cell}");
        Assert.That(layout.Has(0, Field.Temperature), Is.False);
    }

    /// <summary>Both signs of the current, then rest.</summary>
    private static SimulationCase Protocol(SimulationCase simulation) => simulation with
    {
        Protocol = simulation.Protocol with
        {
            Steps =
            [
                ProtocolStep.AtCurrent("Discharge", -0.7 * TestCases.OneC * simulation.Protocol.CurrentShare, 1200, null),
                ProtocolStep.AtCurrent("Charge", 0.9 * TestCases.OneC * simulation.Protocol.CurrentShare, 900, null),
                ProtocolStep.AtCurrent("Rest", 0, 600, null),
            ],
        },
    };
}
