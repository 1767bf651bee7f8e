namespace Cell3D.Mesh;

/// <summary>A stretch of an axis that is to be meshed finely.</summary>
/// <param name="From">Smaller end [m].</param>
/// <param name="To">Larger end [m]; equal to <paramref name="From"/> for a point.</param>
/// <param name="Size">Largest cell size inside [m].</param>
public readonly record struct Refinement(double From, double To, double Size);
