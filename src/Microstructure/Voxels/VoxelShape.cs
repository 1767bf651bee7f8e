namespace Cell3D.Microstructure.Voxels;

/// <summary>Number of voxels along x, y and z; x runs fastest in memory and in files.</summary>
public readonly record struct VoxelShape(int X, int Y, int Z)
{
    /// <summary>Most voxels along one direction.</summary>
    public const int MostAlong = 8192;

    /// <summary>All voxels.</summary>
    public long Count => (long)X * Y * Z;

    /// <summary>Extent along direction 0 (x), 1 (y) or 2 (z).</summary>
    public int this[int direction] => direction switch { 0 => X, 1 => Y, _ => Z };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{X} × {Y} × {Z}");
}
