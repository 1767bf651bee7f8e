using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>What a record needs of all ranks, in two reductions: sums (balances, mean temperature, probes) and extremes.</summary>
public sealed class CellSums
{
    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly Probes _probes;
    private readonly double _volume;
    private readonly double[] _sums;

    /// <summary>*Collective.*</summary>
    public CellSums(CellModel model, Probes probes, Communicator world)
    {
        (_model, _probes, _world) = (model, probes, world);
        double volume = 0;
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
            volume += model.Mesh.Volume[cell];
        _volume = world.Allreduce(volume, Operation.Sum);
        _sums = new double[1 + model.System.Balance.Values.Length + probes.Sums];
    }

    /// <summary>*Collective.* Completes the balances and the probes of the present state and gives the range of temperatures.</summary>
    /// <param name="probes">Receives the values of the probes.</param>
    public TemperatureRange Gather(Span<double> probes)
    {
        Span<double> balance = _model.System.Balance.Values, ofBalance = _sums.AsSpan(1, balance.Length), ofProbes = _sums.AsSpan(1 + balance.Length);
        Span<double> extremes = [double.NegativeInfinity, double.NegativeInfinity];
        CellFields fields = _model.Fields;
        CellMesh mesh = _model.Mesh;
        _sums[0] = 0;
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
        {
            double temperature = fields.Temperature[cell];
            (extremes[0], extremes[1]) = (Math.Max(extremes[0], -temperature), Math.Max(extremes[1], temperature));
            _sums[0] += mesh.Volume[cell] * temperature;
        }
        balance.CopyTo(ofBalance);
        _probes.Sum(ofProbes);
        _world.Allreduce(extremes, Operation.Max);
        _world.Allreduce(_sums.AsSpan(), Operation.Sum);
        ofBalance.CopyTo(balance);
        _probes.Take(ofProbes, probes);
        double reference = fields.ReferenceTemperature;
        return new(reference - extremes[0], reference + (_sums[0] / _volume), reference + extremes[1]);
    }
}
