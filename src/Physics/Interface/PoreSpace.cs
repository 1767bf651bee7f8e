using System.Runtime.InteropServices;
using Cell3D.Discretization;

namespace Cell3D.Physics.Interface;

/// <summary>Pores that films narrow: ε = ε₀ − Σ a (L − L₀), and 1/B = (1/B₀) (ε₀/ε)^b with b = ln B₀/ln ε₀.</summary>
/// <remarks>ε is carried to the ghosts like an unknown, though no equation is solved for it.</remarks>
public sealed class PoreSpace : PropertyPass
{
    private readonly double[] _porosity, _initial, _resistivity, _initialResistivity, _exponent, _volumes;
    private readonly Dictionary<SeiFilm, double[]> _narrowing = [];

    /// <summary>Takes the pores as they are without films.</summary>
    /// <param name="porosity">ε per local cell, from now on kept here; 0 where no pores are.</param>
    /// <param name="transportEfficiency">B₀ per local cell.</param>
    /// <param name="volumes">Per local cell [m³].</param>
    public PoreSpace(double[] porosity, CellProperty transportEfficiency, double[] volumes)
    {
        (_porosity, _volumes) = (porosity, volumes);
        _initial = [.. porosity];
        _initialResistivity = [.. Enumerable.Range(0, porosity.Length).Select(cell => 1 / transportEfficiency[cell])];
        _resistivity = [.. _initialResistivity];
        _exponent = [.. Enumerable.Range(0, porosity.Length).Select(cell => porosity[cell] is > 0 and < 1 and double e ? Math.Log(transportEfficiency[cell]) / Math.Log(e) : 0)];
        TransportResistivity = CellProperty.PerCell(_resistivity);
    }

    /// <summary>ε of a cell.</summary>
    public double this[int cell] => _porosity[cell];

    /// <summary>1/B, brought up to date before laws are evaluated.</summary>
    public CellProperty TransportResistivity { get; }

    /// <summary>a [m⁻¹].</summary>
    public double AreaPerVolume(LocalSites sites, int place) => sites.Area(place) / _volumes[sites.Electrolyte[place]];

    /// <summary>Takes L − L₀ of a film in one place.</summary>
    public void Set(LocalSites sites, int place, double growth, SeiFilm film)
    {
        ref double[]? narrowing = ref CollectionsMarshal.GetValueRefOrAddDefault(_narrowing, film, out _);
        narrowing ??= new double[_porosity.Length];
        int cell = sites.Electrolyte[place];
        narrowing[cell] = AreaPerVolume(sites, place) * growth;
        double porosity = _initial[cell];
        foreach (double[] taken in _narrowing.Values)
            porosity -= taken[cell];
        _porosity[cell] = porosity;
    }

    public override void Evaluate(int start, int end)
    {
        for (int cell = start; cell < Math.Min(end, _porosity.Length); cell++)
            if (_initial[cell] > 0)
                _resistivity[cell] = _initialResistivity[cell] * Math.Pow(_initial[cell] / _porosity[cell], _exponent[cell]);
    }
}
