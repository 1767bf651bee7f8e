using Cell3D.Input.Json;

namespace Cell3D.Input.Gmsh;

/// <summary>Reads plane meshes of Gmsh: MSH 4.1, ASCII, with triangles and quadrangles of first order.</summary>
public static class MshFile
{
    /// <summary>Size of the largest file [byte].</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Nodes that a file may hold: each becomes a column of the cell.</summary>
    public const int MostNodes = 200_000;

    /// <summary>Triangles and quadrangles, lines and points that a file may hold.</summary>
    public const int MostElements = 1_000_000;

    /// <summary>Reads a file. All problems are collected; none is thrown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unit">Length of one unit of the file [m].</param>
    public static MshResult Load(string path, double unit)
    {
        InputReport report = new(path);
        return Result(SourceReader.ReadBytes(path, report, MostBytes), report, unit);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="name">Name of the file in messages.</param>
    /// <param name="unit">Length of one unit of the file [m].</param>
    public static MshResult Read(byte[] bytes, string name, double unit) => Result(bytes, new InputReport(name), unit);

    private static MshResult Result(byte[]? bytes, InputReport report, double unit)
    {
        MshContent? content = bytes is null ? null : new MshReader(bytes, report).Read();
        ImportedPlane? plane = content is null || report.HasErrors ? null : new PlaneImport(content, report, unit).Plane();
        return new(report.HasErrors ? null : plane, report.Problems) { FileMissing = report.FileMissing };
    }
}

/// <summary>The plane of a file, or all errors.</summary>
/// <param name="Plane">The plane; null when there is an error.</param>
/// <param name="Problems">Errors, by line.</param>
public sealed record MshResult(ImportedPlane? Plane, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>Whether the file does not exist (as opposed to being wrong).</summary>
    public bool FileMissing { get; init; }
}
