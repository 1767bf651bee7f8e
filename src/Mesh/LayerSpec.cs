namespace Cell3D.Mesh;

/// <summary>One layer of a stack.</summary>
/// <param name="Kind">What the layer is made for; tab kinds are not layers.</param>
/// <param name="Name">Name of its region, unique in the stack.</param>
/// <param name="Thickness">Thickness [m], positive.</param>
/// <param name="Grading">Division through the thickness.</param>
public sealed record LayerSpec(LayerKind Kind, string Name, double Thickness, LayerGrading Grading)
{
    /// <summary>A layer with the default division of its kind.</summary>
    public LayerSpec(LayerKind kind, string name, double thickness)
        : this(kind, name, thickness, LayerGrading.Default(kind))
    {
    }
}
