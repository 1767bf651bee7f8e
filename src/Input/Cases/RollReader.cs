using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads winding, terminals and can of a roll.</summary>
internal sealed class RollReader(SectionReader root, LayersReader layers)
{
    private const double GasDensity = 1.2, GasHeatCapacity = 1000;

    /// <summary>The outline with its winding; without one where something is missing.</summary>
    public CellGeometry Read(CellGeometry outline, double electrodeArea)
    {
        IReadOnlyList<CellLayer> pair = layers.All;
        SectionReader winding = root.Open(RollKeys.Winding);
        if (!winding.Present && !winding.Broken) root.Error(RollKeys.Winding, "a roll needs it", "a section Winding");
        if (root.Has(CaseKeys.Tabs)) root.Error(CaseKeys.Tabs, "a roll has its terminals in section Winding", "no section Tabs");
        SectionReader? can = root.Has(RollKeys.Can) ? root.Open(RollKeys.Can) : null;
        foreach (SectionKey casing in new[] { LayerKeys.NegativeCasing, LayerKeys.PositiveCasing })
            if (root.NodeOf(LayerKeys.Layers)?.Member(casing.Name) is { } given)
                root.Report.Error($"{LayerKeys.Layers.Name}.{casing.Name}", given, "a roll has no casing on its layers", "a section Can");
        foreach ((LayerKind kind, SectionKey key) in new[] { (LayerKind.NegativeElectrode, LayerKeys.NegativeElectrode), (LayerKind.NegativeCollector, LayerKeys.NegativeCollector), (LayerKind.PositiveCollector, LayerKeys.PositiveCollector) })
            if (!layers.Has(kind)) root.Error(LayerKeys.Layers, $"a roll needs a {key.Name.ToLowerInvariant()}", $"a section Layers.{key.Name}");
        double diameter = winding.Get(RollKeys.CoreDiameter), core = winding.Get(RollKeys.CoreLength);
        double? turns = winding.Find(RollKeys.PairedTurns);
        int rolls = winding.Get(RollKeys.Rolls);
        double rollGap = rolls > 1 ? winding.Get(RollKeys.RollGap, RollKeys.RollGapDefault) : 0;
        if (rolls > 1 && core == 0) winding.Error(RollKeys.Rolls, "several rolls need a flat core", "1, or a Core length [m] above 0");
        if (rolls == 1 && winding.Has(RollKeys.RollGap)) winding.Error(RollKeys.RollGap, "there is but one roll", "none, or Rolls above 1");
        (double inner, double outer) = (winding.Get(RollKeys.InnerTurns), winding.Get(RollKeys.OuterTurns));
        SectionReader negative = winding.Open(RollKeys.NegativeTerminal), positive = winding.Open(RollKeys.PositiveTerminal);
        winding.Get(LayerKeys.Source, "");
        (MandrelSpec? rod, ThermalProperties? ofRod) = winding.Has(RollKeys.Mandrel) ? ReadMandrel(winding.Open(RollKeys.Mandrel), diameter) : (null, null);
        CanMetal? metal = can is null ? null : ReadCan(can);
        LayerSpec[] specs = [.. pair.Where(layer => layer.Kind != LayerKind.Casing).Select(layer => new LayerSpec(layer.Kind, layer.Name, layer.Thickness, new(1)))];
        if (root.Report.HasErrors || !double.IsFinite(diameter + core + outline.Height + specs.Sum(layer => layer.Thickness) + (turns ?? electrodeArea)))
        {
            ReadTabs(negative, Polarity.Negative, null, can is not null);
            ReadTabs(positive, Polarity.Positive, null, can is not null);
            return outline;
        }
        LayerStack turn = RollSpec.Turn(specs);
        RollSpec shape = new()
        {
            Line = new(0.5 * diameter, turn.Thickness, core),
            Layers = turn,
            Axial = [0, outline.Height],
            InnerTurns = inner,
            PairedTurns = turns ?? 1,
            OuterTurns = outer,
            Mandrel = rod,
            Group = rolls > 1 ? new(rolls, rollGap, metal?.Thermal[1].ThroughConductivity.Value(0) ?? 0, metal?.Thermal[2].ThroughConductivity.Value(0) ?? 0, metal?.Thermal[3].ThroughConductivity.Value(0) ?? 0) : null,
            CellsPerTurn = RollKeys.CellsPerTurnDefault,
            CellsAlongCore = RollKeys.CellsAlongCoreDefault,
            Tabs = [],
        };
        if (turns is null)
        {
            shape = shape with { PairedTurns = shape.PairedTurnsFor(electrodeArea) };
            winding.Get(RollKeys.PairedTurns, shape.PairedTurns);
        }
        (List<TabSpec> tabs, double negativeContact) = ReadTabs(negative, Polarity.Negative, shape, can is not null);
        (List<TabSpec> others, double positiveContact) = ReadTabs(positive, Polarity.Positive, shape, can is not null);
        shape = shape with { Tabs = [.. tabs, .. others] };
        if (metal is not null) shape = shape with { Can = Fit(can!, metal, shape) };
        return outline with
        {
            Width = shape.ElectrodeArea / (outline.Height * outline.ElectrodePairs),
            Winding = new() { Shape = shape, NegativeContact = negativeContact, PositiveContact = positiveContact, CanThermal = metal?.Thermal ?? [], MandrelThermal = ofRod },
        };
    }

    /// <summary>The tabs of one collector, all of its edge where none are given, and the resistance between foil and terminal times the cross-section of the foil [Ω m²].</summary>
    private static (List<TabSpec> Tabs, double Contact) ReadTabs(SectionReader terminal, Polarity polarity, RollSpec? roll, bool hasCan)
    {
        double contact = terminal.Get(RollKeys.Contact);
        CellEdge edge = terminal.Get(RollKeys.Edge);
        double[]? centres = terminal.Has(RollKeys.Centres) ? terminal.Get(RollKeys.Centres, []) : null;
        double? width = terminal.Find(RollKeys.Width);
        terminal.Get(LayerKeys.Source, "");
        if (centres is null != width is null)
            terminal.Error(centres is null ? RollKeys.Centres : RollKeys.Width, "tabs need both their centres and their width", "both, or neither for a terminal along the whole edge");
        bool isTabless = centres is null && width is null;
        foreach (NumberKey key in new[] { RollKeys.Weld, RollKeys.WeldThermal })
            if (isTabless && terminal.Has(key)) terminal.Error(key, "there are no tabs", $"{(key == RollKeys.Weld ? RollKeys.EdgeWeld : RollKeys.EdgeWeldThermal).Name}, or tabs with their centres and width");
        foreach (NumberKey key in new[] { RollKeys.EdgeWeld, RollKeys.EdgeWeldThermal })
            if (!isTabless && terminal.Has(key)) terminal.Error(key, "the foil is welded at its tabs", (key == RollKeys.EdgeWeld ? RollKeys.Weld : RollKeys.WeldThermal).Name);
        (double? resistance, double? thermal) = isTabless ? (terminal.Find(RollKeys.EdgeWeld), terminal.Find(RollKeys.EdgeWeldThermal)) : (terminal.Find(RollKeys.Weld), terminal.Find(RollKeys.WeldThermal));
        if (thermal is not null && !hasCan) terminal.Error(isTabless ? RollKeys.EdgeWeldThermal : RollKeys.WeldThermal, "without a can there is nothing to lead heat to", "a section Can");
        if (roll is null) return ([], contact);
        double length = roll.FoilLength(polarity), foil = roll.Layers.Layers.First(layer => layer.Kind.IsCollector() && layer.Kind.Polarity() == polarity).Thickness;
        contact += (resistance ?? 0) * foil * (isTabless ? 1 : width ?? 0);
        // The terminal takes all current from the foil itself: what the weld leads to the can is heat.
        Weld? weld = thermal is double perWeld && hasCan ? new(double.PositiveInfinity, isTabless ? perWeld / length : perWeld, foil) : null;
        if (centres is null || width is not double extent) return ([new(polarity, edge, 0.5 * length, length, 0, 0) { Weld = weld }], contact);
        List<TabSpec> tabs = [];
        for (int i = 0; i < centres.Length; i++)
        {
            TabSpec tab = new(polarity, edge, centres[i], extent, 0, 0) { Weld = weld };
            if (tab.Start < -1e-9 * length || tab.End > length * (1 + 1e-9))
                terminal.Error(RollKeys.Centres, FormattableString.Invariant($"tab {i + 1} reaches from {tab.Start:G6} to {tab.End:G6} m and leaves its collector"), FormattableString.Invariant($"within 0 to {length:G6} m"));
            if (tabs.FindIndex(other => Math.Min(other.End, tab.End) - Math.Max(other.Start, tab.Start) > 1e-9 * length) is >= 0 and int met)
                terminal.Error(RollKeys.Centres, FormattableString.Invariant($"tab {i + 1} overlaps with tab {met + 1}"), "tabs side by side");
            tabs.Add(tab);
        }
        if (tabs.Count == 0) terminal.Error(RollKeys.Centres, "names no tab", "at least one, or no list for a terminal along the whole edge");
        return (tabs, contact);
    }

    private (MandrelSpec, ThermalProperties) ReadMandrel(SectionReader rod, double core)
    {
        double bore = rod.Get(RollKeys.Bore);
        if (bore >= core) rod.Error(RollKeys.Bore, "leaves nothing of the rod", FormattableString.Invariant($"0 to less than the Core diameter of {core:G6} m"));
        MandrelSpec read = new(0.5 * bore, rod.Get(RollKeys.MandrelContact));
        ThermalProperties thermal = layers.Thermal(rod);
        rod.Get(LayerKeys.Source, "");
        return (read, thermal);
    }

    private CanMetal ReadCan(SectionReader can)
    {
        if (!can.Has(RollKeys.OuterDiameter)) can.Error(RollKeys.OuterDiameter, "a roll needs it", RollKeys.OuterDiameter.Allowed.ToString());
        foreach (Key key in new Key[] { RollKeys.FaceGap, RollKeys.SideGap }.Where(can.Has))
            can.Error(key, "the gap around a roll is what the outer diameter leaves", "none, or Geometry.Form \"prismatic\"");
        double wall = can.Get(RollKeys.Wall), side = can.Get(RollKeys.SideConductivity);
        CanMetal read = new(can.Get(RollKeys.OuterDiameter), wall, can.Get(RollKeys.Base, wall), can.Get(RollKeys.Top, wall), can.Get(RollKeys.BaseGap), can.Get(RollKeys.TopGap),
            [layers.Thermal(can), Gap(side), Gap(can.Get(RollKeys.BaseConductivity, side)), Gap(can.Get(RollKeys.TopConductivity, side))]);
        can.Get(LayerKeys.Source, "");
        return read;
    }

    private static ThermalProperties Gap(double conductivity) => new(GasDensity, GasHeatCapacity, conductivity, conductivity);

    /// <summary>The can with the gap that the roll leaves in it.</summary>
    private static CanSpec? Fit(SectionReader can, CanMetal metal, RollSpec roll)
    {
        double gap = (0.5 * metal.OuterDiameter) - metal.Wall - roll.HalfThickness;
        if (gap > 0) return new(metal.Wall, gap, metal.Base, metal.BaseGap, metal.Top, metal.TopGap);
        can.Error(RollKeys.OuterDiameter, FormattableString.Invariant($"{(roll.Rolls == 1 ? $"the roll of {roll.CoatedTurns:F2} turns has" : $"{roll.Rolls} rolls of {roll.CoatedTurns:F2} turns have together")} a diameter of {2 * roll.HalfThickness:G6} m at {(roll.Rolls == 1 ? "its" : "their")} outer end and {(roll.Rolls == 1 ? "does" : "do")} not fit"), FormattableString.Invariant($"> {2 * (roll.HalfThickness + metal.Wall):G6}"));
        return null;
    }

    private sealed record CanMetal(double OuterDiameter, double Wall, double Base, double Top, double BaseGap, double TopGap, IReadOnlyList<ThermalProperties> Thermal);
}
