using System.Runtime.InteropServices;

namespace Cell3D.Cli;

/// <summary>Signals that ask a run to stop after its present step.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>SIGUSR1, which batch systems send ahead of a job's end; .NET has no name for it.</summary>
    private const PosixSignal User = (PosixSignal)10;
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _received;

    public StopSignals() => _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, User }.Select(signal => PosixSignalRegistration.Create(signal, Note))];

    /// <summary>Whether one has come.</summary>
    public bool Received => _received;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    /// <summary>A second signal is left to end the program at once.</summary>
    private void Note(PosixSignalContext context)
    {
        context.Cancel = !_received;
        _received = true;
    }
}
