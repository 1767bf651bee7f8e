using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>Top level, geometry and tabs of a case file.</summary>
internal static class CaseKeys
{
    /// <summary>Names of all layers have to fit into 64 kB of the field files.</summary>
    private const int MostPairs = 400;

    private static readonly Interval Length = new(1e-6, 100);

    public static readonly TextKey SchemaLink = new("$schema", "Address or path of this schema, for editors; not kept.");

    public static readonly TextKey Version = new("Cell3D version", "Version of Cell3D the case was written for.") { AcceptsNumber = true };
    public static readonly TextKey Title = new("Title", "One line about the case.");
    public static readonly TextKey Description = new("Description", "What the case is about and how to read it.");
    public static readonly SectionKey Header = new("Header", "About the case.", new(Version, Title, Description));

    public static readonly TextKey Cell = new("Cell", "BPX file of the cell, relative to the case file.") { Required = true };

    public static readonly ChoiceKey<ModelDimension> Model = new("Model",
        "In how many dimensions the case is solved. as described: those of geometry and mesh; SPM: one particle per electrode, no loss in electrolyte and solids; SPMe: the same with electrolyte and solids by their means; 1D: one column through a pair for the area of all, with lumped heat, as SPM and SPMe; 2+1D: every column for itself, joined by collectors and heat; 3D pair: one pair that stands for all; 3D: all pairs.",
        [("as described", ModelDimension.AsDescribed), ("SPM", ModelDimension.SingleParticle), ("SPMe", ModelDimension.SingleParticleWithElectrolyte), ("1D", ModelDimension.Column), ("2+1D", ModelDimension.Columns), ("3D pair", ModelDimension.Pair), ("3D", ModelDimension.Whole)])
    { Default = ModelDimension.AsDescribed };

    public static readonly ChoiceKey<CellForm> Form = new("Form", "column: one column through the thickness; pouch: a flat cell; prismatic: a stack of all pairs in a can; roll: a whole wound cell, round or flat-wound.", [("column", CellForm.Column), ("pouch", CellForm.Pouch), ("prismatic", CellForm.Prismatic), ("roll", CellForm.Roll)]) { Required = true };
    public static readonly NumberKey Width = new("Width [m]", "Extent along y; required for a pouch without an outline file and for a prismatic cell, default of a column: square root of the electrode area.", Length);
    public static readonly NumberKey Height = new("Height [m]", "Extent along z; required for a pouch without an outline file, a prismatic cell and, as the height of its electrodes, for a roll; default of a column: electrode area over the width.", Length);
    public static readonly IntegerKey Pairs = new("Electrode pairs", "Electrode pairs that are simulated, each with all its layers; with 1 in a cell of more, this pair stands for all of them.", 1, MostPairs) { Default = 1 };
    public static readonly SectionKey Geometry = new("Geometry", "Form and outline of the simulated part.", new([Form, Width, Height, .. ShapeKeys.All, Pairs, .. StackKeys.All, SeamKeys.Seam])) { Required = true };

    public static readonly TextKey Edge = new("Edge", "Edge of the cell the tab leaves from: top, bottom, left, right, or the name of a straight side: of a notch, whose inner side is meant, or of a side of the outline file.")
    { Required = true, Words = ["top", "bottom", "left", "right"] };
    public static readonly NumberKey Centre = new("Centre [m]", "Middle of the tab along its edge, from the left or from the bottom; along a side with a name from its left or, where it is upright, its lower end; default: middle of the edge.", new(0, 100));
    public static readonly NumberListKey FurtherCentres = new("Further centres [m]", "Middles of further tabs of the same kind on the same edge.", new(0, 100)) { Most = 100 };
    public static readonly NumberKey WeldResistance = new("Weld resistance [Ohm]", "Resistance of the weld between the strip and one foil that is coated on both sides; half a foil has twice as much. Needs a Length [m].", new(0, 1)) { Default = 0 };
    public static readonly NumberKey WeldThermalResistance = new("Weld thermal resistance [K.W-1]", "The same for heat; 0 where only the current is to feel the weld.", new(0, 1e6)) { Default = 0 };
    public static readonly NumberKey TabWidth = new("Width [m]", "Extent of the tab along its edge.", Length) { Required = true };
    public static readonly NumberKey TabLength = new("Length [m]", "Extent of the tab away from its edge; 0 puts the terminal on the collector's edge.", new(0, 10)) { Default = 0 };
    public static readonly NumberKey TabThickness = new("Thickness [m]", "Thickness of the tab; default: that of its collector, times the pairs.", new(1e-6, 0.1));
    public static readonly NumberKey LeadLength = new("Length [m]", "Extent of the lead away from the tab.", Length) { Required = true };
    public static readonly NumberKey LeadWidth = new("Width [m]", "Extent along the edge, centred on the tab; default: that of the tab.", Length);
    public static readonly NumberKey LeadThickness = new("Thickness [m]", "Thickness of the lead; default: that of the tab.", new(1e-6, 0.1));
    public static readonly NumberKey LeadWeld = new("Weld resistance [Ohm]", "Resistance of the weld between tab and lead.", new(0, 1)) { Default = 0 };
    public static readonly NumberKey LeadWeldThermal = new("Weld thermal resistance [K.W-1]", "The same for heat; 0 where only the current is to feel the weld.", new(0, 1e6)) { Default = 0 };
    public static readonly SectionKey Lead = new("Lead", "Strip that carries the current on from the far end of the tab; the terminal is at its end. What is not given is that of the tab.",
        new([LeadLength, LeadWidth, LeadThickness, LayerKeys.Conductivity, .. LayerKeys.Thermal, LeadWeld, LeadWeldThermal, LayerKeys.Source]));
    public static readonly NumberKey TerminalThermal = new("Terminal thermal resistance [K.W-1]", "In a can: from the far end of the tab, or its lead, to the wall before it; without it no heat passes there.", new(1e-6, 1e6));
    public static readonly NumberKey ContactResistance = new("Contact resistance [Ohm.m2]", "Resistance between terminal and tab, or its lead, times the area of the contact.", new(0, 1)) { Default = 0 };
    public static readonly Section Tab = new(
        [Edge, Centre, FurtherCentres, TabWidth, TabLength, TabThickness, LayerKeys.Conductivity, .. LayerKeys.Thermal, WeldResistance, WeldThermalResistance, Lead, ContactResistance, TerminalThermal, LayerKeys.Source]);

    public static readonly SectionKey NegativeTab = new("Negative", "Tab of the negative collector.", Tab) { Required = true };
    public static readonly SectionKey PositiveTab = new("Positive", "Tab of the positive collector.", Tab) { Required = true };
    public static readonly SectionKey Tabs = new("Tabs", "Tabs of a pouch or a prismatic cell; a pouch without them has its terminals on the outer faces of the stack.", new(NegativeTab, PositiveTab));

    public static readonly Section Root = new(
        SchemaLink, Header, Cell, Model, Geometry, RollKeys.Winding, RollKeys.Can, Tabs, LayerKeys.Layers, VariationKeys.Variation, DefectKeys.Defects, LayerKeys.Electrolyte, SettingsKeys.Accuracy, SettingsKeys.Mesh, SettingsKeys.Thermal,
        RunKeys.InitialState, ProtocolKeys.Protocol, RunKeys.Probes, SettingsKeys.Solver, RunKeys.Output);
}
