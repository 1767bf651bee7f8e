using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Form of the simulated domain.</summary>
public enum CellForm
{
    /// <summary>One column through the thickness; terminals on the outer faces.</summary>
    Column,

    /// <summary>A flat cell with an extent in the plane.</summary>
    Pouch,

    /// <summary>A whole wound cell.</summary>
    Roll,
}

/// <summary>Outline and terminals. x runs through the thickness, y along the width, z along the height; the origin is the negative face's lower left corner.</summary>
public sealed record CellGeometry
{
    /// <summary>Column, pouch or roll.</summary>
    public required CellForm Form { get; init; }

    /// <summary>Extent along y [m]; of a roll the length of both sides of its positive collector together, over the pairs of the cell.</summary>
    public required double Width { get; init; }

    /// <summary>Extent along z [m].</summary>
    public required double Height { get; init; }

    /// <summary>Electrode pairs that are simulated.</summary>
    public required int ElectrodePairs { get; init; }

    /// <summary>Tab of the negative collector; null when the terminal is the negative outer face.</summary>
    public Tab? NegativeTab { get; init; }

    /// <summary>Tab of the positive collector; null when the terminal is the positive outer face.</summary>
    public Tab? PositiveTab { get; init; }

    /// <summary>Winding, terminals and can of a roll; null for other forms.</summary>
    public Winding? Winding { get; init; }

    /// <summary>Whether heat can leave through a surface.</summary>
    public bool Has(CellSurface surface) => surface switch
    {
        CellSurface.NegativeTab => NegativeTab is { Length: > 0 },
        CellSurface.PositiveTab => PositiveTab is { Length: > 0 },
        _ => CellSurfaces.OfRoll.Contains(surface) == (Form == CellForm.Roll),
    };

    /// <summary>Smallest and largest coordinate of the cell along x, y and z [m].</summary>
    /// <param name="layers">Those of one pair.</param>
    public ((double From, double To) X, (double From, double To) Y, (double From, double To) Z) Extents(IEnumerable<CellLayer> layers)
    {
        if (Winding is { } roll)
        {
            double radius = roll.OuterRadius, along = radius + (0.5 * roll.Shape.Line.Core);
            return ((-radius, radius), (-along, along), (-(roll.Shape.Can is { } below ? below.Base + below.BaseGap : 0), Height + (roll.Shape.Can is { } above ? above.Top + above.TopGap : 0)));
        }
        double reach = Math.Max(NegativeTab?.Length ?? 0, PositiveTab?.Length ?? 0);
        return ((0, StackThickness(layers)), (-reach, Width + reach), (-reach, Height + reach));
    }

    /// <summary>How often a layer of one pair is simulated: with each pair, a casing once.</summary>
    public int CopiesOf(CellLayer layer) => layer.Kind == LayerKind.Casing ? 1 : ElectrodePairs;

    /// <summary>Thickness of all simulated layers [m].</summary>
    /// <param name="layers">Those of one pair.</param>
    public double StackThickness(IEnumerable<CellLayer> layers) => layers.Sum(layer => CopiesOf(layer) * layer.Thickness);

    /// <summary>In-plane area [m²].</summary>
    public double Area => Width * Height;
}

/// <summary>A tab on an edge of its collector. With length 0 the terminal sits on the collector's edge itself.</summary>
public sealed record Tab
{
    /// <summary>The edge it leaves from.</summary>
    public required CellEdge Edge { get; init; }

    /// <summary>Middle of the tab along the edge [m], from y = 0 (top, bottom) or z = 0 (left, right).</summary>
    public required double Centre { get; init; }

    /// <summary>Extent along the edge [m].</summary>
    public required double Width { get; init; }

    /// <summary>Extent away from the edge [m]; 0 for no strip.</summary>
    public required double Length { get; init; }

    /// <summary>Thickness of the strip [m].</summary>
    public required double Thickness { get; init; }

    /// <summary>σ of the strip [S m⁻¹].</summary>
    public required double Conductivity { get; init; }

    /// <summary>ρ, c_p, k of the strip.</summary>
    public required ThermalProperties Thermal { get; init; }

    /// <summary>Resistance between terminal and metal times its area [Ω m²].</summary>
    public required double ContactResistance { get; init; }
}
