using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class CaseBadInputTests
{
    private static IEnumerable<TestCaseData> Values()
    {
        yield return Bad("Geometry/Width [m]", "-0.1", "Geometry.Width [m] = -0.1: outside the allowed range; allowed: 1e-6 to 100");
        yield return Bad("Geometry/Form", "\"cylinder\"", "Geometry.Form = \"cylinder\": unknown word; allowed: \"column\", \"pouch\", \"prismatic\", \"roll\"");
        yield return Bad("Geometry/Depth [m]", "3", "Geometry.Depth [m] = 3: unknown key");
        yield return Bad("Geometry/Hight [m]", "3", "Geometry.Hight [m] = 3: unknown key, did you mean \"Height [m]\"?");
        yield return Bad("Tabs/Negative/Centre [m]", "0.095", "Tabs.Negative.Centre [m] = 0.095: the tab reaches from 0.085 to 0.105 m and leaves its edge; allowed: within 0 to 0.1 m of the top edge");
        yield return Bad("Tabs/Positive/Centre [m]", "0.03", "Tabs.Positive = {…}: overlaps with the negative tab on the same edge; allowed: tabs side by side, or Length [m] 0");
        yield return Bad("Tabs/Positive/Edge", "\"front\"", "Tabs.Positive.Edge = \"front\": unknown word; allowed: \"top\", \"bottom\", \"left\", \"right\"");
        yield return Bad("Layers/Negative collector/Thickness [m]", "-1e-5", "Layers.Negative collector.Thickness [m] = -1e-5: outside the allowed range; allowed: 1e-7 to 0.01");
        yield return Bad("Layers/Negative electrode", "{\"Porosity\": 1.2}", "Layers.Negative electrode.Porosity = 1.2: outside the allowed range; allowed: > 0 and ≤ 1");
        yield return Bad("Layers/Negative electrode", "{\"Materials\": {\"Big\": {}}}", "Layers.Negative electrode.Materials.Big = {…}: the BPX file has no such material; allowed: no Materials: the electrode has a single material");
        yield return Bad("Layers/Coating", "{}", "Layers.Coating = {…}: unknown key; allowed: Negative casing, Negative collector");
        yield return Bad("Electrolyte", "{\"Thermodynamic factor\": \"1 - x/1000\"}", "Electrolyte.Thermodynamic factor = \"1 - x/1000\": is 0 at x = 1000; allowed: > 0 and ≤ 100 for x from 500 to 1500");
        yield return Bad("Mesh/Particle", "1", "Mesh.Particle = 1: outside the allowed range; allowed: 2 to 500");
        yield return Bad("Mesh/Cells through/Positive casing", "3", "Mesh.Cells through.Positive casing = 3: the case has no such layer");
        yield return Bad("Thermal/Cooling/Front", "{}", "Thermal.Cooling.Front = {…}: unknown key; allowed: All surfaces, Negative face");
        yield return Bad("Thermal/Cooling/Top edge", "{}", "Thermal.Cooling.Top edge.Heat transfer coefficient [W.m-2.K-1]: the key is missing; allowed: 0 to 1000000");
        yield return Bad("Thermal/Cooling/Top edge", "10", "Thermal.Cooling.Top edge = 10: has the wrong type; allowed: an object { }");
        yield return Bad("Thermal/Ambient temperature [K]", "25", "Thermal.Ambient temperature [K] = 25: outside the allowed range; allowed: 200 to 500");
        yield return Bad("Initial state/SOC", "1.5", "Initial state.SOC = 1.5: outside the allowed range; allowed: 0 to 1");
        yield return Bad("Initial state/Voltage [V]", "3.7", "Initial state.Voltage [V] = 3.7: SOC is given as well; allowed: one of SOC, Voltage [V]");
        yield return Bad("Initial state", "{\"Voltage [V]\": 5}", "Initial state.Voltage [V] = 5: the cell has no such open-circuit voltage; allowed: ");
        yield return Bad("Protocol/Steps", "[]", "Protocol.Steps = []: holds no step; allowed: at least one sentence");
        yield return Bad("Protocol/Steps", "[3]", "Protocol.Steps[0] = 3: has the wrong type; allowed: a text");
        yield return Bad("Protocol/Steps", "[\"Rest for 1 h\", \"Discharge at 1C until 2 V\"]", "Protocol.Steps[1] = \"Discharge at 1C until 2 V\": 2 V lies outside the cut-offs, which end the step; allowed: 2.7 to 4.2 V");
        yield return Bad("Protocol/Steps", "[\"Rest for 1 h\", \"Discharge at 1C until temperature at 'Kopf' 310 K\"]", "Protocol.Steps[1] = \"Discharge at 1C until temperature at 'Kopf' 310 K\": a condition asks for the temperature at \"Kopf\", which is no probe; allowed: ");
        yield return Bad("Protocol/Steps", "[{\"Repeat\": 2, \"Until\": [\"temperature at 'Kopf' > 310 K\"], \"Steps\": [\"Rest for 1 h\"]}]", "Protocol.Steps[0].Until = [1 values]: a condition asks for the temperature at \"Kopf\", which is no probe; allowed: ");
        yield return Bad("Protocol/Steps", "[{\"type\": \"current\", \"value\": 1, \"termination\": \"temperature at 'Kopf' 310 K\"}]", "Protocol.Steps[0] = {…}: a condition asks for the temperature at \"Kopf\", which is no probe; allowed: ");
        yield return Bad("Protocol/Lower voltage cut-off [V]", "4.3", "Protocol.Lower voltage cut-off [V] = 4.3: is not below the upper cut-off; allowed: < 4.2");
        yield return Bad("Probes/Points [m]/Centre", "[0.5, 0, 0]", "Probes.Points [m].Centre = [3 values]: x = 0.5 m lies outside the cell; allowed: x from 0 to ");
        yield return Bad("Probes/Points [m]/Centre", "[0, 0]", "Probes.Points [m].Centre = [2 values]: has the wrong type; allowed: a list of 3 numbers");
        yield return Bad("Probes/Layer means", "1", "Probes.Layer means = 1: has the wrong type; allowed: true, false");
        yield return Bad("Solver/Maximum order", "9", "Solver.Maximum order = 9: outside the allowed range; allowed: 1 to 5");
        yield return Bad("Solver/Maximum step [s]", "0.001", "Solver.Initial step [s]: is above the maximum step; allowed: ≤ 0.001");
        yield return Bad("Solver/Fixed time steps [s]", "[1, -1]", "Solver.Fixed time steps [s][1] = -1: outside the allowed range; allowed: 1e-12 to 1000000000");
        yield return Bad("Output/Field count", "5", "Output.Field count = 5: Field interval [s] is given as well");
        yield return Bad("Output/Row period [s]", "0", "Output.Row period [s] = 0: outside the allowed range; allowed: ");
        yield return Bad("Output/Row times [s]", "[3, -1]", "Output.Row times [s][1] = -1: outside the allowed range; allowed: 0 to ");
        yield return Bad("Output", "{\"Row period [s]\": 1, \"Row times [s]\": [1]}", "Output.Row times [s] = [1 values]: Row period [s] is given as well; allowed: one of Row period [s], Row times [s]");
        yield return Bad("Geometry/Electrode pairs", "401", "Geometry.Electrode pairs = 401: outside the allowed range; allowed: 1 to 400");
        yield return Bad("Geometry/Electrode pairs", "400", "Geometry.Electrode pairs = 400: the cell of the BPX file has ");
        yield return Bad("Geometry/Electrode pairs", "2.5", "Geometry.Electrode pairs = 2.5: has the wrong type");
        yield return Bad("Output/Fields", "[\"Film thickness\"]", "Output.Fields = [1 values]: no layer of this cell has a film thickness that changes; allowed: Salt concentration");
        yield return Bad("Output/Fields", "[\"Temprature\"]", "Output.Fields[0] = \"Temprature\": unknown word, did you mean \"Temperature\"?; allowed: Salt concentration");
    }

    [TestCaseSource(nameof(Values))]
    public void WrongValuesNameFileLineKeyValueAndRange(string key, string value, string message)
    {
        JsonObject text = Samples.Pouch();
        string[] path = key.Split('/');
        JsonNode section = text;
        foreach (string name in path[..^1]) section = section[name]!;
        section[path[^1]] = JsonNode.Parse(value);
        CaseResult result = Samples.Load(text);
        string[] messages = Samples.Messages(result.Problems);
        Assert.Multiple(() =>
        {
            Assert.That(result.Case, Is.Null);
            Assert.That(messages, Has.Some.Contains(message));
            Assert.That(messages, Has.All.Match(@"^case\.json\(\d+\): error: "));
        });
    }

    [Test]
    public void ErrorsOfCaseAndCellComeTogether()
    {
        const string NoCell = "README.md";
        JsonObject text = Samples.Pouch();
        text["Cell"] = NoCell;
        text["Geometry"]!["Width [m]"] = -1;
        text["Solver"]!["Newton tolerance"] = 7;
        text.Remove("Protocol");
        string[] messages = Samples.Messages(Samples.Load(text).Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Length.EqualTo(4));
            Assert.That(messages, Has.Some.Contains("Protocol: the section is missing"));
            Assert.That(messages, Has.Some.StartsWith(NoCell));
        });
    }

    [Test]
    public void AMissingCellIsNamed()
    {
        CaseResult result = Samples.Load(new JsonObject { ["Cell"] = "no.json", ["Geometry"] = new JsonObject { ["Form"] = "column" }, ["Protocol"] = new JsonObject { ["Steps"] = "Rest for 1 h" } });
        Assert.Multiple(() =>
        {
            Assert.That(Samples.Messages(result.Problems).Single(), Is.EqualTo("no.json: error: the file does not exist"));
            Assert.That(result.FileMissing);
        });
    }

    [Test]
    public void AMissingCaseIsNamed()
    {
        CaseResult result = CaseFile.Load("/nowhere/case.json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Problems.Single().ToString(), Is.EqualTo("/nowhere/case.json: error: the file does not exist"));
            Assert.That(result.FileMissing);
        });
    }

    [Test]
    public void TabsNeedAPouchWithCollectors()
    {
        JsonObject text = Samples.Pouch();
        text["Layers"]!.AsObject().Remove("Positive collector");
        text["Geometry"]!["Form"] = "column";
        string[] messages = Samples.Messages(Samples.Load(text).Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Some.Contains("Tabs.Positive = {…}: there is no positive collector to attach it to; allowed: a section Layers.Positive collector"));
            Assert.That(messages, Has.Some.Contains("Tabs = {…}: a column has its terminals on its outer faces; allowed: no tabs, or Geometry.Form \"pouch\""));
        });
    }

    [Test]
    public void ResolvedHeatNeedsThermalValues()
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Path.Combine(Path.GetTempPath(), $"cell3d-{Guid.NewGuid():N}.json");
        text["Thermal"] = JsonNode.Parse("""{ "Model": "resolved", "Cooling": { "All surfaces": { "Heat transfer coefficient [W.m-2.K-1]": 1 } } }""");
        JsonNode cell = JsonNode.Parse(File.ReadAllText(Samples.PathOf(Samples.Chen)))!;
        cell["Parameterisation"]!["Cell"]!.AsObject().Remove("Thermal conductivity [W.m-1.K-1]");
        File.WriteAllText((string)text["Cell"]!, cell.ToJsonString());
        string[] messages = Samples.Messages(Samples.Load(text).Problems);
        File.Delete((string)text["Cell"]!);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Length.EqualTo(3));
            Assert.That(messages, Has.All.Contains("Thermal conductivity [W.m-1.K-1]: is needed where heat is resolved, and the BPX file has no lumped value; allowed: 0.001 to 10000"));
        });
    }

    private static TestCaseData Bad(string key, string value, string message) => new TestCaseData(key, value, message).SetArgDisplayNames(key, value);
}
