using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.FreeEnergies;

/// <summary>Open-circuit potential and entropic coefficient as the section of an electrode in a case file takes them.</summary>
public static class PotentialFragment
{
    /// <summary>Intervals of a table.</summary>
    private const int Intervals = 400;

    /// <summary>JSON with the keys of an electrode.</summary>
    /// <param name="source">The free energy.</param>
    /// <param name="equilibrium">Its equilibrium at the temperature of the source.</param>
    public static string Write(FreeEnergySource source, HostEquilibrium equilibrium)
    {
        (Curve potential, Curve? entropic) = Curves(source, equilibrium);
        JsonObject fragment = new() { [BpxKeys.OpenCircuitPotential.Name] = BpxKeys.OpenCircuitPotential.Write(potential) };
        if (entropic is not null) fragment[BpxKeys.Entropic.Name] = BpxKeys.Entropic.Write(entropic);
        if (IsExpression(source, equilibrium)) fragment[LayerKeys.Ends.Name] = "as given";
        return CaseText.Write(fragment);
    }

    /// <summary>U(x) and dU/dT(x), null where it is unknown: expressions for a convex closed form, else tables.</summary>
    /// <param name="source">The free energy.</param>
    /// <param name="equilibrium">Its equilibrium at the temperature of the source.</param>
    internal static (Curve Potential, Curve? Entropic) Curves(FreeEnergySource source, HostEquilibrium equilibrium)
    {
        if (IsExpression(source, equilibrium) && source.Host is RedlichKister closed)
            return (ExpressionCurve.Parse(Potential(closed, source.Temperature, source.ReferencePotential), "x"), ExpressionCurve.Parse(Entropic(closed), "x"));
        double[] places = equilibrium.Samples(Intervals);
        (double Potential, double ByTemperature)[] values = [.. places.Select(equilibrium.AtRest)];
        TableCurve? entropic = values.All(value => double.IsFinite(value.ByTemperature)) ? new TableCurve(places, [.. values.Select(value => value.ByTemperature)]) : null;
        return (new TableCurve(places, [.. values.Select(value => value.Potential)]), entropic);
    }

    /// <summary>Whether expressions are written: U is closed and has no plateau.</summary>
    public static bool IsExpression(FreeEnergySource source, HostEquilibrium equilibrium) => source.Host is RedlichKister && equilibrium.IsConvex;

    /// <summary>Largest distance of the table's straight lines to U in their middles, for x from 0.01 to 0.99 [V]; 0 for an expression.</summary>
    public static double InterpolationError(FreeEnergySource source, HostEquilibrium equilibrium)
    {
        if (IsExpression(source, equilibrium)) return 0;
        double[] places = [.. equilibrium.Samples(Intervals).Where(place => place is >= 0.01 and <= 0.99)];
        double largest = 0;
        for (int i = 1; i < places.Length; i++)
        {
            double straight = 0.5 * (equilibrium.AtRest(places[i - 1]).Potential + equilibrium.AtRest(places[i]).Potential);
            largest = Math.Max(largest, Math.Abs(straight - equilibrium.AtRest(0.5 * (places[i - 1] + places[i])).Potential));
        }
        return largest;
    }

    /// <summary>U(x) at T.</summary>
    private static string Potential(RedlichKister closed, double temperature, double reference) =>
        Expression(reference - (closed.SiteEnergy(temperature) / PhysicalConstants.Faraday), PhysicalConstants.Gas * temperature / PhysicalConstants.Faraday, closed.Interactions(temperature));

    /// <summary>dU/dT(x).</summary>
    private static string Entropic(RedlichKister closed) =>
        Expression(-closed.SiteEnergySlope / PhysicalConstants.Faraday, PhysicalConstants.Gas / PhysicalConstants.Faraday, closed.InteractionSlopes);

    private static string Expression(double constant, double slope, double[] interactions)
    {
        string text = $"{Text(constant)} + {Text(slope)} * (ln(1 - x) - ln(x))";
        for (int k = 0; k < interactions.Length; k++)
        {
            if (interactions[k] == 0) continue;
            // d/dx [x (1 − x) (2x − 1)^k] = −(2x − 1)^(k+1) + 2k x (1 − x) (2x − 1)^(k−1)
            string derivative = $"{Power(k + 1)}{(k == 0 ? "" : $" - {Text(2 * k)} * x * (1 - x) * {Power(k - 1)}")}";
            text += $" + {Text(interactions[k] / PhysicalConstants.Faraday)} * ({derivative})";
        }
        return text;
    }

    private static string Power(int exponent) => exponent == 0 ? "1" : exponent == 1 ? "(2 * x - 1)" : FormattableString.Invariant($"(2 * x - 1)**{exponent}");

    private static string Text(double value) => value == 0 ? "0" : value < 0 ? $"({value.ToString("R", CultureInfo.InvariantCulture)})" : value.ToString("R", CultureInfo.InvariantCulture);
}
