namespace Cell3D.Tests.Validation;

/// <summary>Finds the time steps of a solver in samples that it read from the parabolas of its second-order multistep method.</summary>
internal static class ParabolicPieces
{
    /// <summary>Samples carry nine digits; a parabola through three of them predicts the fourth within this [V].</summary>
    private const double RoundOff = 1.5e-7;

    /// <summary>Where neighbouring parabolas meet: the ends of the steps that hold at least three samples.</summary>
    public static List<(double Time, double Voltage)> Joints(double[] time, double[] value)
    {
        List<(int First, int Last)> pieces = Pieces(time, value);
        List<(double, double)> joints = [];
        for (int i = 0; i + 1 < pieces.Count; i++)
        {
            (int left, int right) = (pieces[i].First, pieces[i + 1].First);
            double low = time[pieces[i].Last], high = time[right];
            double Gap(double t) => Parabola(time, value, left, t) - Parabola(time, value, right, t);
            if (Gap(low) * Gap(high) > 0) continue;
            for (int halving = 0; halving < 60; halving++)
            {
                double middle = 0.5 * (low + high);
                if (Gap(time[pieces[i].Last]) * Gap(middle) <= 0) high = middle;
                else low = middle;
            }
            joints.Add((low, Parabola(time, value, left, low)));
        }
        return joints;
    }

    /// <summary>Longest runs of at least four samples on one parabola, and of three between such runs.</summary>
    private static List<(int First, int Last)> Pieces(double[] time, double[] value)
    {
        List<(int, int)> pieces = [];
        for (int first = 0; first + 2 < time.Length;)
        {
            int last = first + 2;
            while (last + 1 < time.Length && Math.Abs(Parabola(time, value, first, time[last + 1]) - value[last + 1]) < RoundOff) last++;
            pieces.Add((first, last));
            first = last + 1;
        }
        return pieces;
    }

    /// <summary>The parabola through samples first, first + 1 and first + 2.</summary>
    private static double Parabola(double[] time, double[] value, int first, double t)
    {
        double sum = 0;
        for (int i = first; i < first + 3; i++)
        {
            double weight = value[i];
            for (int j = first; j < first + 3; j++)
                if (j != i) weight *= (t - time[j]) / (time[i] - time[j]);
            sum += weight;
        }
        return sum;
    }
}
