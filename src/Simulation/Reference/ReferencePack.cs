using System.Text;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Verification;
using File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Simulation.Reference;

/// <summary>A run with its error bars as one HDF5 file and CSV tables; docs/reference-pack.md describes the layout.</summary>
public sealed class ReferencePack
{
    /// <summary>Version of the layout; changes when a dataset changes its meaning.</summary>
    public const string Layout = "cell3d-reference-1";

    private const string Error = "_error";

    private readonly SimulationCase _simulation;
    private readonly SamplePlan _plan;
    private readonly RunTrace _trace;
    private readonly ReferenceSamples _samples;
    private readonly RefinementStudy? _study;
    private readonly Dictionary<string, double[]> _errors;

    /// <summary>Takes a run and what is known of its error.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="plan">What the run was sampled by.</param>
    /// <param name="trace">The run.</param>
    /// <param name="study">The study that it is a part of; null for no error bars.</param>
    public ReferencePack(SimulationCase simulation, SamplePlan plan, RunTrace trace, RefinementStudy? study)
    {
        (_simulation, _plan, _trace, _samples, _study) = (simulation, plan, trace, trace.Samples!, study);
        _errors = study is null ? [] : _samples.Quantities.ToDictionary(quantity => quantity.Path, study.Errors);
        Known = study is null ? new Dictionary<string, double>() : _samples.Quantities.GroupBy(quantity => quantity.Path.Split('/')[0]).ToDictionary(group => group.Key, ShareKnown);
        CurveTimes = [_samples.FirstCurrent, .. plan.Times];
        Curves = [.. Enumerable.Range(0, CurveTimes.Length).Where(i => !double.IsNaN(_samples["curves/voltage"][i]))];
    }

    /// <summary>Times of the curves [s].</summary>
    public double[] CurveTimes { get; }

    /// <summary>Rows of the curves that the run came to.</summary>
    public IReadOnlyList<int> Curves { get; }

    /// <summary>Share of the numbers that have an error bar, by the group of their dataset, e.g. "maps"; empty without a study.</summary>
    public IReadOnlyDictionary<string, double> Known { get; }

    /// <summary>Bytes that a pack takes at most, CSV tables included.</summary>
    /// <param name="plan">When and where.</param>
    /// <param name="regions">Layers and tabs.</param>
    /// <param name="cells">Control volumes.</param>
    /// <param name="withErrors">Whether it has error bars.</param>
    public static long Forecast(SamplePlan plan, int regions, long cells, bool withErrors)
    {
        const int fields = 8, bytesOfText = 20, columnsOfText = 6, headers = 1 << 20;
        long grid = (long)plan.Along.Length * plan.Height.Length, maps = fields * (long)plan.MomentCount * regions * (1 + plan.Depth.Length + grid);
        return headers + (sizeof(double) * ((maps * (withErrors ? 2 : 1)) + (cells * (ReferenceCells.Coordinates + 1 + plan.MomentCount)))) + (2 * bytesOfText * columnsOfText * regions * (grid + plan.Depth.Length) * 2) + (bytesOfText * plan.CurveCount * (40L + regions));
    }

    /// <summary>*Collective.* Writes file and tables.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="world">The ranks.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable; on every rank.</exception>
    public void Write(OutputFolder folder, Communicator world)
    {
        RootOnly.Run(world, () => folder.ForWriting(OutputFolder.ReferenceName));
        string path = folder.File(OutputFolder.ReferenceName);
        try
        {
            File.CreateAtomically(path, world, file => Write(file, world));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Hdf5Exception)
        {
            throw OutputException.WriteFailed(path, 0, e as IOException ?? new IOException(e.Message));
        }
        RootOnly.Run(world, () => new ReferenceTables(_plan, _samples, _errors, CurveTimes, Curves).Write(folder));
    }

    private double ShareKnown(IEnumerable<SampledQuantity> quantities)
    {
        (long values, long known) = (0, 0);
        foreach (SampledQuantity quantity in quantities)
            for (int i = 0; i < quantity.Count; i++)
            {
                values += double.IsNaN(_samples.Values[quantity.Path][i]) ? 0 : 1;
                known += double.IsNaN(_errors[quantity.Path][i]) ? 0 : 1;
            }
        return values == 0 ? double.NaN : (double)known / values;
    }

    private void Write(NewFile file, Communicator world)
    {
        Text(file, "/", "layout", Layout);
        Text(file, "/", "title", _simulation.Title);
        Text(file, "/", "program", $"Cell3D {typeof(ReferencePack).Assembly.GetName().Version!.ToString(3)}");
        Text(file, "/", "error_bars", _study is null ? "none" : "Richardson on three levels in time, through the layers, in the plane and inside particles, added up; NaN: unknown");
        double[] moments = [.. Enumerable.Range(0, _plan.MomentCount).Select(moment => CurveTimes[_plan.CurveOf(moment)])];
        Axis(file, "axes/curve", "s", "Time of the curves; the first is right after the first current is switched on", CurveTimes);
        Axis(file, "axes/moment", "s", "Time of the fields", moments);
        Axis(file, "axes/y", "m", "Distance along the layers: y of a flat cell, distance along the ribbon of a roll", _plan.Along);
        Axis(file, "axes/z", "m", "Height", _plan.Height);
        Axis(file, "axes/depth", "1", "Depth within a layer over its thickness, from its side of lower x", _plan.Depth);
        file.WriteTexts("names/layer", _samples.LayerNames);
        file.WriteTexts("names/region", _samples.RegionNames);
        file.WriteTexts("names/loss", _samples.LossNames);
        foreach (SampledQuantity quantity in _samples.Quantities)
        {
            Values(file, world, quantity, quantity.Path, quantity.Description, _samples.Values[quantity.Path]);
            if (_errors.TryGetValue(quantity.Path, out double[]? errors))
                Values(file, world, quantity, quantity.Path + Error, "Error bar; NaN where it is unknown", errors);
        }
        for (int i = 0; i < RefinementStudy.Quantities.Count; i++)
        {
            TracedQuantity figure = RefinementStudy.Quantities[i];
            string path = $"figures/{figure.Name.ToLowerInvariant().Replace(' ', '_')}";
            Axis(file, path, figure.Unit, figure.Name, [figure.Of(_trace)]);
            if (_study is not null)
                Axis(file, path + Error, figure.Unit, "Error bar; NaN where it is unknown", [ErrorOf(i).Error]);
        }
        Cells(file, _samples.Cells!);
    }

    /// <summary>Error bar of a figure of the whole run.</summary>
    /// <param name="figure">Its place in <see cref="RefinementStudy.Quantities"/>.</param>
    public ErrorEstimate ErrorOf(int figure) => _study?.Total(direction => direction.Quantities[figure]) ?? ErrorEstimate.Unknown;

    /// <summary>Values of a curve and their error bars; NaN where there is none.</summary>
    public (double Value, double Error) Curve(string name, int row) =>
        (_samples[$"curves/{name}"][row], _errors.TryGetValue($"curves/{name}", out double[]? errors) ? errors[row] : double.NaN);

    /// <summary>Largest known error bar of a curve; NaN where none is.</summary>
    public double LargestError(string name) => _errors.TryGetValue($"curves/{name}", out double[]? errors) ? errors.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max() : double.NaN;

    private static void Cells(NewFile file, ReferenceCells cells)
    {
        file.Write<double>("cells/geometry", cells.Geometry, ReferenceCells.Coordinates);
        Describe(file, "cells/geometry", "m, m, m, m3", "x, y, z of the centre and volume of every control volume");
        file.Write<int>("cells/region", cells.Region);
        Describe(file, "cells/region", "1", "Number of its region in names/region, from 0");
        if (cells.Moments == 0)
            return;
        file.Write<double>("cells/temperature", cells.Temperature, cells.Moments);
        Describe(file, "cells/temperature", "K", "Temperature at the first moments that the run came to, by control volume and moment");
    }

    private static void Values(NewFile file, Communicator world, SampledQuantity quantity, string path, string description, double[] values)
    {
        if (values.Length == 0)
            return;
        file.Write<double>(path, world.IsRoot ? values : [], [.. quantity.Shape.Skip(1)]);
        Describe(file, path, quantity.Unit, description);
        Text(file, path, "axes", string.Join(", ", quantity.Axes));
    }

    private static void Axis(NewFile file, string path, string unit, string description, double[] values)
    {
        file.WriteReplicated<double>(path, values);
        Describe(file, path, unit, description);
    }

    private static void Describe(NewFile file, string path, string unit, string description)
    {
        Text(file, path, "units", unit);
        Text(file, path, "long_name", description);
    }

    private static void Text(NewFile file, string item, string name, string text) => file.WriteAttribute(item, name, Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(text)));
}
