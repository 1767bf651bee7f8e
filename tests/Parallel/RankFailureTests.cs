using System.Diagnostics;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

/// <summary>An exception on one rank ends the whole job, once, with a code. Runs this program under mpirun as its own subject.</summary>
public class RankFailureTests
{
    private const string Role = "CELL3D_TEST_FAILING_RANK";

    [TestCase("assertion", 1)]
    [TestCase("unhandled", 70)]
    public void OneFailingRankEndsAll(string kind, int exitCode)
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
        Assert.That(reports[0], Does.StartWith("rank 1: ").And.Contain(kind));
    }

    private static void BeSubject(string role)
    {
        if (Communicator.World.Rank == 1 && role == "assertion") Assert.Fail("assertion of one rank");
        if (Communicator.World.Rank == 1) new Thread(() => throw new InvalidOperationException("unhandled by one rank")).Start();
        Communicator.World.Barrier();
        if (Communicator.World.Rank == 1) Thread.Sleep(Timeout.Infinite);
    }

    private static (int Code, string Errors) RunSubject(string kind)
    {
        Assume.That(Communicator.World.Size, Is.EqualTo(1), "a job cannot start another");
        ProcessStartInfo start = new("mpirun") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { "--oversubscribe", "-n", "3", Environment.ProcessPath!, "--filter", $"FullyQualifiedName~{nameof(OneFailingRankEndsAll)}" })
            start.ArgumentList.Add(argument);
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

    /// <summary>What this process's own MPI put into its environment would make mpirun believe it is one of its ranks.</summary>
    private static bool IsOfThisJob(string name) =>
        name.StartsWith("OMPI_", StringComparison.Ordinal) || name.StartsWith("PMIX_", StringComparison.Ordinal)
        || name.StartsWith("ORTE_", StringComparison.Ordinal);
}
