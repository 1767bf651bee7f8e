using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Recording;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Reference;

/// <summary>Takes of a run what a reference holds: curves of the whole cell and of every pair, maps and sections of every layer.</summary>
/// <remarks>All of it lies at times and places that no mesh decides, so that runs of different resolution can be compared number by number.</remarks>
public sealed class ReferenceSampler
{
    /// <summary>Fields that are mapped.</summary>
    private static readonly string[] FieldNames =
        ["Temperature", "Salt concentration", "Electrolyte potential", "Solid potential", "Mean stoichiometry", "Surface stoichiometry", "Transfer current density"];

    private const int Scalars = 9;

    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly SamplePlan _plan;
    private readonly CellSums _sums;
    private readonly VoltageLosses _losses;
    private readonly ConservationAudit _audit;
    private readonly FieldSelection _fields;
    private readonly LayerSums _layers;
    private readonly PlaneSampler _sampler;
    private readonly RowHistory _history;
    private readonly double[] _row, _read, _owned;

    /// <summary>Layers that are mapped, and all regions, by number.</summary>
    private readonly int[] _mapped;

    /// <summary>Of each pair the region of its positive electrode and the slots of what reacts there.</summary>
    private readonly (int Region, int[] Slots)[] _pairs;
    private readonly int[] _network;
    private readonly Dictionary<string, double[]> _samples = [];
    private readonly List<SampledQuantity> _quantities = [];
    private readonly List<double[]> _cellTemperatures = [];
    private double _firstCurrent = double.NaN;
    private bool _hasFirst;
    private int _nextTime, _moments;

    private int Pairs => _pairs.Length;

    /// <summary>*Collective.*</summary>
    /// <param name="model">The cell.</param>
    /// <param name="simulation">The case.</param>
    /// <param name="solvers">What solves it.</param>
    /// <param name="plan">When and where.</param>
    /// <param name="world">The ranks.</param>
    public ReferenceSampler(CellModel model, SimulationCase simulation, CaseSolvers solvers, SamplePlan plan, Communicator world)
    {
        (_model, _world, _plan) = (model, world, plan);
        _sums = new(model, new Probes(model, simulation.Probes with { Points = [], LayerMeans = false, LayerCurrents = false }, world), world);
        _losses = new(model, solvers.NominalCurrent, simulation.Defects.Shorts.Count > 0, world);
        _audit = new(model, solvers.Method == LinearMethod.DirectLU, solvers.NominalCurrent);
        _fields = new(model, FieldNames);
        _layers = new(model.Mesh, world);
        IReadOnlyList<Region> regions = model.Mesh.Regions;
        _mapped = [.. Enumerable.Range(0, regions.Count).Where(region => (regions[region].Kind.HasElectrolyte() || regions[region].Kind.IsCollector()) && regions[region].AttachedTo is null)];
        _pairs = [.. _mapped.Where(region => regions[region].Kind == LayerKind.PositiveElectrode && TouchesSeparator(region)).Select(region => (region, Slots(region)))];
        _sampler = new(model.Mesh.Extrusion, _layers, plan, _mapped);
        _network = [.. Enumerable.Range(0, _losses.Columns.Count).Where(i => IsOfNetwork(_losses.Columns[i].Name))];
        (_row, _read, _owned) = (new double[Scalars + _losses.Columns.Count + _pairs.Length], new double[Scalars + _losses.Columns.Count + _pairs.Length], new double[model.Mesh.OwnedCellCount]);
        _history = new(_row.Length);
        Declare();
    }

    /// <summary>Whether the temperature of every control volume is kept.</summary>
    public bool KeepsCells { get; init; }

    /// <summary>What was taken; nothing of the model is held by it.</summary>
    public ReferenceSamples Result() => new()
    {
        Quantities = _quantities,
        Values = _samples,
        FirstCurrent = _firstCurrent,
        Moments = _moments,
        LayerNames = [.. _mapped.Select(region => _model.Mesh.Regions[region].Name)],
        RegionNames = [.. _model.Mesh.Regions.Select(region => region.Name)],
        LossNames = [.. _losses.Columns.Select(column => column.Name)],
        Pairs = Pairs,
        Audits = _audit.ToResults(),
        Cells = KeepsCells ? ReferenceCells.Of(_model.Mesh, _cellTemperatures) : null,
    };

    /// <summary>*Collective.* Takes an accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="afterStep">False right after a switch.</param>
    /// <param name="before">How the run is read in the step that led there.</param>
    /// <param name="stateOfCharge">By the charge that has passed.</param>
    /// <param name="isMiddle">Whether it is a state in the middle of a step, which is only read between.</param>
    public void Accept(double time, bool afterStep, Interpolant before, double stateOfCharge, bool isMiddle = false)
    {
        _model.System.Report();
        TemperatureRange temperature = _sums.Gather([]);
        Balance balance = _model.System.Balance;
        if (!isMiddle)
            _audit.Update(balance, afterStep);
        double voltage = _model.Fields.TerminalVoltage, current = _model.System.Terminal.Current;
        Span<double> losses = _row.AsSpan(Scalars, _losses.Columns.Count), pairs = _row.AsSpan(Scalars + losses.Length);
        _losses.Take(current, losses);
        double network = 0;
        foreach (int part in _network)
            network += losses[part];
        bool flows = _losses.Flows(current);
        double[] scalars =
        [
            voltage, current, stateOfCharge, _losses.OpenCircuitVoltage, temperature.Minimum, temperature.Mean, temperature.Maximum,
            flows ? (voltage - _losses.OpenCircuitVoltage) / current : double.NaN, flows ? network / current : double.NaN,
        ];
        scalars.CopyTo(_row, 0);
        for (int pair = 0; pair < _pairs.Length; pair++)
        {
            pairs[pair] = 0;
            foreach (int slot in _pairs[pair].Slots)
                pairs[pair] += balance.Values[slot];
        }
        _history.Add(time, _row, afterStep, before);
        if (isMiddle)
            return;
        if (!afterStep && flows && !_hasFirst)
        {
            (_hasFirst, _firstCurrent) = (true, time);
            Keep(0, _row);
            TakeFields(0);
        }
        for (; _nextTime < _plan.Times.Length && (_plan.Times[_nextTime] <= time || TimeList.AreSame(_plan.Times[_nextTime], time)); _nextTime++)
        {
            if (TimeList.AreSame(_plan.Times[_nextTime], time))
                _row.CopyTo(_read, 0);
            else
                _history.Read(_plan.Times[_nextTime], _read);
            Keep(1 + _nextTime, _read);
        }
    }

    /// <summary>*Collective.* Takes the fields where a time of the plan is one of its moments; the model is at the state of that time.</summary>
    /// <param name="number">Number of the time, from 0.</param>
    public void Reached(int number)
    {
        if ((number + 1) % _plan.TimesPerMoment == 0)
            TakeFields((number + 1) / _plan.TimesPerMoment);
    }

    private static bool IsOfNetwork(string loss) => loss.StartsWith("Contacts", StringComparison.Ordinal)
        || (loss.EndsWith("electronic ohmic loss", StringComparison.Ordinal) && (loss.Contains("collector", StringComparison.Ordinal) || loss.Contains("tab", StringComparison.Ordinal)));

    private void Declare()
    {
        (string Name, string Unit, string Description)[] curves =
        [
            ("voltage", "V", "Terminal voltage"),
            ("current", "A", "Terminal current of the simulated part, positive while charging"),
            ("state_of_charge", "1", "State of charge by the charge that has passed"),
            ("open_circuit_voltage", "V", "Voltage once all lithium of each electrode had spread evenly"),
            ("minimum_temperature", "K", "Lowest temperature of all control volumes"),
            ("mean_temperature", "K", "Mean temperature by volume"),
            ("maximum_temperature", "K", "Highest temperature of all control volumes"),
            ("resistance", "Ohm", "Tab-to-tab resistance of the simulated part, (V - U_oc)/I"),
            ("network_resistance", "Ohm", "Part of it in collectors, tabs, welds and contacts, P/I^2"),
        ];
        foreach ((string name, string unit, string description) in curves)
            Add(new($"curves/{name}", unit, description, ["curve"], [_plan.CurveCount]));
        Add(new("curves/losses", "V", "Parts of V - U_oc by mechanism, named in names/losses", ["curve", "loss"], [_plan.CurveCount, _losses.Columns.Count]));
        Add(new("pairs/current", "A", "Current of each electrode pair, positive while charging", ["curve", "pair"], [_plan.CurveCount, Pairs]));
        Add(new("pairs/share", "1", "Current of each electrode pair over that of all, times their number", ["curve", "pair"], [_plan.CurveCount, Pairs]));
        int moments = _plan.MomentCount;
        foreach (CellField field in _fields.Fields)
        {
            string name = NameOf(field);
            Add(new($"means/{name}", field.Unit, $"{field.Name}, mean over each region", ["moment", "region"], [moments, _model.Mesh.Regions.Count]));
            Add(new($"sections/{name}", field.Unit, $"{field.Name}, mean over the plane at depths of each layer", ["moment", "layer", "depth"], [moments, _mapped.Length, _plan.Depth.Length]));
            Add(new($"maps/{name}", field.Unit, $"{field.Name}, mean over the thickness of each layer", ["moment", "layer", "z", "y"], [moments, _mapped.Length, _plan.Height.Length, _plan.Along.Length]));
        }
        Add(new("maps/through_cell_current_density", "A m-2", "Current per area from the positive electrode of each pair into its separator, positive while charging", ["moment", "pair", "z", "y"], [moments, Pairs, _plan.Height.Length, _plan.Along.Length]));
    }

    private static string NameOf(CellField field) => string.Concat(field.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));

    private void Add(SampledQuantity quantity)
    {
        _quantities.Add(quantity);
        double[] values = new double[quantity.Count];
        Array.Fill(values, double.NaN);
        _samples[quantity.Path] = values;
    }

    private void Keep(int curve, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < Scalars; i++)
            _samples[_quantities[i].Path][curve] = row[i];
        row.Slice(Scalars, _losses.Columns.Count).CopyTo(_samples["curves/losses"].AsSpan(curve * _losses.Columns.Count));
        ReadOnlySpan<double> pairs = row[(Scalars + _losses.Columns.Count)..];
        pairs.CopyTo(_samples["pairs/current"].AsSpan(curve * Pairs));
        double sum = 0;
        foreach (double current in pairs)
            sum += current;
        for (int pair = 0; pair < Pairs; pair++)
            _samples["pairs/share"][(curve * Pairs) + pair] = _losses.Flows(row[1]) ? Pairs * pairs[pair] / sum : double.NaN;
    }

    private void TakeFields(int moment)
    {
        _moments = Math.Max(_moments, moment + 1);
        _model.Halo.Update(_model.Fields);
        _model.System.EvaluateProperties();
        _fields.Refresh();
        int grid = _plan.Height.Length * _plan.Along.Length, depths = _plan.Depth.Length;
        foreach (CellField field in _fields.Fields)
        {
            field.Fill(_owned);
            if (KeepsCells && field.Name == "Temperature")
                _cellTemperatures.Add([.. _owned]);
            _layers.Take(_owned);
            string name = NameOf(field);
            _layers.RegionMeans.CopyTo(_samples[$"means/{name}"].AsSpan(moment * _layers.RegionMeans.Length));
            for (int layer = 0; layer < _mapped.Length; layer++)
            {
                int at = (moment * _mapped.Length) + layer;
                _sampler.ReadPlane(layer, _layers.ColumnMeans[_mapped[layer]], _samples[$"maps/{name}"].AsSpan(at * grid, grid));
                _sampler.ReadDepths(layer, _layers.LevelMeans[_mapped[layer]], _samples[$"sections/{name}"].AsSpan(at * depths, depths));
            }
        }
        TakeCurrentDensity(moment, grid);
    }

    /// <summary>i = I/A of the faces between separator and positive electrode in each column.</summary>
    private void TakeCurrentDensity(int moment, int grid)
    {
        CellMesh mesh = _model.Mesh;
        int[] pairOf = new int[mesh.Regions.Count];
        Array.Fill(pairOf, -1);
        for (int pair = 0; pair < Pairs; pair++)
            pairOf[_pairs[pair].Region] = pair;
        double[][] current = [.. _pairs.Select(pair => new double[_layers.Columns[pair.Region].Length])], area = [.. current.Select(columns => new double[columns.Length])];
        foreach ((Face face, FaceFlux<Real> flux) in _model.Flows())
        {
            if (face.Direction != FaceDirection.Through)
                continue;
            bool isLeft = pairOf[mesh.Region[face.Left]] >= 0 && mesh.Kind(face.Right) == LayerKind.Separator;
            bool isRight = pairOf[mesh.Region[face.Right]] >= 0 && mesh.Kind(face.Left) == LayerKind.Separator;
            if (!isLeft && !isRight)
                continue;
            int cell = isLeft ? face.Left : face.Right;
            if (cell >= mesh.OwnedCellCount)
                continue;
            (int pair, int place) = (pairOf[mesh.Region[cell]], _layers.PlaceOfColumn(cell));
            current[pair][place] += isLeft ? flux.IonicCurrent.Number : -flux.IonicCurrent.Number;
            area[pair][place] += mesh.PlaneArea[cell];
        }
        _layers.Sum(current);
        _layers.Sum(area);
        for (int pair = 0; pair < Pairs; pair++)
        {
            double[] density = [.. current[pair].Zip(area[pair], (i, a) => a > 0 ? i / a : double.NaN)];
            _sampler.ReadPlane(Array.IndexOf(_mapped, _pairs[pair].Region), density, _samples["maps/through_cell_current_density"].AsSpan(((moment * Pairs) + pair) * grid, grid));
        }
    }

    /// <summary>*Collective.* Whether a layer faces a separator: an outer coating does not.</summary>
    private bool TouchesSeparator(int region)
    {
        CellMesh mesh = _model.Mesh;
        return _world.Any(mesh.Faces.Any(face => face.Direction == FaceDirection.Through
            && ((mesh.Region[face.Left] == region && mesh.Kind(face.Right) == LayerKind.Separator) || (mesh.Region[face.Right] == region && mesh.Kind(face.Left) == LayerKind.Separator))));
    }

    private int[] Slots(int region)
    {
        string name = _model.Mesh.Regions[region].Name;
        return [.. _model.Interfaces.Where(electrode => electrode.Particles.Sites.Owner == name || electrode.Particles.Sites.Owner.StartsWith(name + " (", StringComparison.Ordinal))
            .Select(electrode => _model.System.Balance.Slot(electrode.CurrentName))];
    }
}
