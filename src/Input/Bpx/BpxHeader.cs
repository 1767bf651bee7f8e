using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Bpx;

/// <summary>Checks a BPX header: version and model.</summary>
internal static class BpxHeader
{
    /// <summary>Reports a version or model that Cell3D does not know.</summary>
    public static void Check(SectionReader header, BpxVersion version, SourceNode? parameters)
    {
        if (!header.Present) return;
        header.Get(BpxKeys.Title, "");
        header.Get(BpxKeys.Description, "");
        header.Get(BpxKeys.References, "");
        if (header.Has(BpxKeys.Version) && !version.Known) header.Error(BpxKeys.Version, "unknown version", "0.x, 1.x");
        string model = header.Get(BpxKeys.Model, "");
        switch (model)
        {
            case "DFN" or "":
                break;
            case "SPMe" when !LacksElectrolyte(header.Node, parameters):
                header.Report.Note(header.PathOf(BpxKeys.Model), header.NodeOf(BpxKeys.Model), "the set was made for SPMe; it is complete and used with the DFN model");
                break;
            default:
                header.Error(BpxKeys.Model, "Cell3D needs a set for the Doyle-Fuller-Newman model", "\"DFN\"");
                break;
        }
    }

    /// <summary>Whether the set can only serve a single-particle model.</summary>
    public static bool LacksElectrolyte(SourceNode? header, SourceNode? parameters) =>
        header?.Member("Model")?.Text is "SPM" or "SPMe"
        && parameters?.Member("Electrolyte") is null
        && parameters?.Member("Separator") is null;
}
