using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

[Category("Mpi")]
public class PetscTests
{
    [Test]
    public void ErrorsCarryPetscsOwnTrace()
    {
        using Vector shorter = new(Communicator.World, 2), longer = new(Communicator.World, 3);
        using Matrix matrix = new(Communicator.World, new CsrPattern([0, 1, 2], [0, 1]));
        matrix.ValuesChanged();
        PetscException? error = Assert.Throws<PetscException>(() => matrix.Multiply(longer, shorter));
        Assert.That(error!.Message, Does.StartWith("Nonconforming object sizes").And.Contain("at MatMult()").And.Contain("matrix.c:"));
    }

    [Test]
    public void UnknownMethodIsNamed()
    {
        Options.Set("-test_wrong_ksp_type", "gmrse");
        using LinearSolver solver = new(Communicator.World, "test_wrong_");
        PetscException? error = Assert.Throws<PetscException>(solver.SetFromOptions);
        Assert.That(error!.Message, Does.Contain("gmrse"));
    }

    [Test]
    public void UsersOptionsWinOverDefaults()
    {
        Options.Set("-test_user_ksp_rtol", "-1e-3");
        Options.SetDefault("-test_user_ksp_rtol", "1e-9");
        Options.SetDefault("-test_user_ksp_type", "bcgs");
        Options.Set("-test_user_ksp_tpye", "cg");
        Options.SetDefault("-test_user_never_asked");
        Assert.That(
            Options.InForce("test_user_"),
            Is.EqualTo("-test_user_ksp_rtol -1e-3 -test_user_ksp_tpye cg -test_user_ksp_type bcgs -test_user_never_asked"));

        Options.Set("-test_user_ksp_rtol", "1e-3");
        using LinearSolver solver = new(Communicator.World, "test_user_");
        solver.SetFromOptions();
        Assert.That(Options.Used, Does.Contain(new Option("-test_user_ksp_type", "bcgs")));
        Assert.That(Options.Unused, Does.Contain(new Option("-test_user_ksp_tpye", "cg")));
        Assert.That(Options.Unused.Select(option => option.Name), Does.Not.Contain("-test_user_never_asked"));
    }

    [Test]
    public void LaterDefaultsReplaceEarlierOnes()
    {
        Options.SetDefault("-test_later_ksp_type", "preonly");
        Options.SetDefault("-test_later_ksp_type", "cg");
        Assert.That(Options.InForce("test_later_"), Is.EqualTo("-test_later_ksp_type cg"));
    }

    [Test]
    public void RuntimeDescribesItself()
    {
        ParallelVersions versions = ParallelRuntime.Versions;
        Assert.That(versions.PetscIntBytes, Is.EqualTo(4).Or.EqualTo(8));
        Assert.That(versions.ToString(), Does.Match(@"^PETSc 3\.\d+\.\d+ \((32|64)-bit indices\), .+, HDF5 \d+\.\d+\.\d+$"));
        Assert.That(ParallelRuntime.PeakMemoryBytes, Is.InRange(10L << 20, 100L << 30));
        Assert.Throws<InvalidOperationException>(() => ParallelRuntime.Start([]));
    }

    [Test]
    public void NullReferenceStaysAnException()
    {
        string? nothing = World.Size < 0 ? "" : null;
        Assert.Throws<NullReferenceException>(() => _ = nothing!.Length);
    }

    private static Communicator World => Communicator.World;
}
