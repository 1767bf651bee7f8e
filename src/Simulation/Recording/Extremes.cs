using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>Coldest and hottest cell and the smallest potential against lithium over the run, with place and time.</summary>
public sealed class Extremes(CellModel model, Communicator world)
{
    /// <summary>Of a run that ended before its first state.</summary>
    private static readonly Extreme Unknown = new() { Value = double.NaN, Time = double.NaN, Region = "", Place = [] };
    private Extreme? _coldest, _hottest, _margin;
    private double _largestDifference;

    /// <summary>*Collective.* Takes the present state into account.</summary>
    public void Update(double time)
    {
        CellFields fields = model.Fields;
        _coldest = Smaller(_coldest, time, cell => fields.Temperature[cell], fields.ReferenceTemperature, 1);
        _hottest = Smaller(_hottest, time, cell => -fields.Temperature[cell], fields.ReferenceTemperature, -1);
        _margin = Smaller(_margin, time, cell => model.Mesh.Kind(cell) == LayerKind.NegativeElectrode
            ? fields.ElectronicPotential[cell] - fields.IonicPotential[cell] : double.PositiveInfinity, 0, 1);
        TemperatureRange range = TemperatureRange.Of(model.Mesh, fields, world);
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
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
        {
            double candidate = key(cell);
            if (candidate < smallest)
                (smallest, best) = (candidate, cell);
        }
        (double least, int rank) = world.MinLocation(smallest);
        if (known is not null && sign * (known.Value - offset) <= least)
            return known;
        string region = world.Broadcast(best >= 0 ? model.Mesh.Regions[model.Mesh.Region[best]].Name : "", rank);
        Span<double> place = best >= 0 ? [model.Mesh.CentreX[best], model.Mesh.CentreY[best], model.Mesh.CentreZ[best]] : [0, 0, 0];
        world.Broadcast(place, rank);
        return new() { Value = offset + (sign * least), Time = time, Region = region, Place = place.ToArray() };
    }
}
