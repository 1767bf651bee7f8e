using System.Text.Json.Nodes;
using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>Every case of the repository against the values in its expected.json.</summary>
public class ExpectedValueTests
{
    private const double LongestQuickRun = 30;

    [TestCaseSource(nameof(Runs))]
    public void RunsHaveTheirExpectedValues(string file, JsonNode expected)
    {
        Summary summary = CaseSolution.Run(file).Summary;
        Assert.Multiple(() =>
        {
            foreach ((string name, JsonNode? value) in expected["Values"]!.AsObject())
                Assert.That(Value(summary, name), Is.EqualTo((double)value!["Value"]!).Within((double)value["Tolerance"]!), name);
            Assert.That(summary.Audits.Where(audit => !audit.Passed).Select(audit => audit.Name), Is.Empty);
        });
    }

    [Test]
    public void EveryCaseHasExpectedValues([ValueSource(nameof(Names))] string name)
    {
        string folder = Path.Combine(CaseSolution.Folder, name);
        foreach (string file in new[] { "case.json", "README.md", "expected.json" })
            Assert.That(Path.Combine(folder, file), Does.Exist);
    }

    private static IEnumerable<string> Names() => Directory.GetDirectories(CaseSolution.Folder).Select(folder => Path.GetFileName(folder));

    private static IEnumerable<TestCaseData> Runs()
    {
        foreach (string name in Names())
            foreach ((string file, JsonNode? expected) in JsonNode.Parse(File.ReadAllText(Path.Combine(CaseSolution.Folder, name, "expected.json")))!.AsObject())
            {
                TestCaseData run = new TestCaseData($"{name}/{file}", expected).SetArgDisplayNames($"{name}/{file}");
                yield return (double)expected!["Seconds"]! > LongestQuickRun ? run.SetCategory("Slow") : run;
            }
    }

    private static double Value(Summary summary, string name) => name switch
    {
        "End time [s]" => summary.Outcome.EndTime,
        "First voltage [V]" => summary.Terminal.FirstVoltage,
        "Discharged capacity [A.h]" => summary.Terminal.DischargedCapacity,
        "Discharged energy [W.h]" => summary.Terminal.DischargedEnergy,
        "Charged energy [W.h]" => summary.Terminal.ChargedEnergy,
        "Heat [W.h]" => summary.Terminal.Heat,
        "Maximum temperature [K]" => summary.Extremes.MaximumTemperature.Value,
        "Largest temperature difference [K]" => summary.Extremes.LargestTemperatureDifference,
        "Minimum potential margin against lithium [V]" => summary.Extremes.LithiumMargin.Value,
        _ => throw new ArgumentException($"summary.json has no '{name}'", nameof(name)),
    };
}
