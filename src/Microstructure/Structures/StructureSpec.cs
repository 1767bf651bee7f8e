using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Structures;

/// <summary>A structure to be generated; lengths in voxels.</summary>
public sealed record StructureSpec
{
    /// <summary>What it consists of.</summary>
    public required StructureKind Kind { get; init; }

    /// <summary>Number of voxels.</summary>
    public required VoxelShape Shape { get; init; }

    /// <summary>Radius of spheres, fibres or cylinders.</summary>
    public double Radius { get; init; }

    /// <summary>Share of the volume outside spheres, fibres, cylinders or slabs, or below the level of a surface.</summary>
    public double Porosity { get; init; } = 0.5;

    /// <summary>Length of fibres.</summary>
    public double Length { get; init; }

    /// <summary>Repetitions along x of what is periodic.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Direction of slabs' normals or of cylinders' axes: 0 x, 1 y, 2 z.</summary>
    public int Direction { get; init; } = 2;

    /// <summary>Thickness of a shell around spheres and fibres that is a phase of its own.</summary>
    public double Shell { get; init; }

    /// <summary>Whether what is inside is pore and what is outside solid.</summary>
    public bool Inverted { get; init; }

    /// <summary>Number that the random places follow from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Number of the phase outside.</summary>
    public const byte Outside = 0;

    /// <summary>Number of the phase inside.</summary>
    public const byte Inside = 1;

    /// <summary>Number of the phase of shells.</summary>
    public const byte OfShell = 2;
}
