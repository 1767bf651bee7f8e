using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class BpxFileTests
{
    [TestCase(Samples.Nmc)]
    [TestCase(Samples.Lfp)]
    [TestCase(Samples.Blended)]
    [TestCase(Samples.Chen)]
    [TestCase(Samples.Stack)]
    public void ExamplesLoadWithOnlyTheConversionWarning(string name)
    {
        BpxResult result = BpxFile.Load(Samples.PathOf(name));
        Assert.Multiple(() =>
        {
            Assert.That(result.Cell, Is.Not.Null);
            Assert.That(result.Problems.Single().ToString(), Does.Contain("converted to 1.x: state of charge 1, ambient 298.15 K, initial 298.15 K"));
        });
    }

    [Test]
    public void NmcValuesAreThoseOfTheFile()
    {
        BpxCell cell = Samples.Cell(Samples.Nmc);
        ActiveMaterial negative = cell.NegativeElectrode.ActiveMaterials.Single();
        Assert.Multiple(() =>
        {
            Assert.That(cell.ElectrodePairs, Is.EqualTo(34));
            Assert.That(cell.ThermalConductivity, Is.EqualTo(2.04));
            Assert.That(cell.PositiveElectrode.Conductivity, Is.EqualTo(0.789));
            Assert.That(cell.Separator.Pores.TransportEfficiency, Is.EqualTo(0.3222));
            Assert.That(negative.ActiveVolumeFraction, Is.EqualTo(499522 * 4.12e-6 / 3).Within(1e-15));
            Assert.That(negative.ReactionActivationEnergy, Is.EqualTo(55000));
            Assert.That(cell.PositiveElectrode.ActiveMaterials[0].EntropicCoefficient.Value(0.5), Is.EqualTo(-1e-4));
            Assert.That(cell.Electrolyte.Conductivity.Value(1000), Is.EqualTo(0.1297 - 2.51 + 3.329).Within(1e-14));
            Assert.That(cell.Electrolyte.TransferenceNumber.Value(1000), Is.EqualTo(0.2594));
            Assert.That(cell.Validation.Select(curve => curve.Name), Is.EqualTo(new[] { "C/20 discharge", "1C discharge" }));
            Assert.That(cell.Validation[1].Voltage, Has.Count.EqualTo(38));
        });
    }

    [Test]
    public void BlendedElectrodesHaveOneMaterialPerParticleClass()
    {
        BpxCell cell = Samples.Cell(Samples.Blended);
        Assert.Multiple(() =>
        {
            Assert.That(cell.PositiveElectrode.ActiveMaterials.Select(material => material.Name), Is.EqualTo(new[] { "Large Particles", "Small Particles" }));
            Assert.That(cell.PositiveElectrode.ActiveMaterials[1].ParticleRadius, Is.EqualTo(1e-6));
            Assert.That(cell.NegativeElectrode.ActiveMaterials, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Version1KeepsItsStateAndUserDefinedConductivity()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, ToVersion1);
        BpxCell cell = result.Cell!;
        Assert.Multiple(() =>
        {
            Assert.That(result.Problems, Is.Empty);
            Assert.That(cell.InitialStateOfCharge, Is.EqualTo(0.5));
            Assert.That(cell.InitialTemperature, Is.EqualTo(300));
            Assert.That(cell.AmbientTemperature, Is.EqualTo(290));
            Assert.That(cell.Electrolyte.InitialConcentration, Is.EqualTo(1100));
            Assert.That(cell.Electrolyte.ReferenceConcentration, Is.EqualTo(1100));
            Assert.That(cell.HeatTransferCoefficient, Is.EqualTo(7));
            Assert.That(cell.ThermalConductivity, Is.EqualTo(1.5));
        });
    }

    [Test]
    public void RateConstantsHoldAtTheConcentrationOfTheFile()
    {
        BpxCell cell = Samples.ReplacedBpx(Samples.Nmc, "\"Initial concentration [mol.m-3]\": 1000", "\"Initial concentration [mol.m-3]\": 1200").Cell!;
        Assert.That((cell.Electrolyte.InitialConcentration, cell.Electrolyte.ReferenceConcentration), Is.EqualTo((1200.0, 1200.0)));
    }

    [Test]
    public void Version1WithoutStateAssumesAndSaysSo()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text =>
        {
            ToVersion1(text);
            text.AsObject().Remove("State");
        });
        Assert.Multiple(() =>
        {
            Assert.That(result.Cell!.InitialStateOfCharge, Is.EqualTo(1));
            Assert.That(result.Cell!.Electrolyte.InitialConcentration, Is.EqualTo(1000));
            Assert.That(result.Cell!.Electrolyte.ReferenceConcentration, Is.EqualTo(1000));
            Assert.That(result.Problems.Select(problem => problem.ToString()), Has.Some.Contains("State.Initial conditions.Initial state-of-charge: not given, 1 is assumed"));
        });
    }

    [Test]
    public void KeysOfVersion0InVersion1NameTheirNewPlace()
    {
        BpxResult result = Samples.ReplacedBpx(Samples.Nmc, "\"BPX\": \"0.1.0\"", "\"BPX\": \"1.0.0\"");
        string[] messages = Samples.Messages(result.Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Some.Contains("Parameterisation.Cell.Ambient temperature [K] = 298.15: in this version the value belongs to State.Thermal environment"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Electrolyte.Initial concentration [mol.m-3] = 1000: in this version the value belongs to State.Initial conditions"));
            Assert.That(messages, Has.Some.Contains("Thermal conductivity [W.m-1.K-1] = 2.04: in this version the value belongs to Parameterisation.User-defined"));
        });
    }

    [Test]
    public void TemperaturesFallBackAsInTheBpxPackage()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text =>
        {
            System.Text.Json.Nodes.JsonObject cell = text["Parameterisation"]!["Cell"]!.AsObject();
            cell.Remove("Ambient temperature [K]");
            cell.Remove("Initial temperature [K]");
            cell["Reference temperature [K]"] = 303.15;
        });
        Assert.Multiple(() =>
        {
            Assert.That(result.Cell!.AmbientTemperature, Is.EqualTo(303.15));
            Assert.That(result.Cell!.InitialTemperature, Is.EqualTo(303.15));
        });
    }

    [Test]
    public void TablesAndFunctionsServeEveryProperty()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text =>
        {
            text["Parameterisation"]!["Electrolyte"]!["Conductivity [S.m-1]"] = System.Text.Json.Nodes.JsonNode.Parse("""{"x": [2000, 1000, 0], "y": [1.2, 1, 0.1]}""");
            text["Parameterisation"]!["Negative electrode"]!["Diffusivity [m2.s-1]"] = "1e-14*(1 + sinh(x))";
        });
        Assert.Multiple(() =>
        {
            Assert.That(result.Cell!.Electrolyte.Conductivity.Value(1500), Is.EqualTo(1.1).Within(1e-14));
            Assert.That(result.Cell!.NegativeElectrode.ActiveMaterials[0].Diffusivity.Value(0.5), Is.EqualTo(1e-14 * (1 + Math.Sinh(0.5))).Within(1e-28));
            Assert.That(result.Problems.Select(problem => problem.ToString()), Has.Some.Contains("the function sinh is not part of BPX"));
        });
    }

    internal static void ToVersion1(System.Text.Json.Nodes.JsonNode text)
    {
        text["Header"]!["BPX"] = "1.0.0";
        System.Text.Json.Nodes.JsonObject parameters = text["Parameterisation"]!.AsObject();
        foreach (string key in new[] { "Ambient temperature [K]", "Initial temperature [K]", "Thermal conductivity [W.m-1.K-1]" }) parameters["Cell"]!.AsObject().Remove(key);
        parameters["Electrolyte"]!.AsObject().Remove("Initial concentration [mol.m-3]");
        parameters["User-defined"] = System.Text.Json.Nodes.JsonNode.Parse("""{"Thermal conductivity [W.m-1.K-1]": 1.5}""");
        text["State"] = System.Text.Json.Nodes.JsonNode.Parse("""
            {
              "Initial conditions": { "Initial state-of-charge": 0.5, "Initial temperature [K]": 300, "Initial electrolyte concentration [mol.m-3]": 1100 },
              "Thermal environment": { "Ambient temperature [K]": 290, "Heat transfer coefficient [W.m-2.K-1]": 7 }
            }
            """);
    }

    [Test]
    public void TheMeanOfBothBranchesOfAHysteresisIsUsed()
    {
        BpxResult result = BpxFile.Load(Samples.PathOf(Samples.Hysteresis));
        JsonNode branches = JsonNode.Parse(File.ReadAllText(Samples.PathOf(Samples.Hysteresis)))!["Parameterisation"]!["User-defined"]!;
        Curve delithiation = Branch("delithiation"), lithiation = Branch("lithiation");
        Function used = result.Cell!.NegativeElectrode.ActiveMaterials.Single().OpenCircuitPotential;
        Assert.Multiple(() =>
        {
            for (double x = 0.01; x < 0.76; x += 0.0007)
                Assert.That(used.Value(x), Is.EqualTo(0.5 * (delithiation.Value(x) + lithiation.Value(x))).Within(1e-12));
            Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Warning).Text,
                Does.StartWith("the mean of both branches takes the place of OCP [V]; either branch lies up to ").And.EndsWith(" mV from it. A case that gives \"OCP hysteresis decay constant\" follows both"));
        });

        Curve Branch(string direction)
        {
            JsonNode table = branches[$"Negative electrode {direction} OCP [V]"]!;
            return new TableCurve(Numbers(table["x"]!), Numbers(table["y"]!));
        }

        static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (double)number!)];
    }
}
