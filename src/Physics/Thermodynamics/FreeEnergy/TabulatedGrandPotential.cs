using System.Globalization;
using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>f = Ω + μθ with θ = −∂Ω/∂μ, the Legendre transform of a table Ω(μ, T) (equation 9.3).</summary>
/// <remarks>
/// Interpolated is the site energy ε(μ, T) of the ideal lattice gas that has the same Ω, Ω = −RT ln(1 + e^((μ−ε)/RT)): constant for an ideal lattice and smooth
/// where Ω itself runs over orders of magnitude. Ω counts from the empty host, so it is below 0.
/// </remarks>
public sealed class TabulatedGrandPotential : HostFreeEnergy
{
    private const double NoiseThatHides = 4;
    private const int Halvings = 200, PerInterval = 8;
    private readonly SplineFamily _siteEnergy;
    private readonly (double Lowest, double Highest) _potentials;

    private TabulatedGrandPotential(SplineFamily siteEnergy, (double Lowest, double Highest) potentials) => (_siteEnergy, _potentials) = (siteEnergy, potentials);

    public override SmoothingEffect? Smoothing => Effect;

    public override (double Lowest, double Highest) Temperatures => _siteEnergy.Temperatures;

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
        SmoothingSpline[] splines = new SmoothingSpline[count], through = new SmoothingSpline[count];
        double[][] used = new double[count][];
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
            used[i] = [.. points.Select(point => point.Potential)];
            double[] energies = [.. points.Select(point => SiteEnergy(point.Potential, point.Omega, temperature))];
            double[] weights = [.. points.Select((point, k) => Logistic((point.Potential - energies[k]) / (PhysicalConstants.Gas * temperature)))];
            splines[i] = new(used[i], energies, noise, noise > 0 ? weights : []);
            through[i] = noise > 0 ? new(used[i], energies) : splines[i];
        }
        if (found.Count > 0) return null;
        TabulatedGrandPotential host = new(new(table.Temperatures, splines), (used.Max(potentials => potentials[0]), used.Min(potentials => potentials[^1]))), raw = new(new(table.Temperatures, through), host._potentials);
        List<double> changes = [];
        for (int i = 0; i < count; i++)
        {
            if (host.FirstFall(used[i], table.Temperatures[i]) is double place)
                found.Add(string.Create(CultureInfo.InvariantCulture, $"the grand potential at {table.Temperatures[i]:G6} K is not concave at μ = {place:G6} J/mol: the filling θ = −∂Ω/∂μ would fall there"));
            else
                changes.AddRange(used[i].Select(potential => Change(host.AtPotential(potential, table.Temperatures[i]), raw.AtPotential(potential, table.Temperatures[i]))));
        }
        if (found.Count > 0) return null;
        host.Effect = SmoothingEffect.Of(changes, leftOut, host._siteEnergy.Residual);
        return host;
    }

    public override (double Lowest, double Highest) Range(double temperature) =>
        (AtPotential(_potentials.Lowest, temperature).Filling, AtPotential(_potentials.Highest, temperature).Filling);

    public override FreeEnergyPoint At(double filling, double temperature)
    {
        (double low, double high) = _potentials;
        for (int i = 0; i < Halvings && high - low > 0; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle == low || middle == high) break;
            if (AtPotential(middle, temperature).Filling < filling) low = middle;
            else high = middle;
        }
        double potential = 0.5 * (low + high);
        State state = AtPotential(potential, temperature);
        // What bisection leaves is removed by one step of Newton.
        potential += (filling - state.Filling) / state.ByPotential;
        state = AtPotential(potential, temperature);
        return new(state.Omega + (potential * filling), potential, 1 / state.ByPotential, state.OmegaByTemperature, -state.ByTemperature / state.ByPotential);
    }

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

    private State AtPotential(double potential, double temperature)
    {
        (double energy, double slope, double curvature, double byTemperature, double mixed) = _siteEnergy.At(potential, temperature);
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

    private double? FirstFall(double[] potentials, double temperature)
    {
        for (int i = 1; i < potentials.Length; i++)
            for (int k = 0; k <= PerInterval; k++)
            {
                double potential = potentials[i - 1] + ((potentials[i] - potentials[i - 1]) * k / PerInterval);
                if (!(AtPotential(potential, temperature).ByPotential > 0)) return potential;
            }
        return null;
    }

    /// <summary>Ω, θ = −∂Ω/∂μ, ∂θ/∂μ, ∂Ω/∂T and ∂θ/∂T at constant μ.</summary>
    private readonly record struct State(double Omega, double Filling, double ByPotential, double OmegaByTemperature, double ByTemperature);
}
