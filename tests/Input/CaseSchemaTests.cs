using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using NJsonSchema;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class CaseSchemaTests
{
    private static string FileName => Path.Combine(Samples.Repository, "schema", "cell3d-case.schema.json");

    [Test]
    public void TheFileInTheRepositoryIsUpToDate()
    {
        if (Environment.GetEnvironmentVariable("CELL3D_WRITE_SCHEMA") == "1") File.WriteAllText(FileName, CaseSchema.ToJson());
        Assert.That(File.ReadAllText(FileName), Is.EqualTo(CaseSchema.ToJson()), "run this test with CELL3D_WRITE_SCHEMA=1 to write the file");
    }

    [Test]
    public async Task SchemaAndValidatorAcceptTheSameCases()
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(CaseSchema.ToJson());
        JsonObject changing = Samples.Pouch();
        changing["Thermal"]!["Ambient temperature [K]"] = JsonNode.Parse("""{ "Times [s]": [0, 60], "Values": [300, 310] }""");
        foreach (JsonObject good in new[] { Samples.Pouch(), changing, Samples.Column() })
        {
            Assert.That(schema.Validate(good.ToJsonString()), Is.Empty);
            Assert.That(schema.Validate(Samples.Case(good).ToJson()), Is.Empty, "resolved");
        }
    }

    [TestCase("Mesh.Particle", "1")]
    [TestCase("Geometry.Form", "\"cylinder\"")]
    [TestCase("Geometry.Depth", "1")]
    [TestCase("Thermal.Model", "3")]
    [TestCase("Thermal.Ambient temperature [K]", "{\"Times [s]\": [0, 60], \"Values\": [300, 600]}")]
    [TestCase("Thermal.Ambient temperature [K]", "{\"Times [s]\": [0], \"Values\": [300]}")]
    [TestCase("Solver.Fixed time steps [s]", "[0]")]
    public async Task SchemaAndValidatorRefuseTheSameCases(string key, string value)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(CaseSchema.ToJson());
        JsonObject bad = Samples.Pouch();
        string[] path = key.Split('.');
        bad[path[0]]![path[1]] = JsonNode.Parse(value);
        Assert.Multiple(() =>
        {
            Assert.That(schema.Validate(bad.ToJsonString()), Is.Not.Empty);
            Assert.That(Samples.Load(bad).Case, Is.Null);
        });
    }

    [Test]
    public void EveryKeyIsDescribed()
    {
        List<string> missing = [];
        Visit(JsonNode.Parse(CaseSchema.ToJson())!.AsObject(), "");
        Assert.That(missing, Is.Empty);

        void Visit(JsonObject schema, string path)
        {
            foreach ((string name, JsonNode? value) in schema["properties"]?.AsObject() ?? [])
            {
                if (name is not ("x" or "y") && string.IsNullOrWhiteSpace((string?)value!["description"])) missing.Add(path + name);
                Visit(value!.AsObject(), $"{path}{name}.");
            }
        }
    }
}
