using Cell3D.Microstructure.Analysis;
using Cell3D.Microstructure.Results;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure;

public class BruggemanFitTests
{
    /// <summary>Windows on a power law have its exponent, windows around it one with an error; those that do not conduct do not count.</summary>
    [Test]
    public void TheExponentOfAPowerLawIsFound()
    {
        double[] porosity = [0.3, 0.35, 0.4, 0.5, 0.2];
        WindowSize exact = Windows(1), scattered = Windows(1.1);
        BruggemanFit fit = BruggemanFit.Of([exact]), rough = BruggemanFit.Of([exact, scattered]);
        Assert.That((fit.Windows, rough.Windows), Is.EqualTo((4, 8)));
        Assert.That(fit.Exponent, Is.EqualTo(1.7).Within(1e-12));
        Assert.That(fit.Error, Is.EqualTo(0).Within(1e-9));
        // Half of the points lie ln 1.1 above: b falls by half of ln 1.1 Σ|x|/Σx².
        double[] x = [.. porosity[..4].Select(e => Math.Log(e))];
        Assert.That(rough.Exponent, Is.EqualTo(1.7 + (0.5 * Math.Log(1.1) * x.Sum() / x.Sum(value => value * value))).Within(1e-12));
        Assert.That(rough.Error, Is.GreaterThan(0.01));
        Assert.That(BruggemanFit.Of([]).Exponent, Is.NaN);

        WindowSize Windows(double factor) => new(2, new(12, 12, 12), porosity, [.. porosity[..4].Select(e => factor * Math.Pow(e, 1.7)), 0]);
    }
}
