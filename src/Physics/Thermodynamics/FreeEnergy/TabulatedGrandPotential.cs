using System.Globalization;
using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>f = Ω + μθ with θ = −∂Ω/∂μ, the Legendre transform of a table Ω(μ, T) (equation 9.3).</summary>
/// <remarks>
/// Interpolated is the site energy ε(μ, T) of the ideal lattice gas that has the same Ω, Ω = −RT ln(1 + e^((μ−ε)/RT)): constant for an ideal lattice and smooth
/// where Ω itself runs over orders of magnitude. Ω counts from the empty host, so it is below 0. Where the slope of Ω jumps two phases coexist: either side is a branch with
/// a curve of its own, and f is the straight line between them. Beyond a jump empty sites take the part of lithium, Ω being counted from the full host: that is what is smooth there.
/// </remarks>
public sealed class TabulatedGrandPotential : HostFreeEnergy
{
    private const double NoiseThatHides = 4;
    private const int Halvings = 200, PerInterval = 8;

    /// <summary>Points that a branch has at least, most branches, and the least jump of θ between two.</summary>
    private const int FewestOfBranch = 8, MostBranches = 6;
    private const double SmallestJump = 0.02;

    /// <summary>Site energies of the branches, by rising μ.</summary>
    private readonly Energies[] _branches;

    /// <summary>μ between which neighbouring branches meet, over all temperatures [J mol⁻¹].</summary>
    private readonly (double Low, double High)[] _gaps;
    private readonly (double Lowest, double Highest) _potentials;

    /// <summary>Transitions at the temperature that was asked for last.</summary>
    private volatile Coexistence? _last;

    private TabulatedGrandPotential(Energies[] branches, (double Low, double High)[] gaps, (double Lowest, double Highest) potentials) =>
        (_branches, _gaps, _potentials) = (branches, gaps, potentials);

    public override SmoothingEffect? Smoothing => Effect;

    public override (double Lowest, double Highest) Temperatures => _branches[0].Sites.Temperatures;

    private SmoothingEffect? Effect { get; set; }

    /// <summary>Through the points of a table, or near them.</summary>
    /// <param name="table">Ω over μ, below 0.</param>
    /// <param name="noise">Rms error of Ω that is smoothed away [J mol⁻¹]; 0 for a curve through the points.</param>
    /// <param name="problems">What is wrong with the table: empty, or Ω is not concave, so that θ would fall with μ.</param>
    /// <returns>The host; null with problems.</returns>
    public static TabulatedGrandPotential? Of(FreeEnergyTable table, double noise, out IReadOnlyList<string> problems)
    {
        List<string> found = [];
        problems = found;
        int count = table.Temperatures.Length, leftOut = 0;
        List<Branch>[] branches = new List<Branch>[count];
        for (int i = 0; i < count; i++)
        {
            double temperature = table.Temperatures[i];
            (double Potential, double Omega)[] points = [.. table.Places[i].Zip(table.Values[i]).Where(point => point.Second < -NoiseThatHides * noise)];
            leftOut += table.Places[i].Length - points.Length;
            if (points.Length < FreeEnergyTable.Fewest)
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"at {temperature:G6} K fewer than {FreeEnergyTable.Fewest} grand potentials lie below 0 by more than {NoiseThatHides} times the noise"));
                continue;
            }
            Branch whole = new(points, noise, temperature, ofHoles: false);
            if (whole.FirstFall is not double place)
                branches[i] = [whole];
            else if (Parted(whole, noise) is { } parts)
                branches[i] = parts;
            else
                found.Add(string.Create(CultureInfo.InvariantCulture, $"the grand potential at {temperature:G6} K is not concave at μ = {place:G6} J/mol: the filling θ = −∂Ω/∂μ would fall there (noise is to be told; where its slope jumps as two phases coexist, at least {FewestOfBranch} points are needed on either side and {SmallestJump} of θ between them)"));
        }
        if (found.Count > 0) return null;
        if (branches.Select(parts => parts.Count).Distinct().Count() > 1)
        {
            found.Add("the slope of the grand potential jumps more often at one temperature than at another: one table for each range of temperatures with as many phases is needed");
            return null;
        }
        int parted = branches[0].Count;
        TabulatedGrandPotential host = new(
            [.. Enumerable.Range(0, parted).Select(k => Energies.Of(table.Temperatures, [.. branches.Select(parts => parts[k])]))],
            [.. Enumerable.Range(0, parted - 1).Select(k => (branches.Min(parts => Gap(parts[k], parts[k + 1]).Low), branches.Max(parts => Gap(parts[k], parts[k + 1]).High)))],
            (branches.Max(parts => parts[0].Potentials[0]), branches.Min(parts => parts[^1].Potentials[^1])));
        double[] changes = [.. branches.SelectMany(parts => parts).SelectMany(branch => branch.Potentials.Select(potential => Change(branch.At(potential), branch.Through(potential))))];
        host.Effect = SmoothingEffect.Of(changes, leftOut, host._branches.Max(branch => branch.Sites.Residual));
        return host;
    }

    public override (double Lowest, double Highest) Range(double temperature) =>
        (AtPotential(0, _potentials.Lowest, temperature).Filling, AtPotential(_branches.Length - 1, _potentials.Highest, temperature).Filling);

    public override IReadOnlyList<TwoPhaseRegion> Transitions(double temperature) =>
        [.. CoexistenceAt(temperature).Transitions.Select(two => new TwoPhaseRegion(two.Poor.Filling, two.Rich.Filling, two.Potential, two.ByTemperature, 0, true))];

    public override FreeEnergyPoint At(double filling, double temperature)
    {
        Transition[] transitions = CoexistenceAt(temperature).Transitions;
        int branch = 0;
        while (branch < transitions.Length && filling > transitions[branch].Poor.Filling)
        {
            if (filling < transitions[branch].Rich.Filling) return transitions[branch].Between(filling);
            branch++;
        }
        (double low, double high) = (branch > 0 ? transitions[branch - 1].Potential : _potentials.Lowest, branch < transitions.Length ? transitions[branch].Potential : _potentials.Highest);
        for (int i = 0; i < Halvings && high - low > 0; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle == low || middle == high) break;
            if (AtPotential(branch, middle, temperature).Filling < filling) low = middle;
            else high = middle;
        }
        double potential = 0.5 * (low + high);
        State state = AtPotential(branch, potential, temperature);
        // What bisection leaves is removed by one step of Newton.
        potential += (filling - state.Filling) / state.ByPotential;
        state = AtPotential(branch, potential, temperature);
        return new(state.Omega + (potential * filling), potential, 1 / state.ByPotential, state.OmegaByTemperature, -state.ByTemperature / state.ByPotential);
    }

    /// <summary>Branches between the jumps of the slope, each concave; null where there are none such.</summary>
    private static List<Branch>? Parted(Branch whole, double noise)
    {
        List<Branch> parts = [whole];
        for (int i = 0; i < parts.Count;)
        {
            if (parts[i].FirstFall is null)
            {
                i++;
                continue;
            }
            if (parts.Count == MostBranches || parts[i].LargestJump() is not int last) return null;
            Branch poor = new(parts[i].Points[..(last + 1)], noise, whole.Temperature, parts[i].IsOfHoles), rich = new(parts[i].Points[(last + 1)..], noise, whole.Temperature, ofHoles: true);
            parts[i] = poor;
            parts.Insert(i + 1, rich);
        }
        for (int k = 0; k + 1 < parts.Count; k++)
            if (Meeting(parts[k].At, parts[k + 1].At, Gap(parts[k], parts[k + 1])) is not double potential || !(parts[k + 1].At(potential).Filling - parts[k].At(potential).Filling > SmallestJump)) return null;
        return parts;
    }

    /// <summary>Where the branches may meet: between their ends, and an interval further where a point lies on the jump.</summary>
    private static (double Low, double High) Gap(Branch poor, Branch rich) => (poor.Potentials[^1], rich.Potentials[0]) is var (low, high) ? (low - (high - low), high + (high - low)) : default;

    /// <summary>μ at which two branches have the same Ω; null where they do not meet, the one of more lithium below beyond it [J mol⁻¹].</summary>
    private static double? Meeting(Func<double, State> poor, Func<double, State> rich, (double Low, double High) gap)
    {
        double Excess(double potential) => poor(potential).Omega - rich(potential).Omega;
        (double low, double high) = gap;
        if (!(Excess(low) <= 0 && Excess(high) >= 0)) return null;
        for (int i = 0; i < Halvings && 0.5 * (low + high) is var middle && middle > low && middle < high; i++)
            (low, high) = Excess(middle) < 0 ? (middle, high) : (low, middle);
        return 0.5 * (low + high);
    }

    private Coexistence CoexistenceAt(double temperature)
    {
        if (_last is { } known && known.Temperature == temperature) return known;
        Transition[] transitions = new Transition[_gaps.Length];
        for (int k = 0; k < transitions.Length; k++)
        {
            int branch = k;
            double potential = Meeting(mu => AtPotential(branch, mu, temperature), mu => AtPotential(branch + 1, mu, temperature), _gaps[k]) ?? double.NaN;
            transitions[k] = new(potential, AtPotential(k, potential, temperature), AtPotential(k + 1, potential, temperature));
        }
        return _last = new(temperature, transitions);
    }

    private State AtPotential(int branch, double potential, double temperature) => _branches[branch].At(potential, temperature);

    private static double Change(State smooth, State through) => (through.Filling - smooth.Filling) / (smooth.ByPotential * PhysicalConstants.Faraday);

    /// <summary>ε = μ − RT ln(e^(−Ω/RT) − 1).</summary>
    private static double SiteEnergy(double potential, double omega, double temperature)
    {
        double heat = PhysicalConstants.Gas * temperature, y = -omega / heat;
        return potential - (heat * (y < 1 ? Math.Log(Expm1(y)) : y + Math.Log(1 - Math.Exp(-y))));
    }

    /// <summary>eʸ − 1 without loss of digits at small y: Kahan's form.</summary>
    private static double Expm1(double y)
    {
        double u = Math.Exp(y);
        if (u == 1) return y;
        return u - 1 == -1 ? -1 : (u - 1) * y / Math.Log(u);
    }

    private static double Logistic(double x) => x > 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static State StateOf((double Value, double Slope, double Curvature, double ByTemperature, double Mixed) siteEnergy, double potential, double temperature)
    {
        (double energy, double slope, double curvature, double byTemperature, double mixed) = siteEnergy;
        double heat = PhysicalConstants.Gas * temperature, x = (potential - energy) / heat, s = Logistic(x), empty = Logistic(-x);
        // ln(1 + eˣ), also where eˣ is large or far below the last digit of 1.
        double logarithm = Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))), xByTemperature = (-byTemperature / heat) - (x / temperature), share = 1 - slope;
        return new(-heat * logarithm, s * share, (s * empty * share * share / heat) - (s * curvature),
            (-PhysicalConstants.Gas * logarithm) - (heat * s * xByTemperature), (s * empty * xByTemperature * share) - (s * mixed));
    }

    private static double Log1p(double y)
    {
        double u = 1 + y;
        return u == 1 ? y : Math.Log(u) * y / (u - 1);
    }

    /// <summary>Ω, θ = −∂Ω/∂μ, ∂θ/∂μ, ∂Ω/∂T and ∂θ/∂T at constant μ.</summary>
    private readonly record struct State(double Omega, double Filling, double ByPotential, double OmegaByTemperature, double ByTemperature)
    {
        /// <summary>That of lithium where this is one of empty sites, at −μ: Ω = Ω_h + f(1) − μ.</summary>
        public State OfHoles(double potential, double full, double fullByTemperature) => new(Omega + full - potential, 1 - Filling, ByPotential, OmegaByTemperature + fullByTemperature, -ByTemperature);
    }

    /// <summary>Site energies of a branch over T.</summary>
    /// <param name="Sites">Of lithium over μ, or of empty sites over −μ.</param>
    /// <param name="Full">f of the full host that empty sites are counted from, whatever the place; null for lithium.</param>
    private sealed record Energies(SplineFamily Sites, SplineFamily? Full)
    {
        public static Energies Of(double[] temperatures, Branch[] branches) => new(new(temperatures, [.. branches.Select(branch => branch.Spline)]),
            branches[0].IsOfHoles ? new(temperatures, [.. branches.Select(branch => new SmoothingSpline([0, 1], [branch.Full, branch.Full]))]) : null);

        public State At(double potential, double temperature)
        {
            if (Full is null) return StateOf(Sites.At(potential, temperature), potential, temperature);
            (double full, _, _, double byTemperature, _) = Full.At(0.5, temperature);
            return StateOf(Sites.At(-potential, temperature), -potential, temperature).OfHoles(potential, full, byTemperature);
        }
    }

    /// <summary>Two phases that coexist.</summary>
    /// <param name="Potential">μ* [J mol⁻¹].</param>
    /// <param name="Poor">The end of the poor branch.</param>
    /// <param name="Rich">The start of the rich one.</param>
    private readonly record struct Transition(double Potential, State Poor, State Rich)
    {
        /// <summary>dμ*/dT, at which Ω of both stays the same (equation 9.5).</summary>
        public double ByTemperature => (Rich.OmegaByTemperature - Poor.OmegaByTemperature) / (Rich.Filling - Poor.Filling);

        /// <summary>f on the straight line between both.</summary>
        public FreeEnergyPoint Between(double filling)
        {
            double share = (filling - Poor.Filling) / (Rich.Filling - Poor.Filling);
            return new(Poor.Omega + (Potential * filling), Potential, 0, ((1 - share) * Poor.OmegaByTemperature) + (share * Rich.OmegaByTemperature), ByTemperature);
        }
    }

    private sealed record Coexistence(double Temperature, Transition[] Transitions);

    /// <summary>Points of one temperature between two jumps of the slope, and the curves through and near them.</summary>
    private sealed class Branch
    {
        private readonly SmoothingSpline _through;

        public Branch((double Potential, double Omega)[] points, double noise, double temperature, bool ofHoles)
        {
            (Points, Temperature, IsOfHoles, Potentials) = (points, temperature, ofHoles, [.. points.Select(point => point.Potential)]);
            Full = ofHoles ? FullHost(points, noise, temperature) : 0;
            (double Potential, double Omega)[] own = ofHoles ? [.. points.Reverse().Select(point => (-point.Potential, point.Omega + point.Potential - Full)).Where(point => point.Item2 < 0)] : points;
            double[] places = [.. own.Select(point => point.Potential)], energies = [.. own.Select(point => SiteEnergy(point.Potential, point.Omega, temperature))];
            double[] weights = [.. own.Select((point, k) => Logistic((point.Potential - energies[k]) / (PhysicalConstants.Gas * temperature)))];
            Spline = new(places, energies, noise, noise > 0 ? weights : []);
            _through = noise > 0 ? new(places, energies) : Spline;
        }

        /// <summary>Whether empty sites are counted in place of lithium.</summary>
        public bool IsOfHoles { get; }

        /// <summary>f of the full host from which they are [J mol⁻¹].</summary>
        public double Full { get; }

        public (double Potential, double Omega)[] Points { get; }

        public double Temperature { get; }

        public double[] Potentials { get; }

        public SmoothingSpline Spline { get; }

        /// <summary>μ at which θ falls first [J mol⁻¹]; null where it rises throughout.</summary>
        public double? FirstFall
        {
            get
            {
                for (int i = 1; i < Potentials.Length; i++)
                    for (int k = 0; k <= PerInterval; k++)
                    {
                        double potential = Potentials[i - 1] + ((Potentials[i] - Potentials[i - 1]) * k / PerInterval);
                        if (!(At(potential).ByPotential > 0)) return potential;
                    }
                return null;
            }
        }

        public State At(double potential) => Of(Spline, potential);

        /// <summary>The same of the curve through all points.</summary>
        public State Through(double potential) => Of(_through, potential);

        /// <summary>The last point before the interval within which mean slopes change most; null where too few points are left on a side.</summary>
        public int? LargestJump()
        {
            int? best = null;
            double largest = 0;
            for (int i = FewestOfBranch - 1; i + FewestOfBranch < Points.Length; i++)
                if (Mean(i + 1) - Mean(i - 1) is var jump && jump > largest)
                    (best, largest) = (i, jump);
            return best;

            // θ between a point and the next.
            double Mean(int point) => (Points[point].Omega - Points[point + 1].Omega) / (Points[point + 1].Potential - Points[point].Potential);
        }

        /// <summary>Ω + μ where no site is empty: that of the last points and, with as many empty sites as its slope there tells, what is left to come as for an ideal lattice.</summary>
        private static double FullHost((double Potential, double Omega)[] points, double noise, double temperature)
        {
            (double first, double middle, double last) = (Rise(^3), Rise(^2), Rise(^1));
            double early = (middle - first) / (points[^2].Potential - points[^3].Potential), late = (last - middle) / (points[^1].Potential - points[^2].Potential);
            double empty = Math.Clamp(late + ((late - early) * (points[^1].Potential - points[^2].Potential) / (points[^1].Potential - points[^3].Potential)), 1e-12, Math.Clamp(late, 1e-12, 0.99));
            return Math.Max(last, points.Max(point => point.Omega + point.Potential)) - (PhysicalConstants.Gas * temperature * Math.Log(1 - empty)) + noise;

            double Rise(Index at) => points[at].Omega + points[at].Potential;
        }

        private State Of(SmoothingSpline spline, double potential)
        {
            double place = IsOfHoles ? -potential : potential;
            (double value, double slope, double curvature) = spline.At(place);
            State own = StateOf((value, slope, curvature, double.NaN, double.NaN), place, Temperature);
            return IsOfHoles ? own.OfHoles(potential, Full, double.NaN) : own;
        }
    }
}
