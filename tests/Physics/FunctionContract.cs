using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>What every function that a property pass evaluates must do.</summary>
internal static class FunctionContract
{
    /// <summary>Checks partials against differences, independence of the place in a batch and of other points, and that nothing is allocated.</summary>
    /// <param name="function">The function.</param>
    /// <param name="ranges">Range of each input; differences take a millionth of it.</param>
    public static void Check(Function function, params (double From, double To)[] ranges)
    {
        const int points = 300;
        Random random = new(1);
        int n = function.Inputs;
        double[] inputs = new double[n * points], value = new double[points], partials = new double[n * points];
        for (int k = 0; k < n; k++)
            for (int i = 0; i < points; i++)
                inputs[(k * points) + i] = ranges[k].From + ((ranges[k].To - ranges[k].From) * random.NextDouble());
        function.Evaluate(inputs, value, partials);
        long before = GC.GetAllocatedBytesForCurrentThread();
        function.Evaluate(inputs, value, partials);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, "allocated");
        for (int i = 0; i < points; i++)
        {
            double[] point = [.. Enumerable.Range(0, n).Select(k => inputs[(k * points) + i])], one = new double[1], slopes = new double[n];
            function.Evaluate(point, one, slopes);
            Assert.That(one[0], Is.EqualTo(value[i]), "the place in the batch");
            for (int k = 0; k < n; k++)
            {
                Assert.That(slopes[k], Is.EqualTo(partials[(k * points) + i]), "the place in the batch");
                double step = 1e-4 * (ranges[k].To - ranges[k].From), kept = point[k];
                double At(double shift)
                {
                    point[k] = kept + (shift * step);
                    return function.Value(point);
                }

                double expected = (At(-2) - (8 * At(-1)) + (8 * At(1)) - At(2)) / (12 * step);
                point[k] = kept;
                Assert.That(slopes[k], Is.EqualTo(expected).Within((1e-7 * Math.Abs(expected)) + (1e-12 * Math.Abs(value[i]) / step)), $"partial {k}");
                if (!function.DependsOn(k))
                    Assert.That(slopes[k], Is.Zero);
            }
        }
    }
}
