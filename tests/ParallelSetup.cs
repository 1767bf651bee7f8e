using System.Diagnostics.CodeAnalysis;
using Cell3D.Parallel;
using Cell3D.Tests.Parallel;
using NUnit.Framework;

[assembly: StopAllRanksOnFailure]

/// <summary>Starts MPI, HDF5 and PETSc once for all tests and ends them afterwards. It has no namespace, so that it covers all.</summary>
[SetUpFixture]
[SuppressMessage("Design", "CA1050", Justification = "NUnit applies a set-up without namespace to the whole assembly.")]
public class ParallelSetup
{
    private IDisposable? _runtime;

    [OneTimeSetUp]
    public void Start() => _runtime = ParallelRuntime.Start([]);

    [OneTimeTearDown]
    public void Stop() => _runtime?.Dispose();
}
