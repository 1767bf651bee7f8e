using System.Globalization;
using System.Text.Json.Nodes;

namespace Cell3D.Campaigns.Cells;

/// <summary>A random cell and what it is made to do.</summary>
/// <param name="Label">Chemistry, form, heat, temperature and protocol in a line.</param>
/// <param name="Bpx">Parameter file.</param>
/// <param name="Case">Case file; its cell is "cell.json".</param>
internal sealed record CellDraw(string Label, JsonObject Bpx, JsonObject Case)
{
    /// <summary>Draws cell and protocol number <paramref name="number"/> of a seed.</summary>
    /// <param name="repository">Where the parameter files of the cases and tests lie.</param>
    /// <param name="seed">Of the campaign.</param>
    /// <param name="number">Within the campaign.</param>
    /// <param name="form">"column", "pouch" or null for mostly columns.</param>
    public static CellDraw Take(string repository, int seed, int number, string? form)
    {
        Draws draws = new(seed, number);
        bool pouch = form is null ? draws.Chance(0.04) : form == "pouch";
        bool heat = draws.Chance(0.5);
        DrawnCell cell = DrawnCell.Take(repository, draws);
        CaseDraw drawn = new(draws, cell, pouch, heat);
        JsonObject text = drawn.Take();
        string label = string.Create(CultureInfo.InvariantCulture,
            $"{cell.Chemistry}, {(pouch ? "pouch" : "column")}, {(heat ? "heat" : "isothermal")}, {drawn.Temperature - 273.15:F0} °C: {string.Join(" | ", drawn.Sentences)}");
        return new(label, cell.Bpx, text);
    }

    /// <summary>Writes both files; the path of the case.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "cell.json"), Bpx.ToString());
        string path = Path.Combine(folder, "case.json");
        File.WriteAllText(path, Case.ToString());
        return path;
    }
}
