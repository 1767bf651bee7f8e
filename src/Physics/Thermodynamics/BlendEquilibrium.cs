using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>How lithium spreads over the materials of an electrode at rest.</summary>
internal static class BlendEquilibrium
{
    private const double EdgeOfSites = 1e-9;
    private const double SamePotential = 1e-12, SmallestFlow = 1e-15;
    private const int MaximumSweeps = 500, MaximumHalvings = 80;

    /// <summary>
    /// Stoichiometries at which all materials have one potential U(x) + (T − T_ref) dU/dT. How much lithium the electrode holds does not
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
    /// <param name="heating">T − T_ref [K].</param>
    public static double[] Stoichiometries(IReadOnlyList<ActiveMaterial> materials, double fill, double heating)
    {
        double[] x = [.. materials.Select(m => m.MinimumStoichiometry + fill * (m.MaximumStoichiometry - m.MinimumStoichiometry))];
        bool flows = true;
        for (int sweep = 0; sweep < MaximumSweeps && flows; sweep++)
        {
            flows = false;
            for (int i = 0; i < x.Length; i++)
                for (int j = i + 1; j < x.Length; j++)
                    flows |= Exchange(materials[i], materials[j], ref x[i], ref x[j], heating);
        }
        return x;
    }

    /// <summary>Moves lithium between two materials until their potentials meet or one of them is empty or full.</summary>
    /// <returns>Whether anything moved.</returns>
    private static bool Exchange(ActiveMaterial first, ActiveMaterial second, ref double x, ref double y, double heating)
    {
        double difference = first.EquilibriumPotential(x, heating) - second.EquilibriumPotential(y, heating), before = x;
        if (!(Math.Abs(difference) > SamePotential)) return false;
        if (difference < 0) Fill(second, first, ref y, ref x, heating);
        else Fill(first, second, ref x, ref y, heating);
        return Math.Abs(x - before) > SmallestFlow;
    }

    /// <summary>Fills one material out of the other. <paramref name="x"/> and <paramref name="y"/> are what they hold now.</summary>
    private static void Fill(ActiveMaterial taker, ActiveMaterial giver, ref double x, ref double y, double heating)
    {
        double ratio = Sites(taker) / Sites(giver), x0 = x, y0 = y;
        double low = 0, high = Math.Min(1 - EdgeOfSites - x0, (y0 - EdgeOfSites) / ratio);
        if (!(high > 0)) return;
        double middle = high;
        for (int i = 0; i < MaximumHalvings && high > low; i++)
        {
            middle = 0.5 * (low + high);
            if (middle == low || middle == high) break;
            if (taker.EquilibriumPotential(x0 + middle, heating) > giver.EquilibriumPotential(y0 - ratio * middle, heating)) low = middle;
            else high = middle;
        }
        (x, y) = (x0 + middle, y0 - ratio * middle);
    }

    /// <summary>Sites per volume of electrode [mol m⁻³].</summary>
    private static double Sites(ActiveMaterial material) => material.ActiveVolumeFraction * material.MaximumConcentration;
}
