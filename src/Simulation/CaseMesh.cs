using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation;

/// <summary>The mesh that a case asks for.</summary>
public static class CaseMesh
{
    /// <summary>Growth of neighbouring in-plane cells away from a tab.</summary>
    private const double Growth = 1.25;

    /// <summary>Builds the whole mesh.</summary>
    /// <exception cref="MeshException">Everything that is wrong with geometry or tabs.</exception>
    public static CellMesh Build(SimulationCase simulation)
    {
        TabSpec[] tabs = [.. Tabs(simulation)];
        return MeshBuilder.Build(Plane(simulation, tabs), Stack(simulation), tabs);
    }

    /// <summary>Index in <see cref="CellMesh.Surfaces"/> of a surface named in a case.</summary>
    public static int SurfaceIndex(CellSurface surface) => surface switch
    {
        CellSurface.NegativeFace => Surface.NegativeFace,
        CellSurface.PositiveFace => Surface.PositiveFace,
        CellSurface.LeftEdge => Surface.LeftEdge,
        CellSurface.RightEdge => Surface.RightEdge,
        CellSurface.TopEdge => Surface.TopEdge,
        CellSurface.BottomEdge => Surface.BottomEdge,
        CellSurface.NegativeTab => Surface.NegativeTab,
        _ => Surface.PositiveTab,
    };

    private static LayerStack Stack(SimulationCase simulation) => new([.. simulation.Layers.Select(layer => new LayerSpec(
        Kind(layer.Kind), Name(layer.Kind), layer.Thickness,
        new LayerGrading(simulation.Mesh.CellsThrough[layer.Kind], IsPorous(layer.Kind) ? simulation.Mesh.Grading : 1)))]);

    private static IEnumerable<TabSpec> Tabs(SimulationCase simulation)
    {
        foreach ((Tab? tab, Polarity polarity) in new[] { (simulation.Geometry.NegativeTab, Polarity.Negative), (simulation.Geometry.PositiveTab, Polarity.Positive) })
            if (tab is not null)
                yield return new(polarity, Edge(tab.Edge), tab.Centre, tab.Width, tab.Length, tab.Thickness, simulation.Mesh.CellsAlongTab);
    }

    private static PlaneMesh Plane(SimulationCase simulation, TabSpec[] tabs)
    {
        CellGeometry geometry = simulation.Geometry;
        MeshSettings mesh = simulation.Mesh;
        if (mesh.InPlane == InPlaneMesh.Triangular)
            return PlaneMesh.Triangular(geometry.Width, geometry.Height, mesh.CellsAlongWidth);
        return PlaneMesh.Rectilinear(
            Lines(geometry.Width, mesh.CellsAlongWidth, mesh.TabRefinement, tabs, along: true),
            Lines(geometry.Height, mesh.CellsAlongHeight, mesh.TabRefinement, tabs, along: false));
    }

    /// <summary>Grid lines along y (along = true) or z, refined over the width of tabs and towards the edges that carry them.</summary>
    private static double[] Lines(double length, int cells, double refinement, TabSpec[] tabs, bool along)
    {
        double coarse = length / cells, fine = coarse / refinement;
        List<Refinement> refinements = [];
        List<double> breaks = [];
        foreach (TabSpec tab in tabs)
        {
            bool acrossEdge = tab.Edge is Mesh.CellEdge.Top or Mesh.CellEdge.Bottom;
            if (acrossEdge == along)
            {
                refinements.Add(new(Math.Max(0, tab.Start), Math.Min(length, tab.End), fine));
                breaks.AddRange(new[] { tab.Start, tab.End }.Where(at => at > 1e-9 * length && at < (1 - 1e-9) * length));
            }
            else
            {
                double edge = tab.Edge is Mesh.CellEdge.Top or Mesh.CellEdge.Right ? length : 0;
                refinements.Add(new(edge, edge, fine));
            }
        }
        return Grading.Refined(0, length, coarse, refinement > 1 ? refinements : [], breaks, Growth);
    }

    private static bool IsPorous(StackLayer layer) => layer is StackLayer.NegativeElectrode or StackLayer.Separator or StackLayer.PositiveElectrode;

    private static LayerKind Kind(StackLayer layer) => layer switch
    {
        StackLayer.NegativeCollector => LayerKind.NegativeCollector,
        StackLayer.NegativeElectrode => LayerKind.NegativeElectrode,
        StackLayer.Separator => LayerKind.Separator,
        StackLayer.PositiveElectrode => LayerKind.PositiveElectrode,
        StackLayer.PositiveCollector => LayerKind.PositiveCollector,
        _ => LayerKind.Casing,
    };

    private static string Name(StackLayer layer) => layer switch
    {
        StackLayer.NegativeCasing => "Negative casing",
        StackLayer.NegativeCollector => "Negative collector",
        StackLayer.NegativeElectrode => "Negative electrode",
        StackLayer.Separator => "Separator",
        StackLayer.PositiveElectrode => "Positive electrode",
        StackLayer.PositiveCollector => "Positive collector",
        _ => "Positive casing",
    };

    private static Mesh.CellEdge Edge(Input.Cases.CellEdge edge) => edge switch
    {
        Input.Cases.CellEdge.Top => Mesh.CellEdge.Top,
        Input.Cases.CellEdge.Bottom => Mesh.CellEdge.Bottom,
        Input.Cases.CellEdge.Left => Mesh.CellEdge.Left,
        _ => Mesh.CellEdge.Right,
    };
}
