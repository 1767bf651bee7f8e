using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>Coldest and hottest cell and the smallest potential against lithium over the run, with place and time.</summary>
public sealed class Extremes
{
    /// <summary>Of a run that ended before its first state.</summary>
    private static readonly Extreme Unknown = new() { Value = double.NaN, Time = double.NaN, Region = "", Place = [] };
    private readonly CellModel _model;
    private readonly Communicator _world;
    private readonly Func<int, double> _temperature, _coldness, _lithiumMargin;
    private Extreme? _coldest, _hottest, _margin;
    private double _largestDifference;

    /// <summary>Nothing seen yet.</summary>
    public Extremes(CellModel model, Communicator world)
    {
        (_model, _world) = (model, world);
        _temperature = cell => model.Fields.Temperature[cell];
        _coldness = cell => -model.Fields.Temperature[cell];
        _lithiumMargin = cell => model.Mesh.Kind(cell) == LayerKind.NegativeElectrode
            ? model.Fields.ElectronicPotential[cell] - model.Fields.IonicPotential[cell] : double.PositiveInfinity;
    }

    /// <summary>*Collective.* Takes the present state into account.</summary>
    /// <param name="time">[s].</param>
    /// <param name="range">Temperatures of the present state.</param>
    public void Update(double time, TemperatureRange range)
    {
        double reference = _model.Fields.ReferenceTemperature;
        _coldest = Smaller(_coldest, time, _temperature, reference, 1);
        _hottest = Smaller(_hottest, time, _coldness, reference, -1);
        _margin = Smaller(_margin, time, _lithiumMargin, 0, 1);
        _largestDifference = Math.Max(_largestDifference, range.Maximum - range.Minimum);
    }

    public ExtremesSummary ToSummary() => new()
    {
        MinimumTemperature = _coldest ?? Unknown,
        MaximumTemperature = _hottest ?? Unknown,
        LargestTemperatureDifference = _largestDifference,
        LithiumMargin = _margin ?? Unknown,
    };

    /// <summary>The smaller of a known extreme and the present smallest key; value = offset + sign·key.</summary>
    private Extreme Smaller(Extreme? known, double time, Func<int, double> key, double offset, double sign)
    {
        int best = -1;
        double smallest = double.PositiveInfinity;
        for (int cell = 0; cell < _model.Mesh.OwnedCellCount; cell++)
        {
            double candidate = key(cell);
            if (candidate < smallest)
                (smallest, best) = (candidate, cell);
        }
        (double least, int rank) = _world.MinLocation(smallest);
        if (known is not null && sign * (known.Value - offset) <= least)
            return known;
        string region = _world.Broadcast(best >= 0 ? _model.Mesh.Regions[_model.Mesh.Region[best]].Name : "", rank);
        Span<double> place = best >= 0 ? [_model.Mesh.CentreX[best], _model.Mesh.CentreY[best], _model.Mesh.CentreZ[best]] : [0, 0, 0];
        _world.Broadcast(place, rank);
        return new() { Value = offset + (sign * least), Time = time, Region = region, Place = place.ToArray() };
    }
}
