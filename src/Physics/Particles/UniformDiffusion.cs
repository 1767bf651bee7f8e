using Cell3D.Discretization;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(T), the same everywhere in a particle: the modes are uncoupled and each is known in closed form, q_k = −(h_k + b_k j)/(α + λ_k D_s/R_p²).</summary>
public sealed class UniformDiffusion : ParticleDiffusion
{
    private readonly double _diffusivity;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public UniformDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, int particles, string stateName)
        : base(material, basis, referenceTemperature, particles, stateName, solvesCoefficients: false) => _diffusivity = material.Diffusivity.Value(0.5);

    public override SurfaceResponse Respond(int particle, double current, double temperature)
    {
        (double factor, double slope) = Activation.At(temperature);
        double rate = _diffusivity * factor * InverseSquareRadius, rateSlope = _diffusivity * slope * InverseSquareRadius;
        ReadOnlySpan<double> history = HistoryTerm.AsSpan(particle * Basis.Modes, Basis.Modes);
        double value = 0, byCurrent = 0, byRate = 0;
        for (int k = 0; k < history.Length; k++)
        {
            double weight = Basis.Surface[k] / (Alpha + (Basis.Eigenvalues[k] * rate));
            double decay = Basis.Eigenvalues[k] / (Alpha + (Basis.Eigenvalues[k] * rate));
            double supply = -history[k] - (Uptake[k] * current);
            value += weight * supply;
            byCurrent -= weight * Uptake[k];
            byRate -= weight * decay * supply;
        }
        return new(value, byCurrent, byRate * rateSlope);
    }

    /// <summary>Nothing to do: the coefficients follow from (j, T).</summary>
    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction) { }

    public override void Conclude(int particle, double current, double temperature)
    {
        double rate = _diffusivity * Activation.At(temperature).Factor * InverseSquareRadius;
        int start = particle * Basis.Modes;
        for (int k = 0; k < Basis.Modes; k++)
            Coefficients.Values[start + k] = (-HistoryTerm[start + k] - (Uptake[k] * current)) / (Alpha + (Basis.Eigenvalues[k] * rate));
    }
}
