using Cell3D.Input.Bpx;
using Cell3D.Input.Gmsh;
using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>Makes a case of the sections of a case file. Without a cell or the plane of an outline file everything that does not depend on it is still checked.</summary>
internal sealed class CaseAssembly(SectionReader root, string path, BpxCell? cell, ImportedPlane? plane)
{
    /// <summary>Reads the protocol and the files that it names.</summary>
    public ProtocolReader Protocol { get; } = new(root.Open(ProtocolKeys.Protocol), path);

    /// <summary>Reads every section; null without a cell, or where a file has errors.</summary>
    public SimulationCase? Assemble()
    {
        SectionReader header = root.Open(CaseKeys.Header);
        header.Get(CaseKeys.Version, typeof(CaseAssembly).Assembly.GetName().Version?.ToString(3) ?? "");
        string title = header.Get(CaseKeys.Title, NameOf(path)), description = header.Get(CaseKeys.Description, "");
        root.Get(CaseKeys.Cell, "");
        AccuracyChoice asked = root.Get(SettingsKeys.Accuracy, SettingsKeys.Accuracy.Placeholder);
        SectionReader thermal = root.Open(SettingsKeys.Thermal);
        GeometryReader geometry = new(root, cell, plane);
        CellGeometry outline = geometry.Outline();
        LayersReader layers = new(root, cell, thermal, outline);
        IReadOnlyList<CellLayer> stack = layers.Read();
        BpxCell? adapted = layers.Adapted;
        outline = geometry.WithTabs(outline, layers);
        ModelReduction reduction = new(root);
        CellGeometry simulated = reduction.Outline(outline, cell);
        ThermalSettings heat = SettingsReader.Thermal(thermal, outline, stack, adapted);
        if (root.Has(VariationKeys.Variation)) stack = VariationReader.Read(root.Open(VariationKeys.Variation), outline, stack, heat.InitialTemperature);
        CellDefects defects = root.Has(DefectKeys.Defects) ? new DefectReader(root.Open(DefectKeys.Defects), outline).Read() : CellDefects.None;
        double charge = RunReader.InitialState(root.Open(RunKeys.InitialState), adapted, heat.InitialTemperature);
        double start = adapted is null ? double.NaN : adapted.Balance.OpenCircuitVoltage(charge, heat.InitialTemperature);
        Protocols.Protocol protocol = Protocol.Read(simulated, outline, adapted, heat, start);
        VoltageBudget? budget = asked.Volts is { } volts && adapted is not null && !root.Report.HasErrors ? VoltageBudget.Of(volts, asked.Text, adapted, simulated, stack, protocol, heat) : null;
        CaseAccuracy accuracy = budget is null ? CaseAccuracy.Of(asked.Level) : CaseAccuracy.Of(budget);
        foreach (string remark in budget?.Remarks ?? []) root.Report.Warning(root.PathOf(SettingsKeys.Accuracy), root.NodeOf(SettingsKeys.Accuracy), remark);
        MeshSettings mesh = SettingsReader.Mesh(root.Open(SettingsKeys.Mesh), accuracy, outline, stack);
        if (defects.Missing.Count > 0 && (plane is not null || mesh.InPlane == InPlaneMesh.Triangular))
            root.Error(DefectKeys.Defects, $"{(plane is null ? "triangles do" : "the mesh of an outline file does")} not follow the rectangles of missing layers", plane is null ? "Mesh.In-plane \"rectilinear\"" : "an outline by keys");
        ProbeSettings probes = RunReader.Probes(root.Open(RunKeys.Probes), outline, stack);
        Protocol.Probes.Compare(probes.Points, root.Report);
        SolverSettings solver = SettingsReader.Solver(root.Open(SettingsKeys.Solver), accuracy, heat.Model);
        OutputSettings output = RunReader.Output(root.Open(RunKeys.Output), NameOf(path), outline, stack);
        if (adapted is null || root.Report.HasErrors || (outline.Form == CellForm.Pouch && outline.Boundary is null)) return null;
        if (heat.Model == ThermalModel.Resolved) HeatCapacityCheck.Report(root, adapted, outline, stack, heat.InitialTemperature);
        SimulationCase simulation = new()
        {
            File = path,
            Title = title,
            Description = description,
            Cell = adapted,
            Geometry = outline,
            OutlineFile = outline.Imported?.File,
            Layers = stack,
            Defects = defects,
            Mesh = mesh,
            Budget = budget,
            Thermal = heat,
            InitialStateOfCharge = charge,
            Protocol = protocol with { StateOfChargeAtStart = charge, Capacity = 3600 * adapted.Balance.WindowCapacity * protocol.CurrentShare },
            ProtocolFiles = Protocol.Cycles.Files,
            Probes = probes,
            Solver = solver,
            Output = output,
            Resolved = root.Resolved,
        };
        PhaseCheck.Report(root, stack, mesh, adapted.ReferenceTemperature);
        CoolingCheck.Report(thermal, simulation);
        reduction.Check(simulation);
        return root.Report.HasErrors ? null : reduction.Of(simulation, simulated);
    }

    /// <summary>A case is named after its file, or after its folder when the file is called case.json.</summary>
    private static string NameOf(string path)
    {
        string file = Path.GetFileNameWithoutExtension(path);
        string? folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        return file == "case" && !string.IsNullOrEmpty(folder) ? folder : file;
    }
}
