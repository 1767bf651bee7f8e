using System.Text.Json;
using Cell3D.Output;
using PureHDF;
using PureHDF.VOL.Native;

namespace Cell3D.Campaigns.Results;

/// <summary>Whether what a run left behind can be read: every HDF5 file whole, the series whole lines, the summary absent or valid, the index without holes.</summary>
internal sealed class ResultsCheck
{
    /// <summary>Of voltages [V], and of times over themselves: what error control makes of round-off.</summary>
    private const double LargestDifference = 1e-7;

    private readonly string _folder;
    private readonly List<string> _faults = [];
    private int _fields, _rows;
    private string _status = "no summary", _difference = "";

    private ResultsCheck(string folder) => _folder = folder;

    /// <summary>Checks a folder and sums it up in a line; 1 when something cannot be read.</summary>
    /// <param name="given">--folder, --status STATUS and --pictures when the run must have come that far.</param>
    public static int Run(Arguments given)
    {
        ResultsCheck check = new(given.Text("--folder", "."));
        string wanted = given.Text("--status", "");
        if (Directory.Exists(check._folder)) check.All();
        if (wanted.Length > 0 && check._status != wanted) check._faults.Add($"the summary should say {wanted}");
        if (given.Has("--pictures") && !File.Exists(check.Path("voltage.png"))) check._faults.Add("there is no voltage.png");
        if (given.Text("--like", "") is { Length: > 0 } other) check.Try(check.Path(OutputFolder.TimeSeriesName), file => check.Compare(file, System.IO.Path.Combine(other, OutputFolder.TimeSeriesName)));
        Console.WriteLine(FormattableString.Invariant($"{check._fields} field files, {check._rows} rows, {check._status}{check._difference}{string.Concat(check._faults.Select(fault => $"; FAULT: {fault}"))}"));
        return check._faults.Count == 0 ? 0 : 1;
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private void All()
    {
        foreach (string file in Directory.EnumerateFiles(_folder, "*.hdf").Order())
            Try(file, Hdf);
        _fields = Directory.EnumerateFiles(_folder, "fields_*.hdf").Count();
        Try(Path(OutputFolder.TimeSeriesName), Series);
        Try(Path(OutputFolder.SummaryName), file => _status = Summary.FromJson(File.ReadAllText(file)).Outcome.Status.ToString());
        Try(Path(OutputFolder.FieldSeriesName), Index);
        foreach (string file in Directory.EnumerateFiles(_folder, "*.png"))
            Try(file, Picture);
    }

    private void Try(string file, Action<string> read)
    {
        if (!File.Exists(file)) return;
        try
        {
            read(file);
        }
        catch (Exception e)
        {
            _faults.Add($"{System.IO.Path.GetFileName(file)}: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static void Hdf(string path)
    {
        using NativeFile file = H5File.OpenRead(path);
        foreach (IH5Object child in file.Children()) Walk(child);
    }

    private static void Walk(IH5Object node)
    {
        foreach (IH5Attribute attribute in node.Attributes()) _ = attribute.Name;
        if (node is IH5Group group)
            foreach (IH5Object child in group.Children()) Walk(child);
        if (node is IH5Dataset dataset && dataset.Type.Class is H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint)
            Read((IH5Dataset)node);
    }

    private static void Read(IH5Dataset dataset)
    {
        long expected = dataset.Space.Dimensions.Aggregate(1L, (product, length) => product * (long)length) * dataset.Type.Size;
        byte[] bytes = new byte[expected];
        dataset.Read(bytes);
    }

    /// <summary>The series: a heading and whole lines; a torn last line may be there after a kill.</summary>
    private void Series(string path)
    {
        string text = File.ReadAllText(path);
        int lines = text.Count(c => c == '\n');
        _rows = Math.Max(0, lines - 1);
        if (_rows >= 2) TimeSeriesReader.Parse(text, path);
    }

    /// <summary>The same rows as another series, up to what another number of ranks or the order of their messages may change.</summary>
    private void Compare(string path, string other)
    {
        TimeSeries own = TimeSeriesReader.Read(path), whole = TimeSeriesReader.Read(other);
        if (own.Count != whole.Count) throw new InvalidDataException($"{own.Count} rows in place of {whole.Count}");
        double worst = Enumerable.Range(0, own.Count).Max(row => Math.Max(Math.Abs(own.Voltage[row] - whole.Voltage[row]), Math.Abs(own.Time[row] - whole.Time[row]) / Math.Max(1, whole.Time[row])));
        _difference = File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(other)) ? ", the same bytes" : FormattableString.Invariant($", difference {worst:0.0e+0}");
        if (!(worst <= LargestDifference)) throw new InvalidDataException(FormattableString.Invariant($"differs by {worst:0.0e+0} from the whole run"));
    }

    private void Index(string path)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement entry in index.RootElement.GetProperty("files").EnumerateArray())
        {
            string name = entry.GetProperty("name").GetString()!;
            if (!File.Exists(Path(name))) throw new FileNotFoundException($"names {name}, which is not there");
        }
    }

    private static void Picture(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < 8 || !bytes.AsSpan(bytes.Length - 8).StartsWith("IEND"u8)) throw new InvalidDataException("the picture is torn");
    }
}
