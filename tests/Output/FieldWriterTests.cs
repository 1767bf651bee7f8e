using System.Text.Json;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Tests.Mesh;
using Cell3D.Tests.Parallel;
using NUnit.Framework;
using PureHDF;
using PureHDF.VOL.Native;

namespace Cell3D.Tests.Output;

/// <summary>What all ranks wrote is read by rank 0 with an HDF5 implementation of its own.</summary>
[Category("Mpi")]
public sealed class FieldWriterTests
{
    private static readonly CellMesh Whole = MeshBuilder.Build(
        PlaneMesh.Rectilinear([0, 0.02, 0.05, 0.1], [0, 0.03, 0.07, 0.12, 0.2]),
        new LayerStack(
        [
            new(LayerKind.NegativeCollector, "Negative collector", 10e-6),
            new(LayerKind.NegativeElectrode, "Negative electrode", 85e-6),
            new(LayerKind.Separator, "Separator", 12e-6),
            new(LayerKind.PositiveElectrode, "Positive electrode", 75e-6),
            new(LayerKind.PositiveCollector, "Positive collector", 16e-6),
        ]),
        [new(Polarity.Negative, CellEdge.Top, 0.035, 0.03, 0.02, 2e-4), new(Polarity.Positive, CellEdge.Top, 0.075, 0.05, 0.02, 2e-4)]);

    private static Communicator World => Communicator.World;

    private static double Temperature(CellMesh mesh, int cell, double time) => 298.15 + 10 * mesh.CentreZ[cell] + mesh.GlobalCell[cell] * 1e-5 + time;

    /// <summary>This rank's part; rank 1 of three or more owns nothing.</summary>
    private static CellMesh Part()
    {
        int working = World.Size < 3 ? World.Size : World.Size - 1;
        int[] owner = [.. Division.ByColumns(Whole, working).Select(rank => World.Size >= 3 && rank >= 1 ? rank + 1 : rank)];
        return Division.Part(Whole, owner, World.Rank).Mesh;
    }

    private static CellField[] Fields(CellMesh part, double time) =>
    [
        new("Temperature", "K", "Temperature", values =>
        {
            for (int cell = 0; cell < values.Length; cell++)
            {
                values[cell] = Temperature(part, cell, time);
            }
        }),
        new("SaltConcentration", "mol/m3", "Salt concentration in the electrolyte", Enumerable.Range(0, part.CellCount).Select(cell => part.Kind(cell).HasElectrolyte() ? 1000.0 + part.GlobalCell[cell] : double.NaN).ToArray()),
    ];

    private static FieldWriter WriteTwoTimes(string folder, CellMesh part, FieldFormat? format = null)
    {
        using OutputFolder results = OutputFolder.Create(World, folder, overwrite: false);
        FieldWriter writer = new(World, results, part, format);
        writer.Write(0, Fields(part, 0));
        writer.Write(10.1, Fields(part, 10.1));
        return writer;
    }

    [TestCase(FieldPrecision.Float32, false)]
    [TestCase(FieldPrecision.Float32, true)]
    [TestCase(FieldPrecision.Float64, false)]
    [TestCase(FieldPrecision.Float64, true)]
    public void EveryCellReadsBackOnceWithItsValues(FieldPrecision precision, bool compress)
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        FieldWriter writer = WriteTwoTimes(folder.Path, part, new FieldFormat(precision, compress));
        Assert.That(writer.Count, Is.EqualTo(2));
        double[] identity = World.Allgatherv([.. part.GlobalCell.Take(part.OwnedCellCount).Select(id => (double)id)]);
        double[] temperature = World.Allgatherv([.. Enumerable.Range(0, part.OwnedCellCount).Select(cell => Temperature(part, cell, 10.1))]);
        if (!World.IsRoot)
            return;

        using NativeFile file = H5File.OpenRead(folder["fields_000001.hdf"]);
        double[] written = Values(file, "Temperature", precision);
        double[] salt = Values(file, "SaltConcentration", precision);
        Assert.Multiple(() =>
        {
            Assert.That(identity.Order(), Is.EqualTo(Enumerable.Range(0, Whole.CellCount)), "each cell once");
            Assert.That(written, Is.EqualTo(temperature).Within(precision == FieldPrecision.Float64 ? 0 : 2e-5));
            Assert.That(salt.Count(double.IsNaN), Is.EqualTo(Enumerable.Range(0, Whole.CellCount).Count(cell => !Whole.Kind(cell).HasElectrolyte())));
            Assert.That(salt.Where(double.IsFinite).Max(), Is.EqualTo(1000.0 + Enumerable.Range(0, Whole.CellCount).Where(cell => Whole.Kind(cell).HasElectrolyte()).Max(cell => Whole.GlobalCell[cell])).Within(1e-3));
            Assert.That(file.Attribute("time").Read<double>(), Is.EqualTo(10.1));
        });
    }

    [Test]
    public void TheMeshHasOnePartPerRankAndFillsTheCell()
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        WriteTwoTimes(folder.Path, part);
        long[] owned = World.Allgather(part.OwnedCellCount);
        if (!World.IsRoot)
            return;

        using NativeFile file = H5File.OpenRead(folder[OutputFolder.MeshName]);
        long[] cells = Read<long>(file, "NumberOfCells"), points = Read<long>(file, "NumberOfPoints"), ids = Read<long>(file, "NumberOfConnectivityIds");
        long[] offsets = Read<long>(file, "Offsets"), connectivity = Read<long>(file, "Connectivity");
        double[,] coordinates = file.Dataset("/VTKHDF/Points").Read<double[,]>();
        Assert.Multiple(() =>
        {
            Assert.That(cells, Is.EqualTo(owned));
            Assert.That(offsets, Has.Length.EqualTo(Whole.CellCount + World.Size), "one offset more than cells in every part");
            Assert.That(connectivity, Has.Length.EqualTo(ids.Sum()));
            Assert.That(coordinates.GetLength(0), Is.EqualTo(points.Sum()));
            Assert.That(Read<byte>(file, "Types"), Is.EqualTo(Enumerable.Repeat((byte)12, Whole.CellCount)));
            Assert.That(Read<double>(file, "CellData/Volume").Sum(), Is.EqualTo(Whole.Volume.Sum()).Within(1e-18));
            Assert.That(coordinates.Cast<double>().Max(), Is.EqualTo(0.22).Within(1e-12), "the tab strips end at z = 0.22 m");
        });
        long offset = 0, id = 0;
        for (int rank = 0; rank < World.Size; rank++)
        {
            Assert.That(offsets[offset], Is.Zero, "connectivity is local to a part");
            Assert.That(offsets[offset + cells[rank]], Is.EqualTo(ids[rank]));
            Assert.That(connectivity.Skip((int)id).Take((int)ids[rank]).DefaultIfEmpty(-1).Max(), Is.EqualTo(points[rank] - 1));
            offset += cells[rank] + 1;
            id += ids[rank];
        }
    }

    [Test]
    public void FieldFilesLinkToTheMeshAndDescribeTheirFields()
    {
        using SharedFolder folder = new();
        WriteTwoTimes(folder.Path, Part());
        if (!World.IsRoot)
            return;

        using NativeFile file = H5File.OpenRead(folder["fields_000000.hdf"]);
        IH5Group root = file.Group("/VTKHDF");
        Assert.Multiple(() =>
        {
            Assert.That(root.Attribute("Version").Read<long[]>(), Is.EqualTo([1L, 0L]));
            Assert.That(root.Attribute("Type").Type.Class, Is.EqualTo(H5DataTypeClass.String), "fixed length: VTK 9.1 reads no other");
            Assert.That(root.Attribute("Type").Read<string>().TrimEnd('\0'), Is.EqualTo("UnstructuredGrid"));
            Assert.That(file.Dataset("/VTKHDF/CellData/Temperature").Attribute("units").Read<string>().TrimEnd('\0'), Is.EqualTo("K"));
            Assert.That(file.Dataset("/VTKHDF/CellData/SaltConcentration").Attribute("long_name").Read<string>().TrimEnd('\0'), Is.EqualTo("Salt concentration in the electrolyte"));
            Assert.That(Read<long>(file, "NumberOfCells").Sum(), Is.EqualTo(Whole.CellCount), "through the link");
            Assert.That(new FileInfo(folder["fields_000000.hdf"]).Length, Is.LessThan(new FileInfo(folder["mesh.hdf"]).Length), "the mesh is not repeated");
        });
    }

    [Test]
    public void TheSeriesHoldsTheExactTimes()
    {
        using SharedFolder folder = new();
        WriteTwoTimes(folder.Path, Part());
        if (!World.IsRoot)
            return;

        using JsonDocument series = JsonDocument.Parse(File.ReadAllText(folder[OutputFolder.FieldSeriesName]));
        Assert.Multiple(() =>
        {
            Assert.That(series.RootElement.GetProperty("file-series-version").GetString(), Is.EqualTo("1.0"));
            Assert.That(series.RootElement.GetProperty("files").EnumerateArray().Select(entry => (entry.GetProperty("name").GetString(), entry.GetProperty("time").GetDouble())), Is.EqualTo([("fields_000000.hdf", 0.0), ("fields_000001.hdf", 10.1)]));
            Assert.That(Directory.EnumerateFiles(folder.Path, "*.tmp"), Is.Empty);
        });
    }

    /// <summary>Two layers of seven, with a vector; the file names the layers.</summary>
    [TestCase(FieldPrecision.Float32)]
    [TestCase(FieldPrecision.Float64)]
    public void ChosenLayersAndVectorsReadBack(FieldPrecision precision)
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        using OutputFolder results = OutputFolder.Create(World, folder.Path, overwrite: false);
        CellField vector = new("Vector", "1", "Place", values =>
        {
            for (int cell = 0; cell < part.OwnedCellCount; cell++)
                (values[3 * cell], values[(3 * cell) + 1], values[(3 * cell) + 2]) = (part.CentreX[cell], part.CentreY[cell], part.CentreZ[cell]);
        })
        { Components = 3 };
        LayerSelection layers = new(["Separator", "Positive tab"]);
        new FieldWriter(World, results, part, new FieldFormat(precision), layers).Write(0, [vector]);
        int[] own = layers.Cells(part);
        double[] places = World.Allgatherv([.. own.SelectMany(cell => new[] { part.CentreX[cell], part.CentreY[cell], part.CentreZ[cell] })]);
        if (!World.IsRoot)
            return;

        using NativeFile mesh = H5File.OpenRead(folder[OutputFolder.MeshName]), file = H5File.OpenRead(folder["fields_000000.hdf"]);
        int[] regions = mesh.Dataset("/VTKHDF/CellData/Region").Read<int[]>();
        double[,] written = precision == FieldPrecision.Float64 ? file.Dataset("/VTKHDF/CellData/Vector").Read<double[,]>() : Widened(file.Dataset("/VTKHDF/CellData/Vector").Read<float[,]>());
        Assert.Multiple(() =>
        {
            Assert.That(regions.Distinct().Order(), Is.EqualTo(new[] { 2, 6 }));
            Assert.That(regions, Has.Length.EqualTo(Whole.Region.Count(region => region is 2 or 6)));
            Assert.That(written.GetLength(1), Is.EqualTo(3));
            Assert.That(written.Cast<double>(), Is.EqualTo(places).Within(precision == FieldPrecision.Float64 ? 0 : 1e-8));
            Assert.That(file.Dataset("/VTKHDF/FieldData/Layer names").Read<string[]>(), Is.EqualTo(Whole.Regions.Select(region => region.Name)));
        });

        static double[,] Widened(float[,] values)
        {
            double[,] wide = new double[values.GetLength(0), values.GetLength(1)];
            for (int i = 0; i < wide.GetLength(0); i++)
                for (int j = 0; j < wide.GetLength(1); j++)
                    wide[i, j] = values[i, j];
            return wide;
        }
    }

    [TestCase(FieldPrecision.Float32)]
    [TestCase(FieldPrecision.Float64)]
    public void SizesAreThoseOfTheForecast(FieldPrecision precision)
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        CellField[] many = [.. Enumerable.Range(0, 40).Select(i => new CellField($"Field{i}", "1", "Any", new double[part.OwnedCellCount]))];
        using OutputFolder results = OutputFolder.Create(World, folder.Path, overwrite: false);
        new FieldWriter(World, results, part, new FieldFormat(precision)).Write(0, many);
        CellShapes shapes = CellShapes.Of(part);
        long points = World.Allreduce(shapes.Points.Length / 3L, Operation.Sum), connectivity = World.Allreduce(shapes.Connectivity.Length, Operation.Sum);
        long mesh = new FileInfo(folder[OutputFolder.MeshName]).Length, fields = new FileInfo(folder["fields_000000.hdf"]).Length;
        Assert.That(DiskSpace.ForecastMesh(Whole.CellCount, points, connectivity, World.Size), Is.InRange(mesh, mesh + 16_000));
        Assert.That(DiskSpace.ForecastFields(Whole.CellCount, 40, precision), Is.InRange(fields, fields + 46_000));
    }

    [Test]
    public void AFolderThatVanishesIsToldOnEveryRank()
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        using OutputFolder results = OutputFolder.Create(World, folder["results"], overwrite: false);
        FieldWriter writer = new(World, results, part);
        if (World.IsRoot)
            Directory.Delete(results.Path, recursive: true);
        OutputException? e = Assert.Throws<OutputException>(() => writer.Write(0, Fields(part, 0)));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((74, results.Path)));
        Assert.That(e.Message, Does.Contain("was removed or replaced during the run"));
    }

    [Test]
    public void EveryFileIsOnTheList()
    {
        using SharedFolder folder = new();
        WriteTwoTimes(folder.Path, Part());
        if (World.IsRoot)
            Assert.That(Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Except([OutputFolder.ListName]), Is.SubsetOf(File.ReadAllLines(folder[OutputFolder.ListName])));
    }

    [Test]
    public void FieldNamesAreChecked()
    {
        using SharedFolder folder = new();
        CellMesh part = Part();
        using OutputFolder results = OutputFolder.Create(World, folder.Path, overwrite: false);
        FieldWriter writer = new(World, results, part);
        CellField field = Fields(part, 0)[0];
        Assert.Multiple(() =>
        {
            Assert.That(() => writer.Write(0, [field, field]), Throws.ArgumentException.With.Message.Contains("'Temperature' appears twice"));
            Assert.That(() => new CellField("a/b", "1", "", new double[1]), Throws.ArgumentException);
            Assert.That(() => new CellField("a", "µV", "", new double[1]), Throws.ArgumentException.With.Message.Contains("ASCII"));
            Assert.That(writer.Count, Is.Zero);
        });
    }

    private static T[] Read<T>(NativeFile file, string dataset) => file.Dataset($"/VTKHDF/{dataset}").Read<T[]>();

    private static double[] Values(NativeFile file, string field, FieldPrecision precision)
        => precision == FieldPrecision.Float64 ? Read<double>(file, $"CellData/{field}") : [.. Read<float>(file, $"CellData/{field}").Select(value => (double)value)];
}
