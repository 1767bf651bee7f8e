using System.Text;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Input.FreeEnergies;

/// <summary>Reads a free energy from JSON, closed or as a table, or a table from CSV; all errors at once.</summary>
public static class FreeEnergyFile
{
    /// <summary>Largest file.</summary>
    public const long MostBytes = 16 << 20;

    /// <summary>Most points of a table, all temperatures together.</summary>
    public const int MostPoints = 200_000;

    /// <summary>Reads a file; options stand in place of its own values.</summary>
    public static FreeEnergyResult Load(string path, FreeEnergyOptions options)
    {
        InputReport report = new(path);
        FreeEnergySource? source = SourceReader.ReadBytes(path, report, MostBytes) is not { } bytes ? null
            : bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..] ? FromJson(path, SourceReader.Read(bytes, report), options, report)
            : FromCsv(path, bytes, options, report);
        return new(report.HasErrors ? null : source, report.Problems, report.FileMissing);
    }

    private static FreeEnergySource? FromCsv(string path, byte[] bytes, FreeEnergyOptions options, InputReport report)
    {
        if (bytes.Contains((byte)0))
        {
            report.FileError("the file is not text (binary data, or another encoding)");
            return null;
        }
        if (FreeEnergyCsv.Read(Encoding.UTF8.GetString(bytes), options.Temperature ?? FreeEnergyKeys.RoomTemperature, report) is not var (table, isGrandPotential)) return null;
        double temperature = options.Temperature ?? (table.Temperatures.Length == 1 ? table.Temperatures[0] : FreeEnergyKeys.RoomTemperature);
        return FreeEnergyReader.Tabulated(path, "", table, isGrandPotential, options.Noise ?? 0, temperature, options.ReferencePotential ?? 0, null, null, report);
    }

    private static FreeEnergySource? FromJson(string path, SourceNode? root, FreeEnergyOptions options, InputReport report)
    {
        if (root is null) return null;
        SectionReader section = new(FreeEnergyKeys.Root, root, "", report);
        string title = section.Get(FreeEnergyKeys.Title, "");
        return FreeEnergyReader.Read(section, options.Temperature ?? section.Get(FreeEnergyKeys.Temperature), options) is { } source ? source with { File = path, Title = title } : null;
    }
}

