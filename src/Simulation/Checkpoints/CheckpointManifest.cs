using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Cell3D.Parallel;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>Which checkpoints a results folder holds, the newest first: the file <c>checkpoint.json</c>, written last.</summary>
public sealed partial record CheckpointManifest
{
    /// <summary>Name of the file.</summary>
    public const string Name = "checkpoint.json";

    /// <summary>Version of the layout of manifest and checkpoints.</summary>
    public const string PresentLayout = "cell3d-checkpoint-4";

    private const int LongestText = 1 << 20;

    /// <summary>Version of the layout.</summary>
    public required string Layout { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Program { get; init; }

    /// <summary>SHA-256 of the case, <see cref="CaseIdentity"/>.</summary>
    [JsonPropertyName("Case SHA-256")]
    public required string Case { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<CheckpointEntry> Checkpoints { get; init; }

    /// <summary>Version of this program.</summary>
    public static string PresentProgram { get; } = typeof(CheckpointManifest).Assembly.GetName().Version!.ToString(3);

    /// <summary>Number of a checkpoint in the name of its file.</summary>
    public static string FileName(int number) => FormattableString.Invariant($"checkpoint_{number:D6}.hdf");

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="CheckpointException">It is missing, damaged, or names files elsewhere.</exception>
    public static CheckpointManifest Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestText)
                throw new CheckpointException(path, "is too long for a list of checkpoints");
            CheckpointManifest manifest = JsonSerializer.Deserialize(File.ReadAllText(path, Encoding.UTF8), CheckpointJson.Exact.CheckpointManifest)
                ?? throw new JsonException("nothing is in it");
            if (manifest.Checkpoints.FirstOrDefault(entry => !IsName().IsMatch(entry.File)) is { } odd)
                throw new CheckpointException(path, $"'{odd.File}' is not the name of a checkpoint");
            return manifest.Checkpoints.Count > 0 ? manifest : throw new CheckpointException(path, "names no checkpoint");
        }
        catch (FileNotFoundException)
        {
            throw new CheckpointException(path, "is missing; without it nobody knows whether a checkpoint is whole");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Why a run of this program and case cannot go on from here; null where it can.</summary>
    /// <param name="identity">Of the case.</param>
    public string? Obstacle(string identity) =>
        Layout != PresentLayout ? $"its layout is {Layout}, this program reads {PresentLayout}"
        : Program != PresentProgram ? $"Cell3D {Program} wrote it, this is Cell3D {PresentProgram}"
        : Case != identity ? "it belongs to another case: all but the folder and the times of field output has to be as it was"
        : null;

    /// <summary>Replaces the file, on the disk itself.</summary>
    /// <exception cref="IOException">The disk refused; the former one is untouched.</exception>
    public void Write(string path)
    {
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, [.. JsonSerializer.SerializeToUtf8Bytes(this, CheckpointJson.Exact.CheckpointManifest), (byte)'\n']);
        DurableFile.Replace(temporary, path);
    }

    /// <summary>Number of a checkpoint that was written by <see cref="FileName"/>; −1 for any other name.</summary>
    internal static int NumberOf(string file) => IsName().IsMatch(file) && int.TryParse(file.AsSpan(11, file.Length - 15), out int number) ? number : -1;

    [GeneratedRegex(@"^checkpoint_[0-9]{6,9}\.hdf\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsName();
}

/// <summary>One checkpoint.</summary>
public sealed record CheckpointEntry
{
    /// <summary>Its file, beside the manifest.</summary>
    public required string File { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the SHA-256 of its blocks of 16 MiB.</summary>
    [JsonPropertyName("SHA-256 of blocks")]
    public required string Sha256 { get; init; }

    /// <summary>Simulated time [s].</summary>
    [JsonPropertyName("Time [s]")]
    public required double Time { get; init; }

    /// <summary>Time steps taken.</summary>
    public required int Steps { get; init; }

    /// <summary>Ranks that wrote it.</summary>
    public required int Ranks { get; init; }

    /// <summary>When, UTC.</summary>
    public required string Written { get; init; }
}

/// <summary>A checkpoint from which a run cannot go on: the message says which file, and why.</summary>
public sealed class CheckpointException : IOException
{
    /// <summary>A file, and why not.</summary>
    public CheckpointException(string path, string reason)
        : this($"{path}: {reason}")
    {
    }

    /// <summary>What another rank met.</summary>
    internal CheckpointException(string sentence)
        : base(sentence)
    {
    }
}
