namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>A host at rest at one temperature: spinodals, coexisting phases, and U(θ) with its plateaus (equations 9.1 to 9.6).</summary>
public sealed class HostEquilibrium
{
    private const int Uniform = 2000, NearEnds = 1200, Halvings = 100, Iterations = 100;
    private const double Nearest = 1e-12, LongestStep = 0.5, Enough = 1e-14;
    private readonly HostFreeEnergy _host;
    private readonly double _temperature, _reference;
    private readonly double[] _grid;
    private readonly FreeEnergyPoint[] _points;

    /// <summary>Looks for instabilities and common tangents.</summary>
    /// <param name="host">f(θ, T).</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="reference">U_ref [V], added to −μ/F.</param>
    public HostEquilibrium(HostFreeEnergy host, double temperature, double reference)
    {
        (_host, _temperature, _reference) = (host, temperature, reference);
        (double lowest, double highest) = host.Range(temperature);
        Range = (Math.Max(lowest, Nearest), Math.Min(highest, 1 - Nearest));
        _grid = Grid(Range.Lowest, Range.Highest);
        _points = [.. _grid.Select(filling => host.At(filling, temperature))];
        Spinodals = Unstable();
        Regions = [.. Tangents().Concat(host.Transitions(temperature)).OrderBy(region => region.Lower)];
    }

    /// <summary>Ends of θ, strictly between 0 and 1.</summary>
    public (double Lowest, double Highest) Range { get; }

    /// <summary>Where a uniform host is unstable, by rising θ.</summary>
    public IReadOnlyList<SpinodalInterval> Spinodals { get; }

    /// <summary>Where it parts into two phases, by rising θ.</summary>
    public IReadOnlyList<TwoPhaseRegion> Regions { get; }

    /// <summary>Whether f is convex throughout, and no straight line.</summary>
    public bool IsConvex => Regions.Count == 0 && Spinodals.Count == 0;

    /// <summary>f and its derivatives of the uniform host.</summary>
    public FreeEnergyPoint Uniformly(double filling) => _host.At(filling, _temperature);

    /// <summary>U [V] of the uniform host, −μ/F + U_ref.</summary>
    public double UniformPotential(double filling) => _reference - (Uniformly(filling).Potential / PhysicalConstants.Faraday);

    /// <summary>U [V] and dU/dT [V K⁻¹] at rest: those of the plateau where two phases coexist.</summary>
    public (double Potential, double ByTemperature) AtRest(double filling)
    {
        (double potential, double byTemperature) = RegionAt(filling) is { } region
            ? (region.Potential, region.PotentialByTemperature)
            : Uniformly(filling) is var point ? (point.Potential, point.PotentialByTemperature) : default;
        return (_reference - (potential / PhysicalConstants.Faraday), -byTemperature / PhysicalConstants.Faraday);
    }

    /// <summary>θ(1 − θ)/RT ∂μ/∂θ of the uniform host; below 0 between the spinodals.</summary>
    public double ThermodynamicFactor(double filling) => HostFreeEnergy.ThermodynamicFactor(filling, _temperature, Uniformly(filling));

    /// <summary>The plateau's voltage [V].</summary>
    public double Plateau(TwoPhaseRegion region) => _reference - (region.Potential / PhysicalConstants.Faraday);

    /// <summary>So many θ between the ends, and those of the coexisting phases.</summary>
    public double[] Samples(int intervals) =>
    [
        .. Enumerable.Range(0, intervals + 1).Select(i => (double)i / intervals).Where(filling => filling > Range.Lowest && filling < Range.Highest)
            .Concat(new[] { Range.Lowest, Range.Highest }.Where(end => end is > 1e-6 and < 1 - 1e-6))
            .Concat([1e-4, 3e-4, 1e-3, 1 - 1e-3, 1 - 3e-4, 1 - 1e-4]).Where(filling => filling >= Range.Lowest && filling <= Range.Highest)
            .Concat(Regions.SelectMany(region => new[] { region.Lower, region.Upper })).Distinct().Order(),
    ];

    private TwoPhaseRegion? RegionAt(double filling) => Regions.FirstOrDefault(region => filling > region.Lower && filling < region.Upper);

    /// <summary>θ evenly spaced, and evenly spaced in ln θ/(1 − θ) towards the ends.</summary>
    private static double[] Grid(double lowest, double highest)
    {
        (double first, double last) = (Logit(lowest), Logit(highest));
        return
        [
            .. Enumerable.Range(0, Uniform + 1).Select(i => lowest + ((highest - lowest) * i / Uniform))
                .Concat(Enumerable.Range(1, NearEnds - 1).Select(i => Filling(first + ((last - first) * i / NearEnds))))
                .Where(filling => filling >= lowest && filling <= highest).Distinct().Order(),
        ];
    }

    private static double Logit(double filling) => Math.Log(filling / (1 - filling));

    private static double Filling(double logit) => 1 / (1 + Math.Exp(-logit));

    private List<SpinodalInterval> Unstable()
    {
        List<SpinodalInterval> found = [];
        for (int i = 0; i < _grid.Length; i++)
        {
            if (_points[i].Stiffness >= 0) continue;
            int first = i;
            while (i + 1 < _grid.Length && _points[i + 1].Stiffness < 0) i++;
            found.Add(new(first == 0 ? _grid[0] : Crossing(_grid[first - 1], _grid[first]), i + 1 == _grid.Length ? _grid[i] : Crossing(_grid[i + 1], _grid[i])));
        }
        return found;
    }

    private double Crossing(double stable, double unstable)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (stable + unstable);
            if (_host.At(middle, _temperature).Stiffness < 0) unstable = middle;
            else stable = middle;
        }
        return 0.5 * (stable + unstable);
    }

    /// <summary>Edges of the convex hull that pass over an instability, made exact.</summary>
    private List<TwoPhaseRegion> Tangents()
    {
        List<TwoPhaseRegion> found = [];
        if (Spinodals.Count == 0) return found;
        int[] hull = Hull();
        for (int i = 1; i < hull.Length; i++)
        {
            (double left, double right) = (_grid[hull[i - 1]], _grid[hull[i]]);
            if (Spinodals.Any(unstable => 0.5 * (unstable.Lower + unstable.Upper) is var middle && middle > left && middle < right)) found.Add(Region(hull[i - 1], hull[i]));
        }
        return found;
    }

    private int[] Hull()
    {
        List<int> hull = [];
        for (int i = 0; i < _grid.Length; i++)
        {
            while (hull.Count > 1 && Cross(hull[^2], hull[^1], i) <= 0) hull.RemoveAt(hull.Count - 1);
            hull.Add(i);
        }
        return [.. hull];
    }

    private double Cross(int a, int b, int c) =>
        ((_grid[b] - _grid[a]) * (_points[c].Energy - _points[a].Energy)) - ((_points[b].Energy - _points[a].Energy) * (_grid[c] - _grid[a]));

    private TwoPhaseRegion Region(int left, int right)
    {
        bool isInside = left > 0 && right < _grid.Length - 1;
        (double lower, double upper) = (_grid[left], _grid[right]);
        if (isInside && Tangent(lower, upper) is { } exact) (lower, upper) = exact;
        else isInside = false;
        (FreeEnergyPoint poor, FreeEnergyPoint rich) = (_host.At(lower, _temperature), _host.At(upper, _temperature));
        double potential = (rich.Energy - poor.Energy) / (upper - lower), barrier = 0;
        for (int i = left; i <= right; i++) barrier = Math.Max(barrier, _points[i].Energy - poor.Energy - (potential * (_grid[i] - lower)));
        return new(lower, upper, potential, (rich.EnergyByTemperature - poor.EnergyByTemperature) / (upper - lower), barrier, isInside);
    }

    /// <summary>Newton's method for μ(a) = μ(b) = (f(b) − f(a))/(b − a) in ln θ/(1 − θ) of both; null where it leaves the range.</summary>
    private (double Lower, double Upper)? Tangent(double lower, double upper)
    {
        (double p, double q) = (Logit(lower), Logit(upper));
        for (int i = 0; i < Iterations; i++)
        {
            (double a, double b) = (Filling(p), Filling(q));
            if (!(a >= Range.Lowest && b <= Range.Highest && a < b)) return null;
            (FreeEnergyPoint poor, FreeEnergyPoint rich) = (_host.At(a, _temperature), _host.At(b, _temperature));
            double step = b - a, potential = rich.Potential - poor.Potential, area = rich.Energy - poor.Energy - (poor.Potential * step);
            double byP = poor.Stiffness * a * (1 - a), byQ = rich.Stiffness * b * (1 - b), areaByQ = potential * b * (1 - b);
            double determinant = (-byP * areaByQ) + (byQ * byP * step);
            double moveP = -((potential * areaByQ) - (byQ * area)) / determinant, moveQ = -((-byP * area) + (byP * step * potential)) / determinant;
            double longest = Math.Max(Math.Abs(moveP), Math.Abs(moveQ)), share = longest > LongestStep ? LongestStep / longest : 1;
            if (!double.IsFinite(longest)) return null;
            p += share * moveP;
            q += share * moveQ;
            if (longest < Enough * Math.Max(1, Math.Abs(p))) break;
        }
        return (Filling(p), Filling(q));
    }
}
