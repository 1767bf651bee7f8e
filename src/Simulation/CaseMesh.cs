using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Meshes the geometry of a case.</summary>
public static class CaseMesh
{
    /// <summary>Rectangles of a grid that is cut at an outline, which is made to be counted.</summary>
    private const long MostCut = 200_000;

    private const string OuterName = "Outer ";

    /// <summary>What the cell consists of; its regions bear the layers' names in case files, e.g. "Negative electrode".</summary>
    /// <exception cref="MeshException">The tabs do not fit the mesh, triangles do not fit the outline, or there are more cells than a mesh can have.</exception>
    public static CellDomain Describe(SimulationCase simulation)
    {
        // First of all: what follows takes memory and time by the columns.
        if (Size(simulation).Cells is > MeshSize.MostCells and long cells)
            throw new MeshException(FormattableString.Invariant($"mesh: {cells:G4} control volumes are more than the {MeshSize.MostCells:G4} that a mesh can have; take fewer cells in the plane or through the layers"));
        return Laid(simulation);
    }

    private static CellDomain Laid(SimulationCase simulation) => simulation.Geometry.Winding is { } roll
        ? RollBuilder.Describe(RollMesh.Of(roll, simulation))
        : MeshBuilder.Describe(Plane(simulation), Stack(simulation), Tabs(simulation), Coverage(simulation), simulation.Geometry.Can?.Spec, Seam(simulation));

    /// <summary>One rank's part of the mesh, with columns divided by the work that their cells make.</summary>
    /// <exception cref="MeshException">As <see cref="Describe"/>; or more ranks than the mesh can be divided between.</exception>
    public static MeshPart Part(SimulationCase simulation, int ranks, int rank)
    {
        CellDomain domain = Describe(simulation);
        MeshPart part = MeshPart.Build(domain, Partition.Of(domain, ranks, Work), rank, simulation.Model == ModelDimension.Columns ? InPlanePaths.CollectorsAlone : InPlanePaths.AllLayers);
        LayerEnds.Adapt(part.Mesh, LayerEnds.Shares(part.Mesh, simulation));
        AveragedLayers.Adapt(part.Mesh, simulation.Model);
        return part;
    }

    /// <summary>Work that a control volume makes, relative to one of the separator.</summary>
    public static double Work(LayerKind kind) => kind.IsElectrode() ? 2 : kind.HasElectrolyte() ? 1 : 0.5;

    /// <summary>Number of cells and unknowns of the mesh, without building it and however large it would be.</summary>
    /// <exception cref="MeshException">The tabs do not fit the mesh, or triangles do not fit the outline.</exception>
    public static MeshSize Size(SimulationCase simulation)
    {
        (CellGeometry outline, MeshSettings mesh) = (simulation.Geometry, simulation.Mesh);
        if (outline.Winding is { } roll)
            return RollBuilder.Size(RollMesh.Of(roll, simulation));
        PlaneSize plane = !outline.IsRectangle ? PlaneSize.Of(Plane(simulation))
            : mesh.InPlane == InPlaneMesh.Triangular
            ? PlaneSize.Triangular(outline.OutlineWidth, outline.OutlineHeight, mesh.CellsAlongWidth)
            : PlaneSize.Rectilinear(Nodes(simulation, alongY: true), Nodes(simulation, alongY: false));
        return MeshSize.Of(plane, Stack(simulation), Tabs(simulation), Coverage(simulation), outline.Can?.Spec, Seam(simulation));
    }

    /// <summary>The in-plane mesh: that of the outline file, or one that is refined towards the tabs.</summary>
    public static PlaneMesh Plane(SimulationCase simulation)
    {
        (CellGeometry outline, MeshSettings mesh) = (simulation.Geometry, simulation.Mesh);
        if (outline.Imported is { } imported) return imported.Mesh;
        if (mesh.InPlane == InPlaneMesh.Triangular) return PlaneMesh.Triangular(outline.OutlineWidth, outline.OutlineHeight, mesh.CellsAlongWidth);
        double[] y = Nodes(simulation, alongY: true), z = Nodes(simulation, alongY: false);
        if (outline.Shape is not { } shape)
            return PlaneMesh.Rectilinear(y, z);
        if ((y.Length - 1L) * (z.Length - 1L) > MostCut)
            throw new MeshException(FormattableString.Invariant($"mesh: {(y.Length - 1L) * (z.Length - 1L)} rectangles in the plane, at most {MostCut} can be cut at an outline; take fewer cells along width and height or less refinement towards tabs"));
        return PlaneMesh.Rectilinear(y, z, shape.Outline(Math.Min(shape.Width / mesh.CellsAlongWidth, shape.Height / mesh.CellsAlongHeight)));
    }

    /// <summary>The layers with their division: those of one pair, or of several that share their collectors, between the casings.</summary>
    /// <remarks>Of a roll those of one turn. Every pair brings its part of each collector, so that inner ones consist of two parts: N pairs hold and conduct N times as much as one.</remarks>
    public static LayerStack Stack(SimulationCase simulation)
    {
        LayerSpec[] layers = [.. simulation.Layers.Zip(simulation.Mesh.CellsThrough, (layer, cells) => new LayerSpec(layer.Kind, layer.Name, layer.Thickness, Division(layer.Kind, cells, simulation.Mesh)))];
        if (simulation.Geometry.Winding is not null)
            return RollSpec.Turn(layers);
        (int pairs, StackDesign design) = (simulation.Geometry.ElectrodePairs, simulation.Geometry.Stack);
        if (pairs == 1 && design.IsPlain)
            return new(layers);
        List<LayerSpec> stack = [.. LayerStack.Pairs(pairs, [.. layers.Where(layer => layer.Kind != LayerKind.Casing)]).Layers];
        for (int i = 0; i < stack.Count; i++)
            if (stack[i].Kind.IsCollector() && ((i > 0 && i < stack.Count - 1) || (design.Foils == OuterFoils.Whole && !(design.IsHalf && i > 0))))
                stack[i] = stack[i] with { Thickness = 2 * stack[i].Thickness };
        if (design.Coating == OuterCoating.BothSides)
        {
            if (!design.IsHalf) stack.Add(OuterCoatingOf(stack[^1]));
            stack.Insert(0, OuterCoatingOf(stack[0]));
        }
        return new([
            .. layers.TakeWhile(layer => layer.Kind == LayerKind.Casing),
            .. stack,
            .. layers.Reverse().TakeWhile(layer => layer.Kind == LayerKind.Casing)]);

        LayerSpec OuterCoatingOf(LayerSpec foil)
        {
            LayerSpec coating = layers.First(layer => layer.Kind.IsElectrode() && layer.Kind.Polarity() == foil.Kind.Polarity());
            string name = $"{OuterName}{coating.Name.ToLowerInvariant()}";
            return coating with { Name = stack.Any(layer => layer.Name == name) ? $"{name} 2" : name };
        }
    }

    private static List<TabSpec> Tabs(SimulationCase simulation)
    {
        List<TabSpec> tabs = [];
        if (simulation.Geometry.NegativeTab is Tab negative) tabs.AddRange(Specs(negative, Polarity.Negative, simulation.Mesh));
        if (simulation.Geometry.PositiveTab is Tab positive) tabs.AddRange(Specs(positive, Polarity.Positive, simulation.Mesh));
        return tabs;
    }

    private static IEnumerable<TabSpec> Specs(Tab tab, Polarity polarity, MeshSettings mesh) => tab.Centres().Select(centre =>
        new TabSpec(polarity, tab.Edge, centre, tab.Width, tab.Length, tab.Thickness, mesh.CellsAlongTab)
        {
            Weld = tab.Weld,
            TerminalThermalResistance = tab.TerminalThermalResistance,
            Lead = tab.Lead is { } lead ? new(lead.Width, lead.Length, lead.Thickness, mesh.CellsAlongTab, lead.Weld) : null,
        });

    private static SeamSpec? Seam(SimulationCase simulation) => simulation.Geometry.Seam is { } seam ? seam with { Cells = simulation.Mesh.CellsAcrossSeam } : null;

    /// <summary>Where layers of the stack do not reach.</summary>
    private static LayerCoverage Coverage(SimulationCase simulation) => new(simulation.Geometry.Stack.Overhang, Missing(simulation, Stack(simulation).Layers));

    /// <summary>The rectangles in which single layers are missing; layers count on from roll to roll.</summary>
    internal static IReadOnlyList<MissingLayer> Missing(SimulationCase simulation, IReadOnlyList<LayerSpec> layers, int rolls = 1) => [.. simulation.Defects.Missing.SelectMany(patch => Enumerable.Range(0, layers.Count * rolls)
        .Where(i => layers[i % layers.Count].Kind == patch.Layer && Number(layers, i) is var number && (patch.Pair is null ? number > 0 : number == patch.Pair))
        .Select(layer => new MissingLayer(layer, patch.Rectangle)))];

    /// <summary>The number of a layer among those of its kind, from 1 at the negative face; 0 for the outer coating of an outermost foil, which belongs to no pair.</summary>
    public static int Number(IReadOnlyList<LayerSpec> layers, int layer)
    {
        // Of several rolls all have the same layers.
        (int rolls, int own) = Math.DivRem(layer, layers.Count);
        LayerKind kind = layers[own].Kind;
        return IsOuter(layers[own]) ? 0 : (rolls * layers.Count(other => other.Kind == kind)) + 1 + layers.Take(own).Count(before => before.Kind == kind && !IsOuter(before));

        static bool IsOuter(LayerSpec spec) => spec.Name.StartsWith(OuterName, StringComparison.Ordinal);
    }

    private static LayerGrading Division(LayerKind layer, int cells, MeshSettings mesh) => new(cells, layer.HasElectrolyte() ? mesh.Grading : 1);

    /// <summary>Coordinates along one axis: fine across a tab's width and at the edge it leaves from, with nodes on the tab's ends; an overhang is one cell wide.</summary>
    private static double[] Nodes(SimulationCase simulation, bool alongY)
    {
        (CellGeometry outline, MeshSettings mesh) = (simulation.Geometry, simulation.Mesh);
        double length = alongY ? outline.OutlineWidth : outline.OutlineHeight;
        (double start, double end) = (outline.Stack.Overhang, length - outline.Stack.Overhang);
        int cells = alongY ? mesh.CellsAlongWidth : mesh.CellsAlongHeight;
        List<Refinement> refinements = [];
        List<double> breaks = [];
        double largest = (end - start) / cells, smallest = largest / mesh.TabRefinement;
        foreach (Tab tab in outline.Tabs())
            foreach (double centre in tab.Centres())
            {
                Side side = outline.Boundary!.Side(tab.Edge)!;
                (double lower, double upper) = (Coordinate(side.Place(centre - (0.5 * tab.Width), 0)), Coordinate(side.Place(centre + (0.5 * tab.Width), 0)));
                bool runsAlong = Coordinate(side.Along) != 0, isWhole = upper - lower > length * (1 - 1e-9);
                if (runsAlong && isWhole) continue;
                double edge = Math.Clamp(lower, start, end);
                if (cells > 1) refinements.Add(runsAlong ? new Refinement(lower, upper, smallest) : new Refinement(edge, edge, smallest));
                if (runsAlong) breaks.AddRange([lower, upper]);
            }
        foreach (MissingPatch patch in simulation.Defects.Missing)
            breaks.AddRange(alongY ? [patch.Rectangle.Left, patch.Rectangle.Right] : [patch.Rectangle.Bottom, patch.Rectangle.Top]);
        foreach (PlaneExtent notch in (outline.Shape?.Notches ?? []).Select(notch => notch.Within(new(0, outline.OutlineWidth, 0, outline.OutlineHeight))))
            breaks.AddRange(alongY ? [notch.Left, notch.Right] : [notch.Bottom, notch.Top]);
        double estimate = Grading.EstimateRefined(end - start, largest, refinements);
        if (estimate > MeshSettings.MostCellsAlong)
            throw new MeshException(FormattableString.Invariant($"mesh: about {estimate:G3} cells along the {(alongY ? "width" : "height")}, at most {MeshSettings.MostCellsAlong} are possible; take fewer cells or less refinement towards tabs"));
        double[] coated = refinements.Count + breaks.Count == 0 || (mesh.TabRefinement == 1 && breaks.Count == 0)
            ? Grading.Uniform(start, end, cells)
            : Grading.Refined(start, end, largest, refinements, breaks);
        if (outline.Stack.Overhang == 0) return coated;
        double tolerance = 1e-9 * length;
        double Coordinate((double Y, double Z) place) => alongY ? place.Y : place.Z;
        IEnumerable<double> Beyond(double from, double to) => breaks.Where(node => node > from + tolerance && node < to - tolerance).Distinct().Order();
        return [0, .. Beyond(0, start), .. coated, .. Beyond(end, length), length];
    }
}
