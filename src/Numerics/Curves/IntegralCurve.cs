namespace Cell3D.Numerics.Curves;

/// <summary>∫ f dx from an origin to x; its slope is f itself.</summary>
/// <remarks>
/// Integrals up to the nodes of equal panels are stored; from the node below a point on, f is integrated by a Gauss–Legendre rule of four
/// points. Panels are halved until that changes the stored integrals by no more than round-off. Beyond the range the outermost panels continue.
/// </remarks>
public sealed class IntegralCurve : Curve
{
    private const int Order = 4, FewestPanels = 32, MostPanels = 8192, Block = 64;
    private const double Accuracy = 1e-14;
    private static readonly double[] Nodes = GaussLegendre.Rule(Order).Nodes, Weights = GaussLegendre.Rule(Order).Weights;
    private readonly Curve integrand;
    private readonly double from, width;

    /// <summary>The integral up to each node; one of them is the origin.</summary>
    private readonly double[] integrals;

    /// <summary>Prepares the integral.</summary>
    /// <param name="integrand">f(x).</param>
    /// <param name="origin">Where the integral is 0.</param>
    /// <param name="from">Lower end of the range in which it is accurate.</param>
    /// <param name="to">Upper end.</param>
    public IntegralCurve(Curve integrand, double origin, double from, double to)
    {
        this.integrand = integrand;
        width = (to - from) / FewestPanels;
        int below = (int)Math.Ceiling(Math.Max(0, origin - from) / width), above = (int)Math.Ceiling(Math.Max(0, to - origin) / width);
        this.from = origin - (below * width);
        int refined = 1;
        double[] coarse = Accumulate(below, above);
        while (true)
        {
            refined *= 2;
            width /= 2;
            integrals = Accumulate(refined * below, refined * above);
            double change = 0, size = 0;
            for (int i = 0; i < coarse.Length; i++)
                (change, size) = (Math.Max(change, Math.Abs(integrals[2 * i] - coarse[i])), Math.Max(size, Math.Abs(integrals[2 * i])));
            if (!(change > Accuracy * size) || integrals.Length > MostPanels) break;
            coarse = integrals;
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        CheckLengths(x, value, slope);
        integrand.Evaluate(x, value, slope);
        value.CopyTo(slope);
        Span<double> points = stackalloc double[Order * Block], values = stackalloc double[Order * Block], slopes = stackalloc double[Order * Block];
        for (int start = 0; start < x.Length; start += Block)
        {
            int count = Math.Min(Block, x.Length - start);
            for (int i = 0; i < count; i++)
            {
                (_, double node, double distance) = Place(x[start + i]);
                for (int k = 0; k < Order; k++) points[(Order * i) + k] = node + (Nodes[k] * distance);
            }
            integrand.Evaluate(points[..(Order * count)], values[..(Order * count)], slopes[..(Order * count)]);
            for (int i = 0; i < count; i++)
            {
                (int panel, _, double distance) = Place(x[start + i]);
                value[start + i] = integrals[panel] + (distance * Mean(values.Slice(Order * i, Order)));
            }
        }
    }

    /// <summary>Integrals from the origin outwards to every node.</summary>
    private double[] Accumulate(int below, int above)
    {
        int panels = below + above;
        double[] points = new double[Order * panels], values = new double[points.Length], sums = new double[panels + 1];
        for (int i = 0; i < points.Length; i++) points[i] = from + ((i / Order) + Nodes[i % Order]) * width;
        integrand.Evaluate(points, values, new double[points.Length]);
        double Panel(int i) => width * Mean(values.AsSpan(Order * i, Order));
        for (int i = below; i < panels; i++) sums[i + 1] = sums[i] + Panel(i);
        for (int i = below; i > 0; i--) sums[i - 1] = sums[i] - Panel(i - 1);
        return sums;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double mean = 0;
        for (int k = 0; k < Order; k++) mean += Weights[k] * values[k];
        return mean;
    }

    /// <summary>The panel of a point, the node below it and its distance from there.</summary>
    private (int Panel, double Node, double Distance) Place(double x)
    {
        int panel = (int)Math.Clamp((x - from) / width, 0, integrals.Length - 2);
        double node = from + (panel * width);
        return (panel, node, x - node);
    }
}
