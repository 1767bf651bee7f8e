using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Recording;

/// <summary>Everything that is kept of a run: a line per step, fields at output times, audits, extremes, terminal totals.</summary>
public sealed class RunRecorder : IDisposable
{
    /// <summary>Where the run stands.</summary>
    private static readonly SeriesColumn[] Progress =
    [
        SeriesColumn.CycleCount, SeriesColumn.StepCount, SeriesColumn.StepIndex, SeriesColumn.StateOfCharge, SeriesColumn.ChargingCapacity,
        SeriesColumn.DischargingCapacity, SeriesColumn.ChargingEnergy, SeriesColumn.DischargingEnergy, SeriesColumn.OpenCircuitVoltage,
    ];

    /// <summary>Columns that hold until they change, the first of <see cref="Progress"/>.</summary>
    private const int Counts = 3;

    /// <summary>A share that is this close to 1 is the whole cell.</summary>
    private const double WholeCell = 1e-6;

    private static readonly SeriesColumn[] Standard =
    [
        SeriesColumn.MinimumTemperature, SeriesColumn.MeanTemperature, SeriesColumn.MaximumTemperature,
        SeriesColumn.ElectronicHeat, SeriesColumn.IonicHeat, SeriesColumn.ReactionHeat, SeriesColumn.ReversibleHeat, SeriesColumn.ContactHeat,
    ];

    /// <summary>The standard columns, with the heat of internal shorts where there are any.</summary>
    private readonly SeriesColumn[] _columns;

    /// <summary>Simulated part over whole cell.</summary>
    private readonly double _share;
    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly OutputFolder _folder;
    private readonly CellSums _sums;
    private readonly StripRecord _strips;
    private readonly FieldSelection _fields;
    private readonly VoltageLosses _losses;
    private readonly TimeSeriesWriter? _series;
    private readonly SeriesRows? _rows;
    private readonly SeriesEnvelope? _curves;
    private readonly FieldWriter? _fieldWriter;
    private readonly string? _mesh;

    /// <summary>Voltage, current, and the further columns in their order.</summary>
    private readonly double[] _row;
    private readonly Range _ofProgress, _ofStandard, _ofHeat, _ofLosses, _ofSurfaces, _ofStrips, _ofProbes;
    private readonly double[] _drawn;
    private readonly Action _append;
    private RunMoment _moment;
    private double _lastFieldTime = double.NaN;

    /// <summary>*Collective.* Opens the series and writes the mesh; goes on with those of an interrupted run where there was one.</summary>
    /// <exception cref="IOException">The series of the interrupted run is not what it was; on every rank.</exception>
    public RunRecorder(CellModel model, SimulationCase simulation, OutputFolder folder, bool writeFields, bool directSolver, double nominalCurrent, TimeSeries? measured, Communicator world, RecordedFiles? earlier = null)
    {
        (_model, _world, _folder) = (model, world, folder);
        _columns = simulation.Defects.Shorts.Count == 0 ? Standard : [.. Standard, SeriesColumn.ShortHeat];
        _drawn = new double[2 + _columns.Length + VoltageLosses.Mechanisms.Count];
        _share = simulation.Protocol.CurrentShare;
        SeriesColumn[] progress = Math.Abs(_share - 1) > WholeCell ? [.. Progress, SeriesColumn.CellCurrent] : Progress;
        _losses = new(model, nominalCurrent, simulation.Defects.Shorts.Count > 0, world);
        Probes probes = new(model, simulation.Probes, world);
        _sums = new(model, probes, world);
        Surfaces = new(model, simulation, world);
        _strips = new(model, world);
        int end = 2;
        Range Next(int count) => end..(end += count);
        (_ofProgress, _ofStandard, _ofLosses) = (Next(progress.Length), Next(_columns.Length), Next(_losses.Columns.Count));
        (_ofSurfaces, _ofStrips, _ofProbes) = (Next(Surfaces.Columns.Count), Next(_strips.Columns.Count), Next(probes.Columns.Count));
        _ofHeat = (_ofStandard.Start.Value + Array.FindIndex(_columns, column => column.IsHeat)).._ofStandard.End;
        _row = new double[end];
        Pulses = new(_share, nominalCurrent, DiffusionLength(simulation));
        Heat = new([.. _columns.Where(column => column.IsHeat)]);
        Audit = new(model, directSolver, nominalCurrent);
        Extremes = new(model, world);
        TimeSeriesWriter? series = null;
        SeriesColumn[] columns = [.. progress, .. _columns, .. _losses.Columns, .. Surfaces.Columns, .. _strips.Columns, .. probes.Columns];
        if (earlier is null)
            RootOnly.Run(world, () => series = new(folder.ForWriting(OutputFolder.TimeSeriesName), columns));
        else
            Agreement.Reach(world, () => series = world.IsRoot ? new(folder.File(OutputFolder.TimeSeriesName), columns, earlier.SeriesBytes) : null);
        _series = series;
        if (series is not null)
            _rows = new(series, _row.Length, 2..(2 + Counts), simulation.Output.RowTimes is { } times ? new(times) : null);
        if (world.IsRoot)
            _curves = new([SeriesColumn.Time, SeriesColumn.Voltage, SeriesColumn.Current, .. _columns, .. VoltageLosses.Mechanisms]);
        if (world.IsRoot && measured is not null)
            Comparison = new(measured);
        _append = Append;
        _fields = new(model, simulation.Output.Fields);
        // Cells are in the order of the ranks: other ranks need a mesh of their own.
        string mesh = earlier is { Mesh: { } known } ? earlier.Ranks == world.Size ? known : OutputFolder.MeshNameFrom(earlier.Fields) : OutputFolder.MeshName;
        if (writeFields)
            (_fieldWriter, _mesh) = (new(world, folder, model.Mesh, new(simulation.Output.DoublePrecision ? FieldPrecision.Float64 : FieldPrecision.Float32), simulation.Output.Layers, mesh), mesh);
    }

    public ConservationAudit Audit { get; }

    public Extremes Extremes { get; }

    public TerminalTotals Terminal { get; } = new();

    /// <summary>Constant currents out of rest.</summary>
    public PulseRecord Pulses { get; }

    /// <summary>Heat produced, by mechanism.</summary>
    public HeatTotals Heat { get; }

    /// <summary>Heat by surface and patch.</summary>
    public SurfaceRecord Surfaces { get; }

    /// <summary>The difference to the measured curve; null where there is none. On rank 0 only.</summary>
    public MeasuredComparison? Comparison { get; }

    /// <summary>Temperatures of the newest record.</summary>
    public TemperatureRange Temperature { get; private set; }

    /// <summary>What it has written so far.</summary>
    public RecordedFiles Files => new(_series?.Length ?? 0, _mesh, _world.Size, _fieldWriter?.Count ?? 0);

    /// <summary>All that gathers numbers, by name and in the same order on all ranks; null where this rank has none such.</summary>
    public IReadOnlyList<(string Name, IResumable? Part)> Parts =>
        [("Audits", Audit), ("Extremes", Extremes), ("Terminal", Terminal), ("Heat", Heat), ("Pulses", Pulses), ("Surfaces", Surfaces), ("Rows", _rows), ("Curves", _curves), ("Comparison", Comparison), ("Field times", _fieldWriter)];

    /// <summary>*Collective.* Goes on once <see cref="Parts"/> are those of the interrupted run: files of later times go.</summary>
    public void Continue()
    {
        _fieldWriter?.Continue();
        if (_fieldWriter is { State: [.., double last] })
            _lastFieldTime = last;
    }

    /// <summary>*Collective.* Brings the series to the disk itself.</summary>
    public void FlushToDisk() => RootOnly.Run(_world, () => _series!.FlushToDisk());

    /// <summary>*Collective.* Records the accepted state.</summary>
    /// <param name="moment">Where the run stands.</param>
    public void Record(in RunMoment moment)
    {
        Temperature = Gather();
        Surfaces.Take(moment.Time, _row.AsSpan(_ofSurfaces));
        _strips.Take(_row.AsSpan(_ofStrips));
        Balance balance = _model.System.Balance;
        if (!moment.IsMiddle)
            Audit.Update(balance, moment.AfterStep);
        Extremes.Update(moment.Time, Temperature);
        double voltage = _model.Fields.TerminalVoltage, current = _model.System.Terminal.Current;
        Span<double> standard = _row.AsSpan(_ofStandard), heat = _row.AsSpan(_ofHeat);
        (standard[0], standard[1], standard[2]) = (Temperature.Minimum, Temperature.Mean, Temperature.Maximum);
        for (int i = standard.Length - heat.Length; i < standard.Length; i++)
            standard[i] = balance[_columns[i].Name];
        _losses.Take(current, _row.AsSpan(_ofLosses));
        Terminal.Add(moment.Time, voltage, current, TensorPrimitives.Sum<double>(heat), moment.Bends);
        Heat.Add(moment.Time, heat);
        Pulses.Take(moment, voltage, current, Temperature.Mean);
        (_row[0], _row[1]) = (voltage, current);
        double[] progress =
        [
            moment.Cycle, moment.StepCount, moment.StepIndex, moment.StateOfCharge, Terminal.ChargedCapacity,
            Terminal.DischargedCapacity, Terminal.ChargedEnergy, Terminal.DischargedEnergy, _losses.OpenCircuitVoltage,
            current / _share,
        ];
        progress.AsSpan(0, _row.AsSpan(_ofProgress).Length).CopyTo(_row.AsSpan(_ofProgress));
        _moment = moment;
        RootOnly.Run(_world, _append);
    }

    /// <summary>*Collective.* Audits a stage of a split step.</summary>
    public void AuditStage(PartialSolve part)
    {
        Gather();
        Audit.UpdateStage(_model.System.Balance, part);
    }

    /// <summary>Brings the balances of all ranks together, with temperatures and probes.</summary>
    private TemperatureRange Gather()
    {
        _model.System.Report();
        return _sums.Gather(_row.AsSpan(_ofProbes));
    }

    /// <summary>*Collective.* Writes the fields of the present state, once per time.</summary>
    public void WriteFields(double time)
    {
        if (_fieldWriter is null || time == _lastFieldTime)
            return;
        _lastFieldTime = time;
        _model.Halo.Update(_model.Fields);
        _model.System.EvaluateProperties();
        _fields.Refresh();
        _fieldWriter.Write(time, _fields.Fields);
    }

    /// <summary>The curves of the pictures so far. On rank 0 only.</summary>
    public TimeSeries Curves() => _curves!.ToSeries(OutputFolder.TimeSeriesName);

    /// <summary>*Collective.* Brings the series to the disk, the newest row with it: the run ends.</summary>
    public void Finish() => RootOnly.Run(_world, () =>
    {
        _rows!.Complete();
        _series!.Flush();
    });

    /// <summary>Closes the series; does not fail.</summary>
    public void Dispose()
    {
        try
        {
            _series?.Dispose();
        }
        catch (OutputException)
        {
            // Lines are left over only where the run has failed already; other ranks then wait for this one.
        }
    }

    /// <summary>Volume over surface of the particles of a half cell of one material, of which alone the voltage tells [m]; NaN for other cells.</summary>
    private static double DiffusionLength(SimulationCase simulation) =>
        simulation.Cell is { CounterElectrode: not null, PositiveElectrode.ActiveMaterials: [{ } material] } ? material.ActiveVolumeFraction / material.SurfaceAreaPerVolume : double.NaN;

    private void Append()
    {
        _folder.RequireIntact();
        _rows!.Take(_moment, _row);
        _row.AsSpan(0, 2).CopyTo(_drawn);
        _row.AsSpan(_ofStandard).CopyTo(_drawn.AsSpan(2));
        _losses.Sum(_row.AsSpan(_ofLosses), _drawn.AsSpan(2 + _columns.Length));
        _curves!.Add(_moment.Time, _drawn);
        Comparison?.Add(_moment.Time, _row[0], Temperature.Mean);
    }
}

/// <summary>What a recorder has written.</summary>
/// <param name="SeriesBytes">Length of the time series; on rank 0 only.</param>
/// <param name="Mesh">Name of the mesh file; null where no fields are written.</param>
/// <param name="Ranks">Ranks whose order of cells it has.</param>
/// <param name="Fields">Field files.</param>
public sealed record RecordedFiles(long SeriesBytes, string? Mesh, int Ranks, int Fields);
