using System.Text;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Cli;

/// <summary>Ends the job when one rank of this machine is halted (SIGSTOP) while the others wait for it: they would do so for ever.</summary>
/// <remarks>A job that is halted as a whole looks at nothing meanwhile, so that the time it stands does not count.</remarks>
internal sealed class StoppedRanks : IDisposable
{
    private const int Patience = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly (int Rank, long Process)[] _others;
    private readonly int[] _seen;
    private readonly ManualResetEventSlim _over = new();

    private StoppedRanks((int Rank, long Process)[] others) => (_others, _seen) = (others, new int[others.Length]);

    /// <summary>*Collective.* Watches from now on.</summary>
    public static StoppedRanks Watch(Communicator world)
    {
        long[] processes = world.Allgather(Environment.ProcessId), machines = world.Allgather(NumberOf(Environment.MachineName));
        StoppedRanks watch = new([.. processes.Select((process, rank) => (rank, process)).Where(other => other.rank != world.Rank && machines[other.rank] == machines[world.Rank])]);
        if (watch._others.Length > 0)
            new Thread(watch.Look) { IsBackground = true, Name = nameof(StoppedRanks) }.Start();
        return watch;
    }

    public void Dispose() => _over.Set();

    private void Look()
    {
        while (!_over.Wait(Pause))
            for (int i = 0; i < _others.Length; i++)
            {
                _seen[i] = IsStopped(_others[i].Process) ? _seen[i] + 1 : 0;
                if (_seen[i] < Patience || _over.IsSet) continue;
                ParallelRuntime.Abort(new InvalidOperationException(
                    $"cell3d: rank {_others[i].Rank} (process {_others[i].Process}) has been halted for {Patience} s while the others wait for it: the job ends; --resume auto goes on from the last checkpoint"), ExitCode.Stopped);
            }
    }

    /// <summary>Whether the system shows a process as halted by a signal; one that is traced is not.</summary>
    private static bool IsStopped(long process)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{process}/stat");
            int name = status.LastIndexOf(')');
            return name >= 0 && status.AsSpan(name + 1).TrimStart().StartsWith("T");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same number on all ranks of a machine.</summary>
    private static long NumberOf(string machine) => Encoding.UTF8.GetBytes(machine).Aggregate(1469598103934665603L, (hash, letter) => unchecked((hash ^ letter) * 1099511628211L));
}
