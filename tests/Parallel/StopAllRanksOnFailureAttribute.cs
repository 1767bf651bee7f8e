using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Cell3D.Tests.Parallel;

/// <summary>On more than one rank a failed test ends the run: the other ranks may wait for a message that never comes.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class StopAllRanksOnFailureAttribute : TestActionAttribute
{
    public override ActionTargets Targets => ActionTargets.Test;

    public override void AfterTest(ITest test)
    {
        if (!ParallelRuntime.IsRunning || Communicator.World.Size == 1) return;
        TestContext.ResultAdapter result = TestContext.CurrentContext.Result;
        if (result.Outcome.Status == TestStatus.Failed)
            ParallelRuntime.Abort(new InvalidOperationException($"{test.FullName} failed: {result.Message}\n{result.StackTrace}"), 1);
    }
}
