using System.Globalization;
using System.Text.Json;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Recording;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>The checkpoints of a results folder: the two newest, and their manifest. *Collective* in everything.</summary>
/// <remarks>A checkpoint is written beside its place, read back and renamed, then the manifest names it, then the oldest goes. Whatever ends the run in between,
/// the manifest names whole files.</remarks>
public sealed class CheckpointStore
{
    private const int MostKept = 2;
    private const long LongestText = 256 << 20;
    private const string RunPath = "/Run", RecordPath = "/Record";
    private readonly OutputFolder _folder;
    private readonly Communicator _world;
    private readonly CheckpointStates _states;
    private readonly string _identity;

    /// <summary>Known on rank 0 only.</summary>
    private IReadOnlyList<CheckpointEntry> _entries = [];

    /// <summary>Number of the next one; known on rank 0 only.</summary>
    private int _next;

    /// <summary>Prepares for a run.</summary>
    /// <param name="folder">Of its results.</param>
    /// <param name="model">Whose states are kept.</param>
    /// <param name="identity">Of the case.</param>
    /// <param name="world">The ranks.</param>
    public CheckpointStore(OutputFolder folder, CellModel model, string identity, Communicator world) =>
        (_folder, _states, _identity, _world) = (folder, new(model, world), identity, world);

    /// <summary>Wall time that the newest checkpoint took [s].</summary>
    public double Seconds { get; private set; }

    /// <summary>Writes a checkpoint; those before the last two go.</summary>
    /// <param name="points">Accepted states that the time formula knows.</param>
    /// <param name="state">Makes the state of the run; its states are added.</param>
    /// <param name="parts">What has gathered numbers.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable (74); earlier checkpoints are intact.</exception>
    public void Write(int points, Func<IReadOnlyList<KeptState>, RunState> state, IReadOnlyList<(string Name, IResumable? Part)> parts)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        IReadOnlyList<KeptState> kept = _states.Kept(points);
        RunState run = state(kept);
        string name = _world.Broadcast(_world.IsRoot ? CheckpointManifest.FileName(_next++) : null), path = _folder.File(name);
        RootOnly.Run(_world, () => _folder.ForWriting(name));
        try
        {
            Parallel.Hdf5.File.CreateAtomically(path, _world, file => Write(file, run, kept, parts));
            FileDigest digest = FileDigest.Of(path, _world);
            RootOnly.Run(_world, () => Enter(name, digest, run));
        }
        catch (Exception e) when (e is IOException or Hdf5Exception)
        {
            throw OutputException.WriteFailed(path, 0, e);
        }
        Seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Deletes all checkpoints: the run has come to its end.</summary>
    public void Clear() => RootOnly.Run(_world, () =>
    {
        _entries = [];
        RemoveOthers();
    });

    /// <summary>Reads the newest checkpoint that is whole into the states of the model.</summary>
    /// <param name="wanted">Name of the file; null for the newest.</param>
    /// <param name="warn">Told why a newer one was not taken.</param>
    /// <returns>The state of the run, with the path that the records are to be read from.</returns>
    /// <exception cref="CheckpointException">There is none to go on from, and why.</exception>
    public (RunState State, string Path) Read(string? wanted, Action<string> warn)
    {
        CheckpointEntry[] entries;
        try
        {
            entries = Entries(wanted);
        }
        catch (IOException e) when (e is not CheckpointException)
        {
            throw new CheckpointException(e.Message);
        }
        List<string> reasons = [];
        foreach (CheckpointEntry entry in entries)
        {
            string path = _folder.File(entry.File);
            try
            {
                RunState state = Read(path, entry);
                reasons.ForEach(reason => warn($"{reason}; going on from {entry.File}, the checkpoint before"));
                return (state, path);
            }
            catch (Exception e) when (e is IOException or Hdf5Exception or ArgumentException)
            {
                reasons.Add(e is CheckpointException ? e.Message : $"{path}: the checkpoint cannot be read: {e.Message.Split('\n')[0].Replace(path + ": ", "", StringComparison.Ordinal)}");
            }
        }
        throw new CheckpointException(_folder.File(CheckpointManifest.Name), $"no checkpoint is whole: {string.Join("; ", reasons)}");
    }

    /// <summary>Lets records take over what those of a checkpoint had gathered.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="parts">The records.</param>
    /// <param name="lost">Told the name of a record that begins anew since the checkpoint has none that fits.</param>
    public void ReadRecords(string path, IReadOnlyList<(string Name, IResumable? Part)> parts, Action<string> lost)
    {
        double[]?[] read = new double[]?[parts.Count];
        Agreement.Reach(_world, () =>
        {
            using Parallel.Hdf5.File file = Parallel.Hdf5.File.Open(path);
            for (int i = 0; i < parts.Count; i++)
                if (parts[i].Part is { } part && file.Shape($"{RecordPath}/{parts[i].Name}") is [long length] && length > 0 && length <= part.LongestState)
                    read[i] = file.ReadAll<double>($"{RecordPath}/{parts[i].Name}");
        });
        for (int i = 0; i < parts.Count; i++)
            if (parts[i].Part is { } part)
                TakeOver(parts[i].Name, part, read[i], lost);
    }

    private static void TakeOver(string name, IResumable part, double[]? state, Action<string> lost)
    {
        if (state is null)
        {
            lost(name);
            return;
        }
        try
        {
            part.State = state;
        }
        catch (ArgumentException)
        {
            lost(name);
        }
    }

    private void Write(NewFile file, RunState run, IReadOnlyList<KeptState> kept, IReadOnlyList<(string Name, IResumable? Part)> parts)
    {
        file.WriteReplicated<byte>(RunPath, run.ToJson());
        foreach ((string name, IResumable? part) in parts)
            file.WriteReplicated<double>($"{RecordPath}/{name}", part?.State ?? []);
        _states.Write(file, kept);
    }

    /// <summary>The manifest with a new checkpoint, then without the oldest. On rank 0.</summary>
    private void Enter(string name, FileDigest digest, RunState run)
    {
        CheckpointEntry entry = new()
        {
            File = name,
            Bytes = digest.Bytes,
            Sha256 = digest.Sha256,
            Time = run.Time.Times[0],
            Steps = run.Protocol.Counts.Steps,
            Ranks = _world.Size,
            Written = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        };
        CheckpointEntry[] entries = [entry, .. _entries.Take(MostKept - 1)];
        CheckpointManifest manifest = new() { Layout = CheckpointManifest.PresentLayout, Program = CheckpointManifest.PresentProgram, Case = _identity, Checkpoints = entries };
        string path = _folder.ForWriting(CheckpointManifest.Name);
        try
        {
            manifest.Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.WriteFailed(path, 0, e);
        }
        _entries = entries;
        RemoveOthers();
    }

    /// <summary>Checkpoints that the manifest does not name go, the manifest first where it names none.</summary>
    private void RemoveOthers()
    {
        if (_entries.Count == 0)
            _folder.Remove(CheckpointManifest.Name);
        foreach (string name in _folder.Own.Where(name => CheckpointManifest.NumberOf(name) >= 0 && _entries.All(entry => entry.File != name)).ToArray())
            _folder.Remove(name);
    }

    /// <summary>What the manifest names, on every rank; of it the wanted one alone.</summary>
    private CheckpointEntry[] Entries(string? wanted)
    {
        string text = "";
        Agreement.Reach(_world, () =>
        {
            if (!_world.IsRoot)
                return;
            string path = _folder.File(CheckpointManifest.Name);
            CheckpointManifest manifest = CheckpointManifest.Read(path);
            if (manifest.Obstacle(_identity) is { } obstacle)
                throw new CheckpointException(path, obstacle);
            if (wanted is not null && manifest.Checkpoints.All(entry => entry.File != wanted))
                throw new CheckpointException(_folder.File(wanted), $"{CheckpointManifest.Name} names no such checkpoint");
            _entries = manifest.Checkpoints;
            _next = 1 + _folder.Own.Concat(_entries.Select(entry => entry.File)).Max(CheckpointManifest.NumberOf);
            text = JsonSerializer.Serialize(manifest, CheckpointJson.Exact.CheckpointManifest);
        });
        CheckpointManifest shared = JsonSerializer.Deserialize(_world.Broadcast(text), CheckpointJson.Exact.CheckpointManifest)!;
        return [.. shared.Checkpoints.Where(entry => wanted is null || entry.File == wanted)];
    }

    private RunState Read(string path, CheckpointEntry entry)
    {
        RequireWhole(path, entry);
        RunState? state = null;
        long[][] rows = [];
        Agreement.Reach(_world, () =>
        {
            using Parallel.Hdf5.File file = Parallel.Hdf5.File.Open(path);
            state = ReadRun(file);
            rows = _states.FindRows(file);
            if (_world.IsRoot && new FileInfo(_folder.File(OutputFolder.TimeSeriesName)) is var series && (!series.Exists || series.Length < state.Files.SeriesBytes))
                throw new CheckpointException(path, FormattableString.Invariant($"the first {state.Files.SeriesBytes} bytes of {OutputFolder.TimeSeriesName}, which belong to it, are no longer there"));
        });
        for (int past = state!.States.Max(kept => kept.Past) - 1; past >= 0; past--)
        {
            int now = past;
            Agreement.Reach(_world, () =>
            {
                using Parallel.Hdf5.File file = Parallel.Hdf5.File.Open(path);
                _states.Read(file, state.States, rows, now);
            });
            _states.Keep(state.States, past);
        }
        return state;
    }

    private void RequireWhole(string path, CheckpointEntry entry)
    {
        long bytes = 0;
        Agreement.Reach(_world, () => bytes = new FileInfo(path) is { Exists: true } file ? file.Length : throw new CheckpointException(path, "the checkpoint is missing"));
        if (_world.Any(bytes != entry.Bytes))
            throw new CheckpointException(path, FormattableString.Invariant($"the checkpoint has {bytes} bytes in place of {entry.Bytes}"));
        if (FileDigest.Of(path, _world).Sha256 != entry.Sha256)
            throw new CheckpointException(path, "the checkpoint is damaged: its checksum is not the one it was written with");
    }

    private RunState ReadRun(Parallel.Hdf5.File file)
    {
        if (file.Shape(RunPath) is not [long length] || length is < 1 or > LongestText)
            throw new CheckpointException(file.Path, "the state of the run is missing");
        try
        {
            RunState state = RunState.FromJson(file.ReadAll<byte>(RunPath));
            return _states.Match(state.States) && state.Time.Times.Length >= state.States.Max(kept => kept.Past) ? state
                : throw new CheckpointException(file.Path, "its states are not those of this case");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(file.Path, $"the state of the run cannot be read: {e.Message}");
        }
    }
}
