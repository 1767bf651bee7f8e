using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;
using PureHDF;
using PureHDF.VOL.Native;
using File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Tests.Parallel;

[Category("Mpi")]
public class Hdf5FileTests
{
    private static Communicator World => Communicator.World;

    [Test]
    public void AllElementTypesComeBack()
    {
        using SharedFolder folder = new();
        File.Create(folder["types.h5"], World, file =>
        {
            file.Write<double>("a/double", [World.Rank + 0.5]);
            file.Write<float>("a/float", [World.Rank + 0.25f]);
            file.Write<long>("a/long", [World.Rank - (1L << 60)]);
            file.Write<int>("a/int", [-World.Rank]);
            file.Write<byte>("a/byte", [(byte)(200 + World.Rank)]);
            file.WriteScalar("time", 12.5);
            file.WriteReplicated<long>("few", [7, 8]);
        });

        using File again = File.Open(folder["types.h5"]);
        Assert.That(again.ReadAll<double>("a/double"), Is.EqualTo(Enumerable.Range(0, World.Size).Select(r => r + 0.5)));
        Assert.That(again.Read<float>("a/float", World.Rank, 1), Is.EqualTo(new[] { World.Rank + 0.25f }));
        Assert.That(again.Read<long>("a/long", World.Rank, 1), Is.EqualTo(new[] { World.Rank - (1L << 60) }));
        Assert.That(again.Read<int>("a/int", World.Rank, 1), Is.EqualTo(new[] { -World.Rank }));
        Assert.That(again.Read<byte>("a/byte", World.Rank, 1), Is.EqualTo(new[] { (byte)(200 + World.Rank) }));
        Assert.That(again.ReadAll<double>("time"), Is.EqualTo(new[] { 12.5 }));
        Assert.That(again.Shape("time"), Is.Empty);
        Assert.That(again.ReadAll<long>("few"), Is.EqualTo(new[] { 7L, 8L }));
    }

    [Test]
    public void RowsOfVectorsKeepTheirShape()
    {
        using SharedFolder folder = new();
        File.Create(folder["rows.h5"], World, file => file.Write<double>("points", [World.Rank, 1, 2], 3));
        using File again = File.Open(folder["rows.h5"]);
        Assert.That(again.Shape("points"), Is.EqualTo(new long[] { World.Size, 3 }));
        Assert.That(again.Read<double>("points", World.Size - 1, World.IsRoot ? 1 : 0), Has.Length.EqualTo(World.IsRoot ? 3 : 0));
        Assert.Throws<ArgumentException>(() => again.Read("points", 0, 1, new double[4].AsSpan()));
    }

    [Test]
    public void EmptyDatasetsAreFine()
    {
        using SharedFolder folder = new();
        File.Create(folder["empty.h5"], World, file => file.Write<long>("nothing", [], DatasetOptions.Compressed, 4));
        using File again = File.Open(folder["empty.h5"]);
        Assert.That(again.Shape("nothing"), Is.EqualTo(new long[] { 0, 4 }));
    }

    [Test]
    public void AttributesAreReadableAnywhere()
    {
        using SharedFolder folder = new();
        File.Create(folder["attributes.hdf"], World, file =>
        {
            file.CreateGroup("VTKHDF");
            file.WriteAttribute("VTKHDF", "Type", "UnstructuredGrid");
            file.WriteAttribute<long>("VTKHDF", "Version", [1, 0]);
            file.WriteAttribute("/", "time", 3.5);
            Assert.Throws<ArgumentException>(() => file.WriteAttribute("/", "units", "µm"));
        });

        using (File again = File.Open(folder["attributes.hdf"]))
        {
            Assert.That(again.ReadAttributeText("VTKHDF", "Type"), Is.EqualTo("UnstructuredGrid"));
            Assert.That(again.ReadAttribute<int>("VTKHDF", "Version"), Is.EqualTo(new[] { 1, 0 }));
        }

        using NativeFile foreign = H5File.OpenRead(folder["attributes.hdf"]);
        Assert.That(foreign.Group("VTKHDF").Attribute("Type").Read<string>(), Is.EqualTo("UnstructuredGrid"));
        Assert.That(foreign.Attribute("time").Read<double>(), Is.EqualTo(3.5));
    }

    [Test]
    public void ExternalLinksLeadToTheOtherFile()
    {
        using SharedFolder folder = new();
        File.Create(folder["mesh.hdf"], World, mesh => mesh.Write<double>("VTKHDF/Points", [1.0 + World.Rank]));
        File.Create(folder["fields.hdf"], World, fields => fields.LinkExternal("VTKHDF/Points", "mesh.hdf", "/VTKHDF/Points"));
        using (File links = File.Open(folder["fields.hdf"]))
        {
            Assert.That(links.Exists("VTKHDF/Points"), Is.True);
            Assert.That(links.Exists("VTKHDF/None/Deeper"), Is.False);
        }

        double[] expected = [.. Enumerable.Range(1, World.Size).Select(r => (double)r)];
        using (File again = File.Open(folder["fields.hdf"])) Assert.That(again.ReadAll<double>("VTKHDF/Points"), Is.EqualTo(expected));
        using NativeFile foreign = H5File.OpenRead(folder["fields.hdf"]);
        Assert.That(foreign.Dataset("VTKHDF/Points").Read<double[]>(), Is.EqualTo(expected));
    }

    [Test]
    public void ErrorsCarryTheLibrarysOwnStack()
    {
        using SharedFolder folder = new();
        Hdf5Exception? missing = Assert.Throws<Hdf5Exception>(() => File.Open(folder["none.h5"]));
        Assert.That(missing!.Message, Does.Contain("at H5Fopen()"));
        Hdf5Exception? twice = Assert.Throws<Hdf5Exception>(() => File.Create(folder["twice.h5"], World, file =>
        {
            file.WriteScalar("time", 1.0);
            file.WriteScalar("time", 2.0);
        }));
        Assert.That(twice!.Message, Does.Contain("name already exists"));
    }

    [Test]
    public void AFileIsReplacedAsAWholeOrNotAtAll()
    {
        using SharedFolder folder = new();
        string path = folder["checkpoint.h5"];
        File.CreateAtomically(path, World, file => file.Write<double>("x", [1.0], DatasetOptions.Compressed));
        Assert.Throws<ArgumentException>(() => File.CreateAtomically(path, World, Interrupted));
        using (File old = File.Open(path)) Assert.That(old.ReadAll<double>("x"), Has.All.EqualTo(1.0));
        World.Barrier();
        File.CreateAtomically(path, World, file => file.Write<double>("x", [2.0, World.Rank]));
        using (File renewed = File.Open(path)) Assert.That(renewed.Read<double>("x", 2 * World.Rank, 2), Is.EqualTo(new[] { 2.0, World.Rank }));
        Assert.That(System.IO.File.Exists(path + ".tmp"), Is.False);
    }

    [Test]
    public void DamageBetweenWritingAndReplacingIsNoticed()
    {
        using SharedFolder folder = new();
        string path = folder["damaged.h5"];
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => Math.Sqrt(i + 1000 * World.Rank))];
        IReadOnlyList<File.Written> written = NewFile.Write(path, World, file => file.Write<double>("a/x", values));
        File.Verify(path, World, written);
        if (World.IsRoot) FlipByte(path, BitConverter.GetBytes(Math.Sqrt(500)));
        World.Barrier();
        Exception? error = Assert.Throws<IOException>(() => File.Verify(path, World, written));
        Assert.That(error!.Message, Does.EndWith("differs from what was written in a/x."));
    }

    /// <summary>One rank meets a failure of its own after the file was laid out: a full disk or a vanished file, as it sees them.</summary>
    [Test]
    public void AFailureOfOneRankIsThatOfAllAndLeavesTheFormerFile()
    {
        using SharedFolder folder = new();
        string path = folder["fields.h5"];
        int last = World.Size - 1;
        File.CreateAtomically(path, World, file => file.Write<double>("x", [1.0]));
        IOException? error = Assert.Catch<IOException>(() => File.CreateAtomically(path, World, file =>
        {
            file.Write<double>("x", [World.Rank]);
            if (World.Rank == last) System.IO.File.Delete(path + ".tmp");
        }));
        Assert.That(error!.Message, Does.Contain(path + ".tmp"));
        using File former = File.Open(path);
        Assert.That(former.ReadAll<double>("x"), Has.All.EqualTo(1.0));
    }

    private static void FlipByte(string path, byte[] where)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(where)] ^= 1;
        System.IO.File.WriteAllBytes(path, bytes);
    }

    private static void Interrupted(NewFile file)
    {
        file.Write<double>("x", [9.0]);
        throw new ArgumentException("interrupted");
    }
}
