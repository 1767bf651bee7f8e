using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Physics.Particles;

/// <summary>A particle at rest between the phases of a two-phase region: the smaller share in the core, a smooth interface around it.</summary>
internal static class TwoPhaseProfile
{
    private const int Halvings = 60;

    /// <summary>Fills θ of a particle so that its mean is exact.</summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="region">Both phases.</param>
    /// <param name="mean">Mean θ, between them.</param>
    /// <param name="width">Thickness of the interface over R_p.</param>
    /// <param name="filling">θ of the nodes.</param>
    public static void Fill(ParticleGrid grid, TwoPhaseRegion region, double mean, double width, Span<double> filling)
    {
        double sign = mean < 0.5 * (region.Lower + region.Upper) ? 1 : -1, low = -2 * width, high = 1 + (2 * width);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if ((MeanWith(middle, filling) - mean) * sign < 0) low = middle;
            else high = middle;
        }
        double missing = mean - MeanWith(0.5 * (low + high), filling), room = 0;
        for (int k = 0; k < filling.Length; k++)
            room += grid.Volumes[k] * filling[k] * (1 - filling[k]);
        for (int k = 0; k < filling.Length; k++)
            filling[k] += missing / room * filling[k] * (1 - filling[k]);

        double MeanWith(double at, Span<double> filling)
        {
            double sum = 0;
            for (int k = 0; k < filling.Length; k++)
            {
                double rich = 0.5 * (1 + (sign * Math.Tanh(2 * (at - grid.Radii[k]) / width)));
                filling[k] = region.Lower + (rich * (region.Upper - region.Lower));
                sum += grid.Volumes[k] * filling[k];
            }
            return sum;
        }
    }
}
