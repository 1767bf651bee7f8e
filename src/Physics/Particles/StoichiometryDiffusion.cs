using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>D_s(x, T): the coefficients are Newton unknowns, α q_k + h_k + R_p⁻² λ_k φ_k + P_k(1) b j = 0, with Φ = ∫ D_s dx and φ_k its coefficients (equation 8.11).</summary>
/// <remarks>
/// Φ is known at the Gauss–Radau nodes ρ_i, w_i. There the derivative of the equations is symmetric up to a factor of each column: z_i = w_i D_s(x_i) δx_i solves
/// (α/(w_i D_s(x_i)) δ_ij + R_p⁻² Σ_k λ_k P_k(ρ_i) P_k(ρ_j)) z_j = −r_i, of which only the diagonal changes from one particle to the next: four at a time are factored after Cholesky.
/// </remarks>
public sealed class StoichiometryDiffusion : ParticleDiffusion
{
    private const int Lanes = LaneCholesky.Lanes, Sides = 3;

    /// <summary>What counts in place of a diffusivity that is not positive, beyond the stoichiometries that exist [m² s⁻¹].</summary>
    private const double LeastDiffusivity = 1e-60;

    private readonly int _modes;
    private readonly RadauNodes _nodes;
    private readonly FluxPotential _flux;

    /// <summary>Of four particles: coefficients and what is stored, by mode; x and fluxes at the nodes; matrix and right-hand sides; their solutions; 1/(w D_s).</summary>
    private readonly Vector256<double>[] _coefficients, _stored, _byMode, _places, _fluxes, _matrix, _solutions, _inverse;

    /// <summary>Of every particle: δx at the nodes with nothing else changed, then by j, then by T.</summary>
    private readonly double[] _responses;
    private Vector256<double> _rate, _uptake;

    /// <inheritdoc cref="ParticleDiffusion"/>
    public StoichiometryDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry)
        : base(material, basis, referenceTemperature, geometry, solvesCoefficients: true)
    {
        (_modes, _nodes) = (basis.Modes, basis.Radau);
        _flux = new(material.Diffusivity, Activation, _modes);
        (_coefficients, _stored, _byMode) = (new Vector256<double>[_modes], new Vector256<double>[_modes], new Vector256<double>[_modes]);
        (_places, _fluxes, _inverse) = (new Vector256<double>[_modes], new Vector256<double>[_modes], new Vector256<double>[_modes]);
        (_matrix, _solutions) = (new Vector256<double>[LaneCholesky.Row(_modes + 2)], new Vector256<double>[Sides * _modes]);
        _responses = new double[geometry.Sites.Cells.Length * Sides * _modes];
    }

    public override void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        for (int start = 0; start < responses.Length; start += Lanes)
        {
            int count = Math.Min(Lanes, responses.Length - start);
            Linearise(first + start, currents.Slice(start, count), temperatures.Slice(start, count));
            Solve(first + start, responses.Slice(start, count));
        }
    }

    /// <summary>(α + K) δq = −P(1) b δj − ∂(K q)/∂T δT, K the derivative of the fluxes.</summary>
    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        int size = 2 * _modes;
        double[] real = new double[_modes * _modes], imaginary = new double[_modes * _modes], pair = new double[size * size], byCurrent = new double[size], byTemperature = new double[size];
        int[] pivots = new int[size];
        Gather(particle, 1);
        _flux.Evaluate(_places, Spread(new(in temperature), stackalloc double[Lanes]));
        double rate = _rate[0], uptake = _uptake[0];
        for (int k = 0; k < _modes; k++)
        {
            double scale = rate * Basis.Eigenvalues[k];
            ReadOnlySpan<double> moments = _nodes.Moments.AsSpan(k * _modes, _modes);
            for (int i = 0; i < _modes; i++)
            {
                VectorLoop.Add(scale * moments[i] * _flux.Diffusivity[i][0], _nodes.Values.AsSpan(i * _modes, _modes), real.AsSpan(k * _modes, _modes));
                byTemperature[k] -= scale * moments[i] * _flux.ByTemperature[i][0];
            }
            real[(k * _modes) + k] += alpha.Real;
            imaginary[(k * _modes) + k] = alpha.Imaginary;
            byCurrent[k] = -(Basis.Surface[k] * uptake);
        }
        DenseFactor.Embed(real, imaginary, pair);
        if (!DenseFactor.Factor(pair, pivots))
            return (Complex.NaN, Complex.NaN);
        DenseFactor.Solve(pair, pivots, byCurrent);
        DenseFactor.Solve(pair, pivots, byTemperature);
        return (AtSurface(byCurrent), AtSurface(byTemperature));
    }

    /// <summary>(α + K) δq = −δ(R_p⁻² D_s) ∂(K q)/∂(R_p⁻² D_s): fluxes, all that the residual has besides what is stored and taken up, are proportional to it.</summary>
    public override double RespondToParameters(int particle, double current, double temperature)
    {
        Linearise(particle, new(in current), new(in temperature));
        Span<Vector256<double>> side = _matrix.AsSpan(LaneCholesky.Row(_modes), _modes);
        for (int i = 0; i < _modes; i++)
            side[i] = -RelativeChangeOfRate * _fluxes[i];
        LaneCholesky.Factor(_matrix, _modes, _modes + 1);
        return (side[_modes - 1] * _matrix[LaneCholesky.Row(_modes) - 1] * _inverse[_modes - 1])[0];
    }

    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction)
    {
        ReadOnlySpan<double> responses = _responses.AsSpan(particle * Sides * _modes, Sides * _modes);
        Span<double> coefficients = Coefficients.Values.AsSpan(particle * _modes, _modes);
        for (int i = 0; i < _modes; i++)
        {
            double change = responses[i] + (responses[_modes + i] * currentIncrement) + (responses[(2 * _modes) + i] * temperatureIncrement);
            VectorLoop.Add(fraction * _nodes.Weights[i] * change, _nodes.Values.AsSpan(i * _modes, _modes), coefficients);
        }
    }

    /// <summary>The mean is what coulombs leave, to round-off; the other coefficients are those of Newton's method.</summary>
    public override void Conclude(int particle, double current, double temperature)
    {
        int mean = particle * _modes;
        Coefficients.Values[mean] = Coefficients.Past(0)[mean] - ((HistoryTerm[mean] + (Basis.Surface[0] * Geometry.Uptake(particle) * current)) / Alpha);
    }

    /// <summary>Σ_i w_i (q_{n+1−i} − q_n): what is stored is α (q − q_n) more, which loses less to round-off than the plain sum.</summary>
    protected override void SumHistory(TimeCoefficients time) => time.SumDifferences(Coefficients, HistoryTerm);

    /// <summary>Σ P_k(1) q_k of complex coefficients, real parts before imaginary ones.</summary>
    private Complex AtSurface(ReadOnlySpan<double> coefficients)
    {
        Complex sum = 0;
        for (int k = 0; k < _modes; k++)
            sum += Basis.Surface[k] * new Complex(coefficients[k], coefficients[_modes + k]);
        return sum;
    }

    /// <summary>Takes coefficients, x at the nodes and sizes of some particles; lanes without one repeat the last.</summary>
    private void Gather(int first, int count)
    {
        Span<double> coefficients = MemoryMarshal.Cast<Vector256<double>, double>(_coefficients.AsSpan()), stored = MemoryMarshal.Cast<Vector256<double>, double>(_stored.AsSpan());
        Span<double> rates = stackalloc double[Lanes], uptakes = stackalloc double[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int particle = first + Math.Min(lane, count - 1);
            (rates[lane], uptakes[lane]) = (RateFactor * Geometry.InverseSquareRadius(particle), Geometry.Uptake(particle));
            ReadOnlySpan<double> values = Coefficients.Values.AsSpan(particle * _modes, _modes), newest = Coefficients.Past(0).Slice(particle * _modes, _modes), history = HistoryTerm.AsSpan(particle * _modes, _modes);
            for (int k = 0; k < values.Length; k++)
                (coefficients[(k * Lanes) + lane], stored[(k * Lanes) + lane]) = (values[k], (Alpha * (values[k] - newest[k])) + history[k]);
        }
        (_rate, _uptake) = (Vector256.Create<double>(rates), Vector256.Create<double>(uptakes));
        Multiply(_nodes.Values, _coefficients, _places);
    }

    /// <summary>The matrix of some particles and two right-hand sides: −r, and −∂r/∂T.</summary>
    private void Linearise(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures)
    {
        Gather(first, currents.Length);
        _flux.Evaluate(_places, Spread(temperatures, stackalloc double[Lanes]));
        int n = _modes, last = n - 1;
        Span<Vector256<double>> side = _matrix.AsSpan(LaneCholesky.Row(n), n), byTemperature = _matrix.AsSpan(LaneCholesky.Row(n + 1), n);
        FillFluxes(_flux.Potential, _fluxes);
        Multiply(_nodes.Values, _stored, side);
        // Σ_k P_k(ρ_i) P_k(1) is 1/w at the surface and 0 at all other nodes.
        side[last] += _uptake * Vector256.Create<double>(Spread(currents, stackalloc double[Lanes])) / Vector256.Create(_nodes.Weights[last]);
        for (int i = 0, at = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++, at++)
                _matrix[at] = _rate * _nodes.Stiffness[at];
            _inverse[i] = Vector256<double>.One / (_nodes.Weights[i] * Vector256.Max(_flux.Diffusivity[i], Vector256.Create(LeastDiffusivity)));
            _matrix[at - 1] += Alpha * _inverse[i];
            side[i] = -(side[i] + _fluxes[i]);
        }
        if (!_flux.IsActivated)
            FillFluxes(_flux.ByTemperature, byTemperature);
        for (int i = 0; i < n; i++)
            byTemperature[i] = _flux.IsActivated ? -_flux.Slope * _fluxes[i] : -byTemperature[i];
    }

    /// <summary>R_p⁻² Σ_k P_k(ρ_i) λ_k φ_k at the nodes.</summary>
    private void FillFluxes(ReadOnlySpan<Vector256<double>> potential, Span<Vector256<double>> fluxes)
    {
        Multiply(_nodes.Moments, potential, _byMode);
        for (int k = 0; k < _modes; k++)
            _byMode[k] *= Basis.Eigenvalues[k] * _rate;
        Multiply(_nodes.Values, _byMode, fluxes);
    }

    /// <summary>Factors the matrix, solves for the responses of some particles, and tells those of their surfaces.</summary>
    private void Solve(int first, Span<SurfaceResponse> responses)
    {
        int n = _modes, last = n - 1;
        LaneCholesky.Factor(_matrix, n, n + 2);
        Span<Vector256<double>> solutions = _solutions, byCurrent = solutions.Slice(n, n);
        _matrix.AsSpan(LaneCholesky.Row(n), n).CopyTo(solutions);
        byCurrent.Clear();
        byCurrent[last] = -(_uptake / Vector256.Create(_nodes.Weights[last])) * _matrix[LaneCholesky.Row(n) - 1];
        _matrix.AsSpan(LaneCholesky.Row(n + 1), n).CopyTo(solutions[(2 * n)..]);
        LaneCholesky.SolveUpper(_matrix, n, solutions);
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<Vector256<double>, double>(solutions);
        for (int i = 0; i < n; i++)
            for (int side = 0; side < Sides; side++)
                solutions[(side * n) + i] *= _inverse[i];
        for (int lane = 0; lane < responses.Length; lane++)
        {
            Span<double> own = _responses.AsSpan((first + lane) * Sides * n, Sides * n);
            for (int at = 0; at < own.Length; at++)
                own[at] = numbers[(at * Lanes) + lane];
            responses[lane] = new(Surface(first + lane) + own[last], own[n + last], own[(2 * n) + last]);
        }
    }

    /// <summary>y_i = Σ_k A_ik x_k of four particles, four rows at a time.</summary>
    private static void Multiply(double[] matrix, ReadOnlySpan<Vector256<double>> x, Span<Vector256<double>> y)
    {
        nuint n = (nuint)x.Length, i = 0;
        ref double row = ref MemoryMarshal.GetArrayDataReference(matrix);
        ref Vector256<double> from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        for (; i + 3 < n; i += 4)
        {
            Vector256<double> one = default, two = default, three = default, four = default;
            for (nuint k = 0; k < n; k++)
            {
                Vector256<double> factor = Unsafe.Add(ref from, k);
                one = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, k)), factor, one);
                two = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, n + k)), factor, two);
                three = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, (2 * n) + k)), factor, three);
                four = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, (3 * n) + k)), factor, four);
            }
            (Unsafe.Add(ref to, i), Unsafe.Add(ref to, i + 1), Unsafe.Add(ref to, i + 2), Unsafe.Add(ref to, i + 3)) = (one, two, three, four);
            row = ref Unsafe.Add(ref row, 4 * n);
        }
        for (; i < n; i++)
        {
            Vector256<double> sum = default;
            for (nuint k = 0; k < n; k++)
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref row, k)), Unsafe.Add(ref from, k), sum);
            Unsafe.Add(ref to, i) = sum;
            row = ref Unsafe.Add(ref row, n);
        }
    }

    /// <summary>Numbers of some particles; lanes without one repeat the last.</summary>
    private static ReadOnlySpan<double> Spread(ReadOnlySpan<double> given, Span<double> room)
    {
        room.Fill(given[^1]);
        given.CopyTo(room);
        return room;
    }
}
