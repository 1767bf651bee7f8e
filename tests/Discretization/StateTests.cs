using Cell3D.Discretization;
using NUnit.Framework;

namespace Cell3D.Tests.Discretization;

public class StateTests
{
    [Test]
    public void AcceptedValuesAreKeptAndTakenBack()
    {
        StateVariable state = new StateVariable(new("c", "mol m-3"), [1, 2], 2).Reserve(TimeCoefficients.DefaultOrder);
        foreach (double value in new[] { 1.0, 2, 4, 8 })
        {
            state.Values[0] = value;
            state.Accept();
        }
        state.Values[0] = -1;
        Assert.That(new[] { state.Past(0)[0], state.Past(1)[0], state.Past(2)[0] }, Is.EqualTo(new[] { 8.0, 4, 2 }));
        state.Restore();
        Assert.That(state.Values, Is.EqualTo(new[] { 8.0, 2 }));
    }

    [Test]
    public void APredictionFollowsTheQuadraticThroughThePast()
    {
        StateVariable predicted = new StateVariable(new("c", "1"), new double[1], 1).Reserve(2), kept = new StateVariable(new("q", "1"), new double[1], 1, predicted: false).Reserve(2);
        foreach (double t in new[] { 1.0, 2, 4 })
            foreach (StateVariable state in new[] { predicted, kept })
            {
                state.Values[0] = t * t;
                state.Accept();
            }
        TimeCoefficients time = new();
        time.Set(5, [4, 2, 1], 2);
        predicted.Predict(time);
        kept.Predict(time);
        Assert.That(predicted.Values[0], Is.EqualTo(25).Within(1e-13));
        Assert.That(kept.Values[0], Is.EqualTo(16));
    }

    [Test]
    public void TheWorstOwnedValueDecidesTheErrorRatio()
    {
        StateRegistry registry = new();
        StateVariable coarse = registry.Register(new(new("c", "1"), new double[3], 2, new ErrorTolerance(1, 0)));
        StateVariable fine = registry.Register(new(new("x", "1"), new double[1], 1, new ErrorTolerance(0, 0.1)));
        registry.Register(new(new("free", "1"), [1e9], 1));
        registry.Accept();
        registry.Accept();
        (coarse.Values[0], coarse.Values[1], coarse.Values[2], fine.Values[0]) = (1, -3, 1000, 5);
        TimeCoefficients time = new();
        time.Set(2, [1, 0], 1);
        (double ratio, StateVariable? worst, _) = registry.ErrorRatio(time);
        Assert.That(worst, Is.SameAs(fine));
        Assert.That(ratio, Is.EqualTo(10 * time.ErrorConstant).Within(1e-14));
        fine.Values[0] = 0;
        Assert.That(registry.ErrorRatio(time), Is.EqualTo((3 * time.ErrorConstant, coarse, 1)));
    }

    /// <summary>An extrapolation that no equation corrects would be extrapolated again: such entries stand still, bit by bit.</summary>
    [Test]
    public void WhatNoEquationDeterminesStandsStill()
    {
        StateRegistry registry = new();
        StateVariable state = registry.Register(new(new("T", "K"), [-25.3, -25.3], 2, new ErrorTolerance(1e-30, 0)) { Determined = [1] });
        TimeCoefficients time = new();
        double[] times = [0.3, 0.2, 0.1];
        registry.Accept();
        registry.Accept();
        registry.Accept();
        for (int step = 0; step < 200; step++)
        {
            time.Set(times[0] * 1.37, times, 2);
            registry.Predict(time);
            state.Values[1] = -20 - step;
            Assert.That(registry.ErrorRatio(time).Entry, Is.EqualTo(1));
            registry.Accept();
            times = [time.Time, times[0], times[1]];
        }

        Assert.That(state.Values[0], Is.EqualTo(-25.3));
    }

    [Test]
    public void NamesAreUnique()
    {
        StateRegistry registry = new();
        registry.Register(new(new("c", "1"), [], 0));
        Assert.That(() => registry.Register(new(new("c", "1"), [], 0)), Throws.ArgumentException.With.Message.Contains("'c'"));
    }

    [Test]
    public void BalancesAddUpByName()
    {
        Balance balance = new();
        int heat = balance.Register("Heat", "W"), again = balance.Register("Heat", "W"), other = balance.Register("Lithium", "mol");
        balance.Add(heat, 2);
        balance.Add(again, 3);
        balance.Add(other, 1);
        Assert.That((balance["Heat"], balance["Lithium"], balance["unknown"]), Is.EqualTo((5.0, 1.0, 0.0)));
        balance.Clear();
        Assert.That(balance["Heat"], Is.Zero);
    }
}
