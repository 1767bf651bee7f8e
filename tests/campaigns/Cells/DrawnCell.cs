using System.Globalization;
using System.Text.Json.Nodes;

namespace Cell3D.Campaigns.Cells;

/// <summary>A cell whose parameters are drawn around those of a published one, balanced by the thickness of its negative electrode.</summary>
internal sealed class DrawnCell
{
    private const double AmpereHoursPerMole = 96485.33212 / 3600;
    private static readonly (string Name, string File)[] Published =
    [
        ("Chen2020", "cases/bpx-1d/chen2020_bpx.json"), ("NMC", "cases/bpx-1d/nmc_pouch_cell_BPX.json"), ("LFP", "tests/Input/Data/lfp_18650_cell_BPX.json"),
        ("NMC, two sizes", "tests/Input/Data/nmc_pouch_cell_BPX_blended_electrode.json"), ("Marquis2019", "cases/comsol-dfn1d/marquis2019_bpx.json"),
        ("graphite + silicon", "cases/bpx-1d/chen2020_bpx.json"), ("NMC + LFP", "cases/bpx-1d/nmc_pouch_cell_BPX.json"),
    ];

    private readonly Draws _draws;
    private readonly JsonObject _content;

    private DrawnCell(Draws draws, string chemistry, JsonObject bpx, string repository)
    {
        (_draws, Chemistry, Bpx) = (draws, chemistry, bpx);
        _content = bpx["Parameterisation"]!.AsObject();
        if (chemistry == "graphite + silicon") Blend("Negative electrode", "Graphite", "Silicon", Silicon(), draws.Uniform(0.02, 0.15));
        if (chemistry == "NMC + LFP") Blend("Positive electrode", "NMC", "LFP", MaterialOf(repository, Published[2].File, "Positive electrode"), draws.Uniform(0.1, 0.6));
    }

    public string Chemistry { get; }

    public JsonObject Bpx { get; }

    /// <summary>Lower and upper cut-off [V].</summary>
    public (double Lower, double Upper) CutOffs => (Number(Cell, "Lower voltage cut-off [V]"), Number(Cell, "Upper voltage cut-off [V]"));

    /// <summary>Nominal capacity [A h].</summary>
    public double Capacity => Number(Cell, "Nominal cell capacity [A.h]");

    /// <summary>Area of one pair [m²] and number of pairs.</summary>
    public (double Area, double Pairs) Size => (Number(Cell, "Electrode area [m2]"), Number(Cell, "Number of electrode pairs connected in parallel to make a cell"));

    /// <summary>Thickness of a layer [m].</summary>
    public double Thickness(string layer) => Number(Section(layer), "Thickness [m]");

    private JsonObject Cell => Section("Cell");

    public static DrawnCell Take(string repository, Draws draws)
    {
        (string name, string file) = draws.Of<(string, string)>(Published);
        DrawnCell cell = new(draws, name, JsonNode.Parse(File.ReadAllText(Path.Combine(repository, file)))!.AsObject(), repository);
        cell.DrawElectrode("Negative electrode");
        cell.DrawElectrode("Positive electrode");
        cell.DrawSeparator();
        cell.DrawElectrolyte();
        cell.DrawSizeAndHeat();
        return cell;
    }

    private static double Number(JsonObject section, string key) => section[key]!.GetValue<double>();

    private static void Put(JsonObject section, string key, double value) => section[key] = double.Parse(value.ToString("G8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Scale(JsonObject section, string key, double factor) => Put(section, key, Number(section, key) * factor);

    private static IEnumerable<JsonObject> Materials(JsonObject electrode) =>
        electrode["Particle"] is JsonObject classes ? classes.Select(member => member.Value!.AsObject()) : [electrode];

    private static double ActiveFraction(JsonObject material) => Number(material, "Surface area per unit volume [m-1]") * Number(material, "Particle radius [m]") / 3;

    private static JsonObject MaterialOf(string repository, string file, string electrode)
    {
        JsonObject own = JsonNode.Parse(File.ReadAllText(Path.Combine(repository, file)))!["Parameterisation"]![electrode]!.AsObject();
        foreach (string key in LayerKeys) own.Remove(key);
        return own;
    }

    private static readonly string[] LayerKeys = ["Thickness [m]", "Porosity", "Transport efficiency", "Conductivity [S.m-1]"];

    /// <summary>A table of the shape published for silicon (lithiation and delithiation averaged), and its usual magnitudes.</summary>
    private static JsonObject Silicon() => JsonNode.Parse("""
        {
          "Particle radius [m]": 1.5e-6, "Surface area per unit volume [m-1]": 3e5, "Diffusivity [m2.s-1]": 1.7e-14,
          "OCP [V]": { "x": [0, 0.01, 0.03, 0.07, 0.15, 0.25, 0.4, 0.55, 0.7, 0.82, 0.9, 0.95, 1], "y": [1.4, 0.95, 0.72, 0.58, 0.46, 0.40, 0.33, 0.26, 0.18, 0.115, 0.075, 0.045, 0.002] },
          "Entropic change coefficient [V.K-1]": -1e-4, "Reaction rate constant [mol.m-2.s-1]": 6.5e-6, "Reaction rate constant activation energy [J.mol-1]": 35000,
          "Minimum stoichiometry": 0.02, "Maximum stoichiometry": 0.85, "Maximum concentration [mol.m-3]": 278000
        }
        """)!.AsObject();

    private JsonObject Section(string name) => _content[name]!.AsObject();

    /// <summary>Makes a single electrode a blend; the second material takes its share of the active volume.</summary>
    private void Blend(string electrode, string first, string second, JsonObject other, double share)
    {
        JsonObject whole = Section(electrode), one = whole.DeepClone().AsObject(), blended = [];
        foreach (string key in LayerKeys)
        {
            one.Remove(key);
            blended[key] = whole[key]!.DeepClone();
        }
        double active = ActiveFraction(one);
        Put(other, "Surface area per unit volume [m-1]", 3 * share * active / Number(other, "Particle radius [m]"));
        Scale(one, "Surface area per unit volume [m-1]", 1 - share);
        blended["Particle"] = new JsonObject { [first] = one, [second] = other.DeepClone() };
        _content[electrode] = blended;
    }

    private void DrawElectrode(string name)
    {
        JsonObject electrode = Section(name);
        Scale(electrode, "Thickness [m]", _draws.Log(0.4, 1.8));
        Scale(electrode, "Conductivity [S.m-1]", _draws.Log(0.1, 10));
        foreach (JsonObject material in Materials(electrode))
            DrawMaterial(material);
        double room = 0.97 - Materials(electrode).Sum(ActiveFraction);
        DrawPores(electrode, Math.Max(0.15, Math.Min(Number(electrode, "Porosity") * _draws.Uniform(0.8, 1.3), room)));
    }

    private void DrawMaterial(JsonObject material)
    {
        double larger = _draws.Log(0.3, 2.5);
        Scale(material, "Particle radius [m]", larger);
        Scale(material, "Surface area per unit volume [m-1]", _draws.Uniform(0.85, 1.05) / larger);
        Scale(material, "Reaction rate constant [mol.m-2.s-1]", _draws.Log(0.1, 10));
        DrawCurve(material, "Diffusivity [m2.s-1]", _draws.Log(0.1, 10), _draws.Of("", "", "", "(0.2 + 1.6*x)", "(0.02 + (1 - x)**2)", "exp(-3*x)"));
        Put(material, "Diffusivity activation energy [J.mol-1]", _draws.Chance(0.2) ? 0 : _draws.Uniform(10e3, 60e3));
        Put(material, "Reaction rate constant activation energy [J.mol-1]", _draws.Chance(0.2) ? 0 : _draws.Uniform(15e3, 65e3));
        if (_draws.Chance(0.3)) Put(material, "Entropic change coefficient [V.K-1]", _draws.Uniform(-3e-4, 3e-4));
    }

    private void DrawCurve(JsonObject section, string key, double factor, string shape)
    {
        JsonNode value = section[key]!;
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.Number && shape.Length == 0)
            Scale(section, key, factor);
        else
            section[key] = string.Create(CultureInfo.InvariantCulture, $"{factor:G6}*({value}){(shape.Length == 0 ? "" : "*" + shape)}");
    }

    private void DrawPores(JsonObject layer, double porosity)
    {
        Put(layer, "Porosity", porosity);
        Put(layer, "Transport efficiency", Math.Pow(porosity, _draws.Uniform(1.4, 2.3)));
    }

    private void DrawSeparator()
    {
        JsonObject separator = Section("Separator");
        Put(separator, "Thickness [m]", _draws.Log(8e-6, 40e-6));
        DrawPores(separator, _draws.Uniform(0.35, 0.6));
    }

    private void DrawElectrolyte()
    {
        JsonObject electrolyte = Section("Electrolyte");
        Put(electrolyte, "Cation transference number", _draws.Uniform(0.2, 0.45));
        DrawCurve(electrolyte, "Conductivity [S.m-1]", _draws.Uniform(0.5, 1.4), "");
        DrawCurve(electrolyte, "Diffusivity [m2.s-1]", _draws.Log(0.4, 2), "");
        Put(electrolyte, "Conductivity activation energy [J.mol-1]", _draws.Chance(0.2) ? 0 : _draws.Uniform(10e3, 35e3));
        Put(electrolyte, "Diffusivity activation energy [J.mol-1]", _draws.Chance(0.2) ? 0 : _draws.Uniform(10e3, 37e3));
    }

    /// <summary>Area, N/P ratio, nominal capacity and lumped thermal data.</summary>
    private void DrawSizeAndHeat()
    {
        JsonObject cell = Cell;
        Scale(cell, "Electrode area [m2]", _draws.Log(0.3, 3));
        double negative = ArealCapacity("Negative electrode"), positive = ArealCapacity("Positive electrode");
        Scale(Section("Negative electrode"), "Thickness [m]", _draws.Uniform(1, 1.12) * positive / negative);
        (double area, double pairs) = Size;
        Put(cell, "Nominal cell capacity [A.h]", positive * area * pairs * _draws.Uniform(0.88, 1));
        Put(cell, "Density [kg.m-3]", _draws.Uniform(1700, 2800));
        Put(cell, "Specific heat capacity [J.K-1.kg-1]", _draws.Uniform(700, 1200));
        double conductivity = _draws.Log(0.4, 3);
        if (Bpx["State"] is null) Put(cell, "Thermal conductivity [W.m-1.K-1]", conductivity);
        else _content["User-defined"] = new JsonObject { ["Thermal conductivity [W.m-1.K-1]"] = conductivity };
        foreach (string key in new[] { "Volume [m3]", "External surface area [m2]" }) cell.Remove(key);
    }

    /// <summary>Capacity between the ends of the windows [A h m⁻²].</summary>
    private double ArealCapacity(string name)
    {
        JsonObject electrode = Section(name);
        return Number(electrode, "Thickness [m]") * AmpereHoursPerMole * Materials(electrode).Sum(material =>
            ActiveFraction(material) * Number(material, "Maximum concentration [mol.m-3]") * (Number(material, "Maximum stoichiometry") - Number(material, "Minimum stoichiometry")));
    }
}
