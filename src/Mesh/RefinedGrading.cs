namespace Cell3D.Mesh;

/// <summary>
/// Equidistributes cells under a size function that grows at a limited slope away from refined stretches. Rounding to
/// whole cells between breaks makes some cells smaller than asked; these become new refinements until neighbours
/// on both sides of every break match.
/// </summary>
internal sealed class RefinedGrading
{
    private const int MostRounds = 50;
    private readonly double[] _breaks;
    private readonly double _largest;
    private readonly double _growth;
    private readonly double _slope;
    private readonly List<Refinement> _sizes;

    internal RefinedGrading(
        double start, double end, double largest, IReadOnlyList<Refinement> refinements, IReadOnlyList<double> breaks, double growth)
    {
        List<string> problems = [];
        if (!(end > start))
            problems.Add($"grading: the range {start:G6} … {end:G6} m is empty");
        if (!(largest > 0))
            problems.Add($"grading: the largest cell size must be positive, got {largest:G6} m");
        if (!(growth > 1.05))
            problems.Add($"grading: the growth ratio must exceed 1.05, got {growth:G6}");
        problems.AddRange(refinements.Where(r => !(r.Size > 0 && r.To >= r.From))
            .Select(r => $"grading: a refinement needs a positive size and increasing ends, got {r.Size:G6} m in {r.From:G6} … {r.To:G6} m"));
        if (problems.Count > 0)
            throw new MeshException(problems);
        double tolerance = 1e-9 * (end - start);
        _breaks = [start, .. Distinct(breaks.Where(b => b > start + tolerance && b < end - tolerance).Order(), tolerance), end];
        _largest = largest;
        _growth = growth;
        _slope = Slope(growth);
        _sizes = [.. refinements];
    }

    /// <summary>Change of the cell size per length; half the growth is kept for the rounding to whole cells.</summary>
    internal static double Slope(double growth) => 0.5 * Math.Log(growth);

    internal double[] Nodes()
    {
        double[] nodes = Equidistribute();
        for (int round = 0; round < MostRounds && Limit(nodes); round++)
            nodes = Equidistribute();
        return nodes;
    }

    private static IEnumerable<double> Distinct(IEnumerable<double> ordered, double tolerance)
    {
        double last = double.NegativeInfinity;
        foreach (double value in ordered)
        {
            if (value - last > tolerance)
                yield return last = value;
        }
    }

    private double Size(double x)
    {
        double size = _largest;
        foreach (Refinement stretch in _sizes)
        {
            double away = Math.Max(0, Math.Max(stretch.From - x, x - stretch.To));
            size = Math.Min(size, stretch.Size + _slope * away);
        }
        return size;
    }

    /// <summary>Turns the smaller cell beside every too large jump into a refinement; false when there is none.</summary>
    private bool Limit(double[] nodes)
    {
        int before = _sizes.Count;
        for (int i = 1; i + 1 < nodes.Length; i++)
        {
            double left = nodes[i] - nodes[i - 1], right = nodes[i + 1] - nodes[i];
            if (Math.Max(left, right) > _growth * Math.Min(left, right) * (1 + 1e-9))
                _sizes.Add(left < right ? new Refinement(nodes[i - 1], nodes[i], left) : new Refinement(nodes[i], nodes[i + 1], right));
        }
        return _sizes.Count > before;
    }

    private double[] Equidistribute()
    {
        List<double> nodes = [_breaks[0]];
        for (int i = 1; i < _breaks.Length; i++)
            Fill(_breaks[i - 1], _breaks[i], nodes);
        return [.. nodes];
    }

    /// <summary>Appends the nodes of one stretch between breaks, its end included.</summary>
    private void Fill(double start, double end, List<double> nodes)
    {
        List<(double X, double Count)> march = [(start, 0)];
        while (march[^1].X < end)
        {
            (double x, double count) = march[^1];
            double step = Math.Min(0.05 * Size(x), end - x);
            double next = end - x - step < 1e-3 * step ? end : x + step;
            march.Add((next, count + (next - x) / Size(0.5 * (x + next))));
        }
        double total = march[^1].Count;
        int cells = Math.Max(1, (int)Math.Ceiling(total - 1e-6));
        for (int i = 1, at = 1; i < cells; i++)
        {
            double target = total * i / cells;
            while (march[at].Count < target)
                at++;
            double share = (target - march[at - 1].Count) / (march[at].Count - march[at - 1].Count);
            nodes.Add(march[at - 1].X + share * (march[at].X - march[at - 1].X));
        }
        nodes.Add(end);
    }
}
