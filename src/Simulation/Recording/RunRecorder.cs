using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Recording;

/// <summary>Everything that is kept of a run: a line per step, fields at output times, audits, extremes, terminal totals.</summary>
public sealed class RunRecorder : IDisposable
{
    private static readonly SeriesColumn[] Standard =
    [
        SeriesColumn.MinimumTemperature, SeriesColumn.MeanTemperature, SeriesColumn.MaximumTemperature,
        SeriesColumn.ElectronicHeat, SeriesColumn.IonicHeat, SeriesColumn.ReactionHeat, SeriesColumn.ReversibleHeat, SeriesColumn.ContactHeat,
    ];

    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly Probes _probes;
    private readonly FieldSelection _fields;
    private readonly TimeSeriesWriter? _series;
    private readonly FieldWriter? _fieldWriter;
    private readonly double[] _row;
    private readonly Action _append;
    private double _time;
    private double _lastFieldTime = double.NaN;

    /// <summary>*Collective.* Opens the series and writes the mesh.</summary>
    public RunRecorder(CellModel model, SimulationCase simulation, OutputFolder folder, bool writeFields, bool directSolver, double nominalCurrent, Communicator world)
    {
        (_model, _world) = (model, world);
        _probes = new(model, simulation.Probes, world);
        _row = new double[Standard.Length + _probes.Columns.Count];
        Audit = new(model, directSolver, nominalCurrent);
        Extremes = new(model, world);
        TimeSeriesWriter? series = null;
        RootOnly.Run(world, () => series = new(folder.File(OutputFolder.TimeSeriesName), [.. Standard, .. _probes.Columns]));
        _series = series;
        _append = () => _series!.Append(_time, _model.Fields.TerminalVoltage, _model.System.Terminal.AppliedCurrent, _row);
        _fields = new(model, simulation.Output.Fields);
        if (writeFields)
            _fieldWriter = new(world, folder.Path, model.Mesh, new(simulation.Output.DoublePrecision ? FieldPrecision.Float64 : FieldPrecision.Float32));
    }

    public ConservationAudit Audit { get; }

    public Extremes Extremes { get; }

    public TerminalTotals Terminal { get; } = new();

    /// <summary>Temperatures of the newest record.</summary>
    public TemperatureRange Temperature { get; private set; }

    /// <summary>*Collective.* Records the accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="afterStep">False right after a switch of current.</param>
    public void Record(double time, bool afterStep)
    {
        _model.System.Report();
        Balance balance = _model.System.Balance;
        _world.Allreduce(balance.Values, Operation.Sum);
        Audit.Update(balance, afterStep);
        Extremes.Update(time);
        Temperature = TemperatureRange.Of(_model.Mesh, _model.Fields, _world);
        double voltage = _model.Fields.TerminalVoltage, current = _model.System.Terminal.AppliedCurrent;
        (_row[0], _row[1], _row[2]) = (Temperature.Minimum, Temperature.Mean, Temperature.Maximum);
        double heat = 0;
        for (int i = 3; i < Standard.Length; i++)
            heat += _row[i] = balance[Standard[i].Name];
        Terminal.Add(time, voltage, current, heat);
        _probes.Fill(_row.AsSpan(Standard.Length));
        _time = time;
        RootOnly.Run(_world, _append);
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

    /// <summary>*Collective.* Brings the series to the disk.</summary>
    public void Flush() => RootOnly.Run(_world, () => _series!.Flush());

    public void Dispose() => _series?.Dispose();
}
