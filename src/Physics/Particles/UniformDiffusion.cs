using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(T), the same everywhere in a particle: the modes are uncoupled and each is known in closed form, q_k = −(h_k + b_k j)/(α + λ_k D_s/R_p²).</summary>
public sealed class UniformDiffusion : ParticleDiffusion
{
    /// <summary>D_s at the reference temperature; 1 where an expression gives it.</summary>
    private readonly double _diffusivity = 1;
    private readonly ModePair[] _pairs;
    private readonly double[] _rates = new double[LocalBlock.Batch], _slopes = new double[LocalBlock.Batch];

    /// <summary>D_s as an expression of T; null for a number with its Arrhenius factor.</summary>
    private readonly Function? _ofTemperature;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public UniformDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, StateSites sites)
        : base(material, basis, referenceTemperature, sites, solvesCoefficients: false)
    {
        if (material.Diffusivity.IsConstant)
            _diffusivity = material.Diffusivity.Widened(2).Value(0.5, referenceTemperature);
        else
            _ofTemperature = material.Diffusivity;
        _pairs = new ModePair[(basis.Modes + 1) / 2];
        for (int i = 0; i < _pairs.Length; i++)
        {
            int first = Math.Min(2 * i, basis.Modes - 2);
            _pairs[i] = new((nuint)first, Vector128.Create(basis.Eigenvalues[first], basis.Eigenvalues[first + 1]),
                Vector128.Create(first < 2 * i ? 0 : basis.Surface[first], basis.Surface[first + 1]), Vector128.Create(Uptake[first], Uptake[first + 1]));
        }
    }

    public override void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        Span<double> rates = _rates.AsSpan(0, temperatures.Length), slopes = _slopes.AsSpan(0, temperatures.Length);
        FillRates(temperatures, rates, slopes);
        for (int i = 0; i < responses.Length; i++)
        {
            (double value, double byCurrent, double byRate) = Sum(HistoryTerm.AsSpan((first + i) * Basis.Modes, Basis.Modes), currents[i], rates[i]);
            responses[i] = new(value, byCurrent, byRate * slopes[i]);
        }
    }

    /// <summary>(α + λ_k D_s/R_p²) δq_k = −b_k δj − λ_k q_k δ(D_s/R_p²).</summary>
    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        double rate = 0, rateSlope = 0;
        FillRates(new(in temperature), new(ref rate), new(ref rateSlope));
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
        double rate = Rate(temperature);
        int start = particle * Basis.Modes;
        for (int k = 0; k < Basis.Modes; k++)
            Coefficients.Values[start + k] = (-HistoryTerm[start + k] - (Uptake[k] * current)) / (Alpha + (Basis.Eigenvalues[k] * rate));
    }

    /// <summary>x_surf = Σ P_k(1) q_k, ∂x_surf/∂j and ∂x_surf/∂(D_s/R_p²), two modes at once.</summary>
    private (double Value, double ByCurrent, double ByRate) Sum(ReadOnlySpan<double> history, double current, double rate)
    {
        Vector128<double> value = default, byCurrent = default, byRate = default;
        ref double start = ref MemoryMarshal.GetReference(history);
        foreach (ref readonly ModePair pair in _pairs.AsSpan())
        {
            Vector128<double> inverse = Vector128<double>.One / (Vector128.Create(Alpha) + (pair.Eigenvalue * rate));
            Vector128<double> weight = pair.Surface * inverse;
            Vector128<double> supply = weight * (Vector128.LoadUnsafe(ref start, pair.First) + (pair.Uptake * current));
            value -= supply;
            byCurrent -= weight * pair.Uptake;
            byRate += pair.Eigenvalue * inverse * supply;
        }
        return (Vector128.Sum(value), Vector128.Sum(byCurrent), Vector128.Sum(byRate));
    }

    /// <summary>D_s/R_p² [s⁻¹].</summary>
    private double Rate(double temperature)
    {
        if (_ofTemperature is null)
            return _diffusivity * InverseSquareRadius * Activation.At(temperature).Factor;
        Span<double> rate = stackalloc double[1], slope = stackalloc double[1];
        FillRates(new(in temperature), rate, slope);
        return rate[0];
    }

    /// <summary>D_s/R_p² [s⁻¹] and its slope by T, at many temperatures.</summary>
    private void FillRates(ReadOnlySpan<double> temperatures, Span<double> rates, Span<double> slopes)
    {
        if (_ofTemperature is null)
        {
            Activation.Evaluate(temperatures, rates, slopes);
        }
        else
        {
            Span<double> inputs = stackalloc double[2 * temperatures.Length], partials = stackalloc double[2 * temperatures.Length];
            inputs[..temperatures.Length].Fill(0.5);
            temperatures.CopyTo(inputs[temperatures.Length..]);
            _ofTemperature.Evaluate(inputs, rates, partials);
            partials[temperatures.Length..].CopyTo(slopes);
        }
        double scale = _diffusivity * InverseSquareRadius;
        TensorPrimitives.Multiply(rates, scale, rates);
        TensorPrimitives.Multiply(slopes, scale, slopes);
    }

    /// <summary>Two neighbouring modes; the last pair of an odd number begins with one that another pair has, without weight.</summary>
    /// <param name="First">Number of the first one.</param>
    /// <param name="Eigenvalue">λ_k.</param>
    /// <param name="Surface">P_k(1), or 0.</param>
    /// <param name="Uptake">b_k.</param>
    private readonly record struct ModePair(nuint First, Vector128<double> Eigenvalue, Vector128<double> Surface, Vector128<double> Uptake);
}
