using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Simulation.Reference;

/// <summary>Means of a field over the thickness of each layer in each column, over the plane at each level of each layer, and over each layer as a whole.</summary>
/// <remarks>Of in-plane size times the layers; all ranks hold all.</remarks>
public sealed class LayerSums
{
    private readonly CellMesh _mesh;
    private readonly Communicator _world;
    private readonly int[][] _columns, _levels;
    private readonly double[][] _columnVolumes, _levelVolumes;

    /// <summary>Place of each owned cell's column and level among those of its region.</summary>
    private readonly int[] _columnOf, _levelOf;

    /// <summary>*Collective.*</summary>
    public LayerSums(CellMesh mesh, Communicator world)
    {
        (_mesh, _world) = (mesh, world);
        int regions = mesh.Regions.Count, owned = mesh.OwnedCellCount;
        (_columns, _columnVolumes, _columnOf) = Places(mesh.Column, mesh.Extrusion.ColumnCount);
        (_levels, _levelVolumes, _levelOf) = Places(mesh.Level, mesh.Extrusion.LevelCentre.Length);

        (int[][], double[][], int[]) Places(int[] numbers, int most)
        {
            int[][] places = new int[regions][];
            double[][] volumes = new double[regions][];
            int[] of = new int[owned];
            int[] where = new int[most];
            ILookup<int, int> cells = Enumerable.Range(0, owned).ToLookup(cell => mesh.Region[cell]);
            double[] sums = new double[most];
            for (int region = 0; region < regions; region++)
            {
                Array.Clear(sums);
                foreach (int cell in cells[region])
                    sums[numbers[cell]] += mesh.Volume[cell];
                world.Allreduce(sums.AsSpan(), Operation.Sum);
                places[region] = [.. Enumerable.Range(0, most).Where(number => sums[number] > 0)];
                volumes[region] = [.. places[region].Select(number => sums[number])];
                for (int place = 0; place < places[region].Length; place++)
                    where[places[region][place]] = place;
                foreach (int cell in cells[region])
                    of[cell] = where[numbers[cell]];
            }
            return (places, volumes, of);
        }
    }

    /// <summary>Columns of each region, ascending.</summary>
    public IReadOnlyList<int[]> Columns => _columns;

    /// <summary>Levels of each region, ascending.</summary>
    public IReadOnlyList<int[]> Levels => _levels;

    /// <summary>Of the newest field: means over the thickness, by region and column.</summary>
    public double[][] ColumnMeans { get; private set; } = [];

    /// <summary>Means over the plane, by region and level.</summary>
    public double[][] LevelMeans { get; private set; } = [];

    /// <summary>Mean over each region; NaN where the field does not live.</summary>
    public double[] RegionMeans { get; private set; } = [];

    /// <summary>*Collective.* Takes a field.</summary>
    /// <param name="values">Of the owned cells; NaN where it does not live.</param>
    public void Take(ReadOnlySpan<double> values)
    {
        double[] byColumn = new double[_columns.Sum(places => places.Length)], byLevel = new double[_levels.Sum(places => places.Length)];
        int[] firstColumn = Starts(_columns), firstLevel = Starts(_levels);
        for (int cell = 0; cell < values.Length; cell++)
        {
            int region = _mesh.Region[cell];
            double content = _mesh.Volume[cell] * values[cell];
            byColumn[firstColumn[region] + _columnOf[cell]] += content;
            byLevel[firstLevel[region] + _levelOf[cell]] += content;
        }
        _world.Allreduce(byColumn.AsSpan(), Operation.Sum);
        _world.Allreduce(byLevel.AsSpan(), Operation.Sum);
        RegionMeans = [.. _levels.Select((places, region) => byLevel.AsSpan(firstLevel[region], places.Length).ToArray().Sum() / _levelVolumes[region].Sum())];
        ColumnMeans = Means(byColumn, firstColumn, _columnVolumes);
        LevelMeans = Means(byLevel, firstLevel, _levelVolumes);
    }

    /// <summary>*Collective.* Sums what belongs to the columns of some regions over all ranks, in place.</summary>
    public void Sum(double[][] byColumn)
    {
        foreach (double[] values in byColumn)
            _world.Allreduce(values.AsSpan(), Operation.Sum);
    }

    /// <summary>Place of an owned cell's column among those of its region.</summary>
    public int PlaceOfColumn(int cell) => _columnOf[cell];

    private static double[][] Means(double[] sums, int[] first, double[][] volumes) =>
        [.. volumes.Select((ofRegion, region) => ofRegion.Select((volume, place) => sums[first[region] + place] / volume).ToArray())];

    private static int[] Starts(int[][] places)
    {
        int[] starts = new int[places.Length];
        for (int region = 1; region < places.Length; region++)
            starts[region] = starts[region - 1] + places[region - 1].Length;
        return starts;
    }
}
