using Cell3D.Discretization;
using NUnit.Framework;

namespace Cell3D.Tests.Discretization;

public class TimeCoefficientsTests
{
    private const double New = 3.1;
    private static readonly double[] Past = [2.6, 1.4, 1.1];

    [TestCase(1)]
    [TestCase(2)]
    public void TheDerivativeIsExactForPolynomialsOfItsOrder(int order)
    {
        TimeCoefficients time = Formula(order);
        for (int degree = 0; degree <= order; degree++)
            Assert.That(Derivative(time, degree), Is.EqualTo(degree * Math.Pow(New, degree - 1)).Within(1e-13), $"degree {degree}");
        Assert.That(Derivative(time, order + 1), Is.Not.EqualTo((order + 1) * Math.Pow(New, order)).Within(0.1));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void ThePredictionIsExactForPolynomialsOfItsOrder(int order)
    {
        TimeCoefficients time = Formula(order);
        Assert.That(time.PredictorPoints, Is.EqualTo(order + 1));
        for (int degree = 0; degree <= order; degree++)
            Assert.That(Prediction(time, degree), Is.EqualTo(Math.Pow(New, degree)).Within(1e-12));
    }

    /// <summary>y′ = f(t) with y a polynomial one degree too high: the estimate is the error itself.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void TheErrorEstimateIsTheErrorForTheNextDegree(int order)
    {
        TimeCoefficients time = Formula(order);
        int degree = order + 1;
        double history = 0;
        for (int i = 0; i < order; i++)
            history += time.History[i] * Math.Pow(Past[i], degree);
        double solution = ((degree * Math.Pow(New, degree - 1)) - history) / time.Alpha;
        double estimate = time.ErrorConstant * (solution - Prediction(time, degree));
        Assert.That(estimate, Is.EqualTo(Math.Pow(New, degree) - solution).Within(1e-12).Or.EqualTo(solution - Math.Pow(New, degree)).Within(1e-12));
    }

    [Test]
    public void WithUniformStepsTheWeightsAreTheTextbookOnes()
    {
        TimeCoefficients time = new();
        time.Set(2.5, [2.0, 1.5, 1.0], 2);
        Assert.That(time.Alpha * 0.5, Is.EqualTo(1.5).Within(1e-15));
        Assert.That(time.History.ToArray().Select(w => w * 0.5), Is.EqualTo(new[] { -2, 0.5 }).Within(1e-15));
        Assert.That(time.Predictor.ToArray(), Is.EqualTo(new[] { 3.0, -3, 1 }).Within(1e-14));
        Assert.That((time.Time, time.Step, time.Order), Is.EqualTo((2.5, 0.5, 2)));
    }

    [Test]
    public void AShortHistoryGivesNoEstimate()
    {
        TimeCoefficients time = new();
        time.Set(1, [0.5], 1);
        Assert.That(time.ErrorConstant, Is.NaN);
        Assert.That(time.Predictor.ToArray(), Is.EqualTo(new[] { 1.0 }));
    }

    private static TimeCoefficients Formula(int order)
    {
        TimeCoefficients time = new();
        time.Set(New, Past, order);
        return time;
    }

    private static double Derivative(TimeCoefficients time, int degree)
    {
        double sum = time.Alpha * Math.Pow(New, degree);
        for (int i = 0; i < time.Order; i++)
            sum += time.History[i] * Math.Pow(Past[i], degree);
        return sum;
    }

    private static double Prediction(TimeCoefficients time, int degree)
    {
        double sum = 0;
        for (int i = 0; i < time.PredictorPoints; i++)
            sum += time.Predictor[i] * Math.Pow(Past[i], degree);
        return sum;
    }
}
