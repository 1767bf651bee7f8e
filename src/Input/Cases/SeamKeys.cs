using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>The sealed rim of a pouch foil: section Geometry.Seam of a case file.</summary>
internal static class SeamKeys
{
    private static readonly Interval Reach = new(0, 0.1);

    public static readonly NumberKey Width = new("Width [m]", "How far the seam reaches beyond every edge of the layers that has no key of its own; 0 for none.", Reach) { Default = 0 };
    public static readonly NumberKey Left = OfEdge("Left"), Right = OfEdge("Right"), Bottom = OfEdge("Bottom"), Top = OfEdge("Top");
    public static readonly SectionKey Seam = new("Seam", "The sealed rim of the pouch foil: both casings, one upon the other, beyond the edges of a rectangular pouch; interrupted over the width of tabs.", new(Width, Left, Right, Bottom, Top));

    private static NumberKey OfEdge(string edge) => new($"{edge} [m]", $"The same beyond the {edge.ToLowerInvariant()} edge; 0 where it is trimmed, or folded against the cell.", Reach);
}
