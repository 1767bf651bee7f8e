namespace Cell3D.Mesh;

/// <summary>A face between two bodies, or between two columns of one that do not lie side by side in its plane: a weld, a contact, the seam of a roll.</summary>
/// <param name="Left">The left cell.</param>
/// <param name="Right">The right cell.</param>
/// <param name="LeftLength">d/A of the left half path [m⁻¹].</param>
/// <param name="RightLength">d/A of the right half path [m⁻¹].</param>
/// <param name="Direction">How the face lies in the cell.</param>
/// <param name="Contact">What lies between the two; null where they are one piece.</param>
public readonly record struct Junction(CellPlace Left, CellPlace Right, double LeftLength, double RightLength, FaceDirection Direction, Contact? Contact = null);

/// <summary>A cell by its place in the description of the domain.</summary>
/// <param name="Column">Its column, numbered over all bodies.</param>
/// <param name="Depth">Its depth there.</param>
public readonly record struct CellPlace(int Column, int Depth);
