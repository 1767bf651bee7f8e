namespace Cell3D.Mesh;

/// <summary>
/// An interior face as a two-point flux sees it. The conductance is the series of its two halves,
/// 1 / (LeftLength/k_left + RightLength/k_right). One of the two lengths may be zero, their sum never is.
/// </summary>
/// <remarks>24 bytes, for faces are many: the direction takes the upper bits of one of the cells.
/// <see cref="CellMesh.Distances"/> gives the distances alone.</remarks>
public readonly record struct Face
{
    private const int DirectionShift = 30;
    private readonly uint _right;

    /// <summary>Describes a face.</summary>
    /// <param name="left">Local index of the left cell.</param>
    /// <param name="right">Local index of the right cell, at most <see cref="MostCells"/> − 1.</param>
    /// <param name="leftLength">d/A of the left half path [m⁻¹].</param>
    /// <param name="rightLength">d/A of the right half path [m⁻¹].</param>
    /// <param name="direction">How the face lies in the cell.</param>
    public Face(int left, int right, double leftLength, double rightLength, FaceDirection direction)
    {
        _right = ((uint)direction << DirectionShift) | (uint)right;
        (Left, LeftLength, RightLength) = (left, leftLength, rightLength);
    }

    /// <summary>Cells that faces can tell apart.</summary>
    public const int MostCells = 1 << DirectionShift;

    /// <summary>Local index of the left cell.</summary>
    public int Left { get; }

    /// <summary>Local index of the right cell.</summary>
    public int Right => (int)_right & (MostCells - 1);

    /// <summary>Distance along the normal from the left centre to the face over the cross-section of this half path, d/A [m⁻¹].</summary>
    public double LeftLength { get; init; }

    /// <summary>d/A from the face to the right centre [m⁻¹]; the cross-sections differ only at junctions.</summary>
    public double RightLength { get; init; }

    /// <summary>How the face lies in the cell.</summary>
    public FaceDirection Direction => (FaceDirection)(_right >> DirectionShift);

    /// <summary>Whether the path runs in the plane of the layers instead of through them.</summary>
    public bool IsInPlane => _right >= MostCells;

    /// <summary>The face between the same cells under other indices.</summary>
    public Face Between(int left, int right) => new(left, right, LeftLength, RightLength, Direction);
}
