using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(T), the same everywhere in a particle: the modes are uncoupled and each is known in closed form, q_k = −(h_k + P_k(1) b j)/(α + λ_k D_s/R_p²).</summary>
public sealed class UniformDiffusion : ParticleDiffusion
{
    /// <summary>D_s at the reference temperature; 1 where an expression gives it.</summary>
    private readonly double _diffusivity = 1;
    private readonly ModePair[] _pairs;
    private readonly double[] _diffusivities = new double[LocalBlock.Batch], _slopes = new double[LocalBlock.Batch];

    /// <summary>D_s as an expression of T; null for a number with its Arrhenius factor.</summary>
    private readonly Function? _ofTemperature;

    /// <summary>Of particles whose temperature stands, while a step stands: x_surf is a line in b j. Empty where temperatures change.</summary>
    private SurfaceLine[] _lines = [];

    /// <summary>That the lines belong to.</summary>
    private double _factorOfLines;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public UniformDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry)
        : base(material, basis, referenceTemperature, geometry, solvesCoefficients: false)
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
                Vector128.Create(first < 2 * i ? 0 : basis.Surface[first], basis.Surface[first + 1]));
        }
    }

    /// <summary>Keeps the lines of all particles where temperatures stand.</summary>
    public override bool IsIsothermal
    {
        get => base.IsIsothermal;
        set => (base.IsIsothermal, _lines) = (value, value ? new SurfaceLine[Geometry.Sites.Cells.Length] : []);
    }

    public override void BeginStep(TimeCoefficients time)
    {
        base.BeginStep(time);
        Array.Clear(_lines);
    }

    public override void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        if (_lines.Length > 0)
        {
            RespondAlongLines(first, currents, temperatures, responses);
            return;
        }
        Span<double> diffusivities = _diffusivities.AsSpan(0, temperatures.Length), slopes = _slopes.AsSpan(0, temperatures.Length);
        FillDiffusivities(temperatures, diffusivities, slopes);
        double factor = RateFactor;
        for (int i = 0; i < responses.Length; i++)
        {
            double uptake = Geometry.Uptake(first + i), curvature = factor * Geometry.InverseSquareRadius(first + i);
            ReadOnlySpan<double> history = HistoryTerm.AsSpan((first + i) * Basis.Modes, Basis.Modes);
            (double value, double byUptake, double byRate) = Sum(history, uptake * currents[i], diffusivities[i] * curvature);
            responses[i] = new(value, byUptake * uptake, byRate * slopes[i] * curvature);
        }
    }

    /// <summary>The same where temperatures stand; nothing depends on them then.</summary>
    private void RespondAlongLines(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        if (_factorOfLines != RateFactor)
            Array.Clear(_lines);
        _factorOfLines = RateFactor;
        for (int i = 0; i < responses.Length; i++)
        {
            int particle = first + i;
            ref SurfaceLine line = ref _lines[particle];
            if (line.Temperature != temperatures[i])
            {
                (double value, double slope, _) = Sum(HistoryTerm.AsSpan(particle * Basis.Modes, Basis.Modes), 0, Rate(particle, temperatures[i]));
                line = new(value, slope * Geometry.Uptake(particle), temperatures[i]);
            }
            responses[i] = new(line.Value + (line.ByCurrent * currents[i]), line.ByCurrent, 0);
        }
    }

    /// <summary>(α + λ_k D_s/R_p²) δq_k = −P_k(1) b δj − λ_k q_k δ(D_s/R_p²).</summary>
    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        double diffusivity = 0, slope = 0, curvature = RateFactor * Geometry.InverseSquareRadius(particle);
        FillDiffusivities(new(in temperature), new(ref diffusivity), new(ref slope));
        (double rate, double rateSlope) = (diffusivity * curvature, slope * curvature);
        ReadOnlySpan<double> coefficients = Coefficients.Values.AsSpan(particle * Basis.Modes, Basis.Modes);
        Complex byCurrent = 0, byTemperature = 0;
        for (int k = 0; k < coefficients.Length; k++)
        {
            Complex weight = Basis.Surface[k] / (alpha + (Basis.Eigenvalues[k] * rate));
            byCurrent -= weight * Basis.Surface[k];
            byTemperature -= weight * (Basis.Eigenvalues[k] * coefficients[k] * rateSlope);
        }
        return (Geometry.Uptake(particle) * byCurrent, byTemperature);
    }

    public override double RespondToParameters(int particle, double current, double temperature)
    {
        double rate = Rate(particle, temperature);
        ReadOnlySpan<double> history = HistoryTerm.AsSpan(particle * Basis.Modes, Basis.Modes);
        return RelativeChangeOfRate * rate * Sum(history, Geometry.Uptake(particle) * current, rate).ByRate;
    }

    /// <summary>Nothing to do: the coefficients follow from (j, T).</summary>
    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction) { }

    public override void Conclude(int particle, double current, double temperature)
    {
        double rate = Rate(particle, temperature), uptake = Geometry.Uptake(particle) * current;
        Span<double> coefficients = Coefficients.Values.AsSpan(particle * Basis.Modes, Basis.Modes), history = HistoryTerm.AsSpan(particle * Basis.Modes, Basis.Modes);
        ReadOnlySpan<double> eigenvalues = Basis.Eigenvalues, surface = Basis.Surface;
        Span<double> rates = stackalloc double[Basis.Modes];
        TensorPrimitives.MultiplyAdd(surface, uptake, history, coefficients);
        TensorPrimitives.Multiply(eigenvalues, -rate, rates);
        TensorPrimitives.Subtract(rates, Alpha, rates);
        TensorPrimitives.Divide(coefficients, rates, coefficients);
    }

    /// <summary>x_surf = Σ P_k(1) q_k, ∂x_surf/∂(b j) and ∂x_surf/∂(D_s/R_p²), two modes at once.</summary>
    private (double Value, double ByUptake, double ByRate) Sum(ReadOnlySpan<double> history, double uptake, double rate)
    {
        Vector128<double> value = default, byUptake = default, byRate = default;
        ref double start = ref MemoryMarshal.GetReference(history);
        foreach (ref readonly ModePair pair in _pairs.AsSpan())
        {
            Vector128<double> inverse = Vector128<double>.One / (Vector128.Create(Alpha) + (pair.Eigenvalue * rate));
            Vector128<double> weight = pair.Surface * inverse;
            Vector128<double> supply = weight * (Vector128.LoadUnsafe(ref start, pair.First) + (pair.Surface * uptake));
            value -= supply;
            byUptake -= weight * pair.Surface;
            byRate += pair.Eigenvalue * inverse * supply;
        }
        return (Vector128.Sum(value), Vector128.Sum(byUptake), Vector128.Sum(byRate));
    }

    /// <summary>D_s/R_p² [s⁻¹].</summary>
    private double Rate(int particle, double temperature) => RateFactor * Diffusivity(temperature) * Geometry.InverseSquareRadius(particle);

    /// <summary>D_s [m² s⁻¹] of the material.</summary>
    private double Diffusivity(double temperature)
    {
        if (_ofTemperature is null)
            return _diffusivity * Activation.At(temperature).Factor;
        double diffusivity = 0, slope = 0;
        FillDiffusivities(new(in temperature), new(ref diffusivity), new(ref slope));
        return diffusivity;
    }

    /// <summary>D_s [m² s⁻¹] and its slope by T, at many temperatures.</summary>
    private void FillDiffusivities(ReadOnlySpan<double> temperatures, Span<double> diffusivities, Span<double> slopes)
    {
        if (_ofTemperature is null)
        {
            Activation.Evaluate(temperatures, diffusivities, slopes);
        }
        else
        {
            Span<double> inputs = stackalloc double[2 * temperatures.Length], partials = stackalloc double[2 * temperatures.Length];
            inputs[..temperatures.Length].Fill(0.5);
            temperatures.CopyTo(inputs[temperatures.Length..]);
            _ofTemperature.Evaluate(inputs, diffusivities, partials);
            partials[temperatures.Length..].CopyTo(slopes);
        }
        TensorPrimitives.Multiply(diffusivities, _diffusivity, diffusivities);
        TensorPrimitives.Multiply(slopes, _diffusivity, slopes);
    }

    /// <summary>Two neighbouring modes; the last pair of an odd number begins with one that another pair has, without weight.</summary>
    /// <param name="First">Number of the first one.</param>
    /// <param name="Eigenvalue">λ_k.</param>
    /// <param name="Surface">P_k(1), or 0.</param>
    private readonly record struct ModePair(nuint First, Vector128<double> Eigenvalue, Vector128<double> Surface);

    /// <summary>x_surf of a particle by its current density.</summary>
    /// <param name="Value">Without current.</param>
    /// <param name="ByCurrent">∂x_surf/∂j [m² A⁻¹].</param>
    /// <param name="Temperature">That it belongs to [K]; 0 where it is not known.</param>
    private readonly record struct SurfaceLine(double Value, double ByCurrent, double Temperature);
}
