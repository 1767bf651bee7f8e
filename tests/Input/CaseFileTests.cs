using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class CaseFileTests
{
    [Test]
    public void TheShortestCaseTakesEverythingFromBpxAndDefaults()
    {
        SimulationCase column = Samples.Case(Samples.Column());
        Assert.Multiple(() =>
        {
            Assert.That(column.Geometry.Area, Is.EqualTo(0.1027).Within(1e-15));
            Assert.That(column.Geometry.Width, Is.EqualTo(column.Geometry.Height).Within(1e-15));
            Assert.That(column.Layers.Select(layer => layer.Kind), Is.EqualTo(new[] { LayerKind.NegativeElectrode, LayerKind.Separator, LayerKind.PositiveElectrode }));
            Assert.That(column.StackThickness, Is.EqualTo(85.2e-6 + 12e-6 + 75.6e-6).Within(1e-18));
            Assert.That(column.Thermal.Model, Is.EqualTo(ThermalModel.Isothermal));
            Assert.That(column.InitialStateOfCharge, Is.EqualTo(1));
            Assert.That(column.Protocol.CurrentShare, Is.EqualTo(1).Within(1e-15));
            Assert.That(Amperes(column.Protocol.Steps.Single()), Is.EqualTo(-5).Within(1e-14));
            Assert.That(column.Protocol.Steps.Single().Until.Single(), Is.EqualTo(new EndCondition(EndQuantity.Voltage, 2.5)));
            Assert.That(column.Mesh.CellsThrough, Has.Count.EqualTo(3));
            Assert.That(column.Mesh.CellsAlongHeight, Is.EqualTo(1));
            Assert.That(column.Output.FieldCount, Is.EqualTo(20));
            Assert.That(column.Output.Folder, Is.EqualTo(Path.GetFullPath("results/Data")));
        });
    }

    [Test]
    public void ASchemaForEditorsMayBeNamed()
    {
        JsonObject text = Samples.Column();
        text["$schema"] = "../schema/cell3d-case.schema.json";
        Assert.That(Samples.Case(text).ToJson(Samples.Folder), Does.Not.Contain("$schema"), "the path holds only beside this file");
        text["$schema"] = 7;
        Assert.That(Samples.Messages(Samples.Load(text).Problems), Has.Some.Contains("$schema = 7: has the wrong type"));
    }

    [Test]
    public void APouchCarriesItsShareOfCurrentCoolingAndCasing()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        CoolingSettings Cooling(CellSurface surface) => pouch.Thermal.Cooling.Single(entry => entry.Surface == surface);
        Assert.Multiple(() =>
        {
            Assert.That(pouch.Protocol.Steps.Select(Amperes), Is.EqualTo(new[] { -12.5 / 34, 0, 5.0 / 34 }).Within(1e-12));
            Assert.That(pouch.Protocol.Steps[1].Duration, Is.EqualTo(3600));
            Assert.That(pouch.Protocol.Steps[2].Duration, Is.EqualTo(600));
            Assert.That(pouch.Protocol.Steps[2].Until.Single().Value, Is.EqualTo(4.1));
            Assert.That(pouch.Layer(LayerKind.Casing)!.Thickness, Is.EqualTo(1e-4).Within(1e-18));
            Assert.That(pouch.Layer(LayerKind.Casing)!.Material.ElectronicConductivity, Is.Null);
            Assert.That(Cooling(CellSurface.NegativeFace).Surroundings.HeatTransferCoefficient.At(0), Is.EqualTo(10.0 / 34).Within(1e-15));
            Assert.That(Cooling(CellSurface.LeftEdge).Surroundings.HeatTransferCoefficient.At(0), Is.EqualTo(10));
            Assert.That(Cooling(CellSurface.TopEdge), Is.EqualTo(new CoolingSettings(CellSurface.TopEdge, new(TimeTable.Constant(3), TimeTable.Constant(300)))));
            Assert.That(pouch.Thermal.Cooling, Has.Count.EqualTo(8));
            Assert.That(pouch.InitialStateOfCharge, Is.EqualTo(0.9));
        });
    }

    [Test]
    public void LayersFallBackToLumpedValuesAndTabsToTheirCollector()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        LayerMaterial copper = pouch.Layer(LayerKind.NegativeCollector)!.Material;
        Assert.Multiple(() =>
        {
            Assert.That(copper.Thermal, Is.EqualTo(new ThermalProperties(8960, 913, 398, 398)));
            Assert.That(copper.ElectronicConductivity, Is.EqualTo(5.96e7));
            Assert.That(pouch.Layer(LayerKind.NegativeCollector)!.Source, Is.EqualTo("copper"));
            Assert.That(pouch.Layer(LayerKind.Separator)!.Material.Thermal, Is.EqualTo(new ThermalProperties(1847, 913, 2.04, 2.04)));
            Assert.That(pouch.Geometry.NegativeTab!.Thermal, Is.EqualTo(copper.Thermal));
            Assert.That(pouch.Geometry.NegativeTab!.Conductivity, Is.EqualTo(5.96e7));
            Assert.That(pouch.Geometry.PositiveTab!.Conductivity, Is.EqualTo(3.77e7));
            Assert.That(pouch.Geometry.PositiveTab!.Edge, Is.EqualTo(CellEdge.Top));
        });
    }

    [Test]
    public void MaterialDataOfTheCaseReplaceThoseOfBpx()
    {
        JsonObject text = Samples.Column();
        text["Layers"] = JsonNode.Parse("""
            {
              "Negative electrode": { "Porosity": 0.3, "Anodic transfer coefficient": 0.4, "Cathodic transfer coefficient": 0.6, "Film resistance [Ohm.m2]": 0.01, "Active volume fraction": 0.6, "OCP [V]": "0.2 - 0.1*x" },
              "Separator": { "Thickness [m]": 2e-5 }
            }
            """);
        text["Electrolyte"] = JsonNode.Parse("""{ "Thermodynamic factor": "1 + x/1000", "Cation transference number": { "x": [0, 2000], "y": [0.2, 0.4] } }""");
        SimulationCase changed = Samples.Case(text);
        ActiveMaterial material = changed.Layer(LayerKind.NegativeElectrode)!.Material.ActiveMaterials.Single();
        Assert.Multiple(() =>
        {
            Assert.That(changed.Cell.NegativeElectrode.ActiveMaterials.Single(), Is.EqualTo(material));
            Assert.That(changed.Cell.NegativeElectrode.Pores.Porosity, Is.EqualTo(0.3));
            Assert.That(changed.Cell.Separator.Thickness, Is.EqualTo(2e-5));
            Assert.That(material.AnodicTransferCoefficient, Is.EqualTo(0.4));
            Assert.That(material.CathodicTransferCoefficient, Is.EqualTo(0.6));
            Assert.That(material.FilmResistance, Is.EqualTo(0.01));
            Assert.That(material.ActiveVolumeFraction, Is.EqualTo(0.6));
            Assert.That(material.OpenCircuitPotential.Value(0.5), Is.EqualTo(0.15).Within(1e-15));
            Assert.That(material.ParticleRadius, Is.EqualTo(5.86e-6));
            Assert.That(changed.Cell.Electrolyte.ThermodynamicFactor.Value(1000), Is.EqualTo(2).Within(1e-15));
            Assert.That(changed.Cell.Electrolyte.TransferenceNumber.Value(1000), Is.EqualTo(0.3).Within(1e-15));
        });
    }

    [Test]
    public void MaterialsOfABlendTakeTheirOwnDataBeforeThoseOfTheElectrode()
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Blended;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        text["Layers"] = JsonNode.Parse("""{ "Positive electrode": { "Film resistance [Ohm.m2]": 0.01, "Materials": { "Small Particles": { "Film resistance [Ohm.m2]": 0.02 } } } }""");
        SimulationCase blend = Samples.Case(text);
        Assert.Multiple(() =>
        {
            Assert.That(blend.Cell.PositiveElectrode.ActiveMaterials.Select(material => material.FilmResistance), Is.EqualTo(new[] { 0.01, 0.02 }));
            Assert.That(blend.Cell.NegativeElectrode.ActiveMaterials[0].FilmResistance, Is.Zero);
            Assert.That(Samples.Case(JsonNode.Parse(blend.ToJson())!).Cell.PositiveElectrode.ActiveMaterials.Select(material => material.FilmResistance), Is.EqualTo(new[] { 0.01, 0.02 }));
        });
    }

    [Test]
    public void AStartAtAnotherConcentrationLeavesThatOfTheExchangeCurrent()
    {
        Electrolyte elsewhere = Samples.Case(Samples.Column(), "Electrolyte.Initial concentration=1300").Cell.Electrolyte;
        Electrolyte given = Samples.Case(Samples.Column(), "Electrolyte.Initial concentration=1300", "Electrolyte.Reference concentration=1100").Cell.Electrolyte;
        Assert.That((elsewhere.InitialConcentration, elsewhere.ReferenceConcentration), Is.EqualTo((1300.0, 1000.0)));
        Assert.That((given.InitialConcentration, given.ReferenceConcentration), Is.EqualTo((1300.0, 1100.0)));
    }

    [Test]
    public void AStartVoltageBecomesAStateOfCharge()
    {
        JsonObject text = Samples.Column();
        text["Initial state"] = JsonNode.Parse("""{ "Voltage [V]": 3.7 }""");
        SimulationCase column = Samples.Case(text, "Thermal.Initial temperature=273.15", "Layers.Negative electrode.Entropic change coefficient=0.0005");
        Assert.That(column.Cell.Balance.OpenCircuitVoltage(column.InitialStateOfCharge, 273.15), Is.EqualTo(3.7).Within(1e-10));
    }

    [TestCase("Charge at 1C", true)]
    [TestCase("Discharge at 1C", false)]
    public void StartingAboveTheCutOffIsAWarningWhereTheCellIsCharged(string first, bool warns)
    {
        JsonObject text = Samples.Pouch();
        text["Initial state"] = JsonNode.Parse("""{ "SOC": 1 }""");
        text["Protocol"]!["Steps"] = new JsonArray("Rest for 1 min", first, "Charge at 1C");
        CaseResult result = Samples.Load(text);
        Assert.That(result.Case, Is.Not.Null);
        Assert.That(result.Warnings.Count(warning => warning.Text == "the cell starts at 4.20176 V, above its upper cut-off of 4.2 V: the charge ends at once"), Is.EqualTo(warns ? 1 : 0));
    }

    [Test]
    public void LayersThatDoNotAddUpToTheLumpedCellAreAWarning()
    {
        JsonObject text = Samples.Pouch();
        text["Layers"]!.AsObject().Remove("Negative casing");
        Assert.That(Samples.Load(text).Warnings.Select(warning => warning.ToString()), Has.Some.Match("Layers: the layers hold .* J/K, the lumped cell 6.348 J/K for the same area"));
    }

    [TestCase("simulated pairs", "Discharge at 5 A", -5)]
    [TestCase("whole cell", "Discharge at 5 A", -5.0 / 34)]
    [TestCase("simulated pairs", "Charge at C/20", 12.5 / 20 / 34)]
    [TestCase("whole cell", "charge at 500 mA", 0.5 / 34)]
    [TestCase("whole cell", "Discharge at 0.5C for 2 h until 3 V", -6.25 / 34)]
    public void CurrentsReferToWhatTheCaseSays(string refersTo, string step, double current)
    {
        JsonObject text = Samples.Pouch();
        text["Protocol"] = new JsonObject { ["Current refers to"] = refersTo, ["Steps"] = new JsonArray(step) };
        Assert.That(Amperes(Samples.Case(text).Protocol.Steps.Single()), Is.EqualTo(current).Within(1e-13));
    }

    [Test]
    public void TheResolvedCaseLoadsToTheSameCase([Values("column", "pouch", "stack")] string form)
    {
        string[] stack = ["Geometry.Electrode pairs=4", "Geometry.Overhang=0.001", "Geometry.Outer foils=whole", "Tabs.Negative.Weld resistance=1e-3",
            "Defects.Internal shorts.nail.Pair=2", "Defects.Internal shorts.nail.Place=[0.05, 0.06]", "Defects.Internal shorts.nail.Resistance=3",
            "Defects.Missing layers.bare.Layer=Separator", "Defects.Missing layers.bare.From=[0.03, 0.02]", "Defects.Missing layers.bare.To=[0.07, 0.05]"];
        SimulationCase original = form == "column" ? Samples.Case(Samples.Column()) : Samples.Case(Samples.Pouch(), form == "stack" ? stack : []);
        string resolved = original.ToJson();
        CaseResult again = Samples.Load(JsonNode.Parse(resolved)!);
        Assert.Multiple(() =>
        {
            Assert.That(again.Case!.ToJson(), Is.EqualTo(resolved));
            Assert.That(again.Case!.Layers.Select(layer => (layer.Kind, layer.Thickness, layer.Material.Thermal, layer.Source)),
                Is.EqualTo(original.Layers.Select(layer => (layer.Kind, layer.Thickness, layer.Material.Thermal, layer.Source))));
            Assert.That(again.Case!.Thermal.Cooling, Is.EqualTo(original.Thermal.Cooling));
            Assert.That(again.Case!.Geometry, Is.EqualTo(original.Geometry));
            Assert.That(again.Case!.Defects.Shorts, Is.EqualTo(original.Defects.Shorts));
            Assert.That(again.Case!.Defects.Missing, Is.EqualTo(original.Defects.Missing));
            Assert.That(again.Case!.Protocol.Steps, Is.EqualTo(original.Protocol.Steps).UsingPropertiesComparer());
            Assert.That(again.Case!.Probes.Points, Is.EqualTo(original.Probes.Points));
            Assert.That(again.Case!.Output.Fields, Is.EqualTo(original.Output.Fields));
        });
    }

    [Test]
    public void TheResolvedCaseHoldsEveryKeyThatHasAValue()
    {
        JsonNode resolved = JsonNode.Parse(Samples.Case(Samples.Column()).ToJson())!;
        Assert.Multiple(() =>
        {
            Assert.That((double)resolved["Layers"]!["Negative electrode"]!["Anodic transfer coefficient"]!, Is.EqualTo(0.5));
            Assert.That((string)resolved["Layers"]!["Negative electrode"]!["OCP [V]"]!, Does.StartWith("-0.04478*tanh"));
            Assert.That((int)resolved["Mesh"]!["Cells through"]!["Separator"]!, Is.EqualTo(80));
            Assert.That((double)resolved["Geometry"]!["Width [m]"]!, Is.EqualTo(Math.Sqrt(0.1027)).Within(1e-15));
            Assert.That((string)resolved["Cell"]!, Is.EqualTo(Samples.Chen));
            Assert.That(Samples.Case(Samples.Column()).ToJson(Path.Combine(Samples.Folder, "results")), Does.Contain("\"../chen2020_bpx.json\""));
        });
    }

    [Test]
    public void TemplatesOfAllCellsLoadWithoutErrors([Values(Samples.Nmc, Samples.Lfp, Samples.Blended, Samples.Chen)] string cell)
    {
        CaseResult result = Samples.Load(JsonNode.Parse(CaseTemplate.Write(Samples.Cell(cell), cell))!);
        Assert.That(Samples.Messages(result.Problems), Is.Empty);
        Assert.That(result.Warnings.Where(problem => problem.Path is not ("Header.BPX" or "Protocol.Upper voltage cut-off [V]")), Is.Empty);
        Assert.That(result.Case!.Geometry.Form, Is.EqualTo(cell is Samples.Lfp or Samples.Chen ? CellForm.Roll : CellForm.Pouch));
        CellGeometry outline = result.Case.Geometry;
        Assert.That(HeatCapacityCheck.OfLayers(outline, result.Case.Layers, 298.15), Is.EqualTo(HeatCapacityCheck.OfCell(result.Case.Cell, outline)).Within(0.1).Percent);
        Assert.That(OuterSurface.Area(result.Case), Is.EqualTo(result.Case.Cell.ExternalSurfaceArea).Within(1).Percent);
    }

    [Test]
    public void ATemplateWithoutThermalValuesIsIsothermal([Values(Samples.Nmc, Samples.Lfp)] string cell)
    {
        SimulationCase template = Samples.Case(JsonNode.Parse(CaseTemplate.Write(Samples.Cell(cell) with { ThermalConductivity = null }, cell))!);
        Assert.That(template.Thermal.Model, Is.EqualTo(ThermalModel.Isothermal));
        if (cell == Samples.Lfp) Assert.That(template.Description, Does.Contain("not flat").And.Contain("isothermal"));
    }

    [Test]
    public void WithoutACylinderTheTemplateIsAColumnThatSaysWhy()
    {
        foreach ((double? surface, double? volume, string why) in new (double?, double?, string)[] { (null, 1.7e-5, "External surface area"), (0.00431, null, "Volume"), (0.00431, 3e-5, "no cylinder"), (0.003, 1e-5, "do not fit") })
        {
            SimulationCase template = Samples.Case(JsonNode.Parse(CaseTemplate.Write(Samples.Cell(Samples.Lfp) with { ExternalSurfaceArea = surface, Volume = volume }, Samples.Lfp))!);
            Assert.That(template.Geometry.Form, Is.EqualTo(CellForm.Column));
            Assert.That(template.Description, Does.Contain(why));
        }
    }

    private static double Amperes(ProtocolStep step) => ((Drive.Current)step.Drive).Amperes;
}
