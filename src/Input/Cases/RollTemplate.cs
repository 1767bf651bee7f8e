using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Winding and can of a first case for a cylindrical cell; everything but its outside and its electrode area is an assumption.</summary>
public sealed class RollTemplate
{
    private const double Wall = 2.5e-4, Cap = 5e-4, BaseGap = 5e-4, CoreShare = 0.15, ElectrodeShare = 0.93, TabWidth = 0.006, Contact = 1e-11, SteelDensity = 7850, Steel = 50, Electrolyte = 0.2;

    private RollTemplate((double Radius, double Height) outside, RollSpec shape) => (Radius, CanHeight, Shape) = (outside.Radius, outside.Height, shape);

    /// <summary>Outer radius of the can [m].</summary>
    public double Radius { get; }

    /// <summary>Height of the can [m].</summary>
    public double CanHeight { get; }

    /// <summary>The roll.</summary>
    public RollSpec Shape { get; }

    private bool Fits => Shape.OuterRadius < Radius - Wall;

    /// <summary>The roll of a cell; null when it is flat, or not known to be a cylinder into which its electrodes fit.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="negativeFoil">Thickness of the negative collector [m].</param>
    /// <param name="positiveFoil">Thickness of the positive collector [m].</param>
    public static RollTemplate? Of(BpxCell cell, double negativeFoil, double positiveFoil) =>
        Wind(cell, negativeFoil, positiveFoil) is { Fits: true } roll ? roll : null;

    /// <summary>Why there is no roll for a cell that is not flat.</summary>
    public static string WhyNot(BpxCell cell)
    {
        string[] missing = [.. new (bool IsMissing, string Name)[] { (cell.Volume is null, BpxKeys.Volume.Name), (cell.ExternalSurfaceArea is null, BpxKeys.ExternalArea.Name) }.Where(value => value.IsMissing).Select(value => value.Name)];
        if (missing.Length > 0) return $"For a roll the BPX file lacks {string.Join(" and ", missing)}";
        return CellShape.Of(cell).Cylinder is not { } outside
            ? "There is no cylinder with this volume and external surface"
            : FormattableString.Invariant($"Its electrodes do not fit into the cylinder of {2e3 * outside.Radius:G3} mm x {1e3 * outside.Height:G3} mm with this volume and external surface");
    }

    internal JsonObject Winding()
    {
        return new JsonObject
        {
            ["Core diameter [m]"] = 2 * Shape.Line.Radius,
            ["Negative terminal"] = Terminal("bottom", 0.97 * Shape.FoilLength(Polarity.Negative)),
            ["Positive terminal"] = Terminal("top", 0.5 * Shape.FoilLength(Polarity.Positive)),
            ["Source"] = "Assumption: core, electrodes 7 % shorter than the can",
        };

        static JsonObject Terminal(string edge, double centre) => new()
        {
            ["Edge"] = edge,
            ["Centres [m]"] = new JsonArray(CaseTemplate.Round(centre)),
            ["Width [m]"] = TabWidth,
            ["Contact resistance [Ohm.m2]"] = Contact,
            ["Source"] = "Assumption: one tab; leave out centres and width for a terminal along the whole edge (tabless)",
        };
    }

    /// <summary>The can, with what is left of the lumped heat capacity after the layers [J K⁻¹] as its own where that is possible.</summary>
    internal JsonObject Can(double layers, double? whole)
    {
        double gap = Radius - Wall - Shape.OuterRadius, topGap = CanHeight - Shape.Height - BaseGap - Wall - Cap;
        RollSpec canned = Shape with { Can = new(Wall, gap, Wall, BaseGap, Cap, topGap) };
        double capacity = CaseTemplate.Round(((whole ?? double.NaN) - layers) / (SteelDensity * canned.CanVolume()));
        bool isLeft = LayerKeys.HeatCapacity.Allowed.Contains(capacity);
        return new JsonObject
        {
            ["Outer diameter [m]"] = 2 * Radius,
            ["Wall thickness [m]"] = Wall,
            ["Top thickness [m]"] = Cap,
            ["Base gap [m]"] = BaseGap,
            ["Top gap [m]"] = topGap,
            ["Gap conductivity [W.m-1.K-1]"] = Electrolyte,
            ["Density [kg.m-3]"] = SteelDensity,
            ["Specific heat capacity [J.K-1.kg-1]"] = isLeft ? capacity : 480,
            ["Thermal conductivity [W.m-1.K-1]"] = Steel,
            ["Source"] = $"Outer diameter: from Volume and External surface area of the BPX file. Assumption: steel{(isLeft ? ", whose heat capacity is what is left of the lumped one of the BPX file after all layers" : "")}; gaps filled with electrolyte",
        };
    }

    private static RollTemplate? Wind(BpxCell cell, double negativeFoil, double positiveFoil)
    {
        if (CellShape.Of(cell).Cylinder is not { } outside) return null;
        LayerStack turn = RollSpec.Turn(
        [
            new(LayerKind.NegativeCollector, LayerKind.NegativeCollector.Name(), 0.5 * negativeFoil),
            new(LayerKind.NegativeElectrode, LayerKind.NegativeElectrode.Name(), cell.NegativeElectrode.Thickness),
            new(LayerKind.Separator, LayerKind.Separator.Name(), cell.Separator.Thickness),
            new(LayerKind.PositiveElectrode, LayerKind.PositiveElectrode.Name(), cell.PositiveElectrode.Thickness),
            new(LayerKind.PositiveCollector, LayerKind.PositiveCollector.Name(), 0.5 * positiveFoil),
        ]);
        RollSpec shape = new()
        {
            Line = new(CaseTemplate.Round(CoreShare * outside.Radius), turn.Thickness),
            Layers = turn,
            Axial = [0, CaseTemplate.Round(ElectrodeShare * outside.Height)],
            PairedTurns = 1,
            CellsPerTurn = RollKeys.CellsPerTurnDefault,
            Tabs = [],
        };
        shape = shape with { PairedTurns = shape.PairedTurnsFor(cell.ElectrodeArea * cell.ElectrodePairs) };
        return new(outside, shape);
    }
}
