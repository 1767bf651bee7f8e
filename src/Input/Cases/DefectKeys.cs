using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Section Defects of a case file.</summary>
internal static class DefectKeys
{
    /// <summary>Most entries of either kind.</summary>
    public const int Most = 100;

    private static readonly Interval Metre = new(0, 100);

    private static readonly Interval Turning = new(0, 3000);

    public static readonly IntegerKey Pair = new("Pair", "Electrode pair, counted from 1 at the negative face; in a roll 1 inside and 2 outside of the positive foil, 3 and 4 in the next roll.", 1, 400) { Default = 1 };
    public static readonly NumberListKey Place = new("Place [m]", "y and z of the place; in a roll the distance along the positive foil from its inner end, and z.", Metre) { Count = 2 };
    public static readonly NumberKey Turn = new("Turn", "Of a roll, in place of \"Place [m]\": turns from its inner end, such as 2.25.", Turning);
    public static readonly NumberKey Height = new("Height [m]", "z of the place, beside \"Turn\".", Metre);
    public static readonly NumberKey Resistance = new("Resistance [Ohm]", "Between the two electrodes.", new(1e-6, 1e9)) { Required = true };
    public static readonly MapKey Shorts = new("Internal shorts", "Conductors through the separator, by name: current flows from the positive to the negative electrode and heats both.",
        new SectionKey("Short", "A conductor through the separator of a pair.", new(Pair, Place, Turn, Height, Resistance)));

    public static readonly ChoiceKey<LayerKind> Layer = new("Layer", "The layer that is missing there.",
        [("Negative electrode", LayerKind.NegativeElectrode), ("Separator", LayerKind.Separator), ("Positive electrode", LayerKind.PositiveElectrode)])
    { Required = true };
    public static readonly IntegerKey OfPair = new("Pair", "Electrode pair, counted as that of a short; default: all.", 1, 400);
    public static readonly NumberListKey From = new("From [m]", "Smallest y and z; in a roll distance along the foil of the layer – of a separator the positive one – from its inner end, and z.", Metre) { Count = 2 };
    public static readonly NumberListKey To = new("To [m]", "Largest of both.", Metre) { Count = 2 };
    public static readonly NumberListKey Turns = new("Turns", "Of a roll, in place of \"From [m]\" and \"To [m]\": where it begins and ends, in turns from the inner end.", Turning) { Count = 2 };
    public static readonly NumberListKey Heights = new("Heights [m]", "Smallest and largest z, beside \"Turns\".", Metre) { Count = 2 };
    public static readonly MapKey Missing = new("Missing layers", "Rectangles without coating or separator, by name: nothing is there, neither solid nor electrolyte.",
        new SectionKey("Patch", "A rectangle in which a layer is missing.", new(Layer, OfPair, From, To, Turns, Heights)));

    public static readonly SectionKey Defects = new("Defects", "What is not as it should be; properties that vary in space are in section Variation.", new(Shorts, Missing));
}
