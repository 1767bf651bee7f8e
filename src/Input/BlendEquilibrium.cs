using Cell3D.Physics.Materials;

namespace Cell3D.Input;

/// <summary>How lithium spreads over the materials of an electrode at rest.</summary>
internal static class BlendEquilibrium
{
    private const double SamePotential = 1e-4;
    private const double EdgeOfSites = 1e-6;

    /// <summary>
    /// Stoichiometries when the electrode holds the share f of the lithium between its windows' ends. One material, or several whose
    /// windows fit each other: x_min + f (x_max − x_min). Otherwise the common potential that holds the same lithium.
    /// </summary>
    public static double[] Stoichiometries(IReadOnlyList<ActiveMaterial> materials, double fill)
    {
        double[] linear = [.. materials.Select(m => m.MinimumStoichiometry + fill * (m.MaximumStoichiometry - m.MinimumStoichiometry))];
        double[] potentials = [.. materials.Zip(linear, (m, x) => m.OpenCircuitPotential.Value(x))];
        if (potentials.Max() - potentials.Min() < SamePotential) return linear;
        double lithium = Lithium(materials, linear);
        double low = potentials.Min(), high = potentials.Max();
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (Lithium(materials, AtPotential(materials, middle)) > lithium) low = middle;
            else high = middle;
        }
        return AtPotential(materials, 0.5 * (low + high));
    }

    private static double Lithium(IReadOnlyList<ActiveMaterial> materials, double[] stoichiometries) =>
        materials.Zip(stoichiometries, (m, x) => m.ActiveVolumeFraction * m.MaximumConcentration * x).Sum();

    private static double[] AtPotential(IReadOnlyList<ActiveMaterial> materials, double potential) =>
        [.. materials.Select(m => AtPotential(m, potential))];

    /// <summary>The x at which U(x), falling, takes a value; an end of the sites when it takes it nowhere.</summary>
    private static double AtPotential(ActiveMaterial material, double potential)
    {
        double low = EdgeOfSites, high = 1 - EdgeOfSites;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (material.OpenCircuitPotential.Value(middle) > potential) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }
}
