using Cell3D.Input.Cases;
using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Layers whose fields are written, and radii of the profiles.</summary>
public class OutputLayersTests
{
    [Test]
    public void LayersAreNamedByKindOrNumber()
    {
        LayerSelection layers = Stack("""["Separator 3", "Negative electrode", "Positive tab"]""").Output.Layers;
        Assert.Multiple(() =>
        {
            Assert.That(layers.Contains(new("Separator 3", LayerKind.Separator)));
            Assert.That(layers.Contains(new("Separator 4", LayerKind.Separator)), Is.False);
            Assert.That(layers.Contains(new("Negative electrode 17", LayerKind.NegativeElectrode)));
            Assert.That(layers.Contains(new("Negative tab", LayerKind.NegativeTab, CellEdge.Top)), Is.False);
            Assert.That(LayerSelection.All.Contains(new("Positive casing", LayerKind.Casing)));
        });
    }

    [Test]
    public void WhatIsNotThereIsTold()
    {
        string[] messages = Samples.Messages(Samples.Load(Samples.Pouch(), "Geometry.Electrode pairs=4", """Output.Layers=["Separator 5", "Anode", "Negative collector 3"]""", "Probes.Radial points=1").Problems);
        Assert.That(messages, Has.Some.Contains("this cell has no layer \"Separator 5\"; allowed: ").And.Some.Contains("this cell has no layer \"Anode\""));
        Assert.That(messages, Has.None.Contains("Negative collector 3\""));
        Assert.That(messages, Has.Some.Contains("a profile has two ends; allowed: 0, or 2 to 100"));
    }

    [Test]
    public void VectorsCountThreefold() => Assert.That(Samples.Case(Samples.Pouch(), """Output.Fields=["Temperature", "Ionic current density"]""").Output.ValuesPerCell, Is.EqualTo(4));

    private static SimulationCase Stack(string layers) => Samples.Case(Samples.Pouch(), "Geometry.Electrode pairs=34", $"Output.Layers={layers}");
}
