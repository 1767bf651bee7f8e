using System.Diagnostics;
using System.Globalization;
using Cell3D.Campaigns.Cells;

namespace Cell3D.Campaigns.Parsers;

/// <summary>Generated inputs over every parser: no crash, no hang, no error of the program's own.</summary>
internal sealed class ParserCampaign
{
    private const double LongestSeconds = 1, HangSeconds = 60;
    private const long LargestAllocation = 256L << 20;
    private const int KeptPerFault = 3;
    private readonly string _folder;
    private readonly int _seed;
    private readonly Dictionary<string, int> _faults = [];
    private readonly TextWriter _report = Console.Out;
    private volatile string _current = "";
    private long _started;

    private ParserCampaign(string folder, int seed) => (_folder, _seed) = (folder, seed);

    /// <summary>Runs all targets or one; 0 when nothing was at fault.</summary>
    public static int Run(Arguments given)
    {
        int seed = given.Number("--seed", 1), count = given.Number("--count", 1_000_000);
        string folder = Path.GetFullPath(given.Text("--out", Path.Combine(CellCampaign.Repository, "build", "campaigns", "parsers")));
        Directory.CreateDirectory(folder);
        ParserCampaign campaign = new(folder, seed);
        campaign._report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {count} inputs, those at fault in {folder}"));
        new Thread(campaign.Watch) { IsBackground = true }.Start();
        using CommandLines commands = new(CellCampaign.Repository, Path.Combine(folder, "scratch"));
        foreach (ParserTarget target in ParserTargets.All(CellCampaign.Repository, commands).Where(target => given.Text("--target", target.Name) == target.Name))
        {
            double share = given.Has("--target") ? 1 : target.Share;
            int first = given.Number("--only", 0), number = given.Has("--only") ? 1 : (int)Math.Ceiling(share * count);
            campaign.Try(target, first, number);
        }
        foreach ((string fault, int times) in campaign._faults.OrderByDescending(entry => entry.Value))
            campaign._report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times,8} × {fault}"));
        campaign._report.WriteLine(campaign._faults.Count == 0 ? "no fault" : string.Create(CultureInfo.InvariantCulture, $"{campaign._faults.Values.Sum()} inputs at fault"));
        return campaign._faults.Count == 0 ? 0 : 1;
    }

    private void Try(ParserTarget target, int first, int count)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int accepted = 0;
        double slowest = 0;
        for (int number = first; number < first + count; number++)
        {
            byte[] input = target.Draw(new Draws(_seed, number));
            double seconds = One(target, number, input, ref accepted);
            slowest = Math.Max(slowest, seconds);
        }
        _report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target.Name,-12} {count,8} inputs, {accepted} accepted, slowest {1e3 * slowest:F0} ms, {count / clock.Elapsed.TotalSeconds:F0} per second"));
    }

    /// <summary>Processor time of one input [s].</summary>
    private double One(ParserTarget target, int number, byte[] input, ref int accepted)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        _current = string.Create(CultureInfo.InvariantCulture, $"{target.Name} {number}");
        double before = Environment.CpuUsage.TotalTime.TotalSeconds;
        try
        {
            if (target.Parse(input)) accepted++;
        }
        catch (Exception e)
        {
            string frame = e is ParserFaultException ? "" : e.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
            Keep($"{target.Name}: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} {frame}", target, number, input);
        }
        double seconds = Environment.CpuUsage.TotalTime.TotalSeconds - before;
        if (seconds > LongestSeconds) Keep($"{target.Name}: took more than {LongestSeconds} s", target, number, input);
        if (GC.GetAllocatedBytesForCurrentThread() - allocated > LargestAllocation) Keep($"{target.Name}: allocated more than {LargestAllocation >> 20} MiB", target, number, input);
        return seconds;
    }

    private void Keep(string fault, ParserTarget target, int number, byte[] input)
    {
        if (fault.Length > 300) fault = fault[..300];
        int times = _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        if (times > KeptPerFault) return;
        string file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{_seed}-{number}"));
        File.WriteAllBytes(file, input);
        _report.WriteLine($"{fault}\n    {file}");
    }

    /// <summary>An input that never returns is named, and the campaign ends.</summary>
    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(1000);
            long started = Volatile.Read(ref _started);
            if (started == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < HangSeconds) continue;
            _report.WriteLine($"hangs: {_current}");
            _report.Flush();
            Environment.Exit(1);
        }
    }
}
