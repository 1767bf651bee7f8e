using Cell3D.Input.Cases;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Whole cells with a closure of the electrolyte, away from the reference temperature.</summary>
public class ClosureRunTests
{
    private static readonly string[] Cold = ["Initial state.SOC=0.55", "Thermal.Initial temperature=285", "Thermal.Ambient temperature=290"];

    private const string Cation = "1.5e-10*exp(-0.4e-3*x)*exp(1800/298.15 - 1800/T)", Anion = "3.5e-10*exp(-0.3e-3*x)*exp(2000/298.15 - 2000/T)", Pair = "(2e-11 + 3e-14*x)*T/298.15";
    private const string Solvent = "(1 - 6e-5*x)/8.5e-5", Factor = "1 + 0.4e-6*x**2", Gas = "8.314462618", Faraday = "96485.33212";

    internal static readonly string[] Concentrated =
    [
        "Electrolyte.Closure=Stefan-Maxwell", $"Electrolyte.Cation-solvent diffusivity={Cation}", $"Electrolyte.Anion-solvent diffusivity={Anion}",
        $"Electrolyte.Cation-anion diffusivity={Pair}", $"Electrolyte.Solvent concentration={Solvent}", $"Electrolyte.Thermodynamic factor={Factor}",
    ];

    private static readonly string[] ConcentratedGiven =
    [
        $"Electrolyte.Conductivity={Faraday}**2*(2*x + {Solvent})/({Gas}*T)/(1/({Pair}) + ({Solvent})/(x*({Cation} + {Anion})))",
        $"Electrolyte.Diffusivity=2*({Cation})*({Anion})/({Cation} + {Anion})*(2*x + {Solvent})/({Solvent})*({Factor})",
        $"Electrolyte.Cation transference number={Cation}/({Cation} + {Anion})", $"Electrolyte.Thermodynamic factor={Factor}",
    ];

    private static readonly string[] Dilute = ["Electrolyte.Closure=Nernst-Planck", $"Electrolyte.Cation diffusivity={Cation}", $"Electrolyte.Anion diffusivity={Anion}"];

    private static readonly string[] DiluteGiven =
    [
        $"Electrolyte.Conductivity={Faraday}**2*x*({Cation} + {Anion})/({Gas}*T)", $"Electrolyte.Diffusivity=2*({Cation})*({Anion})/({Cation} + {Anion})",
        $"Electrolyte.Cation transference number={Cation}/({Cation} + {Anion})",
    ];

    /// <summary>A closure gives the run of the expressions that follow from it.</summary>
    [Test]
    public void AClosureGivesTheRunOfItsExpressions([Values] bool isDilute, [Values(-1.5, 1.5)] double rate)
    {
        using CellRun given = Run(isDilute ? DiluteGiven : ConcentratedGiven, rate), closed = Run(isDilute ? Dilute : Concentrated, rate), file = Run([], rate);
        double difference = 0, other = 0;
        for (int step = 0; step < 20; step++)
        {
            foreach (CellRun run in new[] { given, closed, file })
                run.Step(20);
            difference = Math.Max(difference, Math.Abs(closed.Voltage - given.Voltage));
            other = Math.Max(other, Math.Abs(closed.Voltage - file.Voltage));
        }
        TestContext.Out.WriteLine(FormattableString.Invariant($"{difference:e2} V from the expressions, {1e3 * other:f2} mV from the electrolyte of the file"));
        Assert.That(difference, Is.LessThan(1e-9));
        Assert.That(other, Is.GreaterThan(1e-3));

        static CellRun Run(string[] settings, double rate)
        {
            SimulationCase simulation = TestCases.ThermalColumn([.. Cold, .. settings]);
            Assert.That(simulation.Cell.ReferenceTemperature, Is.EqualTo(298.15));
            CellRun run = new(simulation);
            return run.Start(rate * run.OneC);
        }
    }
}
