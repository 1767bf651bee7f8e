using Cell3D.Discretization;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Physics.Particles;

/// <summary>How many modes a particle needs at a current density, and what error is left of them.</summary>
/// <param name="Modes">Modes per particle.</param>
/// <param name="Error">Largest error of U(x_surf) from a hundredth of the discharge on [V].</param>
public readonly record struct ParticleResolution(int Modes, double Error)
{
    /// <summary>Enough wherever D_s does not depend on x; docs/decisions/0005-spectral-particles.md.</summary>
    public const int FewestModes = 10;

    /// <summary>Error of U(x_surf) that is allowed [V].</summary>
    public const double Tolerance = 1e-4;

    private const int Steps = 100, Power = 2, MostIterations = 8;
    private const double Start = 0.01, EdgeOfWindow = 0.02;
    private static readonly int[] Candidates = [FewestModes, 14, 20, 28, 40, 56];
    private const int StepsOfBudget = 200, PowerOfBudget = 3, FewestOfBudget = 8;
    private static readonly int[] OfBudget = [FewestOfBudget, 10, 14, 20, 28, 40, 56, 80];

    /// <summary>Follows one particle at constant current through its stoichiometry window with more and more modes, until the next ones
    /// change U(x_surf) by no more than the tolerance.</summary>
    /// <param name="material">Its D_s(x) decides.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="temperature">T [K]; the colder, the steeper the profiles.</param>
    /// <param name="current">j [A m⁻²], the largest of the protocol in size.</param>
    public static ParticleResolution For(ActiveMaterial material, double referenceTemperature, double temperature, double current)
    {
        if (!material.Diffusivity.DependsOn(0) || current == 0)
            return new(FewestModes, 0);
        double edge = EdgeOfWindow * (material.MaximumStoichiometry - material.MinimumStoichiometry);
        return FirstWithin(Tolerance, Candidates, modes => Follow(material, referenceTemperature, temperature, current, modes, Steps, Power),
            new(material.EquilibriumPotentialOf(referenceTemperature), temperature, material.MinimumStoichiometry + edge, material.MaximumStoichiometry - edge, (int)(Math.Sqrt(Start) * Steps)));
    }

    /// <summary>The same for a smaller error or a larger one, whatever D_s depends on: the largest difference of U(x_surf) from <paramref name="after"/> on.</summary>
    /// <param name="material">The particle.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="current">j [A m⁻²].</param>
    /// <param name="tolerance">Error of U(x_surf) that is allowed [V].</param>
    /// <param name="after">Time after the switch of the current from which it counts [s].</param>
    public static ParticleResolution Within(ActiveMaterial material, double referenceTemperature, double temperature, double current, double tolerance, double after)
    {
        if (current == 0)
            return new(FewestOfBudget, 0);
        double duration = Duration(material, current);
        int first = 0;
        while (first < StepsOfBudget && End(duration, first, StepsOfBudget, PowerOfBudget) < after)
            first++;
        return FirstWithin(tolerance, OfBudget, modes => Follow(material, referenceTemperature, temperature, current, modes, StepsOfBudget, PowerOfBudget),
            new(material.EquilibriumPotentialOf(referenceTemperature), temperature, 0, 1, first));
    }

    /// <summary>The first number of modes that the next one changes by no more than a tolerance [V], with this change; else the last.</summary>
    private static ParticleResolution FirstWithin(double tolerance, int[] candidates, Func<int, double[]> follow, Compared compared)
    {
        double[] coarse = follow(candidates[0]);
        double error = double.PositiveInfinity;
        for (int i = 1; i < candidates.Length; i++)
        {
            double[] fine = follow(candidates[i]);
            error = compared.Difference(coarse, fine);
            if (error <= tolerance)
                return new(candidates[i - 1], error);
            coarse = fine;
        }
        return new(candidates[^1], error);
    }

    /// <summary>x_surf after each step; NaN from where the particle is full or empty.</summary>
    private static double[] Follow(ActiveMaterial material, double referenceTemperature, double temperature, double current, int modes, int steps, int power)
    {
        ParticleGeometry geometry = ParticleGeometry.Uniform(new("Particle", [0]), material);
        ParticleDiffusion particle = ParticleDiffusion.Create(material, SpectralBasis.Of(modes, material.Shape), referenceTemperature, geometry);
        bool fills = current < 0;
        (double low, double high) = (material.MinimumStoichiometry, material.MaximumStoichiometry);
        particle.Coefficients.Reserve(TimeCoefficients.DefaultOrder);
        particle.SetUniform(fills ? low : high);
        particle.Coefficients.Accept();
        double duration = Duration(material, current);
        double[] surface = new double[steps], times = [0, 0, 0];
        surface.AsSpan().Fill(double.NaN);
        TimeCoefficients time = new();
        for (int step = 0; step < steps; step++)
        {
            // Short steps first, where the profile forms.
            double end = End(duration, step, steps, power);
            time.Set(end, times.AsSpan(0, Math.Min(step + 1, 3)), Math.Min(step + 1, 2));
            particle.BeginStep(time);
            if (!Converge(particle, current, temperature))
                return surface;
            particle.Conclude(0, current, temperature);
            surface[step] = particle.Surface(0);
            particle.Coefficients.Accept();
            times = [end, times[0], times[1]];
        }
        return surface;
    }

    private static double End(double duration, int step, int steps, int power) => duration * Math.Pow((step + 1.0) / steps, power);

    /// <summary>Time in which a current carries a particle through its window [s].</summary>
    private static double Duration(ActiveMaterial material, double current) => (material.MaximumStoichiometry - material.MinimumStoichiometry)
        / (material.SurfaceAreaPerVolume / material.ActiveVolumeFraction * Math.Abs(current) / (PhysicalConstants.Faraday * material.MaximumConcentration));

    /// <summary>Newton's method at a given current; false when the surface leaves 0 … 1.</summary>
    private static bool Converge(ParticleDiffusion particle, double current, double temperature)
    {
        double last = double.NaN;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double surface = particle.Respond(0, current, temperature).Stoichiometry;
            if (!(surface > 0 && surface < 1))
                return false;
            particle.BackSubstitute(0, 0, 0, 1);
            if (Math.Abs(surface - last) < 1e-9)
                return true;
            last = surface;
        }
        return true;
    }

    /// <summary>Which part of two histories of x_surf is compared by its U.</summary>
    /// <param name="Potential">U.</param>
    /// <param name="Temperature">T [K].</param>
    /// <param name="Low">Both lie above.</param>
    /// <param name="High">Both lie below.</param>
    /// <param name="First">First step.</param>
    private readonly record struct Compared(EquilibriumPotential Potential, double Temperature, double Low, double High, int First)
    {
        /// <summary>Largest difference of U [V].</summary>
        internal double Difference(double[] one, double[] other)
        {
            double largest = 0;
            for (int step = First; step < one.Length; step++)
                if (IsInside(one[step]) && IsInside(other[step]))
                    largest = Math.Max(largest, Math.Abs(Potential.Value(one[step], Temperature) - Potential.Value(other[step], Temperature)));
            return largest;
        }

        private bool IsInside(double x) => x > Low && x < High;
    }
}
