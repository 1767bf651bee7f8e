using System.Runtime.ExceptionServices;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Cell3D.Tests.Parallel;

/// <summary>
/// On more than one rank a failed test ends the run: the other ranks may wait for a message that never comes. A failed assertion
/// does so before its <c>using</c> blocks are left, whose collective disposals would wait as well; the time limit catches the rest.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class StopAllRanksOnFailureAttribute : TestActionAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly Timer Watch = new(_ => Stop($"no end after {Limit.TotalMinutes} minutes"));

    private static string s_running = "";

    public override ActionTargets Targets => ActionTargets.Test;

    public override void BeforeTest(ITest test)
    {
        if (!IsDistributed) return;
        s_running = test.FullName;
        Watch.Change(Limit, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.FirstChanceException += StopOnFailedAssertion;
    }

    public override void AfterTest(ITest test)
    {
        if (!IsDistributed) return;
        AppDomain.CurrentDomain.FirstChanceException -= StopOnFailedAssertion;
        Watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        TestContext.ResultAdapter result = TestContext.CurrentContext.Result;
        if (result.Outcome.Status == TestStatus.Failed) Stop($"{result.Message}\n{result.StackTrace}");
    }

    private static bool IsDistributed => ParallelRuntime.IsRunning && Communicator.World.Size > 1;

    private static void StopOnFailedAssertion(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (e.Exception is ResultStateException { ResultState.Status: TestStatus.Failed })
            Stop($"{e.Exception.Message}\n{Environment.StackTrace}");
    }

    private static void Stop(string reason) => ParallelRuntime.Abort(new InvalidOperationException($"{s_running} failed: {reason}"), 1);
}
