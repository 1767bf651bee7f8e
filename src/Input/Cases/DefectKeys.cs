using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Section Defects of a case file.</summary>
internal static class DefectKeys
{
    /// <summary>Most entries of either kind.</summary>
    public const int Most = 100;

    private static readonly Interval Metre = new(0, 100);

    public static readonly IntegerKey Pair = new("Pair", "Electrode pair, counted from 1 at the negative face.", 1, 400) { Default = 1 };
    public static readonly NumberListKey Place = new("Place [m]", "y and z of the place.", Metre) { Count = 2, Required = true };
    public static readonly NumberKey Resistance = new("Resistance [Ohm]", "Between the two electrodes.", new(1e-6, 1e9)) { Required = true };
    public static readonly MapKey Shorts = new("Internal shorts", "Conductors through the separator, by name: current flows from the positive to the negative electrode and heats both.",
        new SectionKey("Short", "A conductor through the separator of a pair.", new(Pair, Place, Resistance)));

    public static readonly ChoiceKey<LayerKind> Layer = new("Layer", "The layer that is missing there.",
        [("Negative electrode", LayerKind.NegativeElectrode), ("Separator", LayerKind.Separator), ("Positive electrode", LayerKind.PositiveElectrode)])
    { Required = true };
    public static readonly IntegerKey OfPair = new("Pair", "Electrode pair, counted from 1 at the negative face; default: all.", 1, 400);
    public static readonly NumberListKey From = new("From [m]", "Smallest y and z.", Metre) { Count = 2, Required = true };
    public static readonly NumberListKey To = new("To [m]", "Largest y and z.", Metre) { Count = 2, Required = true };
    public static readonly MapKey Missing = new("Missing layers", "Rectangles without coating or separator, by name: nothing is there, neither solid nor electrolyte.",
        new SectionKey("Patch", "A rectangle in which a layer is missing.", new(Layer, OfPair, From, To)));

    public static readonly SectionKey Defects = new("Defects", "What is not as it should be; properties that vary in space are in section Variation.", new(Shorts, Missing));
}
