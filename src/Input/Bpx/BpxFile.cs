using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Physics.Materials;

namespace Cell3D.Input.Bpx;

/// <summary>Reads Battery Parameter eXchange files, v0.x and v1.x, for the Doyle–Fuller–Newman model.</summary>
public static class BpxFile
{
    /// <summary>Size of the largest BPX file [byte].</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Reads a file. All problems are collected; none is thrown.</summary>
    /// <param name="path">The file.</param>
    public static BpxResult Load(string path)
    {
        InputReport report = new(path);
        SourceNode? root = SourceReader.ReadFile(path, report, MostBytes);
        return Result(root, report);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">Name of the file in messages.</param>
    public static BpxResult Read(byte[] utf8, string name)
    {
        InputReport report = new(name);
        return Result(SourceReader.Read(utf8, report), report);
    }

    private static BpxResult Result(SourceNode? root, InputReport report)
    {
        BpxCell? cell = root is null ? null : Cell(root, report);
        return new BpxResult(report.HasErrors ? null : cell, report.Problems);
    }

    private static BpxCell? Cell(SourceNode root, InputReport report)
    {
        if (root.Kind != SourceKind.Object)
        {
            report.Error("", root, "is not a BPX file", "an object { \"Header\": …, \"Parameterisation\": … }");
            return null;
        }
        SourceNode? header = root.Member("Header");
        BpxVersion version = BpxVersion.Of(header?.Member("BPX"));
        SourceNode? parameters = root.Member("Parameterisation");
        SectionKey negative = BpxKeys.Electrode("Negative electrode", IsBlended(parameters, "Negative electrode"));
        SectionKey positive = BpxKeys.Electrode("Positive electrode", IsBlended(parameters, "Positive electrode"));
        BpxSections keys = new(version.Major, negative, positive);
        SectionReader file = new(keys.Root, root, "", report);
        BpxHeader.Check(file.Open(BpxKeys.HeaderSection), version, parameters);
        if (BpxHeader.LacksElectrolyte(header, parameters))
        {
            report.Error("Parameterisation", parameters, "is a set for the single-particle model: it lacks \"Electrolyte\" and \"Separator\"", "a set for the model DFN");
            return null;
        }
        SectionReader content = file.Open(keys.Parameterisation);
        return content.Broken || !content.Present ? null : BpxAssembly.Assemble(report.File, version, file, content, keys);
    }

    private static bool IsBlended(SourceNode? parameters, string electrode) =>
        parameters?.Member(electrode)?.Member(BpxKeys.Particles.Name) is not null;
}
