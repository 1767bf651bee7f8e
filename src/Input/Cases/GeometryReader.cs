using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads outline and tabs.</summary>
internal sealed class GeometryReader(SectionReader root, BpxCell? cell)
{
    private const double SameArea = 0.02;

    /// <summary>Form and extents, without tabs.</summary>
    public CellGeometry Outline()
    {
        SectionReader geometry = root.Open(CaseKeys.Geometry);
        CellForm form = geometry.Get(CaseKeys.Form);
        double width, height;
        if (form == CellForm.Column)
        {
            double area = cell?.ElectrodeArea ?? double.NaN;
            width = geometry.Get(CaseKeys.Width, geometry.Find(CaseKeys.Height) is double given ? area / given : Math.Sqrt(area));
            height = geometry.Get(CaseKeys.Height, area / width);
        }
        else if (form == CellForm.Roll)
        {
            if (!geometry.Has(CaseKeys.Height)) geometry.Error(CaseKeys.Height, "a roll needs it", CaseKeys.Height.Allowed.ToString());
            foreach (Key key in new Key[] { CaseKeys.Width, CaseKeys.Pairs })
                if (geometry.Has(key)) geometry.Error(key, "a roll is a whole cell, as long as its winding", "none; Winding.Turns");
            return new CellGeometry { Form = form, Width = double.NaN, Height = geometry.Get(CaseKeys.Height), ElectrodePairs = cell?.ElectrodePairs ?? 1 };
        }
        else
        {
            foreach (NumberKey key in new[] { CaseKeys.Width, CaseKeys.Height })
                if (geometry.Present && !geometry.Has(key)) geometry.Error(key, "a pouch needs it", key.Allowed.ToString());
            width = geometry.Get(CaseKeys.Width);
            height = geometry.Get(CaseKeys.Height);
        }
        CompareArea(width * height);
        return new CellGeometry { Form = form, Width = width, Height = height, ElectrodePairs = geometry.Get(CaseKeys.Pairs) };
    }

    /// <summary>Adds the tabs, which need the collectors' values as defaults.</summary>
    public CellGeometry WithTabs(CellGeometry outline, LayersReader layers)
    {
        if (outline.Form == CellForm.Roll)
        {
            CellGeometry roll = new RollReader(root, layers).Read(outline, cell is null ? double.NaN : cell.ElectrodeArea * cell.ElectrodePairs);
            CompareArea(roll.Area * roll.ElectrodePairs / (cell?.ElectrodePairs ?? 1));
            return roll;
        }
        foreach (SectionKey key in new[] { RollKeys.Winding, RollKeys.Can })
            if (root.Has(key)) root.Error(key, "only a roll is wound and has a can", "Geometry.Form \"roll\"");
        if (outline.ElectrodePairs > 1) CheckStack(outline, layers);
        if (!root.Has(CaseKeys.Tabs)) return outline;
        SectionReader tabs = root.Open(CaseKeys.Tabs);
        if (!tabs.Present) return outline;
        if (outline.Form == CellForm.Column) root.Error(CaseKeys.Tabs, "a column has its terminals on its outer faces", "no tabs, or Geometry.Form \"pouch\"");
        foreach ((SectionKey tab, SectionKey collector, LayerKind kind) in new[] { (CaseKeys.NegativeTab, LayerKeys.NegativeCollector, LayerKind.NegativeCollector), (CaseKeys.PositiveTab, LayerKeys.PositiveCollector, LayerKind.PositiveCollector) })
            if (tabs.Has(tab) && !layers.Has(kind)) tabs.Error(tab, $"there is no {collector.Name.ToLowerInvariant()} to attach it to", $"a section Layers.{collector.Name}");
        Tab negative = ReadTab(tabs.Open(CaseKeys.NegativeTab), outline, layers, LayerKind.NegativeCollector);
        Tab positive = ReadTab(tabs.Open(CaseKeys.PositiveTab), outline, layers, LayerKind.PositiveCollector);
        if (Overlap(negative, positive) && negative.Length > 0 && positive.Length > 0)
            tabs.Error(CaseKeys.PositiveTab, "overlaps with the negative tab on the same edge", "tabs side by side, or Length [m] 0");
        return outline with { NegativeTab = negative, PositiveTab = positive };
    }

    /// <summary>Several pairs share their collectors, which meet in the tabs.</summary>
    private void CheckStack(CellGeometry outline, LayersReader layers)
    {
        SectionReader geometry = root.Open(CaseKeys.Geometry);
        if (outline.Form == CellForm.Column)
            geometry.Error(CaseKeys.Pairs, "a column is one electrode pair", "1, or Form \"pouch\"");
        else if (!root.Has(CaseKeys.Tabs))
            geometry.Error(CaseKeys.Pairs, "several pairs are connected by tabs, of which there are none", "1, or a section Tabs");
        foreach ((LayerKind kind, SectionKey key) in new[] { (LayerKind.NegativeElectrode, LayerKeys.NegativeElectrode), (LayerKind.NegativeCollector, LayerKeys.NegativeCollector), (LayerKind.PositiveCollector, LayerKeys.PositiveCollector) })
            if (!layers.Has(kind)) geometry.Error(CaseKeys.Pairs, $"a stack of several pairs needs a {key.Name.ToLowerInvariant()}", $"1, or a section Layers.{key.Name}");
        if (cell is not null && outline.ElectrodePairs > cell.ElectrodePairs)
            geometry.Error(CaseKeys.Pairs, $"the cell of the BPX file has {cell.ElectrodePairs}", $"1 to {cell.ElectrodePairs}");
    }

    private void CompareArea(double area)
    {
        if (cell is null || !(Math.Abs(area / cell.ElectrodeArea - 1) > SameArea)) return;
        root.Report.Warning(root.PathOf(CaseKeys.Geometry), root.NodeOf(CaseKeys.Geometry), FormattableString.Invariant(
            $"{(root.Has(RollKeys.Winding) ? "the positive electrode covers" : "width times height is")} {area:G5} m2, the electrode area of the BPX file {cell.ElectrodeArea:G5} m2; current and capacity are scaled by area"), withValue: false);
    }

    private static Tab ReadTab(SectionReader tab, CellGeometry outline, LayersReader layers, LayerKind collector)
    {
        CellEdge edge = tab.Get(CaseKeys.Edge);
        double along = edge.RunsAlongY() ? outline.Width : outline.Height;
        double centre = tab.Get(CaseKeys.Centre, 0.5 * along), width = tab.Get(CaseKeys.TabWidth);
        double start = centre - 0.5 * width, end = centre + 0.5 * width, slack = 1e-9 * along;
        if (start < -slack || end > along + slack)
            tab.Error(CaseKeys.Centre, FormattableString.Invariant($"the tab reaches from {start:G6} to {end:G6} m and leaves its edge"), FormattableString.Invariant($"within 0 to {along:G6} m of the {edge.ToString().ToLowerInvariant()} edge"));
        Tab read = new()
        {
            Edge = edge,
            Centre = centre,
            Width = width,
            Length = tab.Get(CaseKeys.TabLength),
            Thickness = tab.Get(CaseKeys.TabThickness, outline.ElectrodePairs * layers.Thickness(collector)),
            Conductivity = tab.Get(LayerKeys.Conductivity, layers.Conductivity(collector)),
            Thermal = layers.Thermal(tab, layers.ThermalOf(collector)),
            ContactResistance = tab.Get(CaseKeys.ContactResistance),
        };
        tab.Get(LayerKeys.Source, "");
        return read;
    }

    private static bool Overlap(Tab one, Tab other) =>
        one.Edge == other.Edge && Math.Abs(one.Centre - other.Centre) < 0.5 * (one.Width + other.Width) * (1 - 1e-9);
}
