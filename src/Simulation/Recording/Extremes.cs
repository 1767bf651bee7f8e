using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Recording;

/// <summary>Coldest and hottest cell and the smallest potential against lithium over the run, with place and time.</summary>
/// <remarks>Every rank keeps its own; at the end they agree on the furthest.</remarks>
public sealed class Extremes(CellModel model, Communicator world) : IResumable
{
    /// <summary>Of a run that ended before its first state.</summary>
    private static readonly Extreme Unknown = new() { Value = double.NaN, Time = double.NaN, Region = "", Place = [] };
    private Furthest _coldest = Furthest.None, _hottest = Furthest.None, _margin = Furthest.None;
    private double _largestDifference;

    /// <inheritdoc/>
    public long LongestState => 10;

    /// <inheritdoc/>
    /// <remarks>*Collective.* The furthest of all ranks, each with the number of its cell in the whole; it is then kept by the rank that has this cell.</remarks>
    public double[] State
    {
        get => [_largestDifference, .. Agreed(_coldest), .. Agreed(_hottest), .. Agreed(_margin)];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of extremes.", nameof(value));
            _largestDifference = value[0];
            (_coldest, _hottest, _margin) = (Own(value.AsSpan(1)), Own(value.AsSpan(4)), Own(value.AsSpan(7)));
        }
    }

    /// <summary>Takes the present state into account.</summary>
    /// <param name="time">[s].</param>
    /// <param name="range">Temperatures of the present state, all ranks.</param>
    public void Update(double time, TemperatureRange range)
    {
        for (int cell = 0; cell < model.Mesh.OwnedCellCount; cell++)
        {
            double temperature = model.Fields.Temperature[cell];
            _coldest.Take(temperature, time, cell);
            _hottest.Take(-temperature, time, cell);
            if (model.Mesh.Kind(cell) == LayerKind.NegativeElectrode)
                _margin.Take(model.Fields.ElectronicPotential[cell] - model.Fields.IonicPotential[cell], time, cell);
        }
        _largestDifference = Math.Max(_largestDifference, range.Maximum - range.Minimum);
    }

    /// <summary>*Collective.* Those of all ranks.</summary>
    public ExtremesSummary ToSummary()
    {
        double reference = model.Fields.ReferenceTemperature;
        return new()
        {
            MinimumTemperature = Agree(_coldest, key => reference + key),
            MaximumTemperature = Agree(_hottest, key => reference - key),
            LargestTemperatureDifference = _largestDifference,
            LithiumMargin = Agree(_margin, key => key),
        };
    }

    private double[] Agreed(Furthest own)
    {
        (double least, int rank) = world.MinLocation(own.Key);
        Span<double> found = [least, own.Time, rank == world.Rank && own.Cell >= 0 ? model.Mesh.GlobalCell[own.Cell] : -1];
        world.Broadcast(found, rank);
        return found.ToArray();
    }

    private Furthest Own(ReadOnlySpan<double> found)
    {
        int cell = model.Mesh.GlobalCell.AsSpan(0, model.Mesh.OwnedCellCount).IndexOf((long)found[2]);
        Furthest own = Furthest.None;
        if (cell >= 0)
            own.Take(found[0], found[1], cell);
        return own;
    }

    private Extreme Agree(Furthest own, Func<double, double> value)
    {
        (double least, int rank) = world.MinLocation(own.Key);
        if (double.IsPositiveInfinity(least))
            return Unknown;
        bool mine = rank == world.Rank;
        CellMesh mesh = model.Mesh;
        string region = world.Broadcast(mine ? mesh.Regions[mesh.Region[own.Cell]].Name : "", rank);
        Span<double> where = mine ? [own.Time, mesh.CentreX[own.Cell], mesh.CentreY[own.Cell], mesh.CentreZ[own.Cell]] : [0, 0, 0, 0];
        world.Broadcast(where, rank);
        return new() { Value = value(least), Time = where[0], Region = region, Place = where[1..].ToArray() };
    }

    /// <summary>The smallest key so far, when and where.</summary>
    private struct Furthest
    {
        public static Furthest None => new() { Key = double.PositiveInfinity, Cell = -1 };

        public double Key { get; private set; }

        public double Time { get; private set; }

        public int Cell { get; private set; }

        public void Take(double key, double time, int cell)
        {
            if (key < Key)
                (Key, Time, Cell) = (key, time, cell);
        }
    }
}
