using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(x, T): the coefficients are Newton unknowns, α q_k + h_k + R_p⁻² Σ_m w_m D_s(x_m) x_m′ P_k′(ρ_m) + P_k(1) b j = 0, condensed by a dense LU.</summary>
public sealed class StoichiometryDiffusion : ParticleDiffusion
{
    private readonly int _modes, _points;
    /// <summary>At the nodes: x, then T; ∂x, D, ∂D/∂x, then ∂D/∂T.</summary>
    private readonly double[] _inputs, _gradient, _diffusivity, _slopes;
    private readonly double[] _fluxByCoefficient, _jacobian, _responses;
    private readonly int[] _pivots;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public StoichiometryDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry)
        : base(material, basis, referenceTemperature, geometry, solvesCoefficients: true)
    {
        (_modes, _points) = (basis.Modes, basis.Nodes.Length);
        (_inputs, _gradient, _diffusivity, _slopes) = (new double[2 * _points], new double[_points], new double[_points], new double[2 * _points]);
        _fluxByCoefficient = new double[_modes];
        _jacobian = new double[_modes * _modes];
        _pivots = new int[_modes];
        _responses = new double[geometry.Sites.Cells.Length * 3 * _modes];
    }

    public override void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        for (int i = 0; i < responses.Length; i++)
            responses[i] = Linearise(first + i, currents[i], temperatures[i]);
    }

    private SurfaceResponse Linearise(int particle, double current, double temperature)
    {
        Span<double> responses = _responses.AsSpan(particle * 3 * _modes, 3 * _modes);
        Span<double> increment = responses[.._modes], byCurrent = responses.Slice(_modes, _modes), byTemperature = responses[(2 * _modes)..];
        EvaluateNodes(particle, temperature);
        Linearise(particle, Alpha, current, increment, byTemperature);
        FillByCurrent(particle, byCurrent);
        if (!DenseFactor.Factor(_jacobian, _pivots))
            return new(double.NaN, 0, 0);
        DenseFactor.Solve(_jacobian, _pivots, increment);
        DenseFactor.Solve(_jacobian, _pivots, byCurrent);
        DenseFactor.Solve(_jacobian, _pivots, byTemperature);
        double dx = 0, dxByCurrent = 0, dxByTemperature = 0;
        for (int k = 0; k < _modes; k++)
        {
            dx += Basis.Surface[k] * increment[k];
            dxByCurrent += Basis.Surface[k] * byCurrent[k];
            dxByTemperature += Basis.Surface[k] * byTemperature[k];
        }
        return new(Surface(particle) + dx, dxByCurrent, dxByTemperature);
    }

    /// <summary>(α + K) δq = −P(1) b δj − ∂(K q)/∂T δT, K the derivative of the fluxes.</summary>
    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        int size = 2 * _modes;
        double[] imaginary = new double[_modes * _modes], pair = new double[size * size], byCurrent = new double[size], byTemperature = new double[size];
        int[] pivots = new int[size];
        EvaluateNodes(particle, temperature);
        Linearise(particle, alpha.Real, 0, byCurrent.AsSpan(0, _modes), byTemperature.AsSpan(0, _modes));
        FillByCurrent(particle, byCurrent.AsSpan(0, _modes));
        for (int k = 0; k < _modes; k++)
            imaginary[(k * _modes) + k] = alpha.Imaginary;
        DenseFactor.Embed(_jacobian, imaginary, pair);
        if (!DenseFactor.Factor(pair, pivots))
            return (Complex.NaN, Complex.NaN);
        DenseFactor.Solve(pair, pivots, byCurrent);
        DenseFactor.Solve(pair, pivots, byTemperature);
        return (AtSurface(byCurrent), AtSurface(byTemperature));
    }

    /// <summary>(α + K) δq = −δ(R_p⁻² D_s) ∂(K q)/∂(R_p⁻² D_s): fluxes, all that the residual has besides what is stored and taken up, are proportional to it.</summary>
    public override double RespondToParameters(int particle, double current, double temperature)
    {
        Span<double> change = stackalloc double[_modes], byTemperature = stackalloc double[_modes];
        EvaluateNodes(particle, temperature);
        Linearise(particle, Alpha, current, change, byTemperature);
        double uptake = Geometry.Uptake(particle) * current;
        for (int k = 0; k < _modes; k++)
        {
            int at = (particle * _modes) + k;
            change[k] = RelativeChangeOfRate * (change[k] + (Alpha * Coefficients.Values[at]) + HistoryTerm[at] + (Basis.Surface[k] * uptake));
        }
        if (!DenseFactor.Factor(_jacobian, _pivots))
            return double.NaN;
        DenseFactor.Solve(_jacobian, _pivots, change);
        double sum = 0;
        for (int k = 0; k < _modes; k++)
            sum += Basis.Surface[k] * change[k];
        return sum;
    }

    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction)
    {
        ReadOnlySpan<double> responses = _responses.AsSpan(particle * 3 * _modes, 3 * _modes);
        Span<double> coefficients = Coefficients.Values.AsSpan(particle * _modes, _modes);
        for (int k = 0; k < _modes; k++)
            coefficients[k] += fraction * (responses[k] + (responses[_modes + k] * currentIncrement) + (responses[(2 * _modes) + k] * temperatureIncrement));
    }

    /// <summary>Closes the step with one more linear correction at the converged (j, T): the mean is then exact.</summary>
    public override void Conclude(int particle, double current, double temperature)
    {
        Linearise(particle, current, temperature);
        BackSubstitute(particle, 0, 0, 1);
    }

    /// <summary>Σ P_k(1) q_k of complex coefficients, real parts before imaginary ones.</summary>
    private Complex AtSurface(ReadOnlySpan<double> coefficients)
    {
        Complex sum = 0;
        for (int k = 0; k < _modes; k++)
            sum += Basis.Surface[k] * new Complex(coefficients[k], coefficients[_modes + k]);
        return sum;
    }

    /// <summary>D_s with its partials; that by T is of the Arrhenius factor where D_s(x) has one.</summary>
    private void EvaluateNodes(int particle, double temperature)
    {
        ReadOnlySpan<double> coefficients = Coefficients.Values.AsSpan(particle * _modes, _modes);
        for (int m = 0; m < _points; m++)
        {
            double value = 0, gradient = 0;
            for (int k = 0; k < _modes; k++)
            {
                value += Basis.Values[(m * _modes) + k] * coefficients[k];
                gradient += Basis.Slopes[(m * _modes) + k] * coefficients[k];
            }
            (_inputs[m], _gradient[m]) = (value, gradient);
        }
        Activation.Evaluate(Material.Diffusivity, _inputs, temperature, _diffusivity, _slopes);
    }

    /// <summary>−∂residual/∂j.</summary>
    private void FillByCurrent(int particle, Span<double> negative)
    {
        double uptake = Geometry.Uptake(particle);
        for (int k = 0; k < _modes; k++)
            negative[k] = -(Basis.Surface[k] * uptake);
    }

    /// <summary>Fills the Jacobian, −residual and −∂residual/∂T.</summary>
    private void Linearise(int particle, double alpha, double current, Span<double> negativeResidual, Span<double> negativeByTemperature)
    {
        double uptake = Geometry.Uptake(particle) * current, curvature = RateFactor * Geometry.InverseSquareRadius(particle);
        Array.Clear(_jacobian);
        for (int k = 0; k < _modes; k++)
        {
            int at = (particle * _modes) + k;
            negativeResidual[k] = -(alpha * Coefficients.Values[at]) - HistoryTerm[at] - (Basis.Surface[k] * uptake);
            negativeByTemperature[k] = 0;
            _jacobian[(k * _modes) + k] = alpha;
        }
        for (int m = 0; m < _points; m++)
        {
            ReadOnlySpan<double> values = Basis.Values.AsSpan(m * _modes, _modes), slopes = Basis.Slopes.AsSpan(m * _modes, _modes);
            double flux = _diffusivity[m] * _gradient[m], fluxByTemperature = _slopes[_points + m] * _gradient[m];
            for (int l = 0; l < _modes; l++)
                _fluxByCoefficient[l] = (_diffusivity[m] * slopes[l]) + (_slopes[m] * _gradient[m] * values[l]);
            for (int k = 1; k < _modes; k++)
            {
                double weight = curvature * Basis.Weights[m] * slopes[k];
                negativeResidual[k] -= weight * flux;
                negativeByTemperature[k] -= weight * fluxByTemperature;
                VectorLoop.Add(weight, _fluxByCoefficient, _jacobian.AsSpan(k * _modes, _modes));
            }
        }
    }
}
