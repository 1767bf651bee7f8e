using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Surface, volume and size of the particles of one class, place by place: a, ε_s and R_p, independent of each other.</summary>
/// <remarks>One value per region takes no memory. One value per cell is an array of whoever made the property; a term may change it between time steps, since
/// area of the interface, uptake, hysteresis and lithium in particles read it anew. A change of a keeps the lithium in the particles; one of ε_s brings or
/// takes lithium, which its term has to account for.</remarks>
public sealed class ParticleGeometry
{
    private readonly int[] _cells;

    /// <summary>1/(F c_max) [m³ A⁻¹ s⁻¹].</summary>
    private readonly double _perConcentration;

    /// <summary>Takes the properties.</summary>
    /// <param name="sites">Where the particles are.</param>
    /// <param name="maximumConcentration">c_max [mol m⁻³].</param>
    /// <param name="areaPerVolume">a per local cell [m⁻¹].</param>
    /// <param name="activeVolumeFraction">ε_s per local cell.</param>
    /// <param name="radius">R_p per local cell [m].</param>
    public ParticleGeometry(StateSites sites, double maximumConcentration, CellProperty areaPerVolume, CellProperty activeVolumeFraction, CellProperty radius)
    {
        (Sites, AreaPerVolume, ActiveVolumeFraction, Radius) = (sites, areaPerVolume, activeVolumeFraction, radius);
        (_cells, _perConcentration) = (sites.Cells, 1 / (PhysicalConstants.Faraday * maximumConcentration));
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
    public double Uptake(int place)
    {
        int cell = _cells[place];
        return _perConcentration * AreaPerVolume[cell] / ActiveVolumeFraction[cell];
    }

    /// <summary>R_p⁻² of a place [m⁻²].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double InverseSquareRadius(int place)
    {
        double radius = Radius[_cells[place]];
        return 1 / (radius * radius);
    }
}
