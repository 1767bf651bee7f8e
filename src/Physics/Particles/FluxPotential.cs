using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Particles;

/// <summary>Φ = ∫ D_s(x, T) dx along the nodes of four particles at once, from the innermost node of each: the gradient of Φ is the flux that Fick's law has.</summary>
/// <remarks>Between neighbouring nodes D_s is integrated by the Gauss–Lobatto rule of four points, two of which are the nodes: where D_s is smooth ∂Φ/∂x is D_s to far less than what nodes resolve.</remarks>
internal sealed class FluxPotential
{
    private const int Lanes = LaneCholesky.Lanes, Between = 2;
    private const double AtEnds = 1.0 / 12, Inside = 5.0 / 12, NearStart = 0.5 * (1 - 0.44721359549995794), NearEnd = 1 - NearStart;

    private readonly Function _diffusivity;
    private readonly Arrhenius _activation;

    /// <summary>At all nodes, then between them, four particles side by side: x, then T; D_s, then its partials.</summary>
    private readonly double[] _inputs, _values, _partials;

    /// <summary>Prepares.</summary>
    /// <param name="diffusivity">D_s(x), or D_s(x, T) [m² s⁻¹].</param>
    /// <param name="activation">Of D_s(x).</param>
    /// <param name="nodes">Nodes of a particle.</param>
    public FluxPotential(Function diffusivity, Arrhenius activation, int nodes)
    {
        (_diffusivity, _activation) = (diffusivity, activation);
        int points = Lanes * (nodes + (Between * (nodes - 1)));
        (_inputs, _values, _partials) = (new double[diffusivity.Inputs * points], new double[points], new double[diffusivity.Inputs * points]);
        (Potential, ByTemperature, Diffusivity) = (new Vector256<double>[nodes], new Vector256<double>[nodes], new Vector256<double>[nodes]);
    }

    /// <summary>Whether T changes D_s everywhere by one factor.</summary>
    public bool IsActivated => _diffusivity.Inputs == 1;

    /// <summary>Φ at the nodes [m² s⁻¹].</summary>
    public Vector256<double>[] Potential { get; }

    /// <summary>∂Φ/∂T at the nodes [m² s⁻¹ K⁻¹]; of D_s(x) with its activation <see cref="Slope"/> times Φ.</summary>
    public Vector256<double>[] ByTemperature { get; }

    /// <summary>(∂Φ/∂T)/Φ, where it is the same everywhere in a particle [K⁻¹].</summary>
    public Vector256<double> Slope { get; private set; }

    /// <summary>D_s at the nodes [m² s⁻¹].</summary>
    public Vector256<double>[] Diffusivity { get; }

    /// <summary>Evaluates all.</summary>
    /// <param name="x">At the nodes, from the innermost one on.</param>
    /// <param name="temperatures">T of each particle [K].</param>
    public void Evaluate(ReadOnlySpan<Vector256<double>> x, ReadOnlySpan<double> temperatures)
    {
        Span<Vector256<double>> places = MemoryMarshal.Cast<double, Vector256<double>>(_inputs.AsSpan(0, _values.Length));
        x.CopyTo(places);
        for (int i = 1, at = x.Length; i < x.Length; i++)
        {
            Vector256<double> way = x[i] - x[i - 1];
            places[at++] = x[i - 1] + (NearStart * way);
            places[at++] = x[i - 1] + (NearEnd * way);
        }
        Vector256<double> temperature = Vector256.Create(temperatures);
        MemoryMarshal.Cast<double, Vector256<double>>(_inputs.AsSpan(_values.Length)).Fill(temperature);
        _diffusivity.Evaluate(_inputs, _values, _partials);
        ReadOnlySpan<Vector256<double>> values = MemoryMarshal.Cast<double, Vector256<double>>(_values);
        Integrate(x, values, Potential);
        if (_diffusivity.Inputs > 1)
        {
            values[..x.Length].CopyTo(Diffusivity);
            Integrate(x, MemoryMarshal.Cast<double, Vector256<double>>(_partials.AsSpan(_values.Length)), ByTemperature);
            return;
        }
        Span<double> factors = stackalloc double[Lanes], slopes = stackalloc double[Lanes];
        _activation.Evaluate(temperatures, factors, slopes);
        Vector256<double> factor = Vector256.Create<double>(factors);
        Slope = Vector256.Create<double>(slopes) / factor;
        for (int i = 0; i < x.Length; i++)
        {
            Potential[i] *= factor;
            ByTemperature[i] = Slope * Potential[i];
            Diffusivity[i] = factor * values[i];
        }
    }

    private static void Integrate(ReadOnlySpan<Vector256<double>> x, ReadOnlySpan<Vector256<double>> values, Span<Vector256<double>> integrals)
    {
        Vector256<double> sum = integrals[0] = default;
        for (int i = 1, at = x.Length; i < x.Length; i++, at += Between)
            integrals[i] = sum += (x[i] - x[i - 1]) * ((AtEnds * (values[i - 1] + values[i])) + (Inside * (values[at] + values[at + 1])));
    }
}
