using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>One identity of the model, checked over the run.</summary>
public sealed record AuditResult
{
    /// <summary>What is checked, for instance <c>Lithium drift, relative</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Largest deviation seen.</summary>
    public required double Value { get; init; }

    /// <summary>Largest deviation allowed.</summary>
    public required double Limit { get; init; }

    /// <summary>Whether |value| ≤ limit; a deviation that is not a number fails.</summary>
    public bool Passed => Math.Abs(Value) <= Limit;

    /// <summary>The verdict in words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"audit '{Name}' {(Passed ? "passed" : "failed")}: {Value:0.0e+0}, at most {Limit:0.0e+0} is allowed");
}

/// <summary>A file the run read.</summary>
public sealed record InputFile
{
    /// <summary>Its path; in a summary relative to the folder of the results.</summary>
    public required string Path { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its content in lower-case hexadecimal digits.</summary>
    [JsonPropertyName("SHA-256")]
    public required string Sha256 { get; init; }

    /// <summary>Hashes a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InputFile Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new InputFile
        {
            Path = path,
            Bytes = stream.Length,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)),
        };
    }
}
