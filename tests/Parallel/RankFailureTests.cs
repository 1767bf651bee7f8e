using System.Diagnostics;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

/// <summary>An exception on one rank ends the whole job, once, with a code. Runs this program under mpirun as its own subject.</summary>
public class RankFailureTests
{
    private const string Role = "CELL3D_TEST_FAILING_RANK";

    [TestCase("assertion", 1)]
    [TestCase("exception", 1)]
    [TestCase("unhandled", 70)]
    [TestCase("everywhere", 1)]
    public void AFailureEndsAllRanksWithOneMessage(string kind, int exitCode)
    {
        if (Environment.GetEnvironmentVariable(Role) is { } role)
        {
            BeSubject(role);
            return;
        }

        (int code, string errors) = RunSubject(kind);
        string[] reports = [.. errors.Split('\n').Where(line => line.StartsWith("rank ", StringComparison.Ordinal))];
        Assert.That(code, Is.EqualTo(exitCode), errors);
        Assert.That(reports, Has.Length.EqualTo(1), errors);
        Assert.That(reports[0], Does.StartWith(kind == "everywhere" ? "rank 0: " : "rank 1: ").And.Contain($"{kind} of"));
    }

    private static void BeSubject(string role)
    {
        using Meeting? meeting = role == "assertion" ? new Meeting() : null;
        if (role == "everywhere") Assert.Fail("everywhere of all ranks");
        if (Communicator.World.Rank == 1)
        {
            if (role == "assertion") Assert.Fail("assertion of one rank");
            if (role == "exception") throw new InvalidOperationException("exception of one rank");
            new Thread(() => throw new InvalidOperationException("unhandled of one rank")).Start();
        }

        Communicator.World.Allreduce(1, Operation.Sum);
        Communicator.World.Barrier();
        Thread.Sleep(Timeout.Infinite);
    }

    private static (int Code, string Errors) RunSubject(string kind)
    {
        Assume.That(Communicator.World.Size, Is.EqualTo(1), "a job cannot start another");
        ProcessStartInfo start = new("mpirun") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
            ["--oversubscribe", "-n", "3", Environment.ProcessPath!, "--filter", $"FullyQualifiedName~{nameof(AFailureEndsAllRanksWithOneMessage)}"];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string name in start.Environment.Keys.Where(IsOfThisJob).ToArray()) start.Environment.Remove(name);
        start.Environment[Role] = kind;
        start.Environment["TERM"] = "dumb";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using Process job = Process.Start(start)!;
        Task<string> errors = job.StandardError.ReadToEndAsync();
        Task<string> output = job.StandardOutput.ReadToEndAsync();
        if (!job.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            job.Kill(entireProcessTree: true);
            Assert.Fail($"The job hangs. {output.Result}");
        }

        return (job.ExitCode, errors.Result);
    }

    /// <summary>Its disposal waits for all ranks, as that of a file or a matrix may.</summary>
    private sealed class Meeting : IDisposable
    {
        public void Dispose() => Communicator.World.Barrier();
    }

    /// <summary>What this process's own MPI put into its environment would make mpirun believe it is one of its ranks.</summary>
    private static bool IsOfThisJob(string name) =>
        name.StartsWith("OMPI_", StringComparison.Ordinal) || name.StartsWith("PMIX_", StringComparison.Ordinal)
        || name.StartsWith("ORTE_", StringComparison.Ordinal);
}
