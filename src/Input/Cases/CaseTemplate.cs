using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Writes a first case for a cell, to be adapted: a pouch for a flat cell, a roll for a cylinder, a column for what is neither.</summary>
/// <remarks>Meshes are coarse enough for a run of well under a minute on one core.</remarks>
public sealed class CaseTemplate
{
    /// <summary>Thicknesses that are assumed for foils [m].</summary>
    public const double CopperFoil = 10e-6, AluminiumFoil = 15e-6;
    private const double HeatTransfer = 10;
    private static readonly FoilMetal Copper = new("Copper", CaseDefaults.CopperConductivity, 8960, 385, 398);
    private static readonly FoilMetal Aluminium = new("Aluminium", CaseDefaults.AluminiumConductivity, 2700, 897, 237);
    private readonly BpxCell cell;
    private readonly CellShape shape;
    private readonly bool hasHeat;
    private readonly RollTemplate? roll;

    private CaseTemplate(BpxCell cell)
    {
        this.cell = cell;
        roll = RollTemplate.Of(cell, CopperFoil, AluminiumFoil);
        shape = CellShape.Of(cell);
        hasHeat = cell.Density is not null && cell.SpecificHeatCapacity is not null && cell.ThermalConductivity is not null;
    }

    /// <summary>A discharge at 1C with foils, tabs, casing and cooling whose values are assumptions; its texts say so.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cellPath">Path of the BPX file relative to the new case.</param>
    public static string Write(BpxCell cell, string cellPath)
    {
        CaseTemplate template = new(cell);
        return CaseText.Write(template.shape.IsFlat ? template.Pouch(cellPath) : template.roll is null ? template.Column(cellPath) : template.Roll(cellPath, template.roll));
    }

    private bool IsCooled => hasHeat && (shape.IsFlat || cell.ExternalSurfaceArea is not null);

    private JsonObject Pouch(string cellPath)
    {
        (double width, double height) = (Round(shape.Width), Round(shape.Height));
        string outline = shape.IsOutlineKnown
            ? "Width and height follow from electrode area, volume and External surface area of the BPX file"
            : "Width and height are assumptions: the BPX file tells no outline";
        string share = cell.ElectrodePairs > 1
            ? FormattableString.Invariant($" One of {cell.ElectrodePairs} electrode pairs is simulated; it carries its share of the cooling of the faces, of the tabs and of the casing. Currents, capacity, energy and heat in the results are its own; summary.json has those of the whole cell beside them.")
            : "";
        return Case(cellPath, $"{outline}.{share}", new JsonObject { ["Form"] = "pouch", ["Width [m]"] = width, ["Height [m]"] = height },
            new JsonObject { ["Negative"] = Tab(0.25 * width, 0.2 * width), ["Positive"] = Tab(0.75 * width, 0.2 * width) }, "sections Tabs, Layers and Thermal");
    }

    private JsonObject Roll(string cellPath, RollTemplate wound)
    {
        string heat = IsCooled ? "" : " The case is isothermal: the BPX file has no lumped thermal values.";
        JsonObject template = Case(cellPath, $"The cell is not flat: a cylinder of {Text(2e3 * wound.Radius)} mm x {Text(1e3 * wound.CanHeight)} mm by its Volume and External surface area. The layers are wound until they have the electrode area of the BPX file, {Text(wound.Shape.PairedTurns)} turns.{heat}",
            new JsonObject { ["Form"] = "roll", ["Height [m]"] = wound.Shape.Height }, null, "sections Winding, Can, Layers and Thermal");
        template.Insert(template.IndexOf("Geometry") + 1, "Winding", wound.Winding());
        if (IsCooled) template.Insert(template.IndexOf("Winding") + 1, "Can", wound.Can(OfLayersIn(wound.Shape), cell.HeatCapacity));
        return template;

        static string Text(double value) => FormattableString.Invariant($"{value:G4}");
    }

    /// <summary>Heat capacity of the wound layers: lumped values, and those of the foils [J K⁻¹].</summary>
    private double OfLayersIn(RollSpec wound) => Enumerable.Range(0, wound.Layers.Layers.Count).Sum(i => wound.LayerVolume(i) * wound.Layers.Layers[i].Kind switch
    {
        LayerKind.NegativeCollector => Copper.VolumetricHeatCapacity,
        LayerKind.PositiveCollector => Aluminium.VolumetricHeatCapacity,
        _ => cell.Density!.Value * cell.SpecificHeatCapacity!.Value,
    });

    private JsonObject Column(string cellPath)
    {
        string surface = shape.ExternalSurface is double given
            ? FormattableString.Invariant($"has an External surface area of {given:G4} m2; a flat cell of this electrode area would have {shape.FlatSurface:G3} m2, {shape.FlatSurface / given:G3} times as much")
            : FormattableString.Invariant($"has a volume of {cell.Volume:G4} m3; a flat cell of this electrode area and volume would be thinner than any");
        string heat = IsCooled
            ? "The column is warmed and cooled as a lumped cell: its casing brings its heat capacity to that of the BPX file, and External surface is cooled. Temperature differences within the roll are not shown."
            : "The case is isothermal: without lumped thermal values and External surface area in the BPX file the cooling of a column cannot be told.";
        return Case(cellPath, $"The cell is not flat (wound or folded): it {surface}. {RollTemplate.WhyNot(cell)}, so this is one column through the layers, which has no outline and no tabs: no resistance of foils along the winding. {heat}",
            new JsonObject { ["Form"] = "column" }, null, "sections Layers and Thermal");
    }

    private JsonObject Case(string cellPath, string whatItIs, JsonObject geometry, JsonObject? tabs, string assumed)
    {
        JsonObject template = new()
        {
            ["Header"] = new JsonObject
            {
                ["Title"] = cell.Title.Length > 0 ? cell.Title : "New case",
                ["Description"] = $"Template. {whatItIs} BPX gives neither foils nor cooling: the {assumed} are assumptions; replace them by those of your cell and say in Source where they come from. Every key is explained by 'cell3d schema'; keys left out take defaults, which case.resolved.json beside the results shows.",
            },
            ["Cell"] = cellPath,
            ["Geometry"] = geometry,
        };
        if (tabs is not null) template["Tabs"] = tabs;
        template["Layers"] = Layers();
        template["Mesh"] = Mesh();
        template["Thermal"] = IsCooled ? Cooled() : new JsonObject { ["Model"] = "isothermal" };
        template["Initial state"] = new JsonObject { ["SOC"] = cell.InitialStateOfCharge };
        template["Protocol"] = new JsonObject
        {
            ["Current refers to"] = "whole cell",
            ["Steps"] = new JsonArray(FormattableString.Invariant($"Discharge at 1C until {cell.LowerCutOff} V")),
        };
        return template;
    }

    /// <summary>Foils of a cell with many layers are coated on both sides, so half of each belongs to a pair.</summary>
    private JsonObject Layers()
    {
        double share = cell.ElectrodePairs > 1 || !shape.IsFlat ? 0.5 : 1;
        JsonObject layers = [];
        double? casing = IsCooled && roll is null ? CasingThickness(share) : null;
        if (casing is double thickness) layers["Negative casing"] = Casing(thickness);
        layers["Negative collector"] = Copper.Foil(CopperFoil, share);
        layers["Positive collector"] = Aluminium.Foil(AluminiumFoil, share);
        if (casing is double other) layers["Positive casing"] = Casing(other);
        return layers;
    }

    private static JsonObject Casing(double thickness) => new()
    {
        ["Thickness [m]"] = thickness,
        ["Source"] = "Assumption: with lumped values, as thick as what is left of the lumped heat capacity of the BPX file after all layers; half of it on either face",
    };

    /// <summary>Thickness on either face that brings the heat capacity of all layers to that of the lumped cell [m]; null when none is needed.</summary>
    private double? CasingThickness(double share)
    {
        if (cell.HeatCapacity is not double whole) return null;
        double lumped = cell.Density!.Value * cell.SpecificHeatCapacity!.Value;
        double porous = lumped * (cell.NegativeElectrode.Thickness + cell.Separator.Thickness + cell.PositiveElectrode.Thickness);
        double pair = porous + (share * ((CopperFoil * Copper.VolumetricHeatCapacity) + (AluminiumFoil * Aluminium.VolumetricHeatCapacity)));
        double thickness = Round(((whole / cell.ElectrodeArea) - (cell.ElectrodePairs * pair)) / (2 * lumped));
        return thickness >= LayerKeys.CasingThickness.Allowed.Minimum ? thickness : null;
    }

    private JsonObject Mesh()
    {
        (int electrode, int separator) = shape.IsFlat ? (6, 3) : roll is null ? (40, 20) : (3, 2);
        JsonObject mesh = new()
        {
            ["Cells through"] = new JsonObject { ["Negative electrode"] = electrode, ["Separator"] = separator, ["Positive electrode"] = electrode },
        };
        if (roll is not null)
        {
            mesh["Cells per turn"] = 4;
            mesh["Cells along height"] = 4;
            mesh["Refinement towards tabs"] = 1;
        }
        if (!shape.IsFlat) return mesh;
        mesh["Cells along width"] = 8;
        mesh["Cells along height"] = 10;
        mesh["Refinement towards tabs"] = 2;
        return mesh;
    }

    private JsonObject Tab(double centre, double width)
    {
        JsonObject tab = new() { ["Edge"] = "top", ["Centre [m]"] = Round(centre), ["Width [m]"] = Round(width), ["Length [m]"] = 0.02 };
        if (cell.ElectrodePairs == 1) tab["Thickness [m]"] = 2e-4;
        tab["Source"] = cell.ElectrodePairs == 1 ? "Assumption" : "Assumption: the foil of the pair runs as a strip to the weld where all strips of the cell meet";
        return tab;
    }

    private JsonObject Cooled()
    {
        double coefficient = cell.HeatTransferCoefficient ?? HeatTransfer;
        JsonObject cooling = [];
        if (roll is not null) cooling["All surfaces"] = Convection(coefficient);
        else if (!shape.IsFlat) cooling["External surface"] = Convection(coefficient);
        else cooling["All surfaces"] = Convection(coefficient);
        if (shape.IsFlat && cell.ElectrodePairs > 1)
            foreach (string tab in new[] { "Negative tab", "Positive tab" }) cooling[tab] = Convection(Round(coefficient / cell.ElectrodePairs));
        if (roll is not null) return new JsonObject { ["Model"] = "resolved", ["Cooling"] = cooling };
        return new JsonObject { ["Model"] = "resolved", ["Faces and casing refer to"] = "whole cell", ["Cooling"] = cooling };
    }

    private static JsonObject Convection(double coefficient) => new() { ["Heat transfer coefficient [W.m-2.K-1]"] = coefficient };

    /// <summary>Four significant digits: enough for an assumption.</summary>
    internal static double Round(double value)
    {
        if (!(value > 0)) return value;
        double scale = Math.Pow(10, 4 - Math.Ceiling(Math.Log10(value)));
        return Math.Round(value * scale) / scale;
    }

    private sealed record FoilMetal(string Name, double Conductivity, double Density, double HeatCapacity, double ThermalConductivity)
    {
        public double VolumetricHeatCapacity => Density * HeatCapacity;

        public JsonObject Foil(double thickness, double share) => new()
        {
            ["Thickness [m]"] = share * thickness,
            ["Conductivity [S.m-1]"] = Conductivity,
            ["Density [kg.m-3]"] = Density,
            ["Specific heat capacity [J.K-1.kg-1]"] = HeatCapacity,
            ["Thermal conductivity [W.m-1.K-1]"] = ThermalConductivity,
            ["Source"] = FormattableString.Invariant($"{Name}, {1e6 * thickness:G3} µm{(share < 1 ? " coated on both sides, half of which belongs to the pair" : "")}: assumption"),
        };
    }
}
