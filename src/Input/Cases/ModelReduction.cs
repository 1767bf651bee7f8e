using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Makes of a case as described the same case in the dimensions that its key Model asks for.</summary>
/// <param name="root">The case.</param>
internal sealed class ModelReduction(SectionReader root)
{
    /// <summary>Least resistance of a foil in a column, d/σ [Ω m²]: 100 A m⁻² take 10 nV.</summary>
    private const double Metallic = 1e-10;

    private readonly ModelDimension model = root.Get(CaseKeys.Model);

    /// <summary>What is simulated of a cell.</summary>
    /// <param name="described">Outline and tabs as described.</param>
    /// <param name="cell">The cell; null where it could not be read.</param>
    public CellGeometry Outline(CellGeometry described, BpxCell? cell) => model switch
    {
        _ when model.IsLumped() && described.Form != CellForm.Column => OneColumn(described),
        ModelDimension.Pair when described.Form == CellForm.Pouch => WithPairs(described with { Stack = new(described.Stack.Overhang) }, described, 1),
        ModelDimension.Whole when described.Form == CellForm.Pouch && !described.Stack.IsHalf => WithPairs(described, described, cell?.ElectrodePairs ?? described.ElectrodePairs),
        _ => described,
    };

    /// <summary>Reports what of a case its model cannot have.</summary>
    /// <param name="described">The case as described.</param>
    public void Check(SimulationCase described)
    {
        CellGeometry geometry = described.Geometry;
        if (geometry.Form == CellForm.Column && model is ModelDimension.Columns or ModelDimension.Pair or ModelDimension.Whole)
            root.Error(CaseKeys.Model, "a column has no extent in the plane", "SPM, SPMe, 1D, or Geometry.Form \"pouch\"");
        if (model == ModelDimension.Pair && geometry.Form is CellForm.Roll or CellForm.Prismatic)
            root.Error(CaseKeys.Model, geometry.Form == CellForm.Roll ? "a roll is wound of all its pairs" : "a can is around all pairs", "SPM, SPMe, 1D, 2+1D, 3D");
        if (model == ModelDimension.Whole && geometry.Form == CellForm.Pouch && described.Cell.ElectrodePairs > 1 && (geometry.NegativeTab is null || described.Layer(LayerKind.NegativeElectrode) is null))
            root.Error(CaseKeys.Model, "several pairs are connected by tabs at the collectors of both electrodes, which this case has not", "SPM, SPMe, 1D, 2+1D, 3D pair");
        if (model == ModelDimension.SingleParticle && described.Cell.CounterElectrode is not null)
            root.Error(CaseKeys.Model, "lithium metal has no particle", "SPMe, 1D");
        if ((model.IsLumped() || ChangesPairs(described)) && described.Defects is { Shorts.Count: > 0 } or { Missing.Count: > 0 })
            root.Error(DefectKeys.Defects, "a defect has a place that this model does not have", $"none, or {CaseKeys.Model.Name} \"3D\"");
        foreach (LayerVariation variation in described.Layers.SelectMany(layer => layer.Variations).Where(variation => Loses(variation, described)))
            root.Report.Error(variation.Path, null, "varies along a coordinate that this model does not have", model.IsAveraged() ? "none" : model == ModelDimension.Column ? "depth" : "no pair", $"\"{variation.Factor.Text}\"");
    }

    /// <summary>The case in the dimensions of its model.</summary>
    /// <param name="described">The case as described, which has passed <see cref="Check"/>.</param>
    /// <param name="outline">What is simulated.</param>
    public SimulationCase Of(SimulationCase described, CellGeometry outline) => (model switch
    {
        _ when model.IsLumped() && described.Geometry.Form != CellForm.Column => InOneColumn(described, outline),
        _ when ReferenceEquals(outline, described.Geometry) => described,
        _ => OfOtherPairs(described, outline),
    }) with
    {
        Model = model,
        Mesh = model.IsAveraged() ? Averaged(described) : model == ModelDimension.Column ? OneColumn(described.Mesh) : described.Mesh,
    };

    private bool ChangesPairs(SimulationCase described) => Outline(described.Geometry, described.Cell).ElectrodePairs != described.Geometry.ElectrodePairs;

    /// <summary>Whether a property varies along a coordinate that is lost.</summary>
    private bool Loses(LayerVariation variation, SimulationCase described)
    {
        string[] lost = model.IsAveraged() ? [.. PositionKey.Variables]
            : model == ModelDimension.Column && described.Geometry.Form != CellForm.Column ? [.. PositionKey.Variables.Except(["depth"])]
            : ChangesPairs(described) ? ["pair", "x"] : [];
        return PositionKey.Variables.Select((name, input) => (name, input)).Any(variable => lost.Contains(variable.name) && variation.Factor.DependsOn(variable.input));
    }

    /// <summary>One column with the electrode area of all simulated pairs, terminals on its faces.</summary>
    private static CellGeometry OneColumn(CellGeometry described) => new()
    {
        Form = CellForm.Column,
        Width = described.Area * described.ElectrodePairs / described.Height,
        Height = described.Height,
        ElectrodePairs = 1,
    };

    private static MeshSettings OneColumn(MeshSettings mesh) => mesh with { InPlane = InPlaneMesh.Rectilinear, CellsAlongWidth = 1, CellsAlongHeight = 1, TabRefinement = 1 };

    private static MeshSettings Averaged(SimulationCase described) => OneColumn(described.Mesh) with
    {
        CellsThrough = [.. described.Layers.Zip(described.Mesh.CellsThrough, (layer, cells) => layer.Kind.HasElectrolyte() ? 1 : cells)],
    };

    /// <summary>The column of a pair with its part of foils and casings; each face is cooled as it is, the negative one also as all other surfaces, by their areas.</summary>
    private static SimulationCase InOneColumn(SimulationCase described, CellGeometry column)
    {
        CellGeometry whole = described.Geometry;
        return described with
        {
            Geometry = column,
            Layers = [.. described.Layers.Select(layer => layer.Kind.HasElectrolyte() ? layer : Foil(layer) with { Thickness = layer.Thickness * whole.CopiesOf(layer) / whole.ElectrodePairs })],
            Thermal = described.Thermal with
            {
                FaceShare = 1,
                OuterArea = OuterSurface.Area(described),
                Cooling = [.. described.Thermal.Cooling.Select(entry => (Entry: entry, Area: OuterSurface.Area(described, entry))).Where(part => part.Area > 0).Select(part => new CoolingSettings(
                    part.Entry.Surface == CellSurface.PositiveFace ? CellSurface.PositiveFace : CellSurface.NegativeFace, part.Entry.Surroundings.Scaled(part.Area / column.Area)) { Name = part.Entry.Name })],
            },
            Probes = described.Probes with { Points = [.. described.Probes.Points.Select(point => point with { X = whole.Winding is null ? Folded(point.X, described, 1.0 / whole.ElectrodePairs) : 0.5 * column.StackThickness(described.Layers), Y = 0.5 * column.Width, Z = 0.5 * column.Height })] },
            Output = described.Output with { Layers = LayerSelection.All },
        };
    }

    /// <summary>Through a foil the current meets no resistance worth the name; one that is smaller still would only show round-off.</summary>
    private static CellLayer Foil(CellLayer layer) => layer.Material.ElectronicConductivity is double given && given > layer.Thickness / Metallic
        ? layer with { Material = layer.Material with { ElectronicConductivity = layer.Thickness / Metallic } } : layer;

    /// <summary>Other pairs of the same stack: each with its share of casings, of the two big faces and of tabs.</summary>
    private static SimulationCase OfOtherPairs(SimulationCase described, CellGeometry outline)
    {
        double ratio = (double)outline.ElectrodePairs / described.Geometry.ElectrodePairs;
        return described with
        {
            Geometry = outline,
            Layers = [.. described.Layers.Select(layer => layer.Kind == LayerKind.Casing ? layer with { Thickness = layer.Thickness * ratio } : layer)],
            Thermal = described.Thermal with
            {
                FaceShare = described.Thermal.FaceShare * ratio,
                Cooling = [.. described.Thermal.Cooling.Select(entry => entry.Surface.IsShared() || entry.Surface is CellSurface.NegativeTab or CellSurface.PositiveTab
                    ? entry with { Surroundings = entry.Surroundings.Scaled(ratio) } : entry)],
            },
            Probes = outline.ElectrodePairs > 1 ? described.Probes : described.Probes with { Points = [.. described.Probes.Points.Select(point => point with { X = Folded(point.X, described, ratio) })] },
            Output = described.Output with { Layers = LayerSelection.All },
        };
    }

    /// <summary>x within one pair of a place in a stack, in which every other pair is turned [m].</summary>
    /// <param name="x">x of the place [m].</param>
    /// <param name="described">The stack.</param>
    /// <param name="casingShare">Thickness of the casing before the pair over that before the stack.</param>
    private static double Folded(double x, SimulationCase described, double casingShare)
    {
        double casing = described.Layers.TakeWhile(layer => layer.Kind == LayerKind.Casing).Sum(layer => layer.Thickness);
        double pair = described.Layers.Where(layer => layer.Kind != LayerKind.Casing).Sum(layer => layer.Thickness);
        double depth = Math.Clamp(x - casing, 0, pair * described.Geometry.ElectrodePairs);
        int before = Math.Min((int)(depth / pair), described.Geometry.ElectrodePairs - 1);
        double within = depth - (before * pair);
        return (casingShare * casing) + (before % 2 == 0 ? within : pair - within);
    }

    /// <summary>A stack of so many pairs, whose strips have the same part of their thickness.</summary>
    private static CellGeometry WithPairs(CellGeometry stack, CellGeometry described, int pairs)
    {
        CellGeometry other = stack with { ElectrodePairs = pairs };
        return pairs == described.ElectrodePairs && stack.Stack == described.Stack ? described : other with
        {
            NegativeTab = Strip(described.NegativeTab, LayerKind.NegativeCollector),
            PositiveTab = Strip(described.PositiveTab, LayerKind.PositiveCollector),
        };

        Tab? Strip(Tab? tab, LayerKind foil)
        {
            double ratio = (double)other.Stack.CopiesOf(foil, pairs) / described.Stack.CopiesOf(foil, described.ElectrodePairs);
            return tab is null ? null : tab with
            {
                Thickness = tab.Thickness * ratio,
                Lead = tab.Lead is not { } lead ? null : lead with { Thickness = lead.Thickness * ratio },
            };
        }
    }
}
