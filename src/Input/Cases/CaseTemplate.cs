using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;

namespace Cell3D.Input.Cases;

/// <summary>Writes a first case for a cell, to be adapted.</summary>
public static class CaseTemplate
{
    private const double HeightOverWidth = 1.5;
    private const double CopperFoil = 10e-6;
    private const double AluminiumFoil = 15e-6;

    /// <summary>
    /// A pouch of one electrode pair that discharges at 1C, with foils, tabs and cooling whose values are assumptions; its texts say so.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cellPath">Path of the BPX file relative to the new case.</param>
    public static string Pouch(BpxCell cell, string cellPath)
    {
        double width = Round(Math.Sqrt(cell.ElectrodeArea / HeightOverWidth)), height = Round(cell.ElectrodeArea / width);
        bool heat = cell.Density is not null && cell.SpecificHeatCapacity is not null && cell.ThermalConductivity is not null;
        JsonObject template = new()
        {
            ["Header"] = new JsonObject
            {
                ["Title"] = cell.Title.Length > 0 ? cell.Title : "New pouch case",
                ["Description"] = "Template: BPX gives neither outline nor foils, tabs or cooling. Width and height, the sections Tabs and Layers and the cooling are assumptions; replace them by those of your cell and say in Source where they come from. Every key is explained by 'cell3d schema'; keys left out take defaults, which the resolved case beside the results shows.",
            },
            ["Cell"] = cellPath,
            ["Geometry"] = new JsonObject { ["Form"] = "pouch", ["Width [m]"] = width, ["Height [m]"] = height },
            ["Tabs"] = new JsonObject { ["Negative"] = Tab(0.25 * width, 0.2 * width), ["Positive"] = Tab(0.75 * width, 0.2 * width) },
            ["Layers"] = new JsonObject
            {
                ["Negative collector"] = Foil(CopperFoil, CaseDefaults.CopperConductivity, 8960, 385, 398, "Copper, 10 µm: assumption"),
                ["Positive collector"] = Foil(AluminiumFoil, CaseDefaults.AluminiumConductivity, 2700, 897, 237, "Aluminium, 15 µm: assumption"),
            },
            ["Thermal"] = heat ? Cooled() : new JsonObject { ["Model"] = "isothermal" },
            ["Initial state"] = new JsonObject { ["SOC"] = cell.InitialStateOfCharge },
            ["Protocol"] = new JsonObject
            {
                ["Current refers to"] = "whole cell",
                ["Steps"] = new JsonArray(FormattableString.Invariant($"Discharge at 1C until {cell.LowerCutOff} V")),
            },
        };
        return CaseText.Write(template);
    }

    private static JsonObject Tab(double centre, double width) =>
        new() { ["Edge"] = "top", ["Centre [m]"] = Round(centre), ["Width [m]"] = Round(width), ["Length [m]"] = 0.02, ["Thickness [m]"] = 2e-4, ["Source"] = "Assumption" };

    private static JsonObject Foil(double thickness, double conductivity, double density, double heatCapacity, double thermal, string source) => new()
    {
        ["Thickness [m]"] = thickness,
        ["Conductivity [S.m-1]"] = conductivity,
        ["Density [kg.m-3]"] = density,
        ["Specific heat capacity [J.K-1.kg-1]"] = heatCapacity,
        ["Thermal conductivity [W.m-1.K-1]"] = thermal,
        ["Source"] = source,
    };

    private static JsonObject Cooled() => new()
    {
        ["Model"] = "resolved",
        ["Faces and casing refer to"] = "whole cell",
        ["Cooling"] = new JsonObject { ["All surfaces"] = new JsonObject { ["Heat transfer coefficient [W.m-2.K-1]"] = 10 } },
    };

    /// <summary>Four significant digits: enough for an assumption.</summary>
    private static double Round(double value)
    {
        double scale = Math.Pow(10, 4 - Math.Ceiling(Math.Log10(value)));
        return Math.Round(value * scale) / scale;
    }
}
