using Cell3D.Discretization;
using NUnit.Framework;

namespace Cell3D.Tests.Discretization;

/// <summary>Trapezoidal and backward formula in turn, on ẏ = λ y + g(t).</summary>
[TestFixture]
public sealed class PairedFormulaTests
{
    private readonly List<double> _times = [], _values = [];
    private int _rateOrder;

    [TestCase(1)]
    [TestCase(2)]
    public void ParabolasAreExactWhateverFormulaCameBefore(int rateOrder)
    {
        static double Exact(double t) => 3 - t + (0.5 * t * t);
        // The rate that a formula of first order leaves is that at its end where y follows a line until then.
        Start(rateOrder, t => t <= 0 && rateOrder == 1 ? 3 - t : Exact(t));
        TakePair(0.7, 0, t => t - 1);
        Assert.That(_values[0], Is.EqualTo(Exact(0.7)).Within(1e-14));
        TakePair(0.2, 0, t => t - 1);
        Assert.That(_values[0], Is.EqualTo(Exact(0.9)).Within(1e-14));
    }

    [Test]
    public void ABendOfTheRateIsNotSeen()
    {
        // ẏ = t before t = 0 and 5 t behind: y″ jumps.
        Start(2, t => 0.5 * t * t);
        TakePair(0.7, 0, t => 5 * t);
        Assert.That(_values[0], Is.EqualTo(2.5 * 0.49).Within(1e-14));
    }

    [Test]
    public void TheEstimateIsTheErrorOfACubic()
    {
        static double Exact(double t) => t * t * t;
        // The rate at t = 0 is exact: the parabola through the past touches there.
        Start(2, t => 0);
        const double step = 0.3;
        double estimate = TakePair(step, 0, t => 3 * t * t), error = Math.Abs(_values[0] - Exact(step));
        Assert.That(estimate, Is.EqualTo(error).Within(1e-12 * error));
        Assert.That(error, Is.EqualTo(6 * 0.0404401 * step * step * step).Within(1e-4 * error));
    }

    /// <summary>Behind a switch a pair follows √t, and what grows in proportion to t such as charge, whichever clock the pair before was taken in.</summary>
    [Test]
    public void TheRootOfTimeIsExact()
    {
        static double Exact(double t) => 2 - (0.7 * Math.Sqrt(t)) + (0.3 * t);
        static double Rate(double t) => 0.3 - (0.35 / Math.Sqrt(t));
        StepClock root = StepClock.Since(0);
        _rateOrder = 2;
        _times.Clear();
        _times.AddRange([1, 0.7, 0.5]);
        _values.Clear();
        _values.AddRange(_times.Select(Exact));
        TakePair(0.8, 0, Rate, root, root);
        Assert.That(_values[0], Is.EqualTo(Exact(1.8)).Within(1e-14));
        TakePair(3, 0, Rate, root, root);
        Assert.That(_values[0], Is.EqualTo(Exact(4.8)).Within(1e-14));
        double[] known = [.. _values];
        TakePair(1e-3, 0, Rate, default, root);
        Assert.That(_values[0], Is.EqualTo(Exact(4.801)).Within(1e-10));
        Assert.That(_values[0], Is.Not.EqualTo(known[0]));
    }

    [Test]
    public void SolvesStartFromTheCubicThroughWhatIsKnown()
    {
        static double Cubic(double t) => 1 + t - (t * t) + (0.5 * t * t * t);
        double[] known = [0, -0.4, -1, -1.3];
        TimeCoefficients time = new();
        time.SetTrapezoidal(0.5, known.AsSpan(0, 3), 2);
        Assert.That(time.StartOf(isDifferential: false).Length, Is.EqualTo(1), "behind a bend nothing is known but the newest value");
        time.StartFromPolynomial(known);
        foreach (bool isDifferential in new[] { true, false })
        {
            double start = 0;
            for (int i = 0; i < known.Length; i++)
                start += time.StartOf(isDifferential)[i] * Cubic(known[i]);
            Assert.That(start, Is.EqualTo(Cubic(0.5)).Within(1e-13));
        }
    }

    [Test]
    public void TheOrderIsTwo()
    {
        double coarse = ErrorOfOscillation(160), fine = ErrorOfOscillation(320);
        Assert.That(Math.Log2(coarse / fine), Is.EqualTo(2).Within(0.05));
    }

    [Test]
    public void WhatIsStiffIsForgotten()
    {
        Start(2, t => 1);
        TakePair(1, -1e8, t => 0);
        Assert.That(Math.Abs(_values[0]), Is.LessThan(1e-6));
    }

    private double ErrorOfOscillation(int steps)
    {
        Start(2, t => Math.Cos(t), spacing: 1e-3);
        for (int i = 0; i < steps; i++)
            TakePair(4.0 / steps * (i % 2 == 0 ? 0.8 : 1.2), -1, t => Math.Cos(t) - Math.Sin(t));
        return Math.Abs(_values[0] - Math.Cos(4));
    }

    private void Start(int rateOrder, Func<double, double> past, double spacing = 0.25)
    {
        _rateOrder = rateOrder;
        _times.Clear();
        _times.AddRange(rateOrder == 1 ? [0, -spacing] : [0, -0.4 * spacing, -spacing]);
        _values.Clear();
        _values.AddRange(_times.Select(past));
    }

    /// <returns>The estimate of the error.</returns>
    private double TakePair(double step, double decay, Func<double, double> source, StepClock clock = default, StepClock rateClock = default)
    {
        double start = _times[0], middle = start + clock.Scale(start, start + step, start, TimeCoefficients.TrapezoidalShare);
        TimeCoefficients time = new();
        double[] past = [.. _times];
        time.SetTrapezoidal(middle, past.AsSpan(0, _rateOrder + 1), _rateOrder, clock, rateClock);
        double alpha = time.Alpha;
        Solve(time, decay, source);
        time.SetSecondOfPair(start + step, middle, past.AsSpan(0, _rateOrder + 1), _rateOrder, clock, rateClock);
        Assert.That(time.Alpha / clock.RateAt(start + step), Is.EqualTo(alpha / clock.RateAt(middle)).Within(1e-12 * alpha / clock.RateAt(middle)));
        double predicted = 0;
        for (int i = 0; i < time.Predictor.Length; i++)
            predicted += time.Predictor[i] * _values[i];
        Solve(time, decay, source);
        _rateOrder = 2;
        return time.ErrorConstant * Math.Abs(_values[0] - predicted);
    }

    /// <summary>α y + Σ w_i y_i = λ y + g.</summary>
    private void Solve(TimeCoefficients time, double decay, Func<double, double> source)
    {
        double history = 0;
        for (int i = 0; i < time.PastPoints; i++)
            history += time.History[i] * _values[i];
        _values.Insert(0, (source(time.Time) - history) / (time.Alpha - decay));
        _times.Insert(0, time.Time);
    }
}
