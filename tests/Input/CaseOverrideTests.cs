using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class CaseOverrideTests
{
    [Test]
    public void ValuesReplaceThoseOfTheFile()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch(),
            "Mesh.Particle=20",
            "mesh.cells through.separator=3",
            "Thermal.Cooling.Top edge.Heat transfer coefficient [W.m-2.K-1]=7",
            "Thermal.Cooling.Bottom edge.Heat transfer coefficient=8",
            "Header.Title=3",
            "Protocol.Steps=Discharge at 2C until 3 V",
            "Probes.Points.Near tab=[0, 0.02, 0.08]",
            "Probes.Points.Centre=[0, 0.02, 0.1]",
            "Geometry.Height=0.08404",
            "Output.Precision=double");
        Assert.Multiple(() =>
        {
            Assert.That(pouch.Mesh.ParticleModes, Is.EqualTo(20));
            Assert.That(pouch.Mesh.CellsThrough, Is.EqualTo(new[] { 1, 1, 20, 3, 20, 1 }));
            Assert.That(pouch.Thermal.Cooling.Single(entry => entry.Surface == CellSurface.TopEdge).Surroundings.HeatTransferCoefficient.At(0), Is.EqualTo(7));
            Assert.That(pouch.Thermal.Cooling.Single(entry => entry.Surface == CellSurface.BottomEdge).Surroundings.HeatTransferCoefficient.At(0), Is.EqualTo(8));
            Assert.That(pouch.Title, Is.EqualTo("3"));
            Assert.That(((Drive.Current)pouch.Protocol.Steps.Single().Drive).Amperes, Is.EqualTo(-25.0 / 68).Within(1e-12));
            Assert.That(pouch.Probes.Points.Select(point => point.Name), Is.EqualTo(new[] { "Centre", "Near tab" }));
            Assert.That(pouch.Probes.Points[0].Z, Is.EqualTo(0.1));
            Assert.That(pouch.Output.DoublePrecision);
        });
    }

    [Test]
    public void SectionsAppearWhereTheFileHasNone()
    {
        SimulationCase column = Samples.Case(Samples.Column(), "Layers.Negative electrode.Film resistance=0.5", "Solver.Fixed time steps=[1, 2]");
        Assert.Multiple(() =>
        {
            Assert.That(column.Cell.NegativeElectrode.ActiveMaterials[0].FilmResistance, Is.EqualTo(0.5));
            Assert.That(column.Solver.FixedSteps, Is.EqualTo(new[] { 1.0, 2 }));
        });
    }

    [Test]
    public void SettingsAreInTheResolvedCase() =>
        Assert.That(Samples.Case(Samples.Column(), "Mesh.Particle=17").ToJson(), Does.Contain("\"Particle\": 17"));

    [TestCase("Mesh.Partcle=20", "--set Mesh.Partcle: unknown key \"Partcle\", did you mean \"Particle\"?; allowed: Cells through, Grading")]
    [TestCase("Meshes=20", "--set Meshes: unknown key \"Meshes\", did you mean \"Mesh\"?")]
    [TestCase("Mesh.Particle.Size=20", "--set Mesh.Particle.Size: unknown key \"Particle.Size\"")]
    [TestCase("Mesh.Particle", "--set Mesh.Particle: is not a setting; allowed: Key.Path=value")]
    [TestCase("=3", "--set =3: is not a setting")]
    [TestCase("Mesh.Particle=many", "Mesh.Particle = \"many\" (from --set): has the wrong type; allowed: a whole number, 2 to 500")]
    [TestCase("Mesh.Particle=1", "Mesh.Particle = 1 (from --set): outside the allowed range; allowed: 2 to 500")]
    [TestCase("Mesh=3", "Mesh = 3 (from --set): has the wrong type; allowed: an object { }")]
    [TestCase("Mesh.Particle=", "Mesh.Particle = \"\" (from --set): has the wrong type")]
    public void SettingsThatCannotBePlacedAreErrors(string setting, string message) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), setting).Problems).Single(), Does.StartWith("case.json: error: " + message));
}
