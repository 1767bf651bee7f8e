using System.Numerics;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>The equations of one phase-separating particle at the nodes of its grid and their derivatives:
/// V_k ∂θ_k/∂t + G_k − G_{k−1} = 0, G_k = −C_k (D/R_p²) m_k (μ_{k+1} − μ_k)/RT, V_k μ_k = ∂F/∂θ_k.</summary>
/// <remarks>
/// F = Σ V_k f(θ_k) + κ_g/(2R_p²) Σ C_k (θ_{k+1} − θ_k)² + (n + 1) γ_s(θ_surf)/(c_max R_p) is the discrete free energy per mole of sites: since μ is its gradient and
/// m &gt; 0, dF/dt = −Σ G_k²/… ≤ 0 for an isolated particle. m = θ(1 − θ) D is the mean of both nodes.
/// </remarks>
internal sealed class ParticleLinearisation
{
    /// <summary>Bands of the Jacobian on either side of its diagonal: fluxes take neighbours, potentials theirs.</summary>
    public const int Bands = 2;

    private static readonly int Width = BandFactor.Width(Bands, Bands);

    private readonly ActiveMaterial _material;
    private readonly PhaseSeparation _separation;
    private readonly ParticleGrid _grid;
    private readonly Arrhenius _activation;
    private readonly int _nodes;
    private readonly double[] _potential, _uniform, _stiffness, _potentialByTemperature;
    /// <summary>m, ∂m/∂θ and ∂m/∂T, over RT.</summary>
    private readonly double[] _mobility, _mobilitySlope, _mobilityByTemperature;
    /// <summary>−∂μ_k/∂θ_{k∓1} of the gradient, over κ_g/R_p².</summary>
    private readonly double[] _below, _above;
    private readonly double[] _inputs, _diffusivity, _slopes, _rows;

    /// <summary>h = μ − T ∂μ/∂T, ∂h/∂θ of the uniform host and ∂h/∂T of every node, and G between nodes.</summary>
    private readonly double[] _enthalpy, _enthalpySlope, _enthalpyByTemperature, _flux, _unused;
    private readonly int[] _pivots;
    private double _gradient, _wetting, _rate;

    public ParticleLinearisation(ActiveMaterial material, ParticleGrid grid, Arrhenius activation)
    {
        (_material, _separation, _grid, _activation, _nodes) = (material, material.PhaseSeparation!, grid, activation, grid.Radii.Length);
        (_potential, _uniform, _stiffness, _potentialByTemperature) = (new double[_nodes], new double[_nodes], new double[_nodes], new double[_nodes]);
        (_mobility, _mobilitySlope, _mobilityByTemperature) = (new double[_nodes], new double[_nodes], new double[_nodes]);
        (_inputs, _diffusivity, _slopes) = (new double[2 * _nodes], new double[_nodes], new double[2 * _nodes]);
        (_rows, _pivots) = (new double[_nodes * Width], new int[_nodes]);
        (_enthalpy, _enthalpySlope, _enthalpyByTemperature, _flux, _unused) = (new double[_nodes], new double[_nodes], new double[_nodes], new double[_nodes], new double[_nodes]);
        _below = [.. Enumerable.Range(0, _nodes).Select(k => k == 0 ? 0 : grid.Conductances[k - 1] / grid.Volumes[k])];
        _above = [.. Enumerable.Range(0, _nodes).Select(k => k == _nodes - 1 ? 0 : grid.Conductances[k] / grid.Volumes[k])];
    }

    /// <summary>μ of every node [J mol⁻¹].</summary>
    public ReadOnlySpan<double> Potentials => _potential;

    /// <summary>∂μ/∂T of the surface at constant θ [J mol⁻¹ K⁻¹].</summary>
    public double SurfacePotentialByTemperature => _potentialByTemperature[^1];

    /// <summary>Takes the size of a particle.</summary>
    /// <param name="curvature">R_p⁻² [m⁻²].</param>
    /// <param name="factor">Of D.</param>
    public void SetPlace(double curvature, double factor)
    {
        (_gradient, _rate) = (_separation.GradientEnergy * curvature, factor * curvature);
        _wetting = _grid.SurfaceToVolume * _separation.SurfaceWetting / _material.MaximumConcentration * Math.Sqrt(curvature);
    }

    /// <summary>F per mole of sites [J mol⁻¹], γ_s counted from θ = 0.</summary>
    public double FreeEnergy(ReadOnlySpan<double> filling, double temperature)
    {
        double sum = _wetting * filling[^1];
        for (int k = 0; k < _nodes; k++)
        {
            sum += _grid.Volumes[k] * _separation.Host.At(filling[k], temperature).Energy;
            if (k + 1 < _nodes)
                sum += 0.5 * _gradient * _grid.Conductances[k] * (filling[k + 1] - filling[k]) * (filling[k + 1] - filling[k]);
        }
        return sum;
    }

    /// <summary>Evaluates potentials and mobilities.</summary>
    public void Evaluate(ReadOnlySpan<double> filling, double temperature)
    {
        EvaluatePotentials(filling, temperature);
        filling.CopyTo(_inputs);
        _activation.Evaluate(_material.Diffusivity, _inputs, temperature, _diffusivity, _slopes);
        double inverse = 1 / (PhysicalConstants.Gas * temperature);
        for (int k = 0; k < _nodes; k++)
        {
            double free = filling[k] * (1 - filling[k]) * inverse;
            _mobility[k] = _diffusivity[k] * free;
            _mobilitySlope[k] = (_slopes[k] * free) + (_diffusivity[k] * (1 - (2 * filling[k])) * inverse);
            _mobilityByTemperature[k] = (_slopes[_nodes + k] * free) - (_mobility[k] / temperature);
        }
    }

    /// <summary>Evaluates μ and its partials.</summary>
    public void EvaluatePotentials(ReadOnlySpan<double> filling, double temperature)
    {
        _separation.Host.Evaluate(filling, temperature, _uniform, _stiffness, _potentialByTemperature);
        _uniform.CopyTo(_potential, 0);
        for (int k = 0; k < _nodes; k++)
        {
            if (k > 0)
                _potential[k] += _gradient * _below[k] * (filling[k] - filling[k - 1]);
            if (k + 1 < _nodes)
                _potential[k] += _gradient * _above[k] * (filling[k] - filling[k + 1]);
        }
        _potential[^1] += _wetting / _grid.Volumes[^1];
    }

    /// <summary>Fills the Jacobian, −residual and −∂residual/∂T.</summary>
    /// <param name="filling">θ.</param>
    /// <param name="alpha">α [s⁻¹].</param>
    /// <param name="newest">θ_n; empty where no residual is wanted.</param>
    /// <param name="history">Σ w_i (θ_{n−i} − θ_n); empty likewise.</param>
    /// <param name="uptake">b j [s⁻¹].</param>
    /// <param name="negativeResidual">Receives it; empty likewise.</param>
    /// <param name="negativeByTemperature">Receives it.</param>
    public void Linearise(ReadOnlySpan<double> filling, double alpha, ReadOnlySpan<double> newest, ReadOnlySpan<double> history, double uptake, Span<double> negativeResidual, Span<double> negativeByTemperature)
    {
        Array.Clear(_rows);
        negativeByTemperature.Clear();
        for (int k = 0; k < _nodes; k++)
            Entry(k, k) = alpha * _grid.Volumes[k];
        for (int k = 0; k < history.Length; k++)
            negativeResidual[k] = -_grid.Volumes[k] * ((alpha * (filling[k] - newest[k])) + history[k]);
        for (int k = 0; k + 1 < _nodes; k++)
        {
            double scale = _rate * _grid.Conductances[k], difference = _potential[k + 1] - _potential[k], mobility = 0.5 * (_mobility[k] + _mobility[k + 1]);
            double flux = -scale * mobility * difference;
            if (!negativeResidual.IsEmpty)
            {
                negativeResidual[k] -= flux;
                negativeResidual[k + 1] += flux;
            }
            double byTemperature = -scale * ((0.5 * (_mobilityByTemperature[k] + _mobilityByTemperature[k + 1]) * difference)
                + (mobility * (_potentialByTemperature[k + 1] - _potentialByTemperature[k])));
            negativeByTemperature[k] -= byTemperature;
            negativeByTemperature[k + 1] += byTemperature;
            double half = -0.5 * scale * difference, conductance = -scale * mobility;
            if (k > 0)
                Add(k, k - 1, conductance * _gradient * _below[k]);
            Add(k, k, (half * _mobilitySlope[k]) + (conductance * (-Stiffness(k) - (_gradient * _below[k + 1]))));
            Add(k, k + 1, (half * _mobilitySlope[k + 1]) + (conductance * (Stiffness(k + 1) + (_gradient * _above[k]))));
            if (k + 2 < _nodes)
                Add(k, k + 2, -conductance * _gradient * _above[k + 1]);
        }
        if (!negativeResidual.IsEmpty)
            negativeResidual[^1] -= uptake;
    }

    /// <summary>Σ G_k (h_k − h_{k+1}), the heat of mixing per mole of sites of the particle as last evaluated [J mol⁻¹ s⁻¹] (equation 8.12).</summary>
    public double HeatOfMixing(double temperature)
    {
        double sum = 0;
        for (int k = 0; k < _nodes; k++)
            _enthalpy[k] = _potential[k] - (temperature * _potentialByTemperature[k]);
        for (int k = 0; k + 1 < _nodes; k++)
        {
            _flux[k] = -_rate * _grid.Conductances[k] * 0.5 * (_mobility[k] + _mobility[k + 1]) * (_potential[k + 1] - _potential[k]);
            sum += _flux[k] * (_enthalpy[k] - _enthalpy[k + 1]);
        }
        return sum;
    }

    /// <summary>Derivatives of what <see cref="HeatOfMixing"/> gave, behind it.</summary>
    /// <param name="filling">θ.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="byFilling">Receives those by θ.</param>
    /// <returns>That by T while θ stands.</returns>
    public double DifferentiateHeatOfMixing(ReadOnlySpan<double> filling, double temperature, Span<double> byFilling)
    {
        FillEnthalpySlopes(filling, temperature);
        byFilling.Clear();
        double byTemperature = 0;
        for (int k = 0; k + 1 < _nodes; k++)
        {
            double scale = _rate * _grid.Conductances[k], difference = _potential[k + 1] - _potential[k], drop = _enthalpy[k] - _enthalpy[k + 1];
            double half = -0.5 * scale * difference, conductance = -0.5 * scale * (_mobility[k] + _mobility[k + 1]);
            if (k > 0)
                byFilling[k - 1] += drop * conductance * _gradient * _below[k];
            byFilling[k] += drop * ((half * _mobilitySlope[k]) + (conductance * (-Stiffness(k) - (_gradient * _below[k + 1]))));
            byFilling[k + 1] += drop * ((half * _mobilitySlope[k + 1]) + (conductance * (Stiffness(k + 1) + (_gradient * _above[k]))));
            if (k + 2 < _nodes)
                byFilling[k + 2] -= drop * conductance * _gradient * _above[k + 1];
            byTemperature += drop * ((half * (_mobilityByTemperature[k] + _mobilityByTemperature[k + 1])) + (conductance * (_potentialByTemperature[k + 1] - _potentialByTemperature[k])));
        }
        for (int k = 0; k < _nodes; k++)
        {
            double net = (k + 1 < _nodes ? _flux[k] : 0) - (k > 0 ? _flux[k - 1] : 0);
            byTemperature += net * _enthalpyByTemperature[k];
            byFilling[k] += net * (_enthalpySlope[k] + (_gradient * (_below[k] + _above[k])));
            if (k > 0)
                byFilling[k - 1] -= net * _gradient * _below[k];
            if (k + 1 < _nodes)
                byFilling[k + 1] -= net * _gradient * _above[k];
        }
        return byTemperature;
    }

    /// <summary>f is at most of second degree in T, so differences over it are exact.</summary>
    private void FillEnthalpySlopes(ReadOnlySpan<double> filling, double temperature)
    {
        const double change = 1;
        Span<double> warm = _enthalpySlope, warmByTemperature = _enthalpyByTemperature, cold = _inputs.AsSpan(0, _nodes), coldByTemperature = _inputs.AsSpan(_nodes);
        _separation.Host.Evaluate(filling, temperature + change, _unused, warm, warmByTemperature);
        _separation.Host.Evaluate(filling, temperature - change, _unused, cold, coldByTemperature);
        double scale = -temperature / (2 * change);
        for (int k = 0; k < _nodes; k++)
            (_enthalpySlope[k], _enthalpyByTemperature[k]) = (_stiffness[k] + (scale * (warm[k] - cold[k])), scale * (warmByTemperature[k] - coldByTemperature[k]));
    }

    /// <summary>−∂residual/∂j.</summary>
    public void FillByCurrent(double uptake, Span<double> negative)
    {
        negative.Clear();
        negative[^1] = -uptake;
    }

    /// <summary>−∂residual along relative changes of D and R_p, and how μ of the surface changes by them while θ stands [J mol⁻¹].</summary>
    public double FillByParameters(double diffusivity, double radius, Span<double> negative)
    {
        negative.Clear();
        MixingByParameters = 0;
        double rate = diffusivity - (2 * radius), last = 0;
        for (int k = 0; k < _nodes; k++)
        {
            double own = Direct(k);
            if (k > 0)
            {
                double scale = _rate * _grid.Conductances[k - 1] * 0.5 * (_mobility[k - 1] + _mobility[k]);
                double flux = -scale * ((rate * (_potential[k] - _potential[k - 1])) + own - last);
                negative[k - 1] -= flux;
                negative[k] += flux;
                MixingByParameters += (flux * (_enthalpy[k - 1] - _enthalpy[k])) + (_flux[k - 1] * (last - own));
            }
            last = own;
        }
        return last;

        // What gradients and the surface add to μ goes with R_p⁻² and R_p⁻¹.
        double Direct(int k) => -2 * radius * (_potential[k] - _uniform[k]) + (k == _nodes - 1 ? radius * _wetting / _grid.Volumes[^1] : 0);
    }

    /// <summary>How the heat of mixing changes along the same while θ stands (behind <see cref="HeatOfMixing"/> and <see cref="FillByParameters"/>).</summary>
    public double MixingByParameters { get; private set; }

    /// <summary>Whether something grows faster than α in the particle as last evaluated, at a given uptake: an implicit step of that α damps it (equation 8.10).</summary>
    /// <remarks>With δθ = −∇·g/α of fluxes g, α δ²F + Σ g²/(C m) is a quadratic form of two bands in g. It has as many negative pivots as modes grow faster than α.</remarks>
    public bool Outgrows(double alpha)
    {
        double inverse = 1 / alpha, pivot = 1, pivotBefore = 1, factor = 0;
        for (int k = 0; k + 1 < _nodes; k++)
        {
            double diagonal = (1 / (_rate * _grid.Conductances[k] * 0.5 * (_mobility[k] + _mobility[k + 1]))) + (inverse * (Curvature(k) + Curvature(k + 1) - (2 * Coupling(k))));
            double second = k < 2 ? 0 : -inverse * Coupling(k - 1) / pivotBefore;
            double first = k < 1 ? 0 : ((inverse * (Coupling(k - 1) + Coupling(k) - Curvature(k))) - (second * pivotBefore * factor)) / pivot;
            double next = diagonal - (first * first * pivot) - (second * second * pivotBefore);
            if (!(next > 0))
                return true;
            (pivotBefore, pivot, factor) = (pivot, next, first);
        }
        return false;

        // ∂²F/∂θ² between lithium of nodes, that is over their volumes.
        double Curvature(int node) => Stiffness(node) / _grid.Volumes[node];

        double Coupling(int node) => -_gradient * _above[node] / _grid.Volumes[node + 1];
    }

    /// <summary>LU of the Jacobian; false when it is singular.</summary>
    public bool Factor() => BandFactor.Factor(_rows, Bands, Bands, _pivots);

    /// <summary>Solves in place with the factors.</summary>
    public void Solve(Span<double> right) => BandFactor.Solve(_rows, Bands, Bands, _pivots, right);

    /// <summary>Solves for two right-hand sides with the Jacobian, not factored, for α of more imaginary part: real and imaginary parts alternate.</summary>
    public bool SolveComplex(double imaginary, ReadOnlySpan<double> one, ReadOnlySpan<double> other, out Complex[] oneSolution, out Complex[] otherSolution)
    {
        const int bands = (2 * Bands) + 1;
        int width = BandFactor.Width(bands, bands);
        double[] rows = new double[2 * _nodes * width], right = new double[2 * _nodes];
        int[] pivots = new int[2 * _nodes];
        for (int k = 0; k < _nodes; k++)
        {
            for (int column = Math.Max(0, k - Bands); column <= Math.Min(_nodes - 1, k + Bands); column++)
                for (int part = 0; part < 2; part++)
                    rows[(((2 * k) + part) * (width - 1)) + (2 * column) + part + bands] = Entry(k, column);
            rows[(2 * k * (width - 1)) + (2 * k) + 1 + bands] = -imaginary * _grid.Volumes[k];
            rows[(((2 * k) + 1) * (width - 1)) + (2 * k) + bands] = imaginary * _grid.Volumes[k];
        }
        bool succeeded = BandFactor.Factor(rows, bands, bands, pivots);
        (oneSolution, otherSolution) = (Solution(one), Solution(other));
        return succeeded;

        Complex[] Solution(ReadOnlySpan<double> side)
        {
            for (int k = 0; k < side.Length; k++)
                (right[2 * k], right[(2 * k) + 1]) = (side[k], 0);
            if (succeeded)
                BandFactor.Solve(rows, bands, bands, pivots, right);
            return [.. Enumerable.Range(0, _nodes).Select(k => new Complex(right[2 * k], right[(2 * k) + 1]))];
        }
    }

    /// <summary>How U of the surface changes with the nodes [V]; 0 for none.</summary>
    public double PotentialChange(ReadOnlySpan<double> change) =>
        change.IsEmpty ? 0 : -((Stiffness(_nodes - 1) * change[^1]) - (_gradient * _below[^1] * change[^2])) / PhysicalConstants.Faraday;

    /// <inheritdoc cref="PotentialChange(ReadOnlySpan{double})"/>
    public Complex PotentialChange(Complex[] change) =>
        -((Stiffness(_nodes - 1) * change[^1]) - (_gradient * _below[^1] * change[^2])) / PhysicalConstants.Faraday;

    /// <summary>∂μ_k/∂θ_k.</summary>
    private double Stiffness(int k) => _stiffness[k] + (_gradient * (_below[k] + _above[k]));

    private ref double Entry(int row, int column) => ref _rows[(row * (Width - 1)) + column + Bands];

    /// <summary>What leaves a node enters the next.</summary>
    private void Add(int node, int column, double value)
    {
        Entry(node, column) += value;
        Entry(node + 1, column) -= value;
    }
}
