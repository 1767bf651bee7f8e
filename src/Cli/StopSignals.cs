using System.Globalization;
using System.Runtime.InteropServices;

namespace Cell3D.Cli;

/// <summary>Signals that ask a run for a checkpoint after its present step (SIGUSR1), or to stop there.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>SIGUSR1; SIGUSR2, which scripts/mpirun.sh sends; SIGXCPU, the end of a time limit: .NET has no names for them.</summary>
    private const PosixSignal Checkpoint = (PosixSignal)10, Stop = (PosixSignal)12, ProcessorTime = (PosixSignal)24;

    private const int HangupNumber = 1;

    /// <summary>A batch system and the launcher may send the same signal each for itself.</summary>
    private static readonly long Patience = (long)TimeSpan.FromSeconds(5).TotalMilliseconds;

    private readonly PosixSignalRegistration[] _registrations;
    private long _firstAt;
    private int _checkpoint;

    /// <summary>Listens from now on; SIGHUP keeps being ignored where it is (nohup).</summary>
    public StopSignals()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, Stop, ProcessorTime, .. IsIgnored(HangupNumber) ? Array.Empty<PosixSignal>() : [PosixSignal.SIGHUP]];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Note)), PosixSignalRegistration.Create(Checkpoint, Want)];
    }

    /// <summary>Whether one that stops has come.</summary>
    public bool Received => Interlocked.Read(ref _firstAt) != 0;

    /// <summary>Whether a checkpoint has been asked for since the last call.</summary>
    public bool TakeCheckpoint() => Interlocked.Exchange(ref _checkpoint, 0) != 0;

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

    private void Want(PosixSignalContext context)
    {
        Interlocked.Exchange(ref _checkpoint, 1);
        context.Cancel = true;
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
