using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Particles;

namespace Cell3D.Simulation.Recording;

/// <summary>Values recorded at every step beside the standard ones: fields at points, means over layers, currents of the electrodes.</summary>
public sealed class Probes
{
    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly Balance _balance;
    private readonly List<SeriesColumn> _columns = [];
    private readonly List<(int Cell, Unknown Unknown)> _points = [];
    private readonly List<Unknown> _means = [];

    /// <summary>First mean of each region, and the end.</summary>
    private readonly int[] _firstMean;
    private readonly List<int> _currents = [];
    private readonly List<(ReactingParticles Particles, int Place, double[] Modes, SeriesColumn Column)> _radii = [];

    /// <summary>*Collective.* Finds the cells of the points.</summary>
    public Probes(CellModel model, ProbeSettings settings, Communicator world)
    {
        (_model, _world, _balance) = (model, world, model.System.Balance);
        foreach (ProbePoint point in settings.Points)
            AddPoint(point, settings.RadialPoints);
        _columns.AddRange(_radii.Select(entry => entry.Column));
        _firstMean = new int[model.Mesh.Regions.Count + 1];
        for (int region = 0; region < model.Mesh.Regions.Count && settings.LayerMeans; region++)
        {
            AddMeans(region);
            _firstMean[region + 1] = _means.Count;
        }
        if (settings.LayerCurrents)
            foreach (ElectrodeInterface electrode in model.Interfaces)
            {
                _currents.Add(_balance.Slot(electrode.CurrentName));
                _columns.Add(new(electrode.CurrentName, "A"));
            }
    }

    /// <summary>Sums over all ranks that the values are made of.</summary>
    public int Sums => _points.Count + _radii.Count + (2 * _means.Count);

    public IReadOnlyList<SeriesColumn> Columns => _columns;

    /// <summary>This rank's share of the sums at the present state.</summary>
    public void Sum(Span<double> sums)
    {
        sums.Clear();
        for (int i = 0; i < _points.Count; i++)
            sums[i] = _points[i].Cell >= 0 ? _model.Fields.Absolute(_points[i].Unknown, _points[i].Cell) : 0;
        for (int i = 0; i < _radii.Count; i++)
            sums[_points.Count + i] = _radii[i].Place >= 0 ? _radii[i].Particles.Stoichiometry(_radii[i].Place, _radii[i].Modes) : 0;
        Span<double> means = sums[(_points.Count + _radii.Count)..];
        for (int cell = 0; cell < _model.Mesh.OwnedCellCount && _means.Count > 0; cell++)
            for (int region = _model.Mesh.Region[cell], i = _firstMean[region]; i < _firstMean[region + 1]; i++)
            {
                means[2 * i] += _model.Mesh.Volume[cell] * _model.Fields.Absolute(_means[i], cell);
                means[(2 * i) + 1] += _model.Mesh.Volume[cell];
            }
    }

    /// <summary>Fills the values, in the order of <see cref="Columns"/>, once sums and balances are those of all ranks.</summary>
    public void Take(ReadOnlySpan<double> sums, Span<double> values)
    {
        int places = _points.Count + _radii.Count;
        sums[..places].CopyTo(values);
        for (int i = 0; i < _means.Count; i++)
            values[places + i] = sums[places + (2 * i)] / sums[places + (2 * i) + 1];
        for (int i = 0; i < _currents.Count; i++)
            values[places + _means.Count + i] = _balance.Values[_currents[i]];
    }

    /// <summary>*Collective.* The cell nearest to a point: its index on the rank that has it, −1 on the others, and that rank.</summary>
    public static (int Cell, int Rank) Nearest(CellModel model, ProbePoint point)
    {
        CellLocation nearest = model.Mesh.Nearest(point.X, point.Y, point.Z);
        int winner = model.World.MinLocation(nearest.Cell < 0 ? double.MaxValue : nearest.Distance + (1e-9 * nearest.CentreDistance)).Rank;
        return (winner == model.World.Rank ? nearest.Cell : -1, winner);
    }

    /// <summary>The nearest cell of all ranks answers; the others contribute nothing.</summary>
    private void AddPoint(ProbePoint point, int radii)
    {
        (int cell, int winner) = Nearest(_model, point);
        Span<long> region = [cell >= 0 ? _model.Mesh.Region[cell] : 0];
        _world.Broadcast(region, winner);
        Region layer = _model.Mesh.Regions[(int)region[0]];
        foreach (Unknown unknown in _model.System.Unknowns.KnownIn(layer.Kind))
        {
            _points.Add((cell, unknown));
            _columns.Add(new($"{point.Name}: {unknown.InWords}", unknown.Unit));
        }
        foreach (ReactingParticles particles in _model.Particles.Where(particles => particles.Sites.Owner == layer.Name || particles.Sites.Owner.StartsWith(layer.Name + " (", StringComparison.Ordinal)))
            for (int i = 0; i < radii; i++)
            {
                double radius = (double)i / (radii - 1);
                _radii.Add((particles, cell >= 0 ? particles.Cells.BinarySearch(cell) : -1, particles.WeightsAt(radius), new(FormattableString.Invariant(
                    $"{point.Name}: stoichiometry{(particles.Material.Name.Length == 0 ? "" : $" of {particles.Material.Name}")} at {radius:0.000} R"), "1")));
            }
    }

    private void AddMeans(int region)
    {
        foreach (Unknown unknown in _model.System.Unknowns.KnownIn(_model.Mesh.Regions[region].Kind))
        {
            _means.Add(unknown);
            _columns.Add(new($"{_model.Mesh.Regions[region].Name}: mean {unknown.InWords}", unknown.Unit));
        }
    }
}
