namespace Cell3D.Mesh;

/// <summary>A named part of the mesh: one layer of the stack, or one tab strip.</summary>
/// <param name="Name">Unique name, e.g. "Separator 2".</param>
/// <param name="Kind">What the region is made for.</param>
/// <param name="AttachedTo">For a tab strip the edge of the cell it leaves; otherwise null.</param>
public sealed record Region(string Name, LayerKind Kind, CellEdge? AttachedTo = null);
