using System.Buffers;
using System.Text;
using System.Text.Json;

using Cell3D.Mesh;
using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;

using Hdf5File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Output;

/// <summary>
/// Writes cell fields as VTKHDF 1.0 unstructured grids that VTK 9.1, ParaView 5.11 and newer open: the mesh once
/// (<c>mesh.hdf</c>), one file per output time that links to it (<c>fields_000012.hdf</c>), and the list of exact times
/// (<c>fields.hdf.series</c>). One part per rank; a rank may own no cells.
/// </summary>
/// <remarks>Every file is complete or absent at any moment, and the list names complete files only.</remarks>
public sealed class FieldWriter : IResumable
{
    private const string Root = "/VTKHDF";

    /// <summary>Files of a run, a few of stops among them.</summary>
    private const int MostTimes = 2_000_000;

    /// <summary>Of a vector.</summary>
    private const int MostComponents = 3;

    /// <summary>Names of layers and tabs, in the order in which Region numbers them.</summary>
    private const string LayerNames = "FieldData/Layer names";

    /// <summary>Datasets of the mesh that every field file links to.</summary>
    private static readonly string[] Shared = ["NumberOfPoints", "NumberOfCells", "NumberOfConnectivityIds", "Points", "Connectivity", "Offsets", "Types", "CellData/Region"];

    private readonly Communicator _communicator;
    private readonly OutputFolder _folder;
    private readonly string _mesh;
    private readonly FieldFormat _format;
    private readonly string[] _layers;
    private readonly int[] _cells;
    private readonly double[] _ofOwned;
    private readonly double[] _values;
    private readonly float[] _singles;
    private readonly long _wholeCells;
    private readonly List<(string Name, double Time)> _series = [];

    /// <summary>*Collective.* Writes the mesh.</summary>
    /// <param name="communicator">The ranks that share the mesh.</param>
    /// <param name="folder">Folder of the results.</param>
    /// <param name="part">This rank's part: its owned cells are written.</param>
    /// <param name="format">Precision and compression; single precision, uncompressed, by default.</param>
    /// <param name="layers">Layers and tabs whose cells are written; all by default.</param>
    /// <param name="mesh">Name of the mesh file; one that is there already is this very mesh.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public FieldWriter(Communicator communicator, OutputFolder folder, CellMesh part, FieldFormat? format = null, LayerSelection? layers = null, string mesh = OutputFolder.MeshName)
    {
        (_communicator, _mesh) = (communicator, mesh);
        _folder = folder;
        _format = format ?? new FieldFormat();
        _layers = [.. part.Regions.Select(region => region.Name)];
        _cells = (layers ?? LayerSelection.All).Cells(part);
        _ofOwned = new double[MostComponents * part.OwnedCellCount];
        _values = new double[MostComponents * _cells.Length];
        _singles = new float[_format.Precision == FieldPrecision.Float32 ? _values.Length : 0];
        _wholeCells = communicator.Allreduce((long)_cells.Length, Operation.Sum);
        if (communicator.Any(communicator.IsRoot && folder.Holds(mesh) && System.IO.File.Exists(folder.File(mesh))))
            return;
        CellShapes shapes = CellShapes.Of(part, _cells);
        Span<long> counts = [shapes.Points.Length / 3, shapes.Connectivity.Length];
        communicator.Allreduce(counts, Operation.Sum);
        WriteFile(mesh, DiskSpace.ForecastMesh(_wholeCells, counts[0], counts[1], communicator.Size), file => WriteMesh(file, part, shapes));
    }

    /// <summary>Output times written so far.</summary>
    public int Count => _series.Count;

    /// <inheritdoc/>
    public long LongestState => MostTimes;

    /// <inheritdoc/>
    /// <remarks>The times written so far: files are numbered in their order.</remarks>
    public double[] State
    {
        get => [.. _series.Select(entry => entry.Time)];
        set
        {
            _series.Clear();
            _series.AddRange(value.Select((time, index) => (OutputFolder.FieldsName(index), time)));
        }
    }

    /// <summary>*Collective.* Writes the fields of one time, then the list of times.</summary>
    /// <param name="time">Time [s].</param>
    /// <param name="fields">The same fields in the same order on every rank, names all different.</param>
    /// <returns>The file's name.</returns>
    /// <exception cref="OutputException">The disk is full or the place not writable; earlier files are intact.</exception>
    /// <exception cref="ArgumentException">Two fields share a name.</exception>
    public string Write(double time, IReadOnlyList<CellField> fields)
    {
        if (fields.Select(field => field.Name).Append("Region").GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Field '{twice.Key}' appears twice.", nameof(fields));

        string name = OutputFolder.FieldsName(_series.Count);
        WriteFile(name, DiskSpace.ForecastFields(_wholeCells, fields.Sum(field => field.Components), _format.Precision), file => WriteFields(file, time, fields));
        _series.Add((name, time));
        WriteSeries();
        return name;
    }

    /// <summary>*Collective.* Goes on with the times that <see cref="State"/> holds: files and list entries of later ones go.</summary>
    /// <exception cref="OutputException">A file cannot be deleted or written.</exception>
    public void Continue()
    {
        RootOnly.Run(_communicator, () =>
        {
            HashSet<string> kept = [.. _series.Select(entry => entry.Name)];
            foreach (string name in _folder.Own.Where(name => name.StartsWith("fields_", StringComparison.Ordinal) && !kept.Contains(name)).ToArray())
                _folder.Remove(name);
        });
        WriteSeries();
    }

    private void WriteSeries() =>
        RootOnly.Run(_communicator, () => AtomicFile.Write(_folder.ForWriting(OutputFolder.FieldSeriesName), SeriesText()));

    private void WriteFile(string name, long bytes, Action<NewFile> write)
    {
        string path = _folder.File(name);
        RootOnly.Run(_communicator, () => _folder.ForWriting(name));
        try
        {
            Hdf5File.CreateAtomically(path, _communicator, write);
        }
        catch (Exception e) when (e is IOException or Hdf5Exception)
        {
            throw OutputException.WriteFailed(path, bytes, e);
        }
    }

    private void WriteHeader(NewFile file)
    {
        file.CreateGroup(Root);
        file.WriteAttribute<long>(Root, "Version", [1, 0]);
        file.WriteAttribute(Root, "Type", "UnstructuredGrid");
        // In every file: VTK 9.1 follows no links to texts.
        file.WriteTexts($"{Root}/{LayerNames}", _layers);
    }

    private void WriteMesh(NewFile file, CellMesh part, CellShapes shapes)
    {
        WriteHeader(file);
        file.Write<long>($"{Root}/NumberOfPoints", [shapes.Points.Length / 3]);
        file.Write<long>($"{Root}/NumberOfCells", [_cells.Length]);
        file.Write<long>($"{Root}/NumberOfConnectivityIds", [shapes.Connectivity.Length]);
        file.Write<double>($"{Root}/Points", shapes.Points, 3);
        file.Write<long>($"{Root}/Connectivity", shapes.Connectivity);
        file.Write<long>($"{Root}/Offsets", shapes.Offsets);
        file.Write<byte>($"{Root}/Types", shapes.Types);

        file.Write<int>($"{Root}/CellData/Region", Array.ConvertAll(_cells, cell => part.Region[cell]));
        Describe(file, $"{Root}/CellData/Region", "1", "Layer or tab: " + string.Join(", ", part.Regions.Select((region, i) => $"{i} {region.Name}")));
        file.Write<double>($"{Root}/CellData/Volume", Array.ConvertAll(_cells, cell => part.Volume[cell]));
        Describe(file, $"{Root}/CellData/Volume", "m3", "Cell volume");
        file.Write<double>($"{Root}/CellData/Rank", Array.ConvertAll(_cells, _ => (double)_communicator.Rank));
        Describe(file, $"{Root}/CellData/Rank", "1", "MPI rank that owns the cell");
    }

    private void WriteFields(NewFile file, double time, IReadOnlyList<CellField> fields)
    {
        WriteHeader(file);
        file.WriteAttribute("/", "time", time);
        file.WriteAttribute("/", "time_units", "s");
        foreach (string shared in Shared)
        {
            file.LinkExternal($"{Root}/{shared}", _mesh, $"{Root}/{shared}");
        }

        foreach (CellField field in fields)
        {
            Gather(field);
            string dataset = $"{Root}/CellData/{field.Name}";
            WriteValues(file, dataset, field.Components);
            Describe(file, dataset, field.Unit, field.LongName);
        }
    }

    /// <summary>The values of the cells that are written.</summary>
    private void Gather(CellField field)
    {
        int components = field.Components;
        Span<double> owned = _ofOwned.AsSpan(0, _ofOwned.Length / MostComponents * components);
        owned.Fill(double.NaN);
        field.Fill(owned);
        for (int i = 0; i < _cells.Length; i++)
            owned.Slice(components * _cells[i], components).CopyTo(_values.AsSpan(components * i));
    }

    private void WriteValues(NewFile file, string dataset, int components)
    {
        ReadOnlySpan<int> shape = components == 1 ? [] : [components];
        Span<double> values = _values.AsSpan(0, components * _cells.Length);
        if (_format.Precision == FieldPrecision.Float64)
        {
            file.Write<double>(dataset, values, _format.Storage, shape);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            _singles[i] = (float)values[i];
        }

        file.Write<float>(dataset, _singles.AsSpan(0, values.Length), _format.Storage, shape);
    }

    /// <summary>Attaches unit and name in words; what is not ASCII in words becomes a question mark.</summary>
    internal static void Describe(NewFile file, string dataset, string unit, string longName)
    {
        file.WriteAttribute(dataset, "units", unit);
        file.WriteAttribute(dataset, "long_name", Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(longName)));
    }

    private byte[] SeriesText()
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("file-series-version", "1.0");
            json.WriteStartArray("files");
            foreach ((string name, double time) in _series)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("time", time);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. text.WrittenSpan, (byte)'\n'];
    }
}
