using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class IntegralCurveTests
{
    private const double Reference = 298.15;

    private static IEnumerable<TestCaseData> HeatCapacities()
    {
        yield return new("900 + 2.1*(T - 298.15) - 3e-3*(T - 298.15)**2", (Func<double, double>)(t => (900 * (t - Reference)) + (1.05 * Math.Pow(t - Reference, 2)) - (1e-3 * Math.Pow(t - Reference, 3))));
        yield return new("1000", (Func<double, double>)(t => 1000 * (t - Reference)));
        yield return new("800 + 4e3/cosh((T - 330)/2)**2", (Func<double, double>)(t => (800 * (t - Reference)) + (8e3 * (Math.Tanh((t - 330) / 2) - Math.Tanh((Reference - 330) / 2)))));
        yield return new("2.5e5/T + 0.1*exp((T - 300)/40)", (Func<double, double>)(t => (2.5e5 * Math.Log(t / Reference)) + (4 * (Math.Exp((t - 300) / 40) - Math.Exp((Reference - 300) / 40)))));
    }

    /// <summary>∫ c_p dT against the closed integral; its slope is c_p.</summary>
    [TestCaseSource(nameof(HeatCapacities))]
    public void TheIntegralIsThatOfTheFormula(string heatCapacity, Func<double, double> exact)
    {
        Curve curve = ExpressionCurve.Parse(heatCapacity, "T"), enthalpy = new ThermalProperties(1, curve, Curve.Constant(1), Curve.Constant(1)).SpecificEnthalpy(Reference);
        double[] temperature = [.. Enumerable.Range(0, 1001).Select(i => 230 + (0.17 * i))], value = new double[1001], slope = new double[1001];
        enthalpy.Evaluate(temperature, value, slope);
        double size = exact(400);
        for (int i = 0; i < temperature.Length; i++)
        {
            Assert.That(value[i], Is.EqualTo(exact(temperature[i])).Within(1e-12 * size));
            Assert.That(slope[i], Is.EqualTo(curve.Value(temperature[i])));
            if (i > 0)
                Assert.That(value[i], Is.GreaterThan(value[i - 1]));
        }
        Assert.That(enthalpy.Value(Reference), Is.Zero);
        Physics.FunctionContract.Check(enthalpy, (260, 360));
    }

    /// <summary>Small differences are exact too, as a step in time needs them, also across the ends of panels and beyond the range.</summary>
    [Test]
    public void DifferencesAreThatOfTheIntegrand()
    {
        Curve enthalpy = new IntegralCurve(ExpressionCurve.Parse("900 + 2*(T - 300)", "T"), 300, 200, 500);
        for (int i = 0; i < 4000; i++)
        {
            double temperature = 180 + (0.09 * i);
            double difference = enthalpy.Value(temperature + 1e-3) - enthalpy.Value(temperature);
            Assert.That(difference, Is.EqualTo(1e-3 * (900 + (2 * (temperature + 5e-4 - 300)))).Within(1e-10));
        }
    }

    /// <summary>A kink is met as well as panels allow, and nothing runs away.</summary>
    [Test]
    public void AKinkIsMetClosely()
    {
        Curve enthalpy = new IntegralCurve(ExpressionCurve.Parse("1000 + 5*abs(T - 311.7)", "T"), 300, 200, 500);
        Assert.That(enthalpy.Value(340), Is.EqualTo(40000 + (2.5 * ((11.7 * 11.7) + (28.3 * 28.3)))).Within(1e-7 * 42344));
    }
}
