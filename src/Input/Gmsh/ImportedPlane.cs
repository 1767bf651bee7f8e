using Cell3D.Mesh;

namespace Cell3D.Input.Gmsh;

/// <summary>The plane of a cell from a file: its outline with named sides, and the nodes around which control volumes lie. The lower left corner of the bounding rectangle is the origin.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Outline">Boundary of all elements.</param>
/// <param name="Points">y and z of every node of an element [m].</param>
public sealed record ImportedPlane(string File, Outline Outline, IReadOnlyList<(double Y, double Z)> Points)
{
    private PlaneMesh? _mesh;

    /// <summary>The mesh: Voronoi cells of the points, made when first asked for.</summary>
    /// <exception cref="MeshException">Points that coincide.</exception>
    public PlaneMesh Mesh => _mesh ??= PlaneMesh.Voronoi(Points, Outline);
}
