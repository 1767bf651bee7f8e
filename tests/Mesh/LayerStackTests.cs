using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class LayerStackTests
{
    [Test]
    public void PairsAlternateAndShareCollectors()
    {
        LayerStack stack = Meshes.Stack(3);
        Assert.That(stack.Layers.Select(layer => layer.Kind.Polarity() + (layer.Kind.IsCollector() ? "|" : "")), Is.EqualTo(
        [
            "Negative|", "Negative", "None", "Positive", "Positive|", "Positive", "None", "Negative",
            "Negative|", "Negative", "None", "Positive", "Positive|",
        ]));
        Assert.That(stack.Layers.Select(layer => layer.Name), Is.Unique.And.Contain("Separator 3"));
        Assert.That(stack.Thickness, Is.EqualTo(3 * 170e-6 + 2 * 10e-6 + 2 * 15e-6).Within(1e-18));
    }

    [Test]
    public void EveryProblemIsReported()
    {
        MeshException error = Assert.Throws<MeshException>(() => _ = new LayerStack(
        [
            new LayerSpec(LayerKind.Separator, "a", -1),
            new LayerSpec(LayerKind.Separator, "a", double.NaN, new LayerGrading(0, 0.5)),
            new LayerSpec(LayerKind.Casing, "c", 1),
            new LayerSpec(LayerKind.NegativeTab, "t", 1),
        ]))!;
        Assert.That(error.Messages, Has.Count.EqualTo(7));
        Assert.That(error.Message, Does.Contain("layer 1 'a': thickness must be positive, got -1 m"));
    }

    [Test]
    public void TouchingElectrodesAreAShortCircuit() =>
        Assert.That(
            () => new LayerStack([new(LayerKind.NegativeElectrode, "n", 1), new(LayerKind.PositiveElectrode, "p", 1)]),
            Throws.TypeOf<MeshException>().With.Message.Contains("short circuit"));

    [Test]
    public void EmptyStackIsRefused() => Assert.That(() => new LayerStack([]), Throws.TypeOf<MeshException>());

    [Test]
    public void WrongNumberOfPairsIsRefused() => Assert.That(() => Meshes.Stack(0), Throws.TypeOf<MeshException>());

    [Test]
    public void KindsSayWhatLivesInThem()
    {
        Assert.That(Enum.GetValues<LayerKind>().Where(kind => kind.HasElectrolyte()), Is.EqualTo(
            [LayerKind.NegativeElectrode, LayerKind.Separator, LayerKind.PositiveElectrode]));
        Assert.That(Enum.GetValues<LayerKind>().Where(kind => !kind.ConductsElectrons()), Is.EqualTo(
            [LayerKind.Casing, LayerKind.Separator]));
        Assert.That(Enum.GetValues<LayerKind>().Where(kind => kind.IsTab()).Select(kind => kind.Polarity()), Is.EqualTo(
            [Polarity.Negative, Polarity.Positive]));
    }
}
