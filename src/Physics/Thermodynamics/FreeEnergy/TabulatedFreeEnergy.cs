using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics.FreeEnergy;

/// <summary>f(θ, T) from a table: the ideal lattice gas, which diverges at the ends, exactly, and a smoothing spline through the rest (equation 9.2).</summary>
public sealed class TabulatedFreeEnergy : HostFreeEnergy
{
    private readonly SplineFamily _excess;
    private readonly (double Lowest, double Highest) _range;

    /// <summary>Through the points of a table, or near them.</summary>
    /// <param name="table">f over θ from 0 to 1.</param>
    /// <param name="noise">Rms error of f that is smoothed away [J mol⁻¹]; 0 for a curve through the points.</param>
    public TabulatedFreeEnergy(FreeEnergyTable table, double noise = 0)
    {
        List<double> changes = [];
        SmoothingSpline[] splines = new SmoothingSpline[table.Temperatures.Length];
        for (int i = 0; i < splines.Length; i++)
        {
            double temperature = table.Temperatures[i];
            double[] places = table.Places[i], rest = [.. places.Zip(table.Values[i], (filling, energy) => energy - FreeEnergyPoint.Ideal(filling, temperature).Energy)];
            SmoothingSpline smooth = splines[i] = new(places, rest, noise), through = noise > 0 ? new(places, rest) : smooth;
            changes.AddRange(places.Select(filling => (through.At(filling).Slope - smooth.At(filling).Slope) / PhysicalConstants.Faraday));
        }
        _excess = new(table.Temperatures, splines);
        _range = table.Common;
        Smoothing = SmoothingEffect.Of(changes, 0, _excess.Residual);
    }

    public override SmoothingEffect Smoothing { get; }

    public override (double Lowest, double Highest) Temperatures => _excess.Temperatures;

    public override (double Lowest, double Highest) Range(double temperature) => _range;

    public override FreeEnergyPoint At(double filling, double temperature)
    {
        (double value, double slope, double curvature, double byTemperature, double mixed) = _excess.At(filling, temperature);
        return FreeEnergyPoint.Ideal(filling, temperature) + new FreeEnergyPoint(value, slope, curvature, byTemperature, mixed);
    }
}
