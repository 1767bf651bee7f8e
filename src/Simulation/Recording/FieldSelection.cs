using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Physics;
using Cell3D.Physics.Boundaries;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation.Recording;

/// <summary>The fields a case wants written, as cell data of the owned cells; NaN where a field does not live.</summary>
public sealed class FieldSelection
{
    private readonly CellModel _model;
    private readonly double[] _heat;
    private readonly Dictionary<string, double[]> _overpotential;
    private readonly CurrentDensity _density;

    /// <summary>Prepares the fields named in the case.</summary>
    public FieldSelection(CellModel model, IReadOnlyList<string> names)
    {
        _model = model;
        _heat = new double[model.Mesh.OwnedCellCount];
        _overpotential = model.Particles.Select(p => p.Material.Name).Distinct().ToDictionary(name => name, _ => new double[model.Mesh.OwnedCellCount]);
        _density = new(model.Mesh);
        Fields = [.. names.SelectMany(Create)];
    }

    /// <summary>In the order of the case; particle fields once per particle class where an electrode has several.</summary>
    public IReadOnlyList<CellField> Fields { get; }

    /// <summary>Brings fields that need an evaluation up to date.</summary>
    public void Refresh()
    {
        Array.Clear(_heat);
        foreach (double[] overpotential in _overpotential.Values)
            overpotential.AsSpan().Fill(double.NaN);
        foreach (Term term in _model.System.Terms)
            term.AddHeat(_heat);
        foreach (ReactingParticles particles in _model.Particles)
            particles.FillOverpotential(_overpotential[particles.Material.Name]);
    }

    private IEnumerable<CellField> Create(string name) => name switch
    {
        _ when _model.System.Unknowns.Find(name) is { } unknown => [Macroscopic(unknown)],
        _ when _model.System.States.Of(name).Any() => States(name),
        "Quasi-electrostatic potential" => [new(name, "V", "Electrolyte potential less (RT/F) ln(c/c_ref), c_ref the initial concentration", values => Fill(values, ElectrostaticPotential))],
        "Transfer current density" => from classes in _model.Particles.GroupBy(particles => particles.Material.Name)
                                      select new CellField(OfClass(name, classes.Key), "A m-3", "Current from particles into electrolyte per volume", values => Transfer(values, classes)),
        "Overpotential" => from entry in _overpotential
                           select new CellField(OfClass(name, entry.Key), "V", "Solid minus electrolyte minus open-circuit potential at the particle surface", values => entry.Value.CopyTo(values)),
        "Ionic current density" => [new(name, "A m-2", "Current density in the electrolyte along x, y, z", values =>
            _density.Fill(values, _model.Flows().Select(flow => (flow.Face, flow.Flux.IonicCurrent.Number)), [], kind => kind.HasElectrolyte())) { Components = 3 }],
        "Electronic current density" => [new(name, "A m-2", "Current density in electrodes, collectors and tabs along x, y, z", values =>
            _density.Fill(values, _model.Flows().Select(flow => (flow.Face, flow.Flux.ElectronicCurrent.Number)), TerminalCurrents(), kind => kind.ConductsElectrons())) { Components = 3 }],
        "Heat source" => [new(name, "W m-3", "Heat released per volume", values => Fill(values, cell => _heat[cell] / _model.Mesh.Volume[cell]))],
        _ => throw new ArgumentException($"There is no field named '{name}'.", nameof(name)),
    };

    private IEnumerable<(BoundaryFace Face, double Current)> TerminalCurrents() =>
        _model.Mesh.Boundaries.Where(face => face.Surface is CellSurface.NegativeTerminal or CellSurface.PositiveTerminal)
            .Zip(((Terminals)_model.System.Terminal).FaceCurrents);

    private CellField Macroscopic(Unknown unknown) => new(unknown.Name, unknown.Unit, unknown.Quantity.Description, values =>
        Fill(values, cell => unknown.HasValueIn(_model.Mesh.Kind(cell)) ? _model.Fields.Absolute(unknown, cell) : double.NaN));

    /// <summary>φ = φ_e − (RT/F) ln(c/c_ref) [V] (equation 5.8).</summary>
    private double ElectrostaticPotential(int cell)
    {
        if (!_model.Mesh.Kind(cell).HasElectrolyte()) return double.NaN;
        CellFields fields = _model.Fields;
        double thermal = PhysicalConstants.Gas / PhysicalConstants.Faraday * (fields.ReferenceTemperature + fields.Temperature[cell]);
        return fields.IonicPotential[cell] - (thermal * Math.Log(fields.Salt[cell] / _model.InitialConcentration));
    }

    private static void Fill(Span<double> values, Func<int, double> value)
    {
        for (int cell = 0; cell < values.Length; cell++)
            values[cell] = value(cell);
    }

    private void Transfer(Span<double> values, IEnumerable<ReactingParticles> all)
    {
        values.Fill(double.NaN);
        foreach (ReactingParticles particles in all)
            for (int i = 0; i < particles.Cells.Length; i++)
                values[particles.Cells[i]] = particles.CurrentDensity[i] * particles.Geometry.AreaPerVolume[particles.Cells[i]];
    }

    /// <summary>One field over all owners of a state, or one per class where materials are blended.</summary>
    private IEnumerable<CellField> States(string name) =>
        from classes in _model.System.States.Of(name).GroupBy(state => state.Sites!.Class)
        let quantity = classes.First().Quantity
        select new CellField(OfClass(name, classes.Key), quantity.Unit, quantity.Description, values =>
        {
            values.Fill(double.NaN);
            foreach (StateVariable state in classes)
                for (int i = 0; i < state.Sites!.Cells.Length; i++)
                    values[state.Sites.Cells[i]] = state.Values[i];
        });

    private static string OfClass(string name, string material) => material.Length == 0 ? name : $"{name} {material}";
}
