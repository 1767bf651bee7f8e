using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Physics.Materials;
using Cell3D.Tests.Input;

namespace Cell3D.Tests.Simulation;

/// <summary>Small cases that the tests of whole cells share; settings as on the command line are applied last.</summary>
internal static class TestCases
{
    /// <summary>1C of the whole Chen2020 cell [A].</summary>
    public const double OneC = 5;

    /// <summary>A coarse mesh solved tightly.</summary>
    public static readonly string[] Coarse =
    [
        "Mesh.Cells through.Negative electrode=8", "Mesh.Cells through.Separator=4", "Mesh.Cells through.Positive electrode=8",
        "Mesh.Grading=2", "Solver.Newton tolerance=1e-8", "Solver.Maximum Newton iterations=20",
    ];

    /// <summary>The Chen2020 cell as one isothermal column without collectors, 20 control volumes, full, to be discharged at 1C to 2.5 V.</summary>
    public static SimulationCase Column(params string[] settings) => Samples.Case(Samples.Column(), [.. Coarse, .. settings]);

    /// <summary>A column of the Chen2020 cell with collectors and resolved heat.</summary>
    public static SimulationCase ThermalColumn(params string[] settings) => Column([.. Collectors, .. Heat, .. settings]);

    /// <summary>A pouch of the Chen2020 materials, 0.1 m × 0.12 m with tabs on top, heat resolved and cooled on all sides; 4 × 5 columns of few cells.</summary>
    public static SimulationCase Pouch(params string[] settings) => Samples.Case(Samples.Column(), [.. PouchSettings, .. settings]);

    /// <summary>What makes the pouch.</summary>
    public static string[] PouchSettings =>
    [
        .. Coarse, "Mesh.Cells through.Negative electrode=4", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=4",
        "Geometry.Form=pouch", "Geometry.Width=0.1", "Geometry.Height=0.12",
        "Mesh.Cells along width=4", "Mesh.Cells along height=5", "Mesh.Cells along tab=2", "Mesh.Refinement towards tabs=1",
        .. Tab("Negative", 0.025), .. Tab("Positive", 0.075), .. Collectors, .. Heat,
    ];

    /// <summary>Some pairs of the pouch's layers in a can, with tabs below its cap; 4 × 3 columns.</summary>
    public static SimulationCase Prismatic(int pairs, params string[] settings)
    {
        SimulationCase one = Samples.Case(Samples.Column(), [.. PrismaticSettings, .. settings]);
        return one with { Geometry = one.Geometry with { ElectrodePairs = pairs }, Protocol = one.Protocol with { CurrentShare = pairs * one.Protocol.CurrentShare } };
    }

    /// <summary>What makes one pair in a can.</summary>
    public static string[] PrismaticSettings =>
    [
        .. PouchSettings.Where(setting => !setting.StartsWith("Thermal.", StringComparison.Ordinal)), "Thermal.Model=resolved", "Geometry.Form=prismatic", "Mesh.Cells along height=3",
        "Can.Wall thickness=5e-4", "Can.Face gap=1e-4", "Can.Side gap=1e-3", "Can.Base gap=1e-3", "Can.Top gap=0.021", "Can.Gap conductivity=0.3",
        "Can.Density=2700", "Can.Specific heat capacity=900", "Can.Thermal conductivity=200", "Thermal.Initial temperature=306", "Initial state.SOC=0.7",
    ];

    /// <summary>A short roll of the Chen2020 materials with a tab on each foil, in a can that is cooled on all sides; 5 columns per turn.</summary>
    public static SimulationCase Roll(params string[] settings) => Samples.Case(Samples.Column(), [.. RollWithCan, .. settings]);

    /// <summary>What makes the roll with its can.</summary>
    public static string[] RollWithCan => [.. RollSettings, .. CanSettings, .. Heat];

    /// <summary>A short roll without a can.</summary>
    public static string[] RollSettings =>
    [
        .. Coarse, "Mesh.Cells through.Negative electrode=2", "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=2", .. Collectors,
        "Geometry.Form=roll", "Geometry.Height=0.03", "Winding.Core diameter=0.004", "Winding.Turns=1.6",
        "Winding.Negative terminal.Edge=bottom", "Winding.Negative terminal.Centres=[0.03]", "Winding.Negative terminal.Width=0.005", "Winding.Negative terminal.Contact resistance=1e-11",
        "Winding.Positive terminal.Edge=top", "Winding.Positive terminal.Centres=[0.01, 0.02]", "Winding.Positive terminal.Width=0.004",
        "Mesh.Cells per turn=5", "Mesh.Cells along height=2", "Mesh.Refinement towards tabs=1",
    ];

    private static string[] CanSettings { get; } =
    [
        "Can.Outer diameter=0.007", "Can.Wall thickness=2e-4", "Can.Base gap=3e-4", "Can.Top gap=1e-3", "Can.Gap conductivity=0.2",
        "Can.Density=7850", "Can.Specific heat capacity=480", "Can.Thermal conductivity=50",
    ];

    /// <summary>The case with the active materials of both electrodes changed.</summary>
    public static SimulationCase WithMaterials(this SimulationCase simulation, Func<ActiveMaterial, IEnumerable<ActiveMaterial>> change)
    {
        IReadOnlyList<ActiveMaterial> Change(IReadOnlyList<ActiveMaterial> materials) => [.. materials.SelectMany(change)];
        BpxCell cell = simulation.Cell;
        PorousElectrode negative = cell.NegativeElectrode with { ActiveMaterials = Change(cell.NegativeElectrode.ActiveMaterials) };
        PorousElectrode positive = cell.PositiveElectrode with { ActiveMaterials = Change(cell.PositiveElectrode.ActiveMaterials) };
        CellLayer Replace(CellLayer layer) => layer.Kind switch
        {
            LayerKind.NegativeElectrode => layer with { Material = layer.Material with { ActiveMaterials = negative.ActiveMaterials } },
            LayerKind.PositiveElectrode => layer with { Material = layer.Material with { ActiveMaterials = positive.ActiveMaterials } },
            _ => layer,
        };
        return simulation with
        {
            Cell = cell with { NegativeElectrode = negative, PositiveElectrode = positive },
            Layers = [.. simulation.Layers.Select(Replace)],
        };
    }

    /// <summary>The case as a whole run takes it, with a file that exists: that of its cell.</summary>
    public static SimulationCase WithFile(this SimulationCase simulation) => simulation with { File = simulation.Cell.File };

    private static string[] Collectors { get; } =
        ["Layers.Negative collector.Thickness=1.2e-5", "Layers.Positive collector.Thickness=1.6e-5"];

    private static string[] Heat { get; } =
        ["Thermal.Model=resolved", "Thermal.Faces and casing refer to=simulated pairs", "Thermal.Cooling.All surfaces.Heat transfer coefficient=5"];

    private static string[] Tab(string name, double centre) =>
    [
        FormattableString.Invariant($"Tabs.{name}.Edge=top"), FormattableString.Invariant($"Tabs.{name}.Centre={centre}"),
        FormattableString.Invariant($"Tabs.{name}.Width=0.025"), FormattableString.Invariant($"Tabs.{name}.Length=0.02"),
        FormattableString.Invariant($"Tabs.{name}.Thickness=2e-4"), FormattableString.Invariant($"Tabs.{name}.Contact resistance=1e-9"),
    ];
}
