using System.Runtime.CompilerServices;

namespace Cell3D.Discretization;

/// <summary>Where local systems live: in control volumes, or on faces between an electrolyte and a conductor.</summary>
/// <remarks>A system on a face sees c, φ_e and T of the cell with electrolyte and φ_s of the conductor.</remarks>
public sealed class LocalSites
{
    private readonly CellProperty _density;
    private readonly double[] _sizes;
    private readonly int[] _places;

    private LocalSites(int[] electrolyte, int[] conductor, CellProperty density, double[] sizes, int[] places) =>
        (Electrolyte, Conductor, _density, _sizes, _places) = (electrolyte, conductor, density, sizes, places);

    /// <summary>Local cell with electrolyte of every system, ascending.</summary>
    public int[] Electrolyte { get; }

    /// <summary>Local cell that conducts electrons; the same array where systems live inside cells.</summary>
    public int[] Conductor { get; }

    /// <summary>How many there are.</summary>
    public int Count => Electrolyte.Length;

    /// <summary>Whether both cells of a system are one.</summary>
    public bool AreVolumes => ReferenceEquals(Electrolyte, Conductor);

    /// <summary>Inner surfaces of control volumes.</summary>
    /// <param name="cells">Owned cells, ascending.</param>
    /// <param name="areaPerVolume">a per local cell [m⁻¹].</param>
    /// <param name="volumes">Per local cell [m³].</param>
    /// <exception cref="ArgumentException">The area changes with a state: films and double layers, which hold something per area, would not keep it.</exception>
    public static LocalSites InVolumes(int[] cells, CellProperty areaPerVolume, double[] volumes) => areaPerVolume.IsFixed
        ? new(cells, cells, areaPerVolume, volumes, cells)
        : throw new ArgumentException("The area of an interface has to stand: what films and double layers hold per area would not be kept.", nameof(areaPerVolume));

    /// <summary>Faces.</summary>
    /// <param name="electrolyte">Local cell with electrolyte of each face, ascending.</param>
    /// <param name="conductor">Local cell opposite.</param>
    /// <param name="areas">[m²].</param>
    public static LocalSites OnFaces(int[] electrolyte, int[] conductor, double[] areas) =>
        new(electrolyte, conductor, CellProperty.PerRegion([1], new int[areas.Length]), areas, [.. Enumerable.Range(0, areas.Length)]);

    /// <summary>Area of the interface of a system [m²].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Area(int system) => _density[_places[system]] * _sizes[_places[system]];
}
