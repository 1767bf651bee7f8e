using System.Globalization;
using System.Runtime.InteropServices;

namespace Cell3D.Cli;

/// <summary>Signals that ask a run to stop after its present step.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>SIGUSR1, which batch systems and scripts/mpirun.sh send, and SIGXCPU, the end of a time limit; .NET has no names for them.</summary>
    private const PosixSignal User = (PosixSignal)10, ProcessorTime = (PosixSignal)24;

    private const int HangupNumber = 1;

    /// <summary>A batch system and the launcher may send the same signal each for itself.</summary>
    private static readonly long Patience = (long)TimeSpan.FromSeconds(5).TotalMilliseconds;

    private readonly PosixSignalRegistration[] _registrations;
    private long _firstAt;

    /// <summary>Listens from now on; SIGHUP keeps being ignored where it is (nohup).</summary>
    public StopSignals()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, User, ProcessorTime, .. IsIgnored(HangupNumber) ? Array.Empty<PosixSignal>() : [PosixSignal.SIGHUP]];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Note))];
    }

    /// <summary>Whether one has come.</summary>
    public bool Received => Interlocked.Read(ref _firstAt) != 0;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    /// <summary>A second SIGINT, and a SIGTERM well after the first signal, end the program at once; all others ask for the same again.</summary>
    private void Note(PosixSignalContext context)
    {
        long now = Environment.TickCount64, first = Interlocked.CompareExchange(ref _firstAt, now, 0);
        bool insists = first != 0 && (context.Signal == PosixSignal.SIGINT || (context.Signal == PosixSignal.SIGTERM && now - first > Patience));
        context.Cancel = !insists;
    }

    private static bool IsIgnored(int signal)
    {
        const string key = "SigIgn:";
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is not null && ulong.TryParse(line.AsSpan(key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong ignored)
                && (ignored >> (signal - 1) & 1) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
