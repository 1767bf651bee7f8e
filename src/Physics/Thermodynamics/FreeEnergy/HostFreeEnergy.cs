namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>f(θ, T) of a host per mole of sites, from which its open-circuit potential follows (equations 9.1 to 9.6). Immutable and safe to share.</summary>
public abstract class HostFreeEnergy
{
    /// <summary>Ends of θ between which f is known; closed forms reach from 0 to 1.</summary>
    /// <param name="temperature">T [K].</param>
    public abstract (double Lowest, double Highest) Range(double temperature);

    /// <summary>Lowest and highest temperature at which f is known [K].</summary>
    public virtual (double Lowest, double Highest) Temperatures => (1, 10000);

    /// <summary>f and its derivatives.</summary>
    /// <param name="filling">θ strictly between 0 and 1, within <see cref="Range"/>.</param>
    /// <param name="temperature">T [K], within <see cref="Temperatures"/>.</param>
    public abstract FreeEnergyPoint At(double filling, double temperature);

    /// <summary>μ, ∂μ/∂θ and ∂μ/∂T of many fillings at one temperature.</summary>
    /// <param name="fillings">θ strictly between 0 and 1.</param>
    /// <param name="temperature">T [K]; outside <see cref="Temperatures"/> that of the nearer end counts, and where f is known at one temperature only, μ does not change with it.</param>
    /// <param name="potential">Receives μ [J mol⁻¹].</param>
    /// <param name="stiffness">Receives ∂μ/∂θ [J mol⁻¹].</param>
    /// <param name="byTemperature">Receives ∂μ/∂T [J mol⁻¹ K⁻¹].</param>
    public virtual void Evaluate(ReadOnlySpan<double> fillings, double temperature, Span<double> potential, Span<double> stiffness, Span<double> byTemperature)
    {
        (double lowest, double highest) = Temperatures;
        bool follows = temperature > lowest && temperature < highest;
        for (int i = 0; i < fillings.Length; i++)
        {
            FreeEnergyPoint point = At(fillings[i], Math.Clamp(temperature, lowest, highest));
            (potential[i], stiffness[i], byTemperature[i]) = (point.Potential, point.Stiffness, follows ? point.PotentialByTemperature : 0);
        }
    }

    /// <summary>Phases that coexist although f of a uniform host between them is not known: f is the common tangent itself.</summary>
    /// <param name="temperature">T [K].</param>
    /// <returns>By rising θ, without barriers; empty where f of the uniform host is known throughout.</returns>
    public virtual IReadOnlyList<TwoPhaseRegion> Transitions(double temperature) => [];

    /// <summary>What smoothing of a table does; null for closed forms.</summary>
    public virtual SmoothingEffect? Smoothing => null;

    /// <summary>θ(1 − θ)/RT ∂μ/∂θ, which is 1 for an ideal lattice gas (equation 9.6).</summary>
    public static double ThermodynamicFactor(double filling, double temperature, FreeEnergyPoint point) =>
        filling * (1 - filling) * point.Stiffness / (PhysicalConstants.Gas * temperature);
}

/// <summary>What smoothing of a table does.</summary>
/// <param name="Points">Points that are used.</param>
/// <param name="LeftOut">Points of a grand potential within four times its noise of 0, which are not used.</param>
/// <param name="Residual">Largest rms distance of the smooth curve of one temperature to its points [J mol⁻¹].</param>
/// <param name="LargestPotential">Largest change of U at the points against a curve through all of them [V].</param>
/// <param name="RmsPotential">Its rms [V].</param>
public sealed record SmoothingEffect(int Points, int LeftOut, double Residual, double LargestPotential, double RmsPotential)
{
    /// <summary>The effect of changes of U at the points.</summary>
    internal static SmoothingEffect Of(IReadOnlyCollection<double> changes, int leftOut, double residual) =>
        new(changes.Count, leftOut, residual, changes.Select(Math.Abs).DefaultIfEmpty().Max(), Math.Sqrt(changes.Select(change => change * change).DefaultIfEmpty().Average()));
}
