namespace Cell3D.Mesh;

/// <summary>
/// A face between one cell and the outside. Every outer face appears once. Current passes where
/// <paramref name="Surface"/> is a terminal; heat passes through <paramref name="CoolingSurface"/>.
/// </summary>
/// <param name="Cell">Local index of the cell.</param>
/// <param name="Area">Area [m²].</param>
/// <param name="Distance">Distance from the cell centre to the face [m].</param>
/// <param name="Surface">Where it lies, or the terminal it belongs to.</param>
/// <param name="CoolingSurface">
/// The surface on which the face lies geometrically. Equal to <paramref name="Surface"/> except at terminals;
/// <see cref="CellSurface.None"/> where a terminal is covered by the casing: such a face carries
/// current but is no outer face and exchanges no heat.
/// </param>
/// <param name="Direction">Through or in-plane.</param>
public readonly record struct BoundaryFace(
    int Cell, double Area, double Distance, CellSurface Surface, CellSurface CoolingSurface, FaceDirection Direction)
{
    /// <summary>True when heat can leave here: an outer face in the geometric sense.</summary>
    public bool IsOuter => CoolingSurface != CellSurface.None;
}
