using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Surface, volume and size of the particles of one class, place by place: a, ε_s and R_p, independent of each other.</summary>
/// <remarks>All three stand: what particles, films and double layers hold is counted per volume or area of theirs.</remarks>
public sealed class ParticleGeometry
{
    private readonly int[] _cells;

    /// <summary>R_p⁻² [m⁻²], and b [m² A⁻¹ s⁻¹], per local cell: no division is left for every iteration.</summary>
    private readonly CellProperty _inverseSquareRadius, _uptake;

    /// <summary>Takes the properties.</summary>
    /// <param name="sites">Where the particles are.</param>
    /// <param name="maximumConcentration">c_max [mol m⁻³].</param>
    /// <param name="areaPerVolume">a per local cell [m⁻¹].</param>
    /// <param name="activeVolumeFraction">ε_s per local cell.</param>
    /// <param name="radius">R_p per local cell [m].</param>
    /// <exception cref="ArgumentException">One of them changes with a state.</exception>
    public ParticleGeometry(StateSites sites, double maximumConcentration, CellProperty areaPerVolume, CellProperty activeVolumeFraction, CellProperty radius)
    {
        if (!areaPerVolume.IsFixed || !activeVolumeFraction.IsFixed || !radius.IsFixed)
            throw new ArgumentException("Area, volume and size of particles have to stand.");
        (Sites, AreaPerVolume, ActiveVolumeFraction, Radius) = (sites, areaPerVolume, activeVolumeFraction, radius);
        _cells = sites.Cells;
        _inverseSquareRadius = radius.Of(size => 1 / (size * size));
        _uptake = areaPerVolume.With(activeVolumeFraction, (area, fraction) => area / (PhysicalConstants.Faraday * maximumConcentration * fraction));
    }

    /// <summary>Where the particles are.</summary>
    public StateSites Sites { get; }

    /// <summary>a per local cell [m⁻¹].</summary>
    public CellProperty AreaPerVolume { get; }

    /// <summary>ε_s per local cell.</summary>
    public CellProperty ActiveVolumeFraction { get; }

    /// <summary>R_p per local cell [m].</summary>
    public CellProperty Radius { get; }

    /// <summary>Particles that are the same everywhere, as their material has them.</summary>
    public static ParticleGeometry Uniform(StateSites sites, ActiveMaterial material)
    {
        int[] region = new int[sites.Cells.Max() + 1];
        return new(sites, material.MaximumConcentration, CellProperty.PerRegion([material.SurfaceAreaPerVolume], region),
            CellProperty.PerRegion([material.ActiveVolumeFraction], region), CellProperty.PerRegion([material.ParticleRadius], region));
    }

    /// <summary>b = a/(F ε_s c_max) of a place [m² A⁻¹ s⁻¹]: the mean stoichiometry changes by ∂x̄/∂t = −b j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uptake(int place) => _uptake[_cells[place]];

    /// <summary>R_p⁻² of a place [m⁻²].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double InverseSquareRadius(int place) => _inverseSquareRadius[_cells[place]];
}
