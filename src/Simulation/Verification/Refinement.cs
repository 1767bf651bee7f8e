using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation.Verification;

/// <summary>One direction in which a case can be resolved better or worse, with three levels of it.</summary>
/// <param name="Name">In words, e.g. "through the layers".</param>
/// <param name="Key">The key that a user changes, e.g. "Mesh.Cells through".</param>
/// <param name="Levels">The case itself first.</param>
/// <param name="Spacings">h of each level over that of the first; null where the levels are finer than the case and serve as the truth.</param>
public sealed record Refinement(string Name, string Key, IReadOnlyList<SimulationCase> Levels, double[]? Spacings)
{
    /// <summary>Of the two-point fluxes, where the solution is smooth.</summary>
    private const double Smooth = 2;

    /// <summary>Where current enters a foil through a part of its edge: at the ends of that part potentials go as the root of the distance, so that resistances are of first order in the spacing.</summary>
    private const double AtEndsOfTabs = 1;

    private const double WholeEdge = 1 - 1e-9;

    /// <summary>Order with which the levels converge at best.</summary>
    public double Order { get; init; } = Smooth;

    /// <summary>Resolution of each level over that of the first: cells, unknowns or 1/tolerance.</summary>
    public IReadOnlyList<double> Resolutions { get; private init; } = Spacings is null ? [] : [.. Spacings.Select(spacing => 1 / spacing)];

    /// <summary>Whether it is the steps in time that are refined.</summary>
    public bool IsInTime => Name == InTime;

    /// <summary>The power of the resolution with which control volumes become more.</summary>
    public int Dimensions => Spacings is null ? 0 : Name == InPlaneOfLayers ? 2 : 1;

    private const double Tighter = 0.2;
    private const string InPlaneOfLayers = "in the plane";
    private const string InTime = "in time";
    private static readonly double[] Coarser = [0.7, 0.5];

    /// <summary>The case with steps so short that what is left is the error of the mesh.</summary>
    public static SimulationCase WithShortSteps(SimulationCase simulation) => WithTolerances(simulation, Tighter);

    /// <summary>All directions that a case has; meshes are made coarser, and steps and particles finer, so that none costs much more than the case.</summary>
    public static IReadOnlyList<Refinement> Of(SimulationCase simulation)
    {
        SimulationCase tight = WithShortSteps(simulation);
        List<Refinement> all = [new(InTime, "Solver tolerances", [simulation, tight, WithTolerances(simulation, Tighter * Tighter)], null) { Resolutions = [1, 1 / Tighter, 1 / (Tighter * Tighter)], Order = 1 }];
        int[] through = [.. simulation.Mesh.CellsThrough];
        bool IsPorous(int layer) => simulation.Layers[layer].Kind.HasElectrolyte();
        SimulationCase Through(double share) => tight with { Mesh = tight.Mesh with { CellsThrough = [.. through.Select((cells, layer) => IsPorous(layer) ? Share(cells, share) : cells)] } };
        double Mean(IReadOnlyList<int> cells) => Enumerable.Range(0, cells.Count).Where(IsPorous).Average(layer => (double)through[layer] / cells[layer]);
        SimulationCase[] thickness = [tight, .. Coarser.Select(Through)];
        all.Add(new("through the layers", "Mesh.Cells through", thickness, [.. thickness.Select(level => Mean(level.Mesh.CellsThrough))]));
        if (simulation.Geometry.Form != CellForm.Column && simulation.Geometry.Imported is null)
        {
            SimulationCase[] plane = [tight, .. Coarser.Select(share => InPlane(tight, share))];
            all.Add(new(InPlaneOfLayers, "Mesh.Cells along …", plane, [.. plane.Select(level => Math.Sqrt((double)CaseMesh.Size(plane[0]).PlaneColumns / CaseMesh.Size(level).PlaneColumns))]) { Order = HasNarrowTabs(simulation.Geometry) ? AtEndsOfTabs : Smooth });
        }
        all.Add(new("inside particles", "Mesh.Particle", [tight, WithModes(tight, 1.5), WithModes(tight, 2)], null) { Resolutions = [1, 1.5, 2] });
        return all;
    }

    /// <summary>What reduces the error of this direction by a factor, in words.</summary>
    /// <param name="excess">Error over the wanted one; NaN where the error is unknown.</param>
    public string Advice(double excess)
    {
        if (double.IsNaN(excess))
            return "unknown: the levels do not converge in order; look at a finer mesh first";
        if (excess <= 1)
            return "enough";
        return Spacings is null
            ? IsInTime ? FormattableString.Invariant($"tolerances × {1 / excess:g2}") : "Mesh.Particle larger"
            : FormattableString.Invariant($"{Key}: {Math.Pow(excess, 1 / Order):g3} times as many");
    }

    /// <summary>Whether a tab takes less than its edge.</summary>
    private static bool HasNarrowTabs(CellGeometry geometry) => geometry.Winding is { Shape: var roll }
        ? roll.Tabs.Any(tab => tab.Width < WholeEdge * roll.FoilLength(tab.Polarity))
        : geometry.Tabs().Any(tab => tab.Width < WholeEdge * (tab.Edge.RunsAlongY() ? geometry.OutlineWidth : geometry.OutlineHeight));

    private static SimulationCase InPlane(SimulationCase simulation, double share)
    {
        MeshSettings mesh = simulation.Mesh;
        return simulation with
        {
            Mesh = mesh with
            {
                CellsAlongWidth = Share(mesh.CellsAlongWidth, share),
                CellsAlongHeight = Share(mesh.CellsAlongHeight, share),
                CellsPerTurn = Share(mesh.CellsPerTurn, share),
                CellsAlongCore = Share(mesh.CellsAlongCore, share),
                CellsAlongTab = Share(mesh.CellsAlongTab, share),
                CellsAcrossSeam = Share(mesh.CellsAcrossSeam, share),
            },
        };
    }

    private static SimulationCase WithModes(SimulationCase simulation, double share)
    {
        MeshSettings mesh = simulation.Mesh;
        return simulation with { Mesh = mesh with { ParticleModes = mesh.ParticleModes is { } modes ? (int)Math.Ceiling(share * modes) : null, ModesShare = share * mesh.ModesShare } };
    }

    private static SimulationCase WithTolerances(SimulationCase simulation, double share) => simulation with
    {
        Solver = simulation.Solver.WithTolerances(share) with { FixedSteps = [.. simulation.Solver.FixedSteps.Select(step => share * step)] },
    };

    private static int Share(int cells, double share) => Math.Max(1, (int)Math.Round(share * cells));
}
