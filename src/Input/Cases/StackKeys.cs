using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>How the layers of a stack end: keys of section Geometry.</summary>
internal static class StackKeys
{
    public static readonly NumberKey Overhang = new("Overhang [m]",
        "How far negative electrode, its collector and separator reach beyond the positive electrode on all four sides; width and height are those of the positive electrode.", new(0, 0.05))
    { Default = 0 };
    public static readonly ChoiceKey<OuterFoils> Foils = new("Outer foils",
        "half: the outermost foils have the thickness that one pair brings, half of a foil that two pairs share; whole: they are as thick as inner ones.",
        [("half", OuterFoils.Half), ("whole", OuterFoils.Whole)])
    { Default = OuterFoils.Half };
    public static readonly ChoiceKey<OuterCoating> Coating = new("Outer coating",
        "inner side: the outermost foils are coated on their inner side only; both sides: also outside, with an electrode that faces no other.",
        [("inner side", OuterCoating.InnerSide), ("both sides", OuterCoating.BothSides)])
    { Default = OuterCoating.InnerSide };
    public static readonly ChoiceKey<StackSymmetry> Symmetry = new("Symmetry",
        "none: all pairs are simulated; mid-plane: the stack is symmetric about its middle and half of it is simulated, from the negative face to the foil in the middle.",
        [("none", StackSymmetry.None), ("mid-plane", StackSymmetry.MidPlane)])
    { Default = StackSymmetry.None };

    public static IReadOnlyList<Key> All => [Overhang, Foils, Coating, Symmetry];
}
