using System.Numerics;
using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Physics.Particles;

/// <summary>The equation of Cahn and Hilliard in the particles of many control volumes (equations 4.4 to 4.8):
/// c_max ∂θ/∂t = −∇·N, N = −M ∇μ, μ = ∂f/∂θ − κ_g ∇²θ, M = D c_max θ(1 − θ)/RT.</summary>
/// <remarks>
/// θ at the nodes of a <see cref="ParticleGrid"/> are Newton unknowns, condensed by a banded LU: one linearisation of every particle per iteration of the whole
/// system. θ stays within (0, 1): a particle whose correction would leave it follows in part.
/// </remarks>
public sealed class PhaseSeparatingDiffusion : ParticleTransport
{
    /// <summary>Share of the way to an empty or full node that one correction may go, and an extrapolation in time.</summary>
    private const double LargestShare = 0.9, LargestPrediction = 0.5, LooserInside = 20, ClosestToFull = 1e-9;

    private static readonly Quantity Filling = new("Filling of nodes", "1", "Stoichiometry at the nodes inside particles") { Range = new(0, 1, 0.0, "particles are empty", "particles are full") };

    private readonly ParticleLinearisation _one;
    private readonly PhaseSeparation _separation;
    private readonly HostEquilibrium _equilibrium;
    private readonly int _nodes;
    private readonly double[] _history, _responses, _unsettled;
    private readonly SurfacePotential[] _potentials;
    private readonly HeatOfMixing[] _mixing;

    /// <summary>Of one particle: how its heat of mixing changes with θ of its nodes.</summary>
    private readonly double[] _mixingByFilling;

    /// <summary>Creates the particles.</summary>
    /// <param name="material">With its phase separation; its diffusivity is D of single sites.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="geometry">Where the particles are, their size and surface.</param>
    /// <param name="tolerance">Error weights of θ at the nodes; null for no test.</param>
    public PhaseSeparatingDiffusion(ActiveMaterial material, ParticleGrid grid, double referenceTemperature, ParticleGeometry geometry, ErrorTolerance? tolerance = null)
        : base(material, referenceTemperature, geometry)
    {
        (Grid, _separation, _nodes) = (grid, material.PhaseSeparation!, grid.Radii.Length);
        int count = geometry.Sites.Cells.Length;
        Coefficients = new(Filling, new double[count * _nodes], count * _nodes, tolerance) { Sites = geometry.Sites, Components = _nodes, Outgrown = new bool[count] };
        (_history, _responses, _unsettled, _potentials) = (new double[count * _nodes], new double[count * 3 * _nodes], new double[count], new SurfacePotential[count]);
        (_mixing, _mixingByFilling) = (new HeatOfMixing[count], new double[_nodes]);
        _one = new(material, grid, Activation);
        _equilibrium = new(_separation.Host, referenceTemperature, _separation.ReferencePotential);
    }

    /// <summary>Error weights of θ inside, where a front passes every node: what it leaves at the surface is tested by itself.</summary>
    public static ErrorTolerance InsideOf(ErrorTolerance surface) => new(LooserInside * surface.Absolute, LooserInside * surface.Relative);

    /// <summary>The nodes.</summary>
    public ParticleGrid Grid { get; }

    public override StateVariable Coefficients { get; }

    /// <summary>Sets every particle to a uniform stoichiometry, or where two phases coexist to both of them.</summary>
    public override void SetUniform(double stoichiometry)
    {
        Coefficients.Values.AsSpan().Fill(stoichiometry);
        if (_equilibrium.Regions.FirstOrDefault(region => stoichiometry > region.Lower && stoichiometry < region.Upper) is not { } parted)
            return;
        double width = _separation.InterfaceWidth(parted);
        for (int i = 0; i < _potentials.Length; i++)
            TwoPhaseProfile.Fill(Grid, parted, stoichiometry, width * Math.Sqrt(Geometry.InverseSquareRadius(i)), Values(i));
    }

    public override void BeginStep(TimeCoefficients time)
    {
        base.BeginStep(time);
        if (IsFrozen)
            return;
        time.SumDifferences(Coefficients, _history);
        // An extrapolated front overshoots.
        Span<double> values = Coefficients.Values;
        ReadOnlySpan<double> past = Coefficients.Past(0);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i], (1 - LargestPrediction) * past[i], past[i] + (LargestPrediction * (1 - past[i])));
    }

    public override void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses)
    {
        for (int i = 0; i < responses.Length; i++)
            responses[i] = Linearise(first + i, currents[i], temperatures[i]);
    }

    /// <summary>U at the surface and its derivatives, of the particle as last linearised or, where it stands, as it is.</summary>
    public ref readonly SurfacePotential Potential(int particle) => ref _potentials[particle];

    /// <summary>Heat of mixing and its derivatives, likewise.</summary>
    public ref readonly HeatOfMixing Mixing(int particle) => ref _mixing[particle];

    /// <summary>Sets potential and heat of a particle that stands at its values.</summary>
    public void Stand(int particle, double temperature)
    {
        SetPlace(particle);
        _one.Evaluate(Values(particle), temperature);
        (_potentials[particle], _unsettled[particle]) = (AtSurface([], [], []), 0);
        _mixing[particle] = Mixed(particle, temperature, [], [], []);
    }

    /// <summary>dU/dT = −∂μ/∂T/F of the surface [V K⁻¹] and its derivatives; gradients do not contribute.</summary>
    /// <remarks>f is at most of second degree in T, so differences over it are exact.</remarks>
    public (double Value, double ByStoichiometry, double ByTemperature) EntropicCoefficient(double stoichiometry, double temperature)
    {
        const double change = 1;
        Span<double> potential = stackalloc double[3], stiffness = stackalloc double[3], slope = stackalloc double[3];
        double x = Math.Clamp(stoichiometry, ClosestToFull, 1 - ClosestToFull);
        for (int i = 0; i < 3; i++)
            _separation.Host.Evaluate(new(in x), temperature + ((i - 1) * change), potential.Slice(i, 1), stiffness.Slice(i, 1), slope.Slice(i, 1));
        const double scale = -1 / (2 * change * PhysicalConstants.Faraday);
        return (-slope[1] / PhysicalConstants.Faraday, scale * (stiffness[2] - stiffness[0]), scale * (slope[2] - slope[0]));
    }

    /// <summary>How far a particle is from its equations: the last correction as a change of RT ln θ/(1 − θ) over F [V].</summary>
    public double Unsettled(int particle) => _unsettled[particle];

    /// <summary>U as complex derivatives for small changes of an accepted state (behind <see cref="Respond(int, Complex, double)"/>).</summary>
    public (Complex ByCurrent, Complex ByTemperature) SmallSignalPotential { get; private set; }

    /// <summary>Change of U along the change of parameters (behind <see cref="RespondToParameters"/>) [V].</summary>
    public double PotentialByParameters { get; private set; }

    public override (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature)
    {
        Span<double> byCurrent = stackalloc double[_nodes], byTemperature = stackalloc double[_nodes];
        SetPlace(particle);
        _one.Evaluate(Values(particle), temperature);
        _one.Linearise(Values(particle), alpha.Real, [], [], 0, default, byTemperature);
        _one.FillByCurrent(Geometry.Uptake(particle), byCurrent);
        if (!_one.SolveComplex(alpha.Imaginary, byCurrent, byTemperature, out Complex[] current, out Complex[] heat))
            return (Complex.NaN, Complex.NaN);
        SmallSignalPotential = (_one.PotentialChange(current), _one.PotentialChange(heat) - (_one.SurfacePotentialByTemperature / PhysicalConstants.Faraday));
        double direct = Mixed(particle, temperature, [], [], []).ByTemperature, perArea = PerArea(particle);
        SmallSignalMixing = (perArea * Along(current), direct + (perArea * Along(heat)));
        return (current[^1], heat[^1]);

        Complex Along(Complex[] change)
        {
            Complex sum = 0;
            for (int k = 0; k < change.Length; k++)
                sum += _mixingByFilling[k] * change[k];
            return sum;
        }
    }

    /// <summary>The heat of mixing as complex derivatives, likewise.</summary>
    public (Complex ByCurrent, Complex ByTemperature) SmallSignalMixing { get; private set; }

    /// <summary>Change of the heat of mixing along the change of parameters, likewise [W m⁻²].</summary>
    public double MixingByParameters { get; private set; }

    public override double RespondToParameters(int particle, double current, double temperature)
    {
        Span<double> change = stackalloc double[_nodes], rest = stackalloc double[_nodes];
        SetPlace(particle);
        _one.Evaluate(Values(particle), temperature);
        _one.Linearise(Values(particle), Alpha, [], [], 0, default, rest);
        Mixed(particle, temperature, [], [], []);
        double direct = _one.FillByParameters(DiffusivityFactor.RelativeChange, RadiusFactor.RelativeChange, change);
        if (!_one.Factor())
            return PotentialByParameters = double.NaN;
        _one.Solve(change);
        MixingByParameters = PerArea(particle) * (TensorPrimitives.Dot<double>(_mixingByFilling, change) + _one.MixingByParameters);
        PotentialByParameters = _one.PotentialChange(change) - (direct / PhysicalConstants.Faraday);
        return change[^1];
    }

    public override void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction)
    {
        ReadOnlySpan<double> responses = _responses.AsSpan(particle * 3 * _nodes, 3 * _nodes);
        Span<double> values = Values(particle);
        double share = fraction;
        for (int k = 0; k < _nodes; k++)
        {
            double change = Change(responses, k), room = LargestShare * (change > 0 ? 1 - values[k] : values[k]);
            if (Math.Abs(change) * share > room)
                share = room / Math.Abs(change);
        }
        for (int k = 0; k < _nodes; k++)
            values[k] += share * Change(responses, k);

        double Change(ReadOnlySpan<double> responses, int k) =>
            responses[k] + (responses[_nodes + k] * currentIncrement) + (responses[(2 * _nodes) + k] * temperatureIncrement);
    }

    /// <summary>Closes the step with one more linear correction at the converged (j, T): the mean is then exact. Says whether the step is too long for phases that part.</summary>
    public override void Conclude(int particle, double current, double temperature)
    {
        Linearise(particle, current, temperature);
        Coefficients.Outgrown![particle] = _one.Outgrows(Alpha);
        BackSubstitute(particle, 0, 0, 1);
    }

    public override double Mean(int particle)
    {
        double sum = 0;
        Span<double> values = Values(particle);
        for (int k = 0; k < _nodes; k++)
            sum += Grid.Volumes[k] * values[k];
        return sum;
    }

    public override double Surface(int particle) => Coefficients.Values[(particle * _nodes) + _nodes - 1];

    public override double[] WeightsAt(double radius) => Grid.At(radius);

    /// <summary>Free energy of a particle per mole of its sites, gradients and surface included (equation 4.8) [J mol⁻¹].</summary>
    public double FreeEnergy(int particle, double temperature)
    {
        SetPlace(particle);
        return _one.FreeEnergy(Values(particle), temperature);
    }

    /// <summary>μ at every node [J mol⁻¹].</summary>
    public double[] ChemicalPotentials(int particle, double temperature)
    {
        SetPlace(particle);
        _one.EvaluatePotentials(Values(particle), temperature);
        return [.. _one.Potentials];
    }

    private ReadOnlySpan<double> Newest(int particle) => Coefficients.Past(0).Slice(particle * _nodes, _nodes);

    private Span<double> Values(int particle) => Coefficients.Values.AsSpan(particle * _nodes, _nodes);

    private void SetPlace(int particle)
    {
        double curvature = Geometry.InverseSquareRadius(particle) / (RadiusFactor.Value * RadiusFactor.Value);
        _one.SetPlace(curvature, DiffusivityFactor.Value);
    }

    private SurfaceResponse Linearise(int particle, double current, double temperature)
    {
        Span<double> responses = _responses.AsSpan(particle * 3 * _nodes, 3 * _nodes), values = Values(particle);
        Span<double> increment = responses[.._nodes], byCurrent = responses.Slice(_nodes, _nodes), byTemperature = responses[(2 * _nodes)..];
        SetPlace(particle);
        _one.Evaluate(values, temperature);
        _one.Linearise(values, Alpha, Newest(particle), _history.AsSpan(particle * _nodes, _nodes), Geometry.Uptake(particle) * current, increment, byTemperature);
        _one.FillByCurrent(Geometry.Uptake(particle), byCurrent);
        if (!_one.Factor())
            return new(double.NaN, 0, 0);
        _one.Solve(increment);
        _one.Solve(byCurrent);
        _one.Solve(byTemperature);
        double largest = 0;
        for (int k = 0; k < _nodes; k++)
            largest = Math.Max(largest, Math.Abs(increment[k]) / (values[k] * (1 - values[k])));
        _unsettled[particle] = PhysicalConstants.Gas * temperature / PhysicalConstants.Faraday * largest;
        _potentials[particle] = AtSurface(increment, byCurrent, byTemperature);
        if (!IsIsothermal)
            _mixing[particle] = Mixed(particle, temperature, increment, byCurrent, byTemperature);
        return new(values[^1] + increment[^1], byCurrent[^1], byTemperature[^1]);
    }

    /// <summary>Heat of mixing of the particle as last evaluated, moved by an increment of the nodes.</summary>
    private HeatOfMixing Mixed(int particle, double temperature, ReadOnlySpan<double> increment, ReadOnlySpan<double> byCurrent, ReadOnlySpan<double> byTemperature)
    {
        double perArea = PerArea(particle), value = _one.HeatOfMixing(temperature), direct = _one.DifferentiateHeatOfMixing(Values(particle), temperature, _mixingByFilling);
        return new(perArea * (value + Along(increment)), perArea * Along(byCurrent), perArea * (direct + Along(byTemperature)));

        double Along(ReadOnlySpan<double> change) => change.IsEmpty ? 0 : TensorPrimitives.Dot(_mixingByFilling, change);
    }

    /// <summary>Sites per area of the surface, ε_s c_max/a [mol m⁻²].</summary>
    private double PerArea(int particle) => 1 / (PhysicalConstants.Faraday * Geometry.Uptake(particle));

    /// <summary>U of the surface, moved by an increment of the nodes.</summary>
    private SurfacePotential AtSurface(ReadOnlySpan<double> increment, ReadOnlySpan<double> byCurrent, ReadOnlySpan<double> byTemperature) => new(
        _separation.ReferencePotential - (_one.Potentials[^1] / PhysicalConstants.Faraday) + _one.PotentialChange(increment),
        _one.PotentialChange(byCurrent),
        _one.PotentialChange(byTemperature) - (_one.SurfacePotentialByTemperature / PhysicalConstants.Faraday));
}

/// <summary>Heat that arises inside a particle as lithium goes from where its partial enthalpy is high to where it is low (equation 6.4a), after this time step as a function
/// of its current density and temperature.</summary>
/// <param name="Value">Per area of the particle's surface [W m⁻²].</param>
/// <param name="ByCurrent">Its derivative by j [V].</param>
/// <param name="ByTemperature">That by T [W m⁻² K⁻¹].</param>
public readonly record struct HeatOfMixing(double Value, double ByCurrent, double ByTemperature);

/// <summary>U = U_ref − μ/F at the surface of a particle after this time step as a function of its current density and temperature (equation 4.7).</summary>
/// <param name="Value">U [V].</param>
/// <param name="ByCurrent">∂U/∂j [Ω m²].</param>
/// <param name="ByTemperature">∂U/∂T [V K⁻¹].</param>
public readonly record struct SurfacePotential(double Value, double ByCurrent, double ByTemperature);
