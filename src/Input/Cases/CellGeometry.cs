using Cell3D.Input.Gmsh;
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

    /// <summary>A stack of all pairs in a can.</summary>
    Prismatic,

    /// <summary>A whole wound cell.</summary>
    Roll,
}

/// <summary>Outline and terminals. x runs through the thickness, y along the width, z along the height; the origin is the negative face's lower left corner.</summary>
public sealed record CellGeometry
{
    /// <summary>Column, pouch, prismatic or roll.</summary>
    public required CellForm Form { get; init; }

    /// <summary>Extent of the positive electrode along y [m]; of a roll the length of both sides of its positive collector together, over the pairs of the cell.</summary>
    public required double Width { get; init; }

    /// <summary>Extent of the positive electrode along z [m].</summary>
    public required double Height { get; init; }

    /// <summary>Electrode pairs that are simulated.</summary>
    public required int ElectrodePairs { get; init; }

    /// <summary>Tab of the negative collector; null when the terminal is the negative outer face.</summary>
    public Tab? NegativeTab { get; init; }

    /// <summary>Tab of the positive collector; null when the terminal is the positive outer face.</summary>
    public Tab? PositiveTab { get; init; }

    /// <summary>Winding, terminals and can of a roll; null for other forms.</summary>
    public Winding? Winding { get; init; }

    /// <summary>The can around a stack; null without one.</summary>
    public StackedCan? Can { get; init; }

    /// <summary>The sealed rim of the foil of a pouch, divided as by default; null without one.</summary>
    public SeamSpec? Seam { get; init; }

    /// <summary>Area of one side of the seam, interrupted by the tabs [m²]; 0 without one.</summary>
    public double SeamArea => Seam is null ? 0 : Seam.Area(OutlineWidth, OutlineHeight) - Tabs().Sum(tab => Seam.Beyond(tab.Edge) * tab.Width * tab.Count);

    /// <summary>Length of an edge beyond which there is a seam [m].</summary>
    public double SealedLength(CellEdge edge) => Seam is not { } seam || seam.Beyond(edge) == 0 ? 0 : LengthOf(edge) - Tabs().Where(tab => tab.Edge == edge).Sum(tab => tab.Width * tab.Count);

    /// <summary>ρ, c_p, k of a region of a can, its gaps or the rod in a core; null for others.</summary>
    public ThermalProperties? ThermalOf(string region) => Winding is { } roll ? roll.OfRegion(region) : region == CanSpec.RegionNames[0] ? Can?.Metal : null;

    /// <summary>Smallest and largest coordinate of the cell along x, y and z [m].</summary>
    /// <param name="layers">Those of one pair.</param>
    public ((double From, double To) X, (double From, double To) Y, (double From, double To) Z) Extents(IEnumerable<CellLayer> layers)
    {
        if (Winding is { } roll)
        {
            (double across, double along) = (roll.Shape.HalfThickness, roll.Shape.HalfWidth);
            return ((-across, across), (-along, along), (-(roll.Shape.Can is { } below ? below.Base + below.BaseGap : 0), Height + (roll.Shape.Can is { } above ? above.Top + above.TopGap : 0)));
        }
        if (Can is { Spec: { Walls: var walls } around })
        {
            (double face, double side) = (around.FaceGap + walls.Wall, walls.SideGap + walls.Wall);
            return ((-face, StackThickness(layers) + face), (-side, OutlineWidth + side), (-walls.BaseGap - walls.Base, OutlineHeight + walls.TopGap + walls.Top));
        }
        double reach = Math.Max(Seam?.Widest ?? 0, Math.Max(NegativeTab?.Reach ?? 0, PositiveTab?.Reach ?? 0));
        return ((0, StackThickness(layers)), (-reach, OutlineWidth + reach), (-reach, OutlineHeight + reach));
    }

    /// <summary>How the layers of the stack end.</summary>
    public StackDesign Stack { get; init; } = new();

    /// <summary>Extent of all layers along y [m].</summary>
    public double OutlineWidth => Width + (2 * Stack.Overhang);

    /// <summary>Extent of all layers along z [m].</summary>
    public double OutlineHeight => Height + (2 * Stack.Overhang);

    /// <summary>Both tabs, as far as there are.</summary>
    public IEnumerable<Tab> Tabs() => new[] { NegativeTab, PositiveTab }.OfType<Tab>();

    /// <summary>Pairs of the stack of which those that are simulated are all or one half.</summary>
    public int StackPairs => Stack.IsHalf ? 2 * ElectrodePairs : ElectrodePairs;

    /// <summary>How often a layer of one pair is simulated: with each pair and at the ends, a casing once.</summary>
    public int CopiesOf(CellLayer layer) => layer.Kind == LayerKind.Casing ? 1 : Stack.CopiesOf(layer.Kind, ElectrodePairs);

    /// <summary>Thickness of all simulated layers [m].</summary>
    /// <param name="layers">Those of one pair.</param>
    public double StackThickness(IEnumerable<CellLayer> layers) => layers.Sum(layer => CopiesOf(layer) * layer.Thickness);

    /// <summary>Rounded corners and notches; null for a rectangle and for a plane from a file.</summary>
    public OutlineShape? Shape { get; init; }

    /// <summary>The plane from a file; null where keys give the outline.</summary>
    public ImportedPlane? Imported { get; init; }

    /// <summary>Whether all layers end on the bounding rectangle.</summary>
    public bool IsRectangle => Shape is null && Imported is null;

    /// <summary>The outline of all layers, arcs in fine chords; null for a roll, and where the case has errors.</summary>
    public Outline? Boundary => Imported?.Outline ?? Shape?.Outline(0) ?? (OutlineWidth > 0 && OutlineHeight > 0 ? Outline.Of(new(0, OutlineWidth, 0, OutlineHeight)) : null);

    /// <summary>Names of sides; side i is the edge <see cref="CellEdges.Named"/> of i.</summary>
    public IReadOnlyList<string> SideNames => Imported?.Outline.Names ?? Shape?.Names ?? [];

    /// <summary>Electrode area of a pair [m²].</summary>
    public double Area => Imported?.Outline.Area ?? Shape?.Area ?? Width * Height;

    /// <summary>Length of the outline on an edge, of its contour or of a side with a name [m].</summary>
    public double LengthOf(CellEdge edge) => Imported?.Outline.Length(edge) ?? Shape?.Length(edge) ?? (edge == CellEdge.Contour ? 0 : edge.RunsAlongY() ? OutlineWidth : OutlineHeight);

    /// <summary>In-plane area of a layer [m²]; of a casing with its seam.</summary>
    public double AreaOf(LayerKind kind) => kind.Polarity() == Polarity.Positive || !IsRectangle ? Area : (OutlineWidth * OutlineHeight) + (kind == LayerKind.Casing ? SeamArea : 0);

    /// <summary>Whether heat can leave the simulated part through a surface.</summary>
    public bool Has(CellSurface surface) => surface switch
    {
        CellSurface.NegativeTab => Can is null && NegativeTab is { Length: > 0 },
        CellSurface.PositiveTab => Can is null && PositiveTab is { Length: > 0 },
        CellSurface.PositiveFace when Stack.IsHalf => false,
        CellSurface.Seam => Seam is not null,
        CellSurface.Contour => LengthOf(CellEdge.Contour) > 0,
        _ => CellSurfaces.OfRoll.Contains(surface) == (Form == CellForm.Roll),
    };
}

/// <summary>A tab on an edge of its collector. With length 0 the terminal sits on the collector's edge itself.</summary>
public sealed record Tab
{
    /// <summary>The edge or the side with a name that it leaves from.</summary>
    public required CellEdge Edge { get; init; }

    /// <summary>Middle of the tab along the edge [m], from y = 0 (top, bottom) or z = 0 (left, right), or as <see cref="Side"/> counts.</summary>
    public required double Centre { get; init; }

    /// <summary>Middles of further tabs like it on the same edge [m].</summary>
    public IReadOnlyList<double> FurtherCentres { get; init; } = [];

    /// <summary>Middles of all of them [m].</summary>
    public IEnumerable<double> Centres() => FurtherCentres.Prepend(Centre);

    /// <summary>How many there are.</summary>
    public int Count => 1 + FurtherCentres.Count;

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

    /// <summary>The weld of one foil on the strip; null where foils and strip are one piece.</summary>
    public Weld? Weld { get; init; }

    /// <summary>What carries the current on from the far end of the strip; null where that is the terminal.</summary>
    public Lead? Lead { get; init; }

    /// <summary>How far strip and lead reach from the edge [m].</summary>
    public double Reach => Length + (Lead?.Length ?? 0);

    /// <summary>Extent along the edge of whichever of strip and lead is wider [m].</summary>
    public double WidestExtent => Math.Max(Width, Lead?.Width ?? 0);

    /// <summary>Resistance between terminal and metal times its area [Ω m²].</summary>
    public required double ContactResistance { get; init; }

    /// <summary>In a can: from the far end of strip or lead to the wall before it [K W⁻¹]; infinite where no heat passes.</summary>
    public double TerminalThermalResistance { get; init; } = double.PositiveInfinity;
}

/// <summary>The can of a prismatic cell.</summary>
/// <param name="Spec">Metal and gaps.</param>
/// <param name="Metal">ρ, c_p, k.</param>
public sealed record StackedCan(StackCanSpec Spec, ThermalProperties Metal);

/// <summary>A strip beyond a tab, centred on it.</summary>
/// <param name="Length">Extent away from the tab [m].</param>
/// <param name="Width">Extent along the edge [m].</param>
/// <param name="Thickness">Thickness [m].</param>
/// <param name="Conductivity">σ [S m⁻¹].</param>
/// <param name="Thermal">ρ, c_p, k.</param>
/// <param name="Weld">Between tab and lead; null where they are one piece.</param>
public sealed record Lead(double Length, double Width, double Thickness, double Conductivity, ThermalProperties Thermal, Weld? Weld);
