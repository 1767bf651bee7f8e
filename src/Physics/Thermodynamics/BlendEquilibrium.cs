using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>How lithium spreads over the materials of an electrode at rest.</summary>
internal static class BlendEquilibrium
{
    private const double EdgeOfSites = 1e-9;
    private const double SamePotential = 1e-12, SmallestFlow = 1e-15;
    private const int MaximumSweeps = 500, MaximumHalvings = 80;

    /// <summary>
    /// Stoichiometries at which all materials have one potential U(x, T). How much lithium the electrode holds does not
    /// depend on temperature: the share f of what lies between the ends of its windows, Σ ε_s c_max [x_min + f (x_max − x_min)].
    /// </summary>
    /// <remarks>
    /// Starting from that share in every material, two materials at a time exchange lithium until their potentials meet, over all pairs
    /// until nothing flows. Lithium flows to the higher potential and comes to rest at the first crossing that the halving of the possible
    /// exchange finds; there always is one, also where U turns, where U rises without bound in an empty and falls in a full host (<see cref="DivergingEnds"/>).
    /// Potentials that stay finite there may never meet: then one of the two materials ends empty or full.
    /// </remarks>
    /// <param name="materials">Those of one electrode.</param>
    /// <param name="fill">f, 0 to 1.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public static double[] Stoichiometries(IReadOnlyList<ActiveMaterial> materials, double fill, double temperature, double referenceTemperature)
    {
        Host[] hosts = [.. materials.Select(m => new Host(m.EquilibriumPotentialOf(referenceTemperature), m.ActiveVolumeFraction * m.MaximumConcentration, temperature))];
        double[] x = [.. materials.Select(m => m.MinimumStoichiometry + fill * (m.MaximumStoichiometry - m.MinimumStoichiometry))];
        bool flows = true;
        for (int sweep = 0; sweep < MaximumSweeps && flows; sweep++)
        {
            flows = false;
            for (int i = 0; i < x.Length; i++)
                for (int j = i + 1; j < x.Length; j++)
                    flows |= Exchange(hosts[i], hosts[j], ref x[i], ref x[j]);
        }
        return x;
    }

    /// <summary>Moves lithium between two materials until their potentials meet or one of them is empty or full.</summary>
    /// <returns>Whether anything moved.</returns>
    private static bool Exchange(Host first, Host second, ref double x, ref double y)
    {
        double difference = first.Potential(x) - second.Potential(y), before = x;
        if (!(Math.Abs(difference) > SamePotential)) return false;
        if (difference < 0) Fill(second, first, ref y, ref x);
        else Fill(first, second, ref x, ref y);
        return Math.Abs(x - before) > SmallestFlow;
    }

    /// <summary>Fills one material out of the other. <paramref name="x"/> and <paramref name="y"/> are what they hold now.</summary>
    private static void Fill(Host taker, Host giver, ref double x, ref double y)
    {
        double ratio = taker.Sites / giver.Sites, x0 = x, y0 = y;
        double low = 0, high = Math.Min(1 - EdgeOfSites - x0, (y0 - EdgeOfSites) / ratio);
        if (!(high > 0)) return;
        double middle = high;
        for (int i = 0; i < MaximumHalvings && high > low; i++)
        {
            middle = 0.5 * (low + high);
            if (middle == low || middle == high) break;
            if (taker.Potential(x0 + middle) > giver.Potential(y0 - ratio * middle)) low = middle;
            else high = middle;
        }
        (x, y) = (x0 + middle, y0 - ratio * middle);
    }

    /// <summary>A material at the temperature of the electrode.</summary>
    /// <param name="Equilibrium">U(x, T).</param>
    /// <param name="Sites">Sites per volume of electrode [mol m⁻³].</param>
    /// <param name="Temperature">T [K].</param>
    private readonly record struct Host(EquilibriumPotential Equilibrium, double Sites, double Temperature)
    {
        public double Potential(double stoichiometry) => Equilibrium.Value(stoichiometry, Temperature);
    }
}
