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
        Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Warning).Text, Does.Contain("T in an expression is not part of BPX"));
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
        const string problem = "stands beside an expression that holds the temperature T; allowed: 0, or an expression without T";
        Assert.That(Samples.Messages(bpx.Problems), Has.One.EndsWith(problem));
        Assert.That(Samples.Messages(result.Problems), Has.One.EndsWith(problem));
    }

    [TestCase("1e-3*x*y", "unknown name 'y' (known: x, T, exp")]
    [TestCase("1 - 0.004*T", "is -0.0526 at x = 500, T = 263.15; allowed: 1e-6 to 1000 for x from 500 to 1500, T from 263.15 to 333.15")]
    [TestCase("sqrt(T - 300)", "is NaN at x = 500, T = 263.15")]
    public void WhatIsWrongWithAPropertyIsTold(string conductivity, string problem) =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"Electrolyte.Conductivity=\"{conductivity}\"").Problems), Has.One.Contains(problem));

    private static SimulationCase Electrolyte(params string[] settings) => Samples.Case(Samples.Column(), settings);
}
