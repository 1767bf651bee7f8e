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

    /// <summary>Behind a switch what is a polynomial in the root of the time since then is differentiated and predicted as it is, charge in proportion to time included.</summary>
    [TestCase(2)]
    [TestCase(3)]
    public void FormulasInTheRootOfTimeAreExactForItsPolynomials(int order)
    {
        const double origin = 1;
        double[] past = [2.6, 1.9, 1.3, 1.1];
        TimeCoefficients time = new();
        time.Set(New, past.AsSpan(0, order + 1), order, StepClock.Since(origin));
        double now = New - origin;
        for (int degree = 0; degree <= order; degree++)
        {
            double Value(double at) => Math.Pow(at - origin, 0.5 * degree);
            double rate = time.Alpha * Value(New), predicted = 0;
            for (int i = 0; i < order; i++)
                rate += time.History[i] * Value(past[i]);
            for (int i = 0; i <= order; i++)
                predicted += time.Predictor[i] * Value(past[i]);
            Assert.That(rate, Is.EqualTo(0.5 * degree * Math.Pow(now, (0.5 * degree) - 1)).Within(1e-12), $"degree {degree}");
            Assert.That(predicted, Is.EqualTo(Value(New)).Within(1e-12), $"degree {degree}");
        }
        Assert.That(time.Alpha + time.History.ToArray().Sum(), Is.Zero.Within(1e-12), "what stands has no rate");
    }

    /// <summary>A line in the root of time would make charge of a constant current wrong by half in a first step: the first order stays with time.</summary>
    [Test]
    public void TheFirstOrderStaysWithTime()
    {
        TimeCoefficients time = new(), plain = new();
        time.Set(1.5, [1.0], 1, StepClock.Since(1));
        plain.Set(1.5, [1.0], 1);
        Assert.That((time.Alpha, time.History[0]), Is.EqualTo((plain.Alpha, plain.History[0])));
    }

    [Test]
    public void AStepIsScaledAsTheClockSeesIt()
    {
        StepClock clock = StepClock.Since(2);
        // From 3 to 6 the root goes from 1 to 2; twice as far from there it reaches 4, at 2 + 16.
        Assert.That(clock.Scale(3, 6, 6, 2), Is.EqualTo(12).Within(1e-14));
        Assert.That(default(StepClock).Scale(3, 6, 6, 2), Is.EqualTo(6));
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
