using Cell3D.Parallel.Native;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

public class NativeLibraryTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("cell3d").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    private string Place(params string[] parts)
    {
        string path = Path.Combine([_folder, .. parts, NativeLibraryLoader.FileName]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }

    [Test]
    public void VariableComesFirstThenTheAssemblyThenABuildAbove()
    {
        string start = Path.Combine(_folder, "artifacts", "bin", "x");
        string built = Place("build", "native");
        Assert.That(NativeLibraryLoader.Find("", start), Is.EqualTo(built));
        string beside = Place("artifacts", "bin", "x");
        Assert.That(NativeLibraryLoader.Find(null, start), Is.EqualTo(beside));
        string chosen = Place("elsewhere");
        Assert.That(NativeLibraryLoader.Find(chosen, start), Is.EqualTo(chosen));
    }

    [Test]
    public void MissingLibrarySaysWhatWasTriedAndHowToBuildIt()
    {
        Exception? nowhere = Assert.Throws<NativeLibraryMissingException>(() => NativeLibraryLoader.Find(null, _folder));
        Assert.That(nowhere!.Message, Does.Contain("CELL3D_NATIVE is not set").And.Contain(_folder).And.Contain("./run.sh").And.Contain("cmake"));
        Exception? wrong = Assert.Throws<NativeLibraryMissingException>(() => NativeLibraryLoader.Find("/no/such.so", _folder));
        Assert.That(wrong!.Message, Does.StartWith("CELL3D_NATIVE=/no/such.so: there is no such file."));
    }
}
