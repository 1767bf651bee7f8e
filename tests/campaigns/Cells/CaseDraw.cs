using System.Globalization;
using System.Text.Json.Nodes;

namespace Cell3D.Campaigns.Cells;

/// <summary>A random case for a drawn cell: form, mesh, heat, state of charge and one to four sentences.</summary>
internal sealed class CaseDraw(Draws draws, DrawnCell cell, bool pouch, bool heat)
{
    private readonly double _charge = draws.Chance(0.3) ? draws.Of(0.0, 1.0) : draws.Uniform(0.02, 0.98);

    /// <summary>At the start [K].</summary>
    public double Temperature { get; } = draws.Uniform(253.15, 333.15);

    /// <summary>The protocol.</summary>
    public IReadOnlyList<string> Sentences { get; private set; } = [];

    public JsonObject Take()
    {
        Sentences = [.. Protocol()];
        JsonObject text = new()
        {
            ["Cell"] = "cell.json",
            ["Geometry"] = Geometry(),
            ["Layers"] = Layers(),
            ["Electrolyte"] = new JsonObject { ["Initial concentration [mol.m-3]"] = Math.Round(draws.Uniform(800, 1500)) },
            ["Mesh"] = Mesh(),
            ["Thermal"] = Thermal(),
            ["Initial state"] = new JsonObject { ["SOC"] = Math.Round(_charge, 4) },
            ["Protocol"] = new JsonObject { ["Steps"] = new JsonArray([.. Sentences.Select(sentence => (JsonNode)sentence)]) },
            ["Output"] = new JsonObject { ["Field count"] = 0 },
        };
        if (pouch) text["Tabs"] = Tabs(text["Geometry"]!);
        return text;
    }

    private static double Short(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private JsonObject Geometry()
    {
        if (!pouch) return new() { ["Form"] = "column" };
        double width = Math.Sqrt(cell.Size.Area * draws.Uniform(0.3, 1.2));
        return new() { ["Form"] = "pouch", ["Width [m]"] = Short(width), ["Height [m]"] = Short(cell.Size.Area / width) };
    }

    private JsonObject Layers()
    {
        JsonObject layers = [];
        if (pouch || draws.Chance(0.5))
        {
            layers["Negative collector"] = Metal(draws.Uniform(3e-6, 10e-6), 8960, 385, 398);
            layers["Positive collector"] = Metal(draws.Uniform(5e-6, 15e-6), 2700, 897, 237);
        }
        if (heat && draws.Chance(0.3))
            layers["Negative casing"] = new JsonObject { ["Thickness [m]"] = Short(draws.Uniform(1e-4, 5e-4)) };
        return layers;
    }

    private static JsonObject Metal(double thickness, double density, double heatCapacity, double conductivity) => new()
    {
        ["Thickness [m]"] = Short(thickness),
        ["Density [kg.m-3]"] = density,
        ["Specific heat capacity [J.K-1.kg-1]"] = heatCapacity,
        ["Thermal conductivity [W.m-1.K-1]"] = conductivity,
    };

    private JsonObject Tabs(JsonNode geometry)
    {
        double width = geometry["Width [m]"]!.GetValue<double>(), tab = draws.Uniform(0.2, 0.4) * width;
        bool opposite = draws.Chance(0.3);
        JsonObject Tab(string edge, double centre) => new()
        {
            ["Edge"] = edge,
            ["Centre [m]"] = Short(centre * width),
            ["Width [m]"] = Short(tab),
            ["Length [m]"] = draws.Chance(0.3) ? 0 : Short(draws.Uniform(0.005, 0.03)),
            ["Thickness [m]"] = 1e-4,
        };
        return new() { ["Negative"] = Tab("top", 0.25), ["Positive"] = Tab(opposite ? "bottom" : "top", 0.75) };
    }

    /// <summary>Coarse, since there are many; the default mesh of a column now and then.</summary>
    private JsonObject Mesh()
    {
        JsonObject mesh = [];
        if (pouch || draws.Chance(0.97))
            mesh["Cells through"] = new JsonObject
            {
                ["Negative electrode"] = pouch ? draws.Whole(3, 4) : draws.Whole(5, 25),
                ["Separator"] = pouch ? draws.Whole(2, 3) : draws.Whole(3, 10),
                ["Positive electrode"] = pouch ? draws.Whole(3, 4) : draws.Whole(5, 25),
            };
        if (draws.Chance(0.3)) mesh["Grading"] = Short(draws.Uniform(1, 6));
        if (draws.Chance(0.2)) mesh["Particle"] = draws.Whole(4, 30);
        if (!pouch) return mesh;
        mesh["Cells along width"] = draws.Whole(2, 3);
        mesh["Cells along height"] = draws.Whole(2, 3);
        mesh["Cells along tab"] = 2;
        mesh["Refinement towards tabs"] = Short(draws.Uniform(1, 2));
        return mesh;
    }

    private JsonObject Thermal()
    {
        double ambient = draws.Chance(0.7) ? Temperature : Math.Clamp(Temperature + draws.Uniform(-15, 15), 253.15, 333.15);
        JsonObject thermal = new()
        {
            ["Model"] = heat ? "resolved" : "isothermal",
            ["Initial temperature [K]"] = Math.Round(Temperature, 2),
            ["Ambient temperature [K]"] = Math.Round(ambient, 2),
        };
        if (!heat) return thermal;
        thermal["Faces and casing refer to"] = "whole cell";
        if (draws.Chance(0.85))
            thermal["Cooling"] = new JsonObject { ["All surfaces"] = new JsonObject { ["Heat transfer coefficient [W.m-2.K-1]"] = Short(draws.Log(0.5, 200)) } };
        return thermal;
    }

    private IEnumerable<string> Protocol()
    {
        double charge = _charge;
        for (int left = draws.Whole(1, 4); left > 0; left--)
        {
            if (draws.Chance(0.2))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Rest for {Short(draws.Log(1, 300))} minutes");
                continue;
            }
            bool discharges = charge > 0.7 || (charge > 0.3 && draws.Chance(0.5));
            yield return Sentence(discharges, out double share);
            charge = Math.Clamp(charge + (discharges ? -share : share), 0, 1);
        }
    }

    /// <summary>A charge or discharge by time, to a voltage, or by whichever comes first.</summary>
    private string Sentence(bool discharges, out double share)
    {
        double rate = Short(draws.Log(0.05, 10));
        string current = draws.Of(0, 0, 1, 2) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"{rate}C"),
            1 => string.Create(CultureInfo.InvariantCulture, $"{Short(rate * cell.Capacity)} A"),
            _ => string.Create(CultureInfo.InvariantCulture, $"C/{Short(1 / rate)}"),
        };
        (double lower, double upper) = cell.CutOffs;
        double into = draws.Chance(0.5) ? 0 : draws.Uniform(0, 0.3) * (upper - lower);
        share = draws.Uniform(0.02, 1);
        string time = string.Create(CultureInfo.InvariantCulture, $" for {Short(60 * share / rate)} minutes");
        string voltage = string.Create(CultureInfo.InvariantCulture, $" until {Math.Round(discharges ? lower + into : upper - into, 3)} V");
        int kind = draws.Whole(0, 2);
        if (kind == 1) share = 1;
        return $"{(discharges ? "Discharge" : "Charge")} at {current}{(kind == 1 ? "" : time)}{(kind == 0 ? "" : kind == 2 ? " or" + voltage : voltage)}";
    }
}
