using Cell3D.Input.Bpx;
using Cell3D.Input.Gmsh;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Reads outline and tabs.</summary>
/// <param name="root">The case.</param>
/// <param name="cell">The cell; null where it has errors.</param>
/// <param name="plane">The plane of the outline file; null without one, or where it has errors.</param>
internal sealed class GeometryReader(SectionReader root, BpxCell? cell, ImportedPlane? plane)
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
            foreach (Key key in StackKeys.All.Concat(ShapeKeys.All).Append(SeamKeys.Seam).Where(geometry.Has))
                geometry.Error(key, "concerns the ends of flat layers", "none, or Form \"pouch\"");
            return new CellGeometry { Form = form, Width = double.NaN, Height = geometry.Get(CaseKeys.Height), ElectrodePairs = cell?.ElectrodePairs ?? 1 };
        }
        else if (geometry.Has(ShapeKeys.OutlineFile))
        {
            foreach (Key key in new Key[] { CaseKeys.Width, CaseKeys.Height, ShapeKeys.CornerRadius, ShapeKeys.Notches, StackKeys.Overhang }.Where(key => geometry.Has(key) && (key != StackKeys.Overhang || geometry.Get(StackKeys.Overhang) > 0)))
                geometry.Error(key, $"the {ShapeKeys.OutlineFile.Name.ToLowerInvariant()} gives the outline of all layers", $"none, or no {ShapeKeys.OutlineFile.Name}");
            (width, height) = plane is null ? (double.NaN, double.NaN) : (plane.Outline.Extent.Right, plane.Outline.Extent.Top);
        }
        else
        {
            if (geometry.Has(ShapeKeys.LengthUnit)) geometry.Error(ShapeKeys.LengthUnit, $"there is no {ShapeKeys.OutlineFile.Name.ToLowerInvariant()}", $"none, or an {ShapeKeys.OutlineFile.Name}");
            foreach (NumberKey key in new[] { CaseKeys.Width, CaseKeys.Height })
                if (geometry.Present && !geometry.Has(key)) geometry.Error(key, $"a {Words(form)} needs it", key.Allowed.ToString());
            width = geometry.Get(CaseKeys.Width);
            height = geometry.Get(CaseKeys.Height);
        }
        OutlineShape? shape = geometry.Has(ShapeKeys.OutlineFile) && form == CellForm.Pouch ? null : Shape(geometry, form, width, height);
        if (form == CellForm.Prismatic) CheckCanned(geometry);
        int pairs = geometry.Get(CaseKeys.Pairs);
        StackDesign stack = new(geometry.Get(StackKeys.Overhang), geometry.Get(StackKeys.Foils), geometry.Get(StackKeys.Coating), geometry.Get(StackKeys.Symmetry));
        if (stack.IsHalf && pairs % 2 != 0)
            geometry.Error(StackKeys.Symmetry, FormattableString.Invariant($"a stack of {pairs} pair{(pairs == 1 ? "" : "s")} has no foil in its mid-plane"), "an even number of Electrode pairs");
        CellGeometry read = new() { Form = form, Width = width, Height = height, ElectrodePairs = stack.IsHalf ? Math.Max(1, pairs / 2) : pairs, Stack = stack, Shape = shape, Imported = form == CellForm.Pouch ? plane : null };
        CompareArea(read.Area, read.IsRectangle ? "width times height is" : "the outline encloses");
        return read;
    }

    /// <summary>Rounded corners and notches of a pouch.</summary>
    private OutlineShape? Shape(SectionReader geometry, CellForm form, double width, double height)
    {
        foreach (Key key in ShapeKeys.All.Where(key => form == CellForm.Column && geometry.Has(key)))
            geometry.Error(key, "a column has no edges", "none, or Form \"pouch\"");
        if (form == CellForm.Column || new ShapeReader(geometry, width, height).Read() is not { } shape) return null;
        Key given = shape.CornerRadius > 0 ? ShapeKeys.CornerRadius : ShapeKeys.Notches;
        if (geometry.Get(StackKeys.Overhang) > 0) geometry.Error(StackKeys.Overhang, $"is that of a rectangle, and there is {given.Name}", "0, or neither corners nor notches");
        if (root.Open(SettingsKeys.Mesh).Get(SettingsKeys.InPlane) == InPlaneMesh.Triangular)
            geometry.Error(given, "triangles are laid over rectangles only", "none, or Mesh.In-plane \"rectilinear\"");
        return shape;
    }

    /// <summary>Adds the tabs, which need the collectors' values as defaults.</summary>
    public CellGeometry WithTabs(CellGeometry outline, LayersReader layers)
    {
        if (outline.Form == CellForm.Roll)
        {
            CellGeometry roll = new RollReader(root, layers).Read(outline, cell is null ? double.NaN : cell.ElectrodeArea * cell.ElectrodePairs);
            CompareArea(roll.Area * roll.ElectrodePairs / (cell?.ElectrodePairs ?? 1), "the positive electrode covers");
            return roll;
        }
        if (root.Has(RollKeys.Winding)) root.Error(RollKeys.Winding, "only a roll is wound", "Geometry.Form \"roll\"");
        if (outline.Form == CellForm.Prismatic) outline = outline with { Can = ReadCan(layers) };
        else if (root.Has(RollKeys.Can)) root.Error(RollKeys.Can, $"a {Words(outline.Form)} has no can", "Geometry.Form \"prismatic\" or \"roll\"");
        if (outline.StackPairs > 1 || !outline.Stack.IsPlain) CheckStack(outline, layers);
        if (outline.Stack.Overhang > 0) CheckOverhang(outline, layers);
        if (root.Open(CaseKeys.Geometry).Has(SeamKeys.Seam)) outline = outline with { Seam = ReadSeam(outline, layers) };
        if (!root.Has(CaseKeys.Tabs)) return outline;
        SectionReader tabs = root.Open(CaseKeys.Tabs);
        if (!tabs.Present) return outline;
        if (outline.Form == CellForm.Column) root.Error(CaseKeys.Tabs, "a column has its terminals on its outer faces", "no tabs, or Geometry.Form \"pouch\"");
        foreach ((SectionKey tab, SectionKey collector, LayerKind kind) in new[] { (CaseKeys.NegativeTab, LayerKeys.NegativeCollector, LayerKind.NegativeCollector), (CaseKeys.PositiveTab, LayerKeys.PositiveCollector, LayerKind.PositiveCollector) })
            if (tabs.Has(tab) && !layers.Has(kind)) tabs.Error(tab, $"there is no {collector.Name.ToLowerInvariant()} to attach it to", $"a section Layers.{collector.Name}");
        // A foil that is coated on both sides consists of the parts of two pairs.
        int parts = cell is { ElectrodePairs: > 1 } ? 2 : 1;
        Tab negative = ReadTab(tabs.Open(CaseKeys.NegativeTab), outline, layers, LayerKind.NegativeCollector, parts);
        Tab positive = ReadTab(tabs.Open(CaseKeys.PositiveTab), outline, layers, LayerKind.PositiveCollector, parts);
        if (Overlap(negative, positive) && negative.Length > 0 && positive.Length > 0)
            tabs.Error(CaseKeys.PositiveTab, "overlaps with the negative tab on the same edge", "tabs side by side, or Length [m] 0");
        foreach ((Tab tab, SectionKey key) in new[] { (negative, CaseKeys.NegativeTab), (positive, CaseKeys.PositiveTab) })
        {
            CheckRoom(outline, tab, tabs.Open(key));
            CheckSeam(outline, tab, tabs.Open(key));
        }
        return outline with { NegativeTab = negative, PositiveTab = positive };
    }

    private static string Words(CellForm form) => form == CellForm.Prismatic ? "prismatic cell" : form.ToString().ToLowerInvariant();

    /// <summary>A can is around all of a rectangular stack, whose terminals are tabs.</summary>
    private void CheckCanned(SectionReader geometry)
    {
        if (!root.Has(RollKeys.Can)) root.Error(RollKeys.Can, "a prismatic cell needs it", "a section Can, or Geometry.Form \"pouch\"");
        if (!root.Has(CaseKeys.Tabs)) root.Error(CaseKeys.Tabs, "the terminals of a prismatic cell are tabs", "a section Tabs");
        foreach (Key key in ShapeKeys.All.Where(geometry.Has))
            geometry.Error(key, "a can is around a rectangle", "none, or Geometry.Form \"pouch\"");
        if (geometry.Get(StackKeys.Symmetry) == StackSymmetry.MidPlane)
            geometry.Error(StackKeys.Symmetry, "a can is around the whole stack", "none");
        if (root.Open(SettingsKeys.Mesh).Get(SettingsKeys.InPlane) == InPlaneMesh.Triangular)
            root.Open(SettingsKeys.Mesh).Error(SettingsKeys.InPlane, "the walls of a can continue lines of the mesh", "rectilinear");
        if (cell is not null && geometry.Get(CaseKeys.Pairs) is var pairs && pairs != cell.ElectrodePairs)
            geometry.Error(CaseKeys.Pairs, FormattableString.Invariant($"a can holds all of the {cell.ElectrodePairs} pairs of the BPX file"), FormattableString.Invariant($"{cell.ElectrodePairs}"));
    }

    private StackedCan? ReadCan(LayersReader layers)
    {
        if (!root.Has(RollKeys.Can)) return null;
        SectionReader can = root.Open(RollKeys.Can);
        foreach (NumberKey key in new[] { RollKeys.FaceGap, RollKeys.SideGap })
            if (!can.Has(key)) can.Error(key, "a prismatic cell needs it", key.Allowed.ToString());
        if (can.Has(RollKeys.OuterDiameter)) can.Error(RollKeys.OuterDiameter, "is that of a roll; a prismatic can is as large as stack, gaps and walls", $"none; {RollKeys.FaceGap.Name} and {RollKeys.SideGap.Name}");
        double wall = can.Get(RollKeys.Wall), side = can.Get(RollKeys.SideConductivity);
        StackCanSpec spec = new(new(wall, can.Get(RollKeys.SideGap), can.Get(RollKeys.Base, wall), can.Get(RollKeys.BaseGap), can.Get(RollKeys.Top, wall), can.Get(RollKeys.TopGap)),
            can.Get(RollKeys.FaceGap), side, can.Get(RollKeys.BaseConductivity, side), can.Get(RollKeys.TopConductivity, side));
        ThermalProperties metal = layers.Thermal(can);
        can.Get(LayerKeys.Source, "");
        return new(spec, metal);
    }

    /// <summary>The seam of a foil that both casings are, around a rectangle.</summary>
    private SeamSpec? ReadSeam(CellGeometry outline, LayersReader layers)
    {
        SectionReader geometry = root.Open(CaseKeys.Geometry), seam = geometry.Open(SeamKeys.Seam);
        double all = seam.Get(SeamKeys.Width);
        SeamSpec read = new(seam.Get(SeamKeys.Left, all), seam.Get(SeamKeys.Right, all), seam.Get(SeamKeys.Bottom, all), seam.Get(SeamKeys.Top, all));
        if (outline.Form != CellForm.Pouch)
        {
            geometry.Error(SeamKeys.Seam, $"a {Words(outline.Form)} has no pouch foil", "none, or Form \"pouch\"");
            return null;
        }
        if (new Key[] { ShapeKeys.OutlineFile, ShapeKeys.CornerRadius, ShapeKeys.Notches }.FirstOrDefault(geometry.Has) is { } shape && !outline.IsRectangle)
            geometry.Error(SeamKeys.Seam, $"lies around a rectangle, and there is {shape.Name}", "none, or an outline by width and height alone");
        if (root.Open(SettingsKeys.Mesh).Get(SettingsKeys.InPlane) == InPlaneMesh.Triangular)
            geometry.Error(SeamKeys.Seam, "carries on lines of the mesh, which triangles have not", "none, or Mesh.In-plane \"rectilinear\"");
        foreach (SectionKey casing in outline.Stack.IsHalf ? new[] { LayerKeys.NegativeCasing } : [LayerKeys.NegativeCasing, LayerKeys.PositiveCasing])
            if (layers.All.All(layer => layer.Name != casing.Name)) geometry.Error(SeamKeys.Seam, $"consists of the casings, and there is no {casing.Name.ToLowerInvariant()}", $"none, or a section {LayerKeys.Layers.Name}.{casing.Name}");
        if (read.Widest == 0) seam.Error(SeamKeys.Width, "no edge has a seam", "> 0 here or on an edge, or no section Seam");
        return geometry.Report.HasErrors ? null : read;
    }

    /// <summary>A tab passes through all of the seam on its edge.</summary>
    private static void CheckSeam(CellGeometry outline, Tab tab, SectionReader section)
    {
        double seam = outline.Seam?.Beyond(tab.Edge) ?? 0;
        if (tab.Length > 0 && tab.Reach < seam * (1 - 1e-9))
            section.Error(CaseKeys.TabLength, FormattableString.Invariant($"counts from the edge of the layers, and the seam there is {seam:G6} m wide: the terminal would lie within"), FormattableString.Invariant($"0, or with the lead at least {seam:G6}"));
    }

    /// <summary>Tabs and leads in a can lie in the gap before its wall; without one they lead no heat to it.</summary>
    private static void CheckRoom(CellGeometry outline, Tab tab, SectionReader section)
    {
        if (outline.Form != CellForm.Prismatic)
        {
            if (section.Has(CaseKeys.TerminalThermal)) section.Error(CaseKeys.TerminalThermal, "there is no can to lead heat to", "none, or Geometry.Form \"prismatic\"");
            return;
        }
        if (outline.Can is not { Spec.Walls: var can }) return;
        double gap = tab.Edge switch { CellEdge.Top => can.TopGap, CellEdge.Bottom => can.BaseGap, _ => can.SideGap };
        string name = tab.Edge switch { CellEdge.Top => RollKeys.TopGap.Name, CellEdge.Bottom => RollKeys.BaseGap.Name, _ => RollKeys.SideGap.Name };
        if (!(tab.Length > 0 && tab.Reach <= gap * (1 + 1e-9)))
            section.Error(CaseKeys.TabLength, tab.Length > 0 ? FormattableString.Invariant($"tab and lead reach {tab.Reach:G6} m from their edge, into the wall of the can") : "the terminal in a can is at the far end of a strip",
                FormattableString.Invariant($"above 0; with the lead at most {gap:G6}, the {name}"));
    }

    /// <summary>Several pairs share their collectors, which meet in the tabs.</summary>
    private void CheckStack(CellGeometry outline, LayersReader layers)
    {
        SectionReader geometry = root.Open(CaseKeys.Geometry);
        if (outline.Form == CellForm.Column)
            geometry.Error(CaseKeys.Pairs, "a column is one electrode pair", "1, or Form \"pouch\"");
        else if (!root.Has(CaseKeys.Tabs))
            geometry.Error(CaseKeys.Pairs, "several pairs are connected by tabs, of which there are none", "1, or a section Tabs");
        foreach (Key key in StackKeys.All.Where(key => key != StackKeys.Overhang && geometry.Has(key) && outline.StackPairs == 1 && !outline.Stack.IsPlain))
            geometry.Error(key, "concerns the ends of a stack, and one electrode pair is simulated", "Electrode pairs of 2 or more");
        foreach ((LayerKind kind, SectionKey key) in new[] { (LayerKind.NegativeElectrode, LayerKeys.NegativeElectrode), (LayerKind.NegativeCollector, LayerKeys.NegativeCollector), (LayerKind.PositiveCollector, LayerKeys.PositiveCollector) })
            if (!layers.Has(kind)) geometry.Error(CaseKeys.Pairs, $"a stack of several pairs needs a {key.Name.ToLowerInvariant()}", $"1, or a section Layers.{key.Name}");
        if (cell is not null && outline.StackPairs > cell.ElectrodePairs)
            geometry.Error(CaseKeys.Pairs, $"the cell of the BPX file has {cell.ElectrodePairs}", $"1 to {cell.ElectrodePairs}");
    }

    /// <summary>An overhang has a negative electrode that overhangs, and lines of the mesh at its edge.</summary>
    private void CheckOverhang(CellGeometry outline, LayersReader layers)
    {
        SectionReader geometry = root.Open(CaseKeys.Geometry);
        if (outline.Form == CellForm.Column)
            geometry.Error(StackKeys.Overhang, "a column has no edges", "0, or Form \"pouch\"");
        if (!layers.Has(LayerKind.NegativeElectrode))
            geometry.Error(StackKeys.Overhang, "there is no negative electrode to reach beyond the positive one", "0");
        if (root.Open(SettingsKeys.Mesh).Get(SettingsKeys.InPlane) == InPlaneMesh.Triangular)
            geometry.Error(StackKeys.Overhang, "triangles do not follow the edge of the positive electrode", "0, or Mesh.In-plane \"rectilinear\"");
        if (layers.Has(LayerKind.PositiveCollector) && !root.Has(CaseKeys.Tabs))
            geometry.Error(StackKeys.Overhang, "the terminals of a cell with an overhang are tabs, of which there are none", "0, or a section Tabs");
    }

    private void CompareArea(double area, string what)
    {
        if (cell is null || !(Math.Abs(area / cell.ElectrodeArea - 1) > SameArea)) return;
        root.Report.Warning(root.PathOf(CaseKeys.Geometry), root.NodeOf(CaseKeys.Geometry), FormattableString.Invariant(
            $"{what} {area:G5} m2, the electrode area of the BPX file {cell.ElectrodeArea:G5} m2; current and capacity are scaled by area"), withValue: false);
    }

    private Tab ReadTab(SectionReader tab, CellGeometry outline, LayersReader layers, LayerKind collector, int parts)
    {
        CellEdge edge = EdgeOf(tab, outline);
        Side? side = outline.Boundary?.Side(edge);
        if (side is null && outline.Boundary is not null) tab.Error(CaseKeys.Edge, "is not one straight side", "a side without bends, in one piece");
        double centre = tab.Get(CaseKeys.Centre, side is null ? double.NaN : 0.5 * (side.Start + side.End)), width = tab.Get(CaseKeys.TabWidth);
        double[] further = tab.Has(CaseKeys.FurtherCentres) ? tab.Get(CaseKeys.FurtherCentres, []) : [];
        foreach (double middle in further.Prepend(centre).Where(_ => side is not null))
            CheckPlace(tab, middle == centre ? CaseKeys.Centre : CaseKeys.FurtherCentres, (middle - (0.5 * width), middle + (0.5 * width)), outline.Boundary!, edge);
        double[] places = [.. further.Append(centre).Order()];
        if (places.Zip(places.Skip(1), (one, next) => next - one).Any(distance => distance < width * (1 - 1e-9)))
            tab.Error(CaseKeys.FurtherCentres, "tabs of one side overlap", FormattableString.Invariant($"middles at least {width:G6} m apart"));
        double length = tab.Get(CaseKeys.TabLength);
        Tab read = new()
        {
            Edge = edge,
            Centre = centre,
            FurtherCentres = further,
            Width = width,
            Length = length,
            Thickness = tab.Get(CaseKeys.TabThickness, outline.Stack.CopiesOf(collector, outline.ElectrodePairs) * layers.Thickness(collector)),
            Conductivity = tab.Get(LayerKeys.Conductivity, layers.Conductivity(collector)),
            Thermal = layers.Thermal(tab, layers.ThermalOf(collector)),
            Weld = ReadWeld(tab, length, parts * layers.Thickness(collector)),
            ContactResistance = tab.Get(CaseKeys.ContactResistance),
            TerminalThermalResistance = tab.Find(CaseKeys.TerminalThermal) ?? double.PositiveInfinity,
        };
        tab.Get(LayerKeys.Source, "");
        if (!tab.Has(CaseKeys.Lead)) return read;
        read = read with { Lead = ReadLead(tab, read, layers) };
        if (places.Zip(places.Skip(1), (one, next) => next - one).Any(distance => distance < read.Lead.Width * (1 - 1e-9)))
            tab.Error(CaseKeys.Lead, "leads of one side overlap", FormattableString.Invariant($"middles of tabs at least {read.Lead.Width:G6} m apart"));
        return read;
    }

    /// <summary>The edge or the side with a name that a tab leaves.</summary>
    private CellEdge EdgeOf(SectionReader tab, CellGeometry outline)
    {
        string word = tab.Get(CaseKeys.Edge, "");
        if (CellEdges.OfWord(word) is { } edge) return edge;
        int number = outline.SideNames.TakeWhile(name => name != word).Count();
        if (number < outline.SideNames.Count) return CellEdges.Named(number);
        bool knowsNames = plane is not null || !root.Open(CaseKeys.Geometry).Has(ShapeKeys.OutlineFile);
        if (knowsNames && tab.NodeOf(CaseKeys.Edge) is { Kind: SourceKind.Text }) tab.Error(CaseKeys.Edge, "unknown word", string.Join(", ", CaseKeys.Edge.Words.Concat(outline.SideNames).Select(name => $"\"{name}\"")));
        return CellEdge.Top;
    }

    /// <summary>A tab lies on its side, where the outline follows that.</summary>
    private static void CheckPlace(SectionReader tab, Key key, (double Start, double End) place, Outline boundary, CellEdge edge)
    {
        Side side = boundary.Side(edge)!;
        double slack = 1e-9 * (side.End - side.Start), within = Math.Min(place.End, side.End) - Math.Max(place.Start, side.Start);
        if (boundary.Covered(edge, place.Start, place.End) < within - slack)
            tab.Error(key, FormattableString.Invariant($"the tab reaches from {place.Start:G6} to {place.End:G6} m, into a rounded corner, a notch or a side with a name"), $"within straight stretches of the {side.Name}");
        if (place.Start < side.Start - slack || place.End > side.End + slack)
            tab.Error(key, FormattableString.Invariant($"the tab reaches from {place.Start:G6} to {place.End:G6} m and leaves its edge"), FormattableString.Invariant($"within {side.Start:G6} to {side.End:G6} m of the {side.Name}"));
    }

    private static Lead ReadLead(SectionReader tab, Tab strip, LayersReader layers)
    {
        if (strip.Length == 0) tab.Error(CaseKeys.Lead, "there is no strip to carry on", "a Length [m] of the tab above 0");
        SectionReader lead = tab.Open(CaseKeys.Lead);
        double resistance = lead.Get(CaseKeys.LeadWeld), thermal = lead.Get(CaseKeys.LeadWeldThermal);
        Lead read = new(lead.Get(CaseKeys.LeadLength), lead.Get(CaseKeys.LeadWidth, strip.Width), lead.Get(CaseKeys.LeadThickness, strip.Thickness), lead.Get(LayerKeys.Conductivity, strip.Conductivity),
            layers.Thermal(lead, strip.Thermal), resistance == 0 && thermal == 0 ? null : new(resistance, thermal, strip.Thickness));
        lead.Get(LayerKeys.Source, "");
        return read;
    }

    private static Weld? ReadWeld(SectionReader tab, double length, double foil)
    {
        double resistance = tab.Get(CaseKeys.WeldResistance), thermal = tab.Get(CaseKeys.WeldThermalResistance);
        if (resistance == 0 && thermal == 0) return null;
        if (length == 0) tab.Error(resistance > 0 ? CaseKeys.WeldResistance : CaseKeys.WeldThermalResistance, "there is no strip to weld foils to", "a Length [m] above 0, or Contact resistance [Ohm.m2]");
        return new(resistance, thermal, foil);
    }

    private static bool Overlap(Tab one, Tab other) => one.Edge == other.Edge
        && one.Centres().Any(centre => other.Centres().Any(next => Math.Abs(centre - next) < 0.5 * (one.WidestExtent + other.WidestExtent) * (1 - 1e-9)));
}
