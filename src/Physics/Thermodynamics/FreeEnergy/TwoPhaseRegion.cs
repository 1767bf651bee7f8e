namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>A stretch of θ in which a host parts into two phases that touch the same tangent of f (equation 9.5).</summary>
/// <param name="Lower">θ of the poor phase.</param>
/// <param name="Upper">θ of the rich phase.</param>
/// <param name="Potential">μ* of both [J mol⁻¹].</param>
/// <param name="PotentialByTemperature">dμ*/dT [J mol⁻¹ K⁻¹]; NaN where f is known at one temperature only.</param>
/// <param name="Barrier">Most by which f of the uniform host lies above the tangent [J mol⁻¹].</param>
/// <param name="IsClosed">Whether both phases lie inside the range of θ; else an end of it stands for a phase.</param>
public sealed record TwoPhaseRegion(double Lower, double Upper, double Potential, double PotentialByTemperature, double Barrier, bool IsClosed);

/// <summary>A stretch of θ in which ∂μ/∂θ &lt; 0: a uniform host is unstable (equation 9.4).</summary>
/// <param name="Lower">θ at which it begins.</param>
/// <param name="Upper">θ at which it ends.</param>
public readonly record struct SpinodalInterval(double Lower, double Upper);
