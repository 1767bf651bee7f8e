using Cell3D.Numerics;

namespace Cell3D.Benchmarks.Particles;

/// <summary>One Newton linearisation of D_s(x) diffusion in shells, condensed to the surface by a tridiagonal solve: what finite volumes would cost.</summary>
public sealed class ShellDiffusion
{
    private readonly Curve _diffusivity;
    private readonly double[] _conductances, _volumes, _values, _diffusivities, _slopes, _lower, _diagonal, _upper, _increment, _byCurrent, _byTemperature;

    public ShellDiffusion(int shells, Curve diffusivity)
    {
        _diffusivity = diffusivity;
        _volumes = [.. Enumerable.Range(0, shells).Select(i => (Math.Pow(i + 1, 3) - Math.Pow(i, 3)) / Math.Pow(shells, 3))];
        _conductances = [.. Enumerable.Range(1, shells).Select(i => 3.0 * i * i / shells)];
        _values = [.. Enumerable.Range(0, shells).Select(i => 0.5 + (0.1 * i / shells))];
        (_diffusivities, _slopes) = (new double[shells], new double[shells]);
        (_lower, _diagonal, _upper) = (new double[shells], new double[shells], new double[shells]);
        (_increment, _byCurrent, _byTemperature) = (new double[shells], new double[shells], new double[shells]);
    }

    /// <summary>Linearises and condenses one particle; the surface value and its two derivatives.</summary>
    public (double Surface, double ByCurrent, double ByTemperature) Respond(double alpha, double rate, double rateSlope, double current)
    {
        int n = _values.Length;
        _diffusivity.Evaluate(_values, _diffusivities, _slopes);
        for (int i = 0; i < n; i++)
        {
            (_lower[i], _diagonal[i], _upper[i]) = (0, alpha * _volumes[i], 0);
            (_increment[i], _byCurrent[i], _byTemperature[i]) = (-alpha * _volumes[i] * _values[i], 0, 0);
        }
        for (int i = 0; i + 1 < n; i++)
            AddFace(i, rate * _conductances[i], rateSlope * _conductances[i]);
        _increment[n - 1] -= current;
        _byCurrent[n - 1] = -1;
        Eliminate();
        return (_values[n - 1] + _increment[n - 1], _byCurrent[n - 1], _byTemperature[n - 1]);
    }

    private void AddFace(int i, double conductance, double conductanceSlope)
    {
        double drop = _values[i] - _values[i + 1], mean = 0.5 * (_diffusivities[i] + _diffusivities[i + 1]);
        double byLeft = conductance * (mean + (0.5 * _slopes[i] * drop)), byRight = conductance * ((0.5 * _slopes[i + 1] * drop) - mean);
        _increment[i] -= conductance * mean * drop;
        _increment[i + 1] += conductance * mean * drop;
        _byTemperature[i] -= conductanceSlope * mean * drop;
        _byTemperature[i + 1] += conductanceSlope * mean * drop;
        _diagonal[i] += byLeft;
        _upper[i] += byRight;
        _lower[i + 1] -= byLeft;
        _diagonal[i + 1] -= byRight;
    }

    private void Eliminate()
    {
        int n = _values.Length;
        for (int i = 1; i < n; i++)
        {
            double factor = _lower[i] / _diagonal[i - 1];
            _diagonal[i] -= factor * _upper[i - 1];
            _increment[i] -= factor * _increment[i - 1];
            _byCurrent[i] -= factor * _byCurrent[i - 1];
            _byTemperature[i] -= factor * _byTemperature[i - 1];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double inverse = 1 / _diagonal[i], upper = i + 1 < n ? _upper[i] : 0;
            int next = Math.Min(i + 1, n - 1);
            _increment[i] = inverse * (_increment[i] - (upper * _increment[next]));
            _byCurrent[i] = inverse * (_byCurrent[i] - (upper * _byCurrent[next]));
            _byTemperature[i] = inverse * (_byTemperature[i] - (upper * _byTemperature[next]));
        }
    }
}
