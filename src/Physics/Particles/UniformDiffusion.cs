using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(T), the same everywhere in a particle: the modes are uncoupled and each is known in closed form, q_k = −(h_k + b_k j)/(α + λ_k D_s/R_p²).</summary>
public sealed class UniformDiffusion : ParticleDiffusion
{
    private readonly double _diffusivity;

    /// <summary>D_s as an expression of T; null for a number with its Arrhenius factor.</summary>
    private readonly Function? _ofTemperature;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public UniformDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, int particles, string stateName)
        : base(material, basis, referenceTemperature, particles, stateName, solvesCoefficients: false)
    {
        if (material.Diffusivity.IsConstant)
            _diffusivity = material.Diffusivity.Widened(2).Value(0.5, referenceTemperature);
        else
            _ofTemperature = material.Diffusivity;
    }

    public override SurfaceResponse Respond(int particle, double current, double temperature)
    {
        (double rate, double rateSlope) = Rate(temperature);
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

    /// <summary>(α + λ_k D_s/R_p²) δq_k = −b_k δj − λ_k q_k δ(D_s/R_p²).</summary>
    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        (double rate, double rateSlope) = Rate(temperature);
        ReadOnlySpan<double> coefficients = Coefficients.Values.AsSpan(particle * Basis.Modes, Basis.Modes);
        Complex byCurrent = 0, byTemperature = 0;
        for (int k = 0; k < coefficients.Length; k++)
        {
            Complex weight = Basis.Surface[k] / (alpha + (Basis.Eigenvalues[k] * rate));
            byCurrent -= weight * Uptake[k];
            byTemperature -= weight * (Basis.Eigenvalues[k] * coefficients[k] * rateSlope);
        }
        return (byCurrent, byTemperature);
    }

    /// <summary>Nothing to do: the coefficients follow from (j, T).</summary>
    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction) { }

    public override void Conclude(int particle, double current, double temperature)
    {
        double rate = Rate(temperature).Value;
        int start = particle * Basis.Modes;
        for (int k = 0; k < Basis.Modes; k++)
            Coefficients.Values[start + k] = (-HistoryTerm[start + k] - (Uptake[k] * current)) / (Alpha + (Basis.Eigenvalues[k] * rate));
    }

    /// <summary>D_s/R_p² [s⁻¹] and its slope by T.</summary>
    private (double Value, double Slope) Rate(double temperature)
    {
        if (_ofTemperature is null)
        {
            (double factor, double slope) = Activation.At(temperature);
            return (_diffusivity * factor * InverseSquareRadius, _diffusivity * slope * InverseSquareRadius);
        }
        Span<double> value = stackalloc double[1], partials = stackalloc double[2];
        _ofTemperature.Evaluate([0.5, temperature], value, partials);
        return (value[0] * InverseSquareRadius, partials[1] * InverseSquareRadius);
    }
}
