using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Particles;

namespace Cell3D.Input.Cases;

/// <summary>Reads mesh, heat and solver.</summary>
internal static class SettingsReader
{
    public static MeshSettings Mesh(SectionReader mesh, CaseAccuracy accuracy, CellGeometry outline, IReadOnlyList<CellLayer> layers)
    {
        SectionReader cells = mesh.Open(SettingsKeys.CellsThrough);
        bool column = outline.Form == CellForm.Column, roll = outline.Form == CellForm.Roll, given = outline.Imported is not null;
        int[] through = [.. layers.Select(layer => CellsThrough(cells, layer, column, accuracy))];
        foreach (IntegerKey key in SettingsKeys.CellsOfLayer.Where(key => cells.Has(key) && layers.All(layer => layer.Name != key.Name)))
            cells.Error(key, "the case has no such layer", $"layers that are there, or a section Layers.{key.Name}");
        MeshSettings settings = new()
        {
            CellsThrough = through,
            Grading = mesh.Get(SettingsKeys.Grading),
            InPlane = roll || given ? InPlaneMesh.Rectilinear : mesh.Get(SettingsKeys.InPlane),
            CellsAlongWidth = roll || given ? 1 : mesh.Get(SettingsKeys.AlongWidth, column ? 1 : accuracy.CellsAlong(CaseDefaults.PouchCellsAlongWidth)),
            CellsAlongHeight = given ? 1 : mesh.Get(SettingsKeys.AlongHeight, column ? 1 : accuracy.CellsAlong(CaseDefaults.PouchCellsAlongHeight)),
            TabRefinement = given ? 1 : mesh.Get(SettingsKeys.TabRefinement),
            CellsPerTurn = roll ? mesh.Get(RollKeys.CellsPerTurn, accuracy.Cells(RollKeys.CellsPerTurnDefault)) : RollKeys.CellsPerTurnDefault,
            CellsAlongCore = roll ? mesh.Get(RollKeys.CellsAlongCore, accuracy.Cells(RollKeys.CellsAlongCoreDefault)) : RollKeys.CellsAlongCoreDefault,
            CellsAlongTab = roll ? CaseDefaults.CellsAlongTab : mesh.Get(SettingsKeys.AlongTab, accuracy.Cells(CaseDefaults.CellsAlongTab)),
            CellsAcrossSeam = outline.Seam is null ? CaseDefaults.CellsAcrossSeam : mesh.Get(SettingsKeys.AcrossSeam, accuracy.Cells(CaseDefaults.CellsAcrossSeam)),
            ParticleModes = mesh.Has(SettingsKeys.Particle) ? mesh.Get(SettingsKeys.Particle, ParticleResolution.FewestModes) : null,
            ModesShare = accuracy.ModesShare,
            ParticleError = accuracy.Budget?.Particles,
        };
        foreach (Key key in roll ? [SettingsKeys.InPlane, SettingsKeys.AlongWidth, SettingsKeys.AlongTab] : new Key[] { RollKeys.CellsPerTurn, RollKeys.CellsAlongCore })
            if (mesh.Has(key)) mesh.Error(key, roll ? "a roll is divided by Cells per turn, Cells along core and Cells along height" : "only a roll has turns", roll ? "none" : "none, or Geometry.Form \"roll\"");
        if (mesh.Has(SettingsKeys.AcrossSeam) && !mesh.Report.HasErrors && outline.Seam is null) mesh.Error(SettingsKeys.AcrossSeam, "the case has no seam", $"none, or a section Geometry.{SeamKeys.Seam.Name}");
        foreach (Key key in new Key[] { SettingsKeys.InPlane, SettingsKeys.AlongWidth, SettingsKeys.AlongHeight, SettingsKeys.TabRefinement }.Where(key => given && mesh.Has(key)))
            mesh.Error(key, "the outline file divides the plane", "none; nodes of the file lie as close as the mesh is to be fine");
        if (settings.InPlane == InPlaneMesh.Triangular && mesh.Has(SettingsKeys.AlongHeight))
            mesh.Report.Warning(mesh.PathOf(SettingsKeys.AlongHeight), mesh.NodeOf(SettingsKeys.AlongHeight), "triangles take their number from the cells along the width; this value is not used");
        return settings;
    }

    private static int CellsThrough(SectionReader cells, CellLayer layer, bool column, CaseAccuracy accuracy)
    {
        IntegerKey key = SettingsKeys.CellsOfLayer.First(key => key.Name == layer.Name);
        return layer.Kind switch
        {
            LayerKind.NegativeElectrode or LayerKind.PositiveElectrode => cells.Get(key, accuracy.CellsThrough(layer.Kind, column ? CaseDefaults.ColumnElectrodeCells : CaseDefaults.PouchElectrodeCells)),
            LayerKind.Separator => cells.Get(key, accuracy.CellsThrough(layer.Kind, column ? CaseDefaults.ColumnSeparatorCells : CaseDefaults.PouchSeparatorCells)),
            _ => cells.Get(key),
        };
    }

    public static ThermalSettings Thermal(SectionReader thermal, CellGeometry outline, IReadOnlyList<CellLayer> layers, BpxCell? cell)
    {
        TimeTable ambient = thermal.Get(SettingsKeys.Ambient, TimeTable.Constant(cell?.AmbientTemperature ?? double.NaN));
        double share = thermal.Get(SettingsKeys.FacesReferTo) == CaseShare.WholeCell && cell is not null
            ? (double)outline.StackPairs / cell.ElectrodePairs
            : 1;
        ThermalModel model = thermal.Get(SettingsKeys.Model);
        CoolingReader? reader = thermal.Has(SettingsKeys.Cooling) ? new(thermal.Open(SettingsKeys.Cooling), outline, outline.StackThickness(layers), cell, ambient) : null;
        bool isLumped = reader is { IsLumped: true };
        List<CoolingSettings> cooling = isLumped ? reader!.Lumped() : reader?.Surfaces(share) ?? [];
        if (model == ThermalModel.Isothermal && cooling.Count > 0)
            thermal.Report.Warning(thermal.PathOf(SettingsKeys.Cooling), thermal.NodeOf(SettingsKeys.Cooling), "an isothermal case does not use its cooling", withValue: false);
        if (model == ThermalModel.Resolved && cooling.Count == 0)
            thermal.Report.Warning(thermal.Path, thermal.Node, "no surface is cooled: the cell is adiabatic", withValue: false);
        double initial = thermal.Get(SettingsKeys.Initial, cell?.InitialTemperature ?? double.NaN);
        return new ThermalSettings(model, cell?.ReferenceTemperature ?? double.NaN, initial, cooling) { FaceShare = share, IsLumped = isLumped };
    }

    public static SolverSettings Solver(SectionReader solver, CaseAccuracy accuracy, ThermalModel heat)
    {
        double initial = solver.Get(SettingsKeys.InitialStep), minimum = solver.Get(SettingsKeys.MinimumStep), maximum = solver.Get(SettingsKeys.MaximumStep);
        if (minimum > initial) solver.Error(SettingsKeys.MinimumStep, "is above the initial step", "≤ " + Interval.Write(initial));
        if (initial > maximum) solver.Error(SettingsKeys.InitialStep, "is above the maximum step", "≤ " + Interval.Write(maximum));
        return new SolverSettings
        {
            RelativeTolerance = solver.Get(SettingsKeys.Relative, accuracy.Tolerances * CaseDefaults.RelativeTolerance),
            ConcentrationTolerance = solver.Get(SettingsKeys.Concentration, accuracy.Tolerances * CaseDefaults.ConcentrationTolerance),
            StoichiometryTolerance = solver.Get(SettingsKeys.Stoichiometry, accuracy.Tolerances * CaseDefaults.StoichiometryTolerance),
            TemperatureTolerance = solver.Get(SettingsKeys.Temperature, accuracy.Tolerances * CaseDefaults.TemperatureTolerance),
            VoltageTolerance = solver.Get(SettingsKeys.Voltage, accuracy.Tolerances * CaseDefaults.VoltageTolerance),
            MaximumOrder = solver.Get(SettingsKeys.Order, accuracy.MaximumOrder),
            InitialStep = initial,
            MinimumStep = minimum,
            MaximumStep = maximum,
            FixedSteps = solver.Get(SettingsKeys.FixedSteps, []),
            NewtonTolerance = solver.Get(SettingsKeys.Newton),
            MaximumNewtonIterations = solver.Get(SettingsKeys.NewtonIterations),
            LinearSolver = solver.Get(SettingsKeys.LinearSolver),
            LinearTolerance = solver.Get(SettingsKeys.Linear),
            PetscOptions = SolverOptionReader.Read(solver),
            Coupling = CouplingReader.Read(solver, heat),
        };
    }
}
