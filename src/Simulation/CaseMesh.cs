using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>Meshes the geometry of a case.</summary>
public static class CaseMesh
{
    /// <summary>What the cell consists of; its regions bear the layers' names in case files, e.g. "Negative electrode".</summary>
    /// <exception cref="MeshException">The tabs do not fit the mesh, or triangles do not fit the outline.</exception>
    public static CellDomain Describe(SimulationCase simulation) => simulation.Geometry.Winding is { } roll
        ? RollBuilder.Describe(RollMesh.Of(roll, simulation))
        : MeshBuilder.Describe(Plane(simulation), Stack(simulation), Tabs(simulation));

    /// <summary>One rank's part of the mesh, with columns divided by the work that their cells make.</summary>
    /// <exception cref="MeshException">As <see cref="Describe"/>; or more ranks than the mesh can be divided between.</exception>
    public static MeshPart Part(SimulationCase simulation, int ranks, int rank)
    {
        CellDomain domain = Describe(simulation);
        return MeshPart.Build(domain, Partition.Of(domain, ranks, Work), rank);
    }

    /// <summary>Work that a control volume makes, relative to one of the separator.</summary>
    public static double Work(LayerKind kind) => kind.IsElectrode() ? 2 : kind.HasElectrolyte() ? 1 : 0.5;

    /// <summary>Number of cells and unknowns of the mesh, without building it.</summary>
    /// <exception cref="MeshException">As <see cref="Describe"/>, or the mesh would be larger than any can be.</exception>
    public static MeshSize Size(SimulationCase simulation)
    {
        (CellGeometry outline, MeshSettings mesh) = (simulation.Geometry, simulation.Mesh);
        if (outline.Winding is { } roll)
            return RollBuilder.Size(RollMesh.Of(roll, simulation));
        PlaneSize plane = mesh.InPlane == InPlaneMesh.Triangular
            ? PlaneSize.Triangular(outline.Width, outline.Height, mesh.CellsAlongWidth)
            : PlaneSize.Rectilinear(Nodes(outline, mesh, alongY: true), Nodes(outline, mesh, alongY: false));
        return MeshSize.Of(plane, Stack(simulation), Tabs(simulation));
    }

    /// <summary>The in-plane mesh, refined towards the tabs.</summary>
    public static PlaneMesh Plane(SimulationCase simulation)
    {
        (CellGeometry outline, MeshSettings mesh) = (simulation.Geometry, simulation.Mesh);
        if (mesh.InPlane == InPlaneMesh.Triangular) return PlaneMesh.Triangular(outline.Width, outline.Height, mesh.CellsAlongWidth);
        double[] y = Nodes(outline, mesh, alongY: true), z = Nodes(outline, mesh, alongY: false);
        return PlaneMesh.Rectilinear(y, z);
    }

    /// <summary>The layers with their division: those of one pair, or of several that share their collectors, between the casings.</summary>
    /// <remarks>Of a roll those of one turn. Every pair brings its part of each collector, so that inner ones consist of two parts: N pairs hold and conduct N times as much as one.</remarks>
    public static LayerStack Stack(SimulationCase simulation)
    {
        LayerSpec[] layers = [.. simulation.Layers.Zip(simulation.Mesh.CellsThrough, (layer, cells) => new LayerSpec(layer.Kind, layer.Name, layer.Thickness, Division(layer.Kind, cells, simulation.Mesh)))];
        if (simulation.Geometry.Winding is not null)
            return RollSpec.Turn(layers);
        if (simulation.Geometry.ElectrodePairs == 1)
            return new(layers);
        IReadOnlyList<LayerSpec> pairs = LayerStack.Pairs(simulation.Geometry.ElectrodePairs, [.. layers.Where(layer => layer.Kind != LayerKind.Casing)]).Layers;
        return new([
            .. layers.TakeWhile(layer => layer.Kind == LayerKind.Casing),
            .. pairs.Select((layer, i) => layer.Kind.IsCollector() && i > 0 && i < pairs.Count - 1 ? layer with { Thickness = 2 * layer.Thickness } : layer),
            .. layers.Reverse().TakeWhile(layer => layer.Kind == LayerKind.Casing)]);
    }

    private static List<TabSpec> Tabs(SimulationCase simulation)
    {
        List<TabSpec> tabs = [];
        if (simulation.Geometry.NegativeTab is Tab negative) tabs.Add(Spec(negative, Polarity.Negative, simulation.Mesh));
        if (simulation.Geometry.PositiveTab is Tab positive) tabs.Add(Spec(positive, Polarity.Positive, simulation.Mesh));
        return tabs;
    }

    private static TabSpec Spec(Tab tab, Polarity polarity, MeshSettings mesh) =>
        new(polarity, tab.Edge, tab.Centre, tab.Width, tab.Length, tab.Thickness, mesh.CellsAlongTab);

    private static LayerGrading Division(LayerKind layer, int cells, MeshSettings mesh) => new(cells, layer.HasElectrolyte() ? mesh.Grading : 1);

    /// <summary>Coordinates along one axis: fine across a tab's width and at the edge it leaves from, with nodes on the tab's ends.</summary>
    private static double[] Nodes(CellGeometry outline, MeshSettings mesh, bool alongY)
    {
        double length = alongY ? outline.Width : outline.Height;
        int cells = alongY ? mesh.CellsAlongWidth : mesh.CellsAlongHeight;
        List<Refinement> refinements = [];
        List<double> breaks = [];
        double largest = length / cells, smallest = largest / mesh.TabRefinement;
        foreach (Tab tab in new[] { outline.NegativeTab, outline.PositiveTab }.OfType<Tab>())
        {
            double start = tab.Centre - 0.5 * tab.Width, end = tab.Centre + 0.5 * tab.Width;
            bool runsAlong = tab.Edge.RunsAlongY() == alongY, isWhole = end - start > length * (1 - 1e-9);
            if (runsAlong && isWhole) continue;
            double edge = tab.Edge is CellEdge.Left or CellEdge.Bottom ? 0 : length;
            if (cells > 1) refinements.Add(runsAlong ? new Refinement(start, end, smallest) : new Refinement(edge, edge, smallest));
            if (runsAlong) breaks.AddRange([start, end]);
        }
        double estimate = Grading.EstimateRefined(length, largest, refinements);
        if (estimate > MeshSettings.MostCellsAlong)
            throw new MeshException(FormattableString.Invariant($"mesh: about {estimate:G3} cells along the {(alongY ? "width" : "height")}, at most {MeshSettings.MostCellsAlong} are possible; take fewer cells or less refinement towards tabs"));
        return refinements.Count + breaks.Count == 0 || mesh.TabRefinement == 1 && breaks.Count == 0
            ? Grading.Uniform(0, length, cells)
            : Grading.Refined(0, length, largest, refinements, breaks);
    }
}
