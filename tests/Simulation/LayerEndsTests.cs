using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Layers before an end that gives off heat conduct it together.</summary>
[Category("Mpi")]
public class LayerEndsTests
{
    private const double Start = 300, Plate = 283;

    /// <summary>A share stands for d/k̄ in the place of d/k: k over it is the same for all layers, what they conduct side by side.</summary>
    [Test]
    public void AllLayersHaveTheConductivityOfAllTogether()
    {
        SimulationCase simulation = Pouch(4);
        MeshPart part = CaseMesh.Part(simulation, Communicator.World.Size, Communicator.World.Rank);
        double[] shares = LayerEnds.Shares(part.Mesh, simulation);
        LayerSpec[] layers = [.. CaseMesh.Stack(simulation).Layers];
        Assert.That(layers.Select((layer, i) => Conductivity(simulation, layer) / shares[i]), Is.All.EqualTo(Mean(simulation)).Within(1e-12 * Mean(simulation)));
        Assert.That(shares.Take(layers.Length).Max(), Is.GreaterThan(5));
        Assert.That(shares.Skip(layers.Length), Is.All.EqualTo(1));
    }

    /// <summary>Heat that enters one edge of a pouch and leaves through the opposite one: q (R + (W − y)/k̄) lies between the plate and the middle y of the first columns.</summary>
    [Test]
    public void WideColumnsPassHeatToAPlateWithoutResistanceOfTheirOwn([Values(3, 12)] int columns)
    {
        const double flux = 2000, contact = 1e-3;
        SimulationCase simulation = Pouch(columns, FormattableString.Invariant($"Thermal.Cooling.Left edge.Heat flux={-flux}"), FormattableString.Invariant($"Thermal.Cooling.Right edge.Contact resistance={contact}"));
        using CellRun run = new(simulation, Communicator.World);
        run.Start(0);
        for (double length = 10; length < 1e6; length *= 2)
            run.Step(length);
        CellFields fields = run.Model.Fields;
        double warmest = fields.Temperature.AsSpan(0, run.Model.Mesh.OwnedCellCount).ToArray().DefaultIfEmpty(double.NegativeInfinity).Max();
        double first = Communicator.World.Allreduce(run.Model.Mesh.CentreY.Take(run.Model.Mesh.OwnedCellCount).DefaultIfEmpty(double.PositiveInfinity).Min(), Operation.Min);
        double rise = Communicator.World.Allreduce(warmest, Operation.Max) + fields.ReferenceTemperature - Plate, width = simulation.Geometry.Width;
        Assert.That(rise, Is.EqualTo(flux * (contact + ((width - first) / Mean(simulation)))).Within(0.01 * rise));
    }

    /// <summary>k̄ of the layers side by side [W m⁻¹ K⁻¹].</summary>
    private static double Mean(SimulationCase simulation)
    {
        LayerSpec[] layers = [.. CaseMesh.Stack(simulation).Layers];
        return layers.Sum(layer => layer.Thickness * Conductivity(simulation, layer)) / layers.Sum(layer => layer.Thickness);
    }

    private static double Conductivity(SimulationCase simulation, LayerSpec layer) => simulation.Layer(layer.Kind)!.Material.Thermal.InPlaneConductivity.Value(Start);

    private static SimulationCase Pouch(int columns, params string[] settings) => Samples.Case(Samples.Column(),
    [
        .. TestCases.PouchSettings.Where(setting => !setting.StartsWith("Thermal.", StringComparison.Ordinal)), "Thermal.Model=resolved", FormattableString.Invariant($"Thermal.Initial temperature={Start}"),
        FormattableString.Invariant($"Mesh.Cells along width={columns}"), FormattableString.Invariant($"Thermal.Cooling.Right edge.Surface temperature={Plate}"),
        "Layers.Negative collector.Thermal conductivity=398", "Layers.Positive collector.Thermal conductivity=237", .. settings,
    ]);
}
