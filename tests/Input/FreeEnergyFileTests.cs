using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Input.FreeEnergies;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using Cell3D.Tests.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class FreeEnergyFileTests
{
    private const double Room = 298.15, Gas = 8.314462618, Faraday = 96485.33212;

    private static FreeEnergyResult Load(string text, FreeEnergyOptions? options = null)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "host.txt");
        File.WriteAllText(path, text);
        return FreeEnergyFile.Load(path, options ?? new());
    }

    private static string[] Errors(FreeEnergyResult result) => [.. result.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.ToString())];

    private static string Csv(string header, Func<double, double, string> row, params double[] temperatures) =>
        header + "\n" + string.Concat(temperatures.SelectMany(temperature => Enumerable.Range(1, 19).Select(i => row(0.05 * i, temperature) + "\n")));

    private static double Regular(double x, double temperature) =>
        (Gas * temperature * ((x * Math.Log(x)) + ((1 - x) * Math.Log(1 - x)))) + ((9000 + (2 * temperature)) * x * (1 - x));

    [Test]
    public void CsvMayHaveTemperaturesElectronvoltsAndSemicolons()
    {
        foreach (string text in new[]
        {
            Csv("theta, T [K], f [J/mol]", (x, t) => FormattableString.Invariant($"{x},{t},{Regular(x, t)}"), 288.15, 298.15),
            Csv("# of a model\nx;T [K];f [eV]", (x, t) => FormattableString.Invariant($"{x};{t};{Regular(x, t) / Faraday}").Replace('.', ','), 298.15, 288.15),
        })
        {
            FreeEnergyResult result = Load(text);
            Assert.That(result.Source, Is.Not.Null, string.Join('\n', result.Problems));
            FreeEnergyPoint point = result.Source!.Host.At(0.3, Room);
            Assert.That(point.Potential, Is.EqualTo((Gas * Room * Math.Log(0.3 / 0.7)) + ((9000 + (2 * Room)) * 0.4)).Within(1e-5));
            Assert.That(point.PotentialByTemperature, Is.EqualTo((Gas * Math.Log(0.3 / 0.7)) + (2 * 0.4)).Within(1e-7));
        }
    }

    [Test]
    public void JsonTakesClosedFormsAndTables()
    {
        FreeEnergySource regular = Load("""{"Title": "LFP", "Reference potential [V]": 3.42, "Interaction [J.mol-1]": [12000], "Temperature [K]": 310}""").Source!;
        Assert.That((regular.Title, regular.Kind, regular.Temperature, regular.ReferencePotential), Is.EqualTo(("LFP", "regular solution", 310.0, 3.42)));
        Assert.That(Load("""{"Interaction [J.mol-1]": [1]}""", new(Temperature: 320)).Source!.Temperature, Is.EqualTo(320));
        FreeEnergySource table = Load("""{"Free energy [J.mol-1]": {"x": [0, 0.25, 0.5, 0.75, 1], "y": [0, -1, -2, -1, 0]}, "Noise [J.mol-1]": 0.1}""").Source!;
        Assert.That(table.Kind, Is.EqualTo("table of the free energy, 5 points at 1 temperature"));
        Assert.That(table.Host.At(0.5, Room).PotentialByTemperature, Is.NaN, "one temperature tells no entropy");
    }

    [TestCase("""{"Temperatur [K]": 1, "Site energy [J.mol-1]": "a", "Interaction [J.mol-1]": [1, 2], "Interaction slope [J.mol-1.K-1]": [1]}""", "did you mean \"Temperature [K]\"|Site energy [J.mol-1] = \"a\"|is not as long as the list of interactions", TestName = "AllErrorsOfAClosedForm")]
    [TestCase("""{"Free energy [J.mol-1]": {"x": [0, 1], "y": [0, 0]}, "Grand potential [J.mol-1]": 3, "Interaction [J.mol-1]": [1]}""", "stands beside \"Free energy|belongs to a closed form", TestName = "TwoFormsAtOnce")]
    [TestCase("""{"Free energy [J.mol-1]": "x**2"}""", "is no table", TestName = "AnExpressionIsNoTable")]
    [TestCase("""{"Free energy [J.mol-1]": {"x": [0, 0.5, 1.5], "y": [0, 0, 0]}}""", "has 3 points; at least 4|lies outside 0 to 1", TestName = "TooFewPointsAndOutside")]
    [TestCase("""{"Grand potential [J.mol-1]": {"x": [0, 1, 2, 3], "y": [-1, -2, 0.5, -4]}}""", "not below 0", TestName = "AGrandPotentialAboveZero")]
    [TestCase("""{"Free energy [J.mol-1]": {"x": [0, 0.3, 0.6, 1], "T": [300, 310], "y": [[0, 1, 1, 0], [0, 1, 1, 0]]}, "Temperature [K]": 290}""", "290 K lies outside the table, 300 to 310 K", TestName = "ATemperatureOutside")]
    [TestCase("""{"Noise [J.mol-1]": 3}""", "belongs to a table", TestName = "NoiseWithoutATable")]
    [TestCase("""{"Interaction [J.mol-1]": [1, 2], "Interlayer interaction [J.mol-1]": 5}""", "is not that of a regular solution", TestName = "LayersOfManyTerms")]
    [TestCase("""{"Interlayer filling interaction [J.mol-1]": -1}""", "Interlayer filling interaction [J.mol-1] = -1", TestName = "LayersThatAttract")]
    [TestCase("{", "not valid JSON", TestName = "HalfAFile")]
    [TestCase("a,b\n1,2\n", "the header does not name the columns", TestName = "AnUnknownHeader")]
    [TestCase("x,f\n0.1,2\n", "the header does not name the columns", TestName = "AnEnergyWithoutUnit")]
    [TestCase("x,f [J/mol]\n0.1,2\n0.2,nan\n0.3\n0.4,?\n", "(3): error|(4): error|(5): error", TestName = "RowsThatAreNone")]
    [TestCase("x,f [J/mol]\n0.1,2\n0.1,3\n0.2,1\n0.3,1\n", "has the same place as line 2", TestName = "ADoublePlace")]
    [TestCase("x,f [J/mol]\n", "no rows", TestName = "NoRows")]
    [TestCase("x,T [K],f [J/mol]\n0.1,-5,2\n", "temperature is outside", TestName = "ANegativeTemperature")]
    [TestCase("x,f [J/mol]\n0\u0000,1\n", "not text", TestName = "Binary")]
    public void MalformedFilesAreRefusedWithAllTheirErrors(string text, string expected)
    {
        FreeEnergyResult result = Load(text);
        Assert.That(result.Source, Is.Null);
        foreach (string part in expected.Split('|')) Assert.That(Errors(result), Has.Some.Contain(part));
    }

    [Test]
    public void SizeIsBounded()
    {
        Assert.That(Errors(Load("x,f [J/mol]\n" + string.Concat(Enumerable.Range(0, FreeEnergyFile.MostPoints + 5).Select(i => FormattableString.Invariant($"{i / 1e6},1\n"))))), Has.Some.Contain("at most 200000 are read"));
        FreeEnergyResult missing = FreeEnergyFile.Load("/no/such/file.csv", new());
        Assert.That((missing.Source, missing.FileMissing), Is.EqualTo(((FreeEnergySource?)null, true)));
    }

    [TestCase("""{"Reference potential [V]": 3.9, "Site energy slope [J.mol-1.K-1]": 4, "Interaction [J.mol-1]": [-4000, 1500, -700, 300], "Interaction slope [J.mol-1.K-1]": [1, -0.5, 0.25, 2]}""", 1e-12, TestName = "ExpressionsOfAConvexForm")]
    [TestCase("""{"Reference potential [V]": 3.9, "Interaction [J.mol-1]": [5500]}""", 1e-3, TestName = "TablesWhereThereIsAPlateau")]
    public void ACaseTakesTheFragment(string text, double tolerance)
    {
        FreeEnergySource source = Load(text).Source!;
        HostEquilibrium rest = new(source.Host, source.Temperature, source.ReferencePotential);
        JsonObject simulation = Samples.Column();
        simulation["Layers"] = new JsonObject { ["Positive electrode"] = JsonNode.Parse(PotentialFragment.Write(source, rest)) };
        CaseResult loaded = Samples.Load(simulation);
        Assert.That(loaded.Case, Is.Not.Null, string.Join('\n', loaded.Problems));
        ActiveMaterial material = loaded.Case!.Cell.PositiveElectrode.ActiveMaterials[0];
        foreach (double x in new[] { 0.3, 0.42, 0.515, 0.77, 0.88 })
        {
            (double potential, double slope) = rest.AtRest(x);
            Assert.That(material.OpenCircuitPotential.Value(x), Is.EqualTo(potential).Within(tolerance));
            Assert.That(material.EntropicCoefficient.Value(x), Is.EqualTo(slope).Within(tolerance));
        }
        Assert.That(PotentialFragment.InterpolationError(source, rest), Is.LessThan(tolerance));
    }

    [Test]
    public void ACaseMayNameAFreeEnergyInPlaceOfAPotential()
    {
        const string host = """{"Reference potential [V]": 3.9, "Site energy slope [J.mol-1.K-1]": 4, "Interaction [J.mol-1]": [5500, 900]}""";
        JsonObject simulation = Samples.Column();
        simulation["Layers"] = new JsonObject { ["Positive electrode"] = new JsonObject { ["Free energy"] = JsonNode.Parse(host) } };
        CaseResult loaded = Samples.Load(simulation);
        Assert.That(loaded.Case, Is.Not.Null, string.Join('\n', loaded.Problems));
        HostEquilibrium rest = new(new RedlichKister(0, 4, [5500, 900], []), loaded.Case!.Cell.ReferenceTemperature, 3.9);
        CaseResult again = Samples.Load(JsonNode.Parse(loaded.Case.ToJson())!);
        Assert.That(again.Case, Is.Not.Null, string.Join('\n', again.Problems));
        foreach (SimulationCase read in new[] { loaded.Case, again.Case! })
        {
            ActiveMaterial material = read.Cell.PositiveElectrode.ActiveMaterials[0];
            foreach (double x in new[] { 0.3, 0.45, 0.63, 0.88 })
            {
                Assert.That(material.OpenCircuitPotential.Value(x), Is.EqualTo(rest.AtRest(x).Potential).Within(1e-3));
                Assert.That(material.EntropicCoefficient.Value(x), Is.EqualTo(rest.AtRest(x).ByTemperature).Within(1e-3));
            }
        }
        Assert.That(rest.Regions, Has.Count.EqualTo(1), "a plateau is part of it");
    }

    [Test]
    public void ATableOfACaseIsResolvedToItself()
    {
        JsonObject simulation = Samples.Column();
        simulation["Layers"] = new JsonObject { ["Positive electrode"] = JsonNode.Parse("""{"Free energy": {"Reference potential [V]": 4, "Noise [J.mol-1]": 1, "Free energy [J.mol-1]": {"x": [0, 0.2, 0.4, 0.6, 0.8, 1], "y": [0, -900, -1500, -1600, -1000, 100]}}, "Entropic change coefficient [V.K-1]": 1e-4}""") };
        CaseResult loaded = Samples.Load(simulation);
        Assert.That(loaded.Case, Is.Not.Null, string.Join('\n', loaded.Problems));
        CaseResult again = Samples.Load(JsonNode.Parse(loaded.Case!.ToJson())!);
        Assert.That(again.Case, Is.Not.Null, string.Join('\n', again.Problems));
        ActiveMaterial first = loaded.Case.Cell.PositiveElectrode.ActiveMaterials[0], second = again.Case!.Cell.PositiveElectrode.ActiveMaterials[0];
        Assert.That(second.OpenCircuitPotential.Value(0.6), Is.EqualTo(first.OpenCircuitPotential.Value(0.6)));
        Assert.That((first.EntropicCoefficient.Value(0.6), second.EntropicCoefficient.Value(0.6)), Is.EqualTo((1e-4, 1e-4)), "the table tells none");
    }

    [TestCase("""{"Free energy": {"Interaction [J.mol-1]": [-100]}, "OCP [V]": "4 - x"}""", "stands beside \"OCP [V]\"")]
    [TestCase("""{"Free energy": {"Interaction [J.mol-1]": [-100]}, "Entropic change coefficient [V.K-1]": 0}""", "stands beside \"Free energy\"")]
    [TestCase("""{"Free energy": {"Free energy [J.mol-1]": {"x": [0.4, 0.5, 0.6, 0.7], "y": [0, -1, -1, 0]}}}""", "tells nothing beyond x from 0.4 to 0.7")]
    [TestCase("""{"Free energy": {"Interactoin [J.mol-1]": [-100]}}""", "did you mean \"Interaction [J.mol-1]\"")]
    [TestCase("""{"Free energy": {"Grand potential [J.mol-1]": {"x": [0, 1, 2, 3], "y": [1, 2, 3, 4]}}}""", "Layers.Positive electrode.Free energy.Grand potential [J.mol-1]")]
    [TestCase("""{"Free energy": {"Reference potential [V]": 50}}""", "allowed: -10 to 10")]
    public void ACaseWithAWrongFreeEnergyIsRefused(string electrode, string expected)
    {
        JsonObject simulation = Samples.Column();
        simulation["Layers"] = new JsonObject { ["Positive electrode"] = JsonNode.Parse(electrode) };
        CaseResult loaded = Samples.Load(simulation);
        Assert.That(loaded.Case, Is.Null);
        Assert.That(Samples.Messages(loaded.Problems), Has.Some.Contain(expected));
    }
}
