using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Winding and can of a case file.</summary>
internal static class RollKeys
{
    public const int CellsPerTurnDefault = 12, CellsAlongCoreDefault = 8;
    public const double RollGapDefault = 1e-4;
    private static readonly Interval Metres = new(1e-6, 1), Thickness = new(1e-5, 0.05), Turns = new(0, 1000);

    public static readonly NumberKey CoreDiameter = new("Core diameter [m]", "Diameter of the mandrel, inside of the innermost collector; of a flat core the diameter of its rounded edges.", new(1e-4, 1)) { Required = true };
    public static readonly NumberKey CoreLength = new("Core length [m]", "Length of the straight stretch between the rounded edges of a flat core; 0 for a round roll.", new(0, 1)) { Default = 0 };
    public static readonly NumberKey PairedTurns = new("Turns", "Turns in which both electrodes lie opposite each other; default: as many as give the electrode area of the BPX file, both sides of the positive collector.", new(0.1, 1000));
    public static readonly NumberKey InnerTurns = new("Unpaired inner turns", "Turns of the coated negative electrode before the positive one begins.", Turns) { Default = 0 };
    public static readonly NumberKey OuterTurns = new("Unpaired outer turns", "Turns of the coated negative electrode after the positive one ends. One more turn of bare collector always closes the roll.", Turns) { Default = 0 };

    public static readonly IntegerKey Rolls = new("Rolls", "Equal flat-wound rolls side by side through the thickness, in parallel: layers and pairs count on from roll to roll, and the can has straight sides.", 1, 10) { Default = 1 };
    public static readonly NumberKey RollGap = new("Roll gap [m]", "Between neighbouring rolls where they come closest, filled as the gap to the wall; default 1e-4.", new(0, 0.01));

    public static readonly ChoiceKey<CellEdge> Edge = new("Edge", "End of the roll at which the current leaves.", [("top", CellEdge.Top), ("bottom", CellEdge.Bottom)]) { Required = true };
    public static readonly NumberListKey Centres = new("Centres [m]", "Middle of each tab along its collector, from the inner end; without them the whole edge is the terminal (tabless).", new(0, 100)) { Most = 100 };
    public static readonly NumberKey Width = new("Width [m]", "Extent of a tab along its collector.", Metres);
    public static readonly NumberKey Contact = new("Contact resistance [Ohm.m2]", "Resistance between terminal and collector times the cross-section of the foil.", new(0, 1)) { Default = 0 };
    public static readonly NumberKey Weld = new("Weld resistance [Ohm]", "Between foil and terminal, of every tab.", new(0, 10));
    public static readonly NumberKey WeldThermal = new("Weld thermal resistance [K.W-1]", "From the foil of every tab to the base or the cap of the can; without it tabs lead no heat.", new(1e-6, 1e6));
    public static readonly NumberKey EdgeWeld = new("Weld resistance [Ohm.m]", "Of a terminal along the whole edge: resistance between foil and terminal times the length of the edge.", new(0, 10));
    public static readonly NumberKey EdgeWeldThermal = new("Weld thermal resistance [K.m.W-1]", "Of a terminal along the whole edge: thermal resistance from the foil to the base or the cap of the can times the length of the edge; without it the edge leads no heat but through the gap.", new(1e-6, 1e6));
    private static readonly Section Terminal = new([Edge, Centres, Width, Weld, WeldThermal, EdgeWeld, EdgeWeldThermal, Contact, LayerKeys.Source]);
    public static readonly SectionKey NegativeTerminal = new("Negative terminal", "Tabs of the negative collector, or its whole edge.", Terminal) { Required = true };
    public static readonly SectionKey PositiveTerminal = new("Positive terminal", "Tabs of the positive collector, or its whole edge.", Terminal) { Required = true };

    public static readonly NumberKey Bore = new("Inner diameter [m]", "Of the rod, or of its rounded edges in a flat core; 0 for a solid one.", new(0, 1)) { Default = 0 };
    public static readonly NumberKey MandrelContact = new("Contact resistance [K.m2.W-1]", "Between rod and innermost turn.", new(0, 10)) { Default = 0 };
    public static readonly SectionKey Mandrel = new("Mandrel", "Rod that fills the core, for its heat; without it the core is empty.", new([Bore, MandrelContact, .. LayerKeys.Thermal, LayerKeys.Source]));

    public static readonly SectionKey Winding = new("Winding", "How the layers of a roll are wound and where the current leaves them. Both collectors are coated on both sides; the layers of section Layers are those of one side.",
        new(CoreDiameter, CoreLength, Rolls, RollGap, PairedTurns, InnerTurns, OuterTurns, NegativeTerminal, PositiveTerminal, Mandrel, LayerKeys.Source));

    public static readonly NumberKey OuterDiameter = new("Outer diameter [m]", "Of a roll, which needs it: outer diameter of the wall; of a flat-wound cell its thickness.", new(1e-3, 1));
    public static readonly NumberKey FaceGap = new("Face gap [m]", "Of a prismatic cell, which needs it: between each face of the stack and the wall before it.", new(1e-6, 0.05));
    public static readonly NumberKey SideGap = new("Side gap [m]", "Of a prismatic cell, which needs it: between the left and right edge of the stack and the walls.", new(1e-6, 0.05));
    public static readonly NumberKey Wall = new("Wall thickness [m]", "Of the wall.", Thickness) { Required = true };
    public static readonly NumberKey Base = new("Base thickness [m]", "Default: that of the wall.", Thickness);
    public static readonly NumberKey Top = new("Top thickness [m]", "Of the cap; default: that of the wall.", Thickness);
    public static readonly NumberKey BaseGap = new("Base gap [m]", "Between the lower end or edge of the layers and the base.", Thickness) { Required = true };
    public static readonly NumberKey TopGap = new("Top gap [m]", "Between the upper end or edge of the layers and the cap; within it lie tabs and leads on that edge.", Thickness) { Required = true };
    public static readonly NumberKey SideConductivity = new("Gap conductivity [W.m-1.K-1]", "Thermal conductivity of what lies between layers and walls: gas, electrolyte, insulation; the gap over it is the contact resistance.", new(1e-3, 1000)) { Required = true };
    public static readonly NumberKey BaseConductivity = SideConductivity with { Name = "Base gap conductivity [W.m-1.K-1]", Description = "Default: that of the gap to the wall.", Required = false };
    public static readonly NumberKey TopConductivity = BaseConductivity with { Name = "Top gap conductivity [W.m-1.K-1]" };
    public static readonly SectionKey Can = new("Can", "Can around a roll or a prismatic stack, for its heat; a roll without it is cooled at its layers.", new([
        OuterDiameter, FaceGap, SideGap, Wall, Base, Top, BaseGap, TopGap, SideConductivity, BaseConductivity, TopConductivity, .. LayerKeys.Thermal, LayerKeys.Source]));

    public static readonly IntegerKey CellsPerTurn = new("Cells per turn", "Of a roll: cells around a turn, the same angles in each; with a flat core those of both arcs.", 3, 1000) { Default = CellsPerTurnDefault };
    public static readonly IntegerKey CellsAlongCore = new("Cells along core", "Of a flat-wound roll: cells along each straight stretch.", 1, 1000) { Default = CellsAlongCoreDefault };
}
