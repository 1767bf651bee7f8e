using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Properties given as expressions of concentration and temperature.</summary>
public class PropertyInputTests
{
    private const string OfTemperature = "1e-3*x*exp(2 - 600/T)";

    [Test]
    public void AConductivityOfTemperatureNeedsNoActivationEnergy()
    {
        Electrolyte electrolyte = Electrolyte($"Electrolyte.Conductivity=\"{OfTemperature}\"").Cell.Electrolyte;
        Function conductivity = electrolyte.ConductivityOf(298.15);
        Assert.That(conductivity.Value(900, 310), Is.EqualTo(0.9 * Math.Exp(2 - (600 / 310.0))).Within(1e-15));
    }

    /// <summary>An activation energy of the BPX file does not count beside the case's own expression of T, but beside one without T.</summary>
    [TestCase(OfTemperature, 0)]
    [TestCase("1e-3*x", 17000)]
    public void TheActivationEnergyOfTheFileCountsForACurveOnly(string conductivity, double expected)
    {
        JsonNode bpx = JsonNode.Parse(File.ReadAllText(Samples.PathOf(Samples.Chen)))!;
        bpx["Parameterisation"]!["Electrolyte"]!["Conductivity activation energy [J.mol-1]"] = 17000;
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, Samples.Chen), bpx.ToJsonString());
            CaseResult result = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(Samples.Column().ToJsonString()), Path.Combine(folder, "case.json"), [$"Electrolyte.Conductivity=\"{conductivity}\""]);
            Assert.That(result.Case!.Cell.Electrolyte.ConductivityActivationEnergy, Is.EqualTo(expected));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void TheResolvedCaseGivesTheSameProperties()
    {
        SimulationCase simulation = Electrolyte(
            $"Electrolyte.Conductivity=\"{OfTemperature}\"", "Electrolyte.Cation transference number=\"0.3 + 1e-3*(T - 298)\"", "Electrolyte.Thermodynamic factor=\"1 + 1e-4*x\"");
        CaseResult again = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        Assert.Multiple(() =>
        {
            Assert.That(again.Case!.Cell.Electrolyte.Conductivity.ToString(), Is.EqualTo(OfTemperature));
            Assert.That(again.Case!.Cell.Electrolyte.TransferenceNumber.Value(1000, 308), Is.EqualTo(0.31).Within(1e-15));
            Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
        });
    }

    [Test]
    public void ABpxFileWithTemperatureInAnExpressionIsNotPortable()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Chen, bpx => bpx["Parameterisation"]!["Electrolyte"]!["Conductivity [S.m-1]"] = OfTemperature);
        Assert.That(result.Cell!.Electrolyte.Conductivity.Inputs, Is.EqualTo(2));
        Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Warning).Text, Does.Contain("T in a property is not part of BPX"));
    }

    [Test]
    public void AnActivationEnergyBesideTemperatureIsAMistake()
    {
        BpxResult bpx = Samples.ChangedBpx(Samples.Chen, file =>
        {
            file["Parameterisation"]!["Electrolyte"]!["Diffusivity [m2.s-1]"] = "1e-12*T";
            file["Parameterisation"]!["Electrolyte"]!["Diffusivity activation energy [J.mol-1]"] = 17000;
        });
        CaseResult result = Samples.Load(Samples.Column(), $"Electrolyte.Conductivity=\"{OfTemperature}\"", "Electrolyte.Conductivity activation energy=100");
        const string problem = "stands beside a property that holds the temperature T; allowed: 0, or a property without T";
        Assert.That(Samples.Messages(bpx.Problems), Has.One.EndsWith(problem));
        Assert.That(Samples.Messages(result.Problems), Has.One.EndsWith(problem));
    }

    private const string PotentialOfTemperature = "4.3 - x + 1e-4*(T - 298.15)*x + 1e-6*(T - 298.15)**2";

    /// <summary>A potential of the case that holds T stands in place of the file's potential and entropic coefficient, and is written as it was given.</summary>
    [Test]
    public void APotentialMayHoldTheTemperature([Values("diverging", "as given")] string ends)
    {
        string[] settings = [$"Layers.Positive electrode.OCP={PotentialOfTemperature}", $"Layers.Positive electrode.OCP ends={ends}"];
        SimulationCase simulation = Samples.Case(NmcColumn(), settings);
        ActiveMaterial material = Positive(simulation);
        CaseResult again = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        Assert.Multiple(() =>
        {
            Assert.That(Positive(Samples.Case(NmcColumn())).EntropicCoefficient.Value(0.5), Is.Not.Zero);
            Assert.That(material.OpenCircuitPotential.Value(0.4, 318.15), Is.EqualTo(3.9 + 8e-4 + 4e-4).Within(1e-14));
            Assert.That(material.OpenCircuitPotential.Partial(1).Value(0.4, 318.15), Is.EqualTo(4e-5 + 4e-5).Within(1e-16));
            Assert.That(material.EntropicCoefficient.Value(0.5), Is.Zero);
            Assert.That(simulation.ToJson(), Does.Contain($"\"OCP [V]\": \"{PotentialOfTemperature}\""));
            Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
            Assert.That(Positive(again.Case).OpenCircuitPotential.Value(0.001, 310), Is.EqualTo(material.OpenCircuitPotential.Value(0.001, 310)));
        });
    }

    /// <summary>A table over x and T: at its points the potential, between them with a slope over T that is the entropic coefficient; written as it was given.</summary>
    [Test]
    public void APotentialMayBeATableOverTemperature()
    {
        const string table = """{"x":[0.2,0.5,0.9],"T":[270,298.15,320],"y":[[4.1,3.8,3.4],[4.11,3.79,3.41],[4.13,3.79,3.43]]}""";
        SimulationCase simulation = Samples.Case(NmcColumn(), $"Layers.Positive electrode.OCP={table}");
        ActiveMaterial material = Positive(simulation);
        CaseResult again = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        Assert.Multiple(() =>
        {
            Assert.That(material.OpenCircuitPotential.Value(0.5, 298.15), Is.EqualTo(3.79).Within(1e-15));
            Assert.That(material.OpenCircuitPotential.Value(0.35, 270), Is.EqualTo(3.95).Within(1e-14));
            Assert.That(material.EntropicCoefficient.Value(0.5), Is.Zero);
            Assert.That(JsonNode.DeepEquals(JsonNode.Parse(simulation.ToJson())!["Layers"]!["Positive electrode"]!["OCP [V]"], JsonNode.Parse(table)));
            Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
        });
    }

    [Test]
    public void AConductivityMayBeATableOverTemperature()
    {
        Electrolyte electrolyte = Electrolyte("""Electrolyte.Conductivity={"x":[0,1000,2000],"T":[270,320],"y":[[0.1,0.6,0.5],[0.2,1.6,1.4]]}""").Cell.Electrolyte;
        Assert.That(electrolyte.ConductivityOf(298.15).Value(500, 295), Is.EqualTo(0.5 * (0.35 + 0.9)).Within(1e-14));
    }

    [TestCase("""{"x":[0,1],"T":[300,300],"y":[[1,2],[3,4]]}""", "OCP [V].T[1] = 300 (from --set): does not rise; allowed: > 300")]
    [TestCase("""{"x":[0,1],"T":[290,300],"y":[[1,2]]}""", "OCP [V].y = [1 values] (from --set): is not one list for each T; allowed: 2 lists of 2 numbers")]
    [TestCase("""{"x":[0,1],"T":[290,300],"y":[[1,2],[1,2,3]]}""", "OCP [V].y[1] = [3 values] (from --set): has the wrong type; allowed: a list of 2 numbers")]
    [TestCase("""{"x":[0,1],"T":[290,300]}""", """OCP [V] = {…} (from --set): y is missing; allowed: {"x": [...], "T": [...], "y": [[...], ...]}""")]
    [TestCase("""{"x":[0,1],"T":[290,300],"y":[[1,2],[3,4]],"z":1}""", "OCP [V].z = 1 (from --set): unknown key in a table; allowed: x, T, y")]
    [TestCase("""{"x":[0,1],"T":[290,300],"y":[[4,3],[4,30]]}""", "(from --set): is -15.3913 at x = 0.263845, T = 263.15")]
    public void WhatIsWrongWithATableOverTemperatureIsTold(string table, string problem) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"Layers.Positive electrode.OCP={table}").Problems), Has.One.Contains(problem));

    [Test]
    public void ABpxFileMayHoldAPotentialOfTemperature()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Chen, bpx =>
        {
            bpx["Parameterisation"]!["Positive electrode"]!["OCP [V]"] = PotentialOfTemperature;
            bpx["Parameterisation"]!["Positive electrode"]!.AsObject().Remove("Entropic change coefficient [V.K-1]");
        });
        Assert.That(result.Cell!.PositiveElectrode.ActiveMaterials[0].OpenCircuitPotential.Value(0.4, 308.15), Is.EqualTo(3.9 + 4e-4 + 1e-4).Within(1e-14));
        Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Warning).ToString(), Does.Contain("OCP [V]").And.Contain("T in a property is not part of BPX"));
    }

    /// <summary>Branches under User-defined may hold T as well; their mean then has the entropic coefficient.</summary>
    [Test]
    public void BranchesOfAHysteresisMayHoldTheTemperature()
    {
        const string delithiation = "Negative electrode delithiation OCP [V]", lithiation = "Negative electrode lithiation OCP [V]";
        BpxResult result = Samples.ChangedBpx(Samples.Hysteresis, bpx =>
        {
            JsonNode branches = bpx["Parameterisation"]!["User-defined"]!;
            branches[delithiation] = "0.3 - 0.1*x + 1e-4*(T - 298.15)";
            branches[lithiation] = "0.2 - 0.1*x";
            bpx["Parameterisation"]!["Negative electrode"]!["Entropic change coefficient [V.K-1]"] = 0;
        });
        ActiveMaterial material = result.Cell!.NegativeElectrode.ActiveMaterials[0];
        Assert.That(material.OpenCircuitPotential.Value(0.5, 308.15), Is.EqualTo(0.2 + 5e-4).Within(1e-15));
        Assert.That(material.EquilibriumPotentialOf(298.15).Value(0.5, 308.15), Is.EqualTo(0.2 + 5e-4).Within(1e-15));
        Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Warning).Text, Does.Contain("either branch lies up to 50 mV from it"));
    }

    [TestCase("BPX")]
    [TestCase("case")]
    [TestCase("material")]
    public void AnEntropicCoefficientBesideTemperatureIsAMistake(string place)
    {
        const string key = "Entropic change coefficient [V.K-1]", problem = ": stands beside \"OCP [V]\" that holds the temperature T; allowed: 0, or a potential without T";
        IEnumerable<InputProblem> problems = place switch
        {
            "BPX" => Samples.ChangedBpx(Samples.Chen, bpx =>
            {
                bpx["Parameterisation"]!["Positive electrode"]!["OCP [V]"] = PotentialOfTemperature;
                bpx["Parameterisation"]!["Positive electrode"]![key] = -1e-4;
            }).Problems,
            "case" => Samples.Load(Samples.Column(), $"Layers.Positive electrode.OCP={PotentialOfTemperature}", "Layers.Positive electrode.Entropic change coefficient=1e-4*x").Problems,
            _ => Samples.Load(Blend(), $"Layers.Positive electrode.Materials.Small Particles.OCP={PotentialOfTemperature}", "Layers.Positive electrode.Entropic change coefficient=1e-4").Problems,
        };
        Assert.That(Samples.Messages(problems), Has.One.Contains($"Positive electrode.{key} = ").And.One.EndsWith(problem));
    }

    [TestCase("4 - x*y", "unknown name 'y' (known: x, T, exp")]
    [TestCase("4 - 0.1*T", "OCP [V] = \"4 - 0.1*T\" (from --set): is -22.315 at x = 0.263845, T = 263.15; allowed: -10 to 10 for x from 0.263845 to 0.853975, T from 263.15 to 333.15")]
    [TestCase("4 - x + 0.003*(T - 298.15)**2", "∂U/∂T is -0.21 at x = 0.263845, T = 263.15; allowed: -0.1 to 0.1 for x from 0.263845")]
    [TestCase("4 - x + 0.01*sqrt(T - 263.15)", "has no finite slope at x = 0.263845, T = 263.15; allowed: a finite slope")]
    public void WhatIsWrongWithAPotentialOfTemperatureIsTold(string potential, string problem) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"Layers.Positive electrode.OCP={potential}").Problems), Has.One.Contains(problem));

    [TestCase("1e-3*x*y", "unknown name 'y' (known: x, T, exp")]
    [TestCase("1 - 0.004*T", "is -0.0526 at x = 500, T = 263.15; allowed: 1e-6 to 1000 for x from 500 to 1500, T from 263.15 to 333.15")]
    [TestCase("sqrt(T - 300)", "is NaN at x = 500, T = 263.15")]
    public void WhatIsWrongWithAPropertyIsTold(string conductivity, string problem) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"Electrolyte.Conductivity=\"{conductivity}\"").Problems), Has.One.Contains(problem));

    [Test]
    public void ThermalPropertiesMayBeExpressionsOfTemperature()
    {
        SimulationCase simulation = Samples.Case(Samples.Pouch(), "Layers.Separator.Specific heat capacity=900 + 2*(T - 298.15)", "Layers.Separator.Thermal conductivity=0.3*T/300");
        ThermalProperties thermal = simulation.Layer(Cell3D.Mesh.LayerKind.Separator)!.Material.Thermal;
        Assert.Multiple(() =>
        {
            Assert.That(thermal.SpecificHeatCapacity.Value(308.15), Is.EqualTo(920).Within(1e-12));
            Assert.That(thermal.InPlaneConductivity.Value(330), Is.EqualTo(0.33).Within(1e-15), "that through the thickness");
            Assert.That(simulation.ToJson(), Does.Contain("\"Specific heat capacity [J.K-1.kg-1]\": \"900 + 2*(T - 298.15)\""));
        });
    }

    [Test]
    public void ThermalPropertiesMayBeTablesOverTemperature()
    {
        SimulationCase simulation = Samples.Case(Samples.Pouch(), """Layers.Separator.Specific heat capacity={"T":[250,300,350],"y":[900,1000,1200]}""");
        ThermalProperties thermal = simulation.Layer(Cell3D.Mesh.LayerKind.Separator)!.Material.Thermal;
        CaseResult again = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        Assert.That(thermal.SpecificHeatCapacity.Value(310), Is.EqualTo(1040).Within(1e-12));
        Assert.That(thermal.SpecificEnthalpy(290).Value(310), Is.EqualTo((10 * 990) + (10 * 1020)).Within(1e-3));
        Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
    }

    [TestCase("Layers.Separator.Specific heat capacity=900 + 2*x", "unknown name 'x' (known: T, exp")]
    [TestCase("Layers.Separator.Thermal conductivity=0.3 - 0.01*(T - 298.15)", "is 0 at T = 328.15")]
    [TestCase("""Layers.Separator.Thermal conductivity={"x": [1, 2], "y": [1, 2]}""", """unknown key in a table; allowed: T, y""")]
    [TestCase("Layers.Separator.Thermal conductivity=[1, 2]", """has the wrong type; allowed: a number, an expression in T, a table {"T": [...], "y": [...]}""")]
    [TestCase("""Layers.Separator.Thermal conductivity={"T": [280, 290, 285], "y": [1, 2, 3]}""", "T[2] = 285 turns back after T[1] = 290; allowed: at least 2 points, as many y as T")]
    [TestCase("Variation.Separator.Porosity=1 + 0.2*t", "unknown name 't' (known: x, y, z, depth, pair, turn, s, normal, exp")]
    [TestCase("Variation.Separator.Porosity=1 + 0.001*turn", "only a roll has turn; allowed: x, y, z, depth, pair, normal")]
    [TestCase("Variation.Separator.Porosity=1 - 0.001*s", "only a roll has s; allowed: x, y, z, depth, pair, normal")]
    [TestCase("Variation.Separator.Porosity=1 + 0.01*normal", "normal is the number of a patch, and there are none; allowed: a section Scatter beside it")]
    [TestCase("Variation.Separator.Scatter.Patch=0.01", "Variation.Separator.Scatter = {…} (from --set): no factor beside it depends on it; allowed: a factor of normal")]
    [TestCase("Variation.Separator.Scatter.Seed=2", "Variation.Separator.Scatter.Patch [m]: the key is missing")]
    [TestCase("Variation.Separator.Scatter.Patches through=0", "outside the allowed range; allowed: 1 to 1000")]
    [TestCase("Variation.Separator.Conductivity=1", "unknown key")]
    [TestCase("Variation.Separator.Porosity=1 + 4*depth", "Variation.Separator.Porosity = \"1 + 4*depth\" (from --set): the factor 2.25 makes it 1.0")]
    [TestCase("Variation.Negative electrode.Particle radius=1 - 2*depth", "Variation.Negative electrode.Particle radius = \"1 - 2*depth\" (from --set): the factor -0.125 makes it -")]
    [TestCase("Variation.Positive electrode.Particle radius=1e4", "at depth 0.0625, y = ")]
    [TestCase("Variation.Positive electrode.Surface area per unit volume=1e-7", "the factor 1E-07 makes it ")]
    [TestCase("Variation.Separator.Particle radius=1", "unknown key")]
    [TestCase("Variation.Positive casing.Density=1", "Variation.Positive casing = {…} (from --set): the case has no such layer")]
    [TestCase("""Variation.Separator.Porosity=[1, 2]""", "has the wrong type; allowed: a number, an expression in x, y, z, depth")]
    public void WhatIsWrongWithThermalPropertiesAndVariationsIsTold(string setting, string problem) =>
        Assert.That(string.Join('\n', Samples.Load(Samples.Pouch(), setting).Problems), Does.Contain(problem));

    [Test]
    public void WhatIsWrongWithTheParticlesOfOneMaterialNamesItAndAllIsToldAtOnce()
    {
        string problems = string.Join('\n', Samples.Load(Blend(), "Variation.Positive electrode.Particle radius=5e3", "Variation.Positive electrode.Surface area per unit volume=x/0").Problems);
        Assert.That(problems, Does.Match(@"Variation\.Positive electrode\.Particle radius.*the factor 5000 makes it 0\.\d+ \(\S.*\) at depth").And.Contain("Variation.Positive electrode.Surface area per unit volume"));
    }

    [Test]
    public void VariationsAreReadShownAndReadAgain()
    {
        SimulationCase simulation = Samples.Case(Samples.Pouch(), "Variation.Negative electrode.Porosity=1 + 0.2*(depth - 0.5) + 0.01*normal", "Variation.Negative electrode.Scatter.Patch=0.02", "Variation.Negative collector.Conductivity=0.9");
        CaseResult again = CaseFile.Read(System.Text.Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        LayerVariation variation = again.Case!.Layer(Cell3D.Mesh.LayerKind.NegativeElectrode)!.Variations.Single();
        Assert.Multiple(() =>
        {
            Assert.That(variation.Property, Is.EqualTo(LayerProperty.Porosity));
            Assert.That(variation.Factor.Value(0, 0, 0, 1, 1, 0, 0, 2), Is.EqualTo(1.12).Within(1e-15));
            Assert.That(again.Case!.Layer(Cell3D.Mesh.LayerKind.NegativeElectrode)!.Scatter, Is.EqualTo(new Scatter(1, 0.02, 1)));
            Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
        });
    }

    private static ActiveMaterial Positive(SimulationCase simulation) => simulation.Cell.PositiveElectrode.ActiveMaterials[0];

    private static JsonObject NmcColumn()
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Nmc;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        return text;
    }

    private static JsonObject Blend()
    {
        JsonObject text = NmcColumn();
        text["Cell"] = Samples.Blended;
        return text;
    }

    private static SimulationCase Electrolyte(params string[] settings) => Samples.Case(Samples.Column(), settings);
}
