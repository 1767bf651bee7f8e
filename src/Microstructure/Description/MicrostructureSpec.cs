using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Description;

/// <summary>An image or a structure to be generated, and what is wanted of it.</summary>
public sealed record MicrostructureSpec
{
    /// <summary>The file that describes it.</summary>
    public required string File { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Where the voxels come from; null for a generated structure.</summary>
    public ImageFile? Image { get; init; }

    /// <summary>The structure to be generated; null for an image.</summary>
    public StructureSpec? Structure { get; init; }

    /// <summary>Number of voxels.</summary>
    public required VoxelShape Shape { get; init; }

    /// <summary>Edge of a voxel [m].</summary>
    public required double VoxelSize { get; init; }

    /// <summary>Its phases; their order gives the numbers in the image.</summary>
    public required IReadOnlyList<PhaseSpec> Phases { get; init; }

    /// <summary>What lies around it.</summary>
    public required BoundaryKind Boundary { get; init; }

    /// <summary>Section of a BPX file that the result is for.</summary>
    public required string Layer { get; init; }

    /// <summary>Direction of transport that the BPX fragment takes: 0 x, 1 y, 2 z; 3 for the mean of all.</summary>
    public required int Through { get; init; }

    /// <summary>Largest relative residual.</summary>
    public required double Tolerance { get; init; }
}
