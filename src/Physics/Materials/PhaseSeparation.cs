using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Physics.Materials;

/// <summary>A host whose particles may part into phases: f, and what gradients and the surface add to it (equations 4.4 to 4.8).</summary>
/// <param name="Host">f(θ, T) per mole of sites.</param>
/// <param name="ReferencePotential">U_ref [V] of U = U_ref − μ/F.</param>
/// <param name="GradientEnergy">κ_g [J m² mol⁻¹].</param>
public sealed record PhaseSeparation(HostFreeEnergy Host, double ReferencePotential, double GradientEnergy)
{
    /// <summary>dγ_s/dθ [J m⁻²]; below 0 the surface favours lithium.</summary>
    public double SurfaceWetting { get; init; }

    /// <summary>Form of the particles.</summary>
    public ParticleShape Shape { get; init; } = ParticleShape.Sphere;

    /// <summary>Innermost over outermost distance of the nodes.</summary>
    public double Grading { get; init; } = 1;

    /// <summary>Thickness of the thinnest planar interface, (θ_b − θ_a)/max|∂_xθ| = (θ_b − θ_a) √(κ_g/2Δf) with the barrier Δf above the common tangent [m];
    /// infinite where f is convex.</summary>
    /// <param name="temperature">T [K].</param>
    public double InterfaceWidth(double temperature)
    {
        HostEquilibrium equilibrium = new(Host, temperature, ReferencePotential);
        return equilibrium.Regions.Select(InterfaceWidth).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    /// <summary>That of one pair of phases [m].</summary>
    public double InterfaceWidth(TwoPhaseRegion region) => (region.Upper - region.Lower) * Math.Sqrt(GradientEnergy / (2 * region.Barrier));
}
