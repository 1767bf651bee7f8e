using Cell3D.Input.Bpx;
using Cell3D.Input.Gmsh;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Reads case files.</summary>
public static class CaseFile
{
    /// <summary>Size of the largest case file [byte].</summary>
    public const long MostBytes = 16L << 20;

    /// <summary>Reads a case and the cell it names. All problems of both files are collected; none is thrown.</summary>
    /// <param name="path">The case file.</param>
    /// <param name="settings">Values that replace those of the file, each "Key.Path=value"; see <see cref="CaseOverrides"/>.</param>
    public static CaseResult Load(string path, IReadOnlyList<string>? settings = null)
    {
        InputReport report = new(path);
        SourceNode? root = SourceReader.ReadFile(path, report, MostBytes);
        return Resolve(root, path, settings ?? [], report);
    }

    /// <summary>Reads the text of a case as if it stood in a file.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="path">Path of the file; the cell is looked for beside it.</param>
    /// <param name="settings">Values that replace those of the text.</param>
    public static CaseResult Read(byte[] utf8, string path, IReadOnlyList<string>? settings = null)
    {
        InputReport report = new(path);
        return Resolve(SourceReader.Read(utf8, report), path, settings ?? [], report);
    }

    private static CaseResult Resolve(SourceNode? root, string path, IReadOnlyList<string> settings, InputReport report)
    {
        if (root is null) return new CaseResult(null, report.Problems) { FileMissing = report.FileMissing };
        root = CaseOverrides.Apply(root, settings, report);
        SectionReader reader = new(CaseKeys.Root, root, "", report);
        if (!reader.Present) return new CaseResult(null, report.Problems);
        if (reader.NodeOf(CaseKeys.SchemaLink) is SourceNode link) CaseKeys.SchemaLink.TryRead(link, CaseKeys.SchemaLink.Name, report, out _);
        BpxResult? cell = LoadCell(reader, path);
        MshResult? plane = LoadPlane(reader, path);
        CaseAssembly assembly = new(reader, path, cell?.Cell, plane?.Plane);
        SimulationCase? resolved = assembly.Assemble();
        DriveCycles cycles = assembly.Protocol.Cycles;
        List<InputProblem> problems = [.. report.Problems, .. plane?.Problems ?? [], .. cycles.Problems, .. cell?.Problems ?? []];
        bool usable = problems.TrueForAll(problem => problem.Severity != Severity.Error) && cell?.Cell is not null && plane is null or { Plane: not null };
        return new CaseResult(usable ? resolved : null, problems) { FileMissing = (cell is not null && !CellExists(reader, path)) || plane is { FileMissing: true } || cycles.FileMissing };
    }

    private static BpxResult? LoadCell(SectionReader reader, string path)
    {
        string name = reader.Get(CaseKeys.Cell, "");
        if (reader.NodeOf(CaseKeys.Cell) is { Kind: SourceKind.Text } && string.IsNullOrWhiteSpace(name)) reader.Error(CaseKeys.Cell, "names no file", "the path of a BPX file");
        return string.IsNullOrWhiteSpace(name) ? null : BpxFile.Load(Beside(path, name));
    }

    /// <summary>The outline file of a pouch; null where there is none.</summary>
    private static MshResult? LoadPlane(SectionReader reader, string path)
    {
        SectionReader geometry = reader.Open(CaseKeys.Geometry);
        if (!geometry.Has(ShapeKeys.OutlineFile) || geometry.Get(CaseKeys.Form) != CellForm.Pouch) return null;
        string name = geometry.Get(ShapeKeys.OutlineFile, "");
        double unit = geometry.Get(ShapeKeys.LengthUnit);
        if (geometry.NodeOf(ShapeKeys.OutlineFile) is { Kind: SourceKind.Text } && string.IsNullOrWhiteSpace(name)) geometry.Error(ShapeKeys.OutlineFile, "names no file", "the path of a file of Gmsh");
        return string.IsNullOrWhiteSpace(name) || !double.IsFinite(unit) ? null : MshFile.Load(Beside(path, name), unit);
    }

    private static bool CellExists(SectionReader reader, string path) => File.Exists(Beside(path, reader.Get(CaseKeys.Cell, "")));

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(path) ?? "", name);
}
