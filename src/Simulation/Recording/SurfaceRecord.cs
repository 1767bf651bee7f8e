using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Heat;

namespace Cell3D.Simulation.Recording;

/// <summary>Heat that leaves through every surface and patch: columns of the time series, and totals by the trapezoidal rule.</summary>
public sealed class SurfaceRecord : IResumable
{
    private readonly Balance _balance;
    private readonly string[] _names;
    private readonly double[] _areas;
    private readonly int[] _slots;
    private readonly double[] _rate, _largest, _total;
    private double _time = double.NaN;

    /// <summary>*Collective.* Finds the areas; without an energy equation there are no surfaces.</summary>
    public SurfaceRecord(CellModel model, SimulationCase simulation, Communicator world)
    {
        _balance = model.System.Balance;
        IReadOnlyList<CoolingSettings> cooling = simulation.Thermal.Model == ThermalModel.Resolved ? simulation.Thermal.Cooling : [];
        _names = [.. cooling.Select(entry => entry.Name)];
        _slots = [.. _names.Select(name => _balance.Slot(SurfaceHeat.NameOf(name)))];
        _areas = new double[_names.Length];
        foreach ((Mesh.BoundaryFace face, int place, double share) in CooledSurfaces.Shares(cooling, model.Mesh))
            _areas[place] += share * face.Area;
        world.Allreduce(_areas.AsSpan(), Operation.Sum);
        Columns = [.. _names.Select(name => new SeriesColumn(SurfaceHeat.NameOf(name), "W"))];
        (_rate, _largest, _total) = (new double[_names.Length], new double[_names.Length], new double[_names.Length]);
    }

    public IReadOnlyList<SeriesColumn> Columns { get; }

    /// <inheritdoc/>
    public long LongestState => 1 + (3 * _names.Length);

    /// <inheritdoc/>
    public double[] State
    {
        get => [_time, .. _rate, .. _largest, .. _total];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of {_names.Length} surfaces.", nameof(value));
            _time = value[0];
            value.AsSpan(1, _names.Length).CopyTo(_rate);
            value.AsSpan(1 + _names.Length, _names.Length).CopyTo(_largest);
            value.AsSpan(1 + (2 * _names.Length), _names.Length).CopyTo(_total);
        }
    }

    /// <summary>Takes the balances of the present state, summed over all ranks; a repeated time is a jump and adds nothing.</summary>
    /// <param name="time">[s], never decreasing.</param>
    /// <param name="values">Receives the values of <see cref="Columns"/>.</param>
    public void Take(double time, Span<double> values)
    {
        double hours = (time - _time) / 3600;
        for (int i = 0; i < _slots.Length; i++)
        {
            double lost = values[i] = _balance.Values[_slots[i]];
            if (hours > 0)
                _total[i] += 0.5 * (_rate[i] + lost) * hours;
            if (Math.Abs(lost) > Math.Abs(_largest[i]))
                _largest[i] = lost;
            _rate[i] = lost;
        }
        _time = time;
    }

    /// <summary>The totals as they stand; null where there are no surfaces.</summary>
    public IReadOnlyList<SurfaceSummary>? ToSummary() => _names.Length == 0 ? null
        : [.. _names.Select((name, i) => new SurfaceSummary { Name = name, Area = _areas[i], HeatLost = _total[i], Largest = _largest[i], Last = _rate[i] })];
}
