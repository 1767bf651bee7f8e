using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Thickness of the outermost foils.</summary>
public enum OuterFoils
{
    /// <summary>What one pair brings.</summary>
    Half,

    /// <summary>As inner foils.</summary>
    Whole,
}

/// <summary>Where the outermost foils are coated.</summary>
public enum OuterCoating
{
    /// <summary>On the side of the other electrode.</summary>
    InnerSide,

    /// <summary>Also outside.</summary>
    BothSides,
}

/// <summary>What of a stack is simulated.</summary>
public enum StackSymmetry
{
    /// <summary>All of it.</summary>
    None,

    /// <summary>From the negative face to the middle.</summary>
    MidPlane,
}

/// <summary>How the layers of a stack end, in its plane and at its faces.</summary>
/// <param name="Overhang">How far the negative electrode reaches beyond the positive one [m].</param>
/// <param name="Foils">Thickness of the outermost foils.</param>
/// <param name="Coating">Where they are coated.</param>
/// <param name="Symmetry">What is simulated.</param>
public sealed record StackDesign(double Overhang = 0, OuterFoils Foils = OuterFoils.Half, OuterCoating Coating = OuterCoating.InnerSide, StackSymmetry Symmetry = StackSymmetry.None)
{
    /// <summary>Whether half of the stack stands for all of it.</summary>
    public bool IsHalf => Symmetry == StackSymmetry.MidPlane;

    /// <summary>Whether layers end as those of a pair do, but for an overhang, and all of them are simulated.</summary>
    public bool IsPlain => Foils == OuterFoils.Half && Coating == OuterCoating.InnerSide && Symmetry == StackSymmetry.None;

    /// <summary>How often a pair's part of a layer lies in so many pairs.</summary>
    /// <param name="kind">The layer; no casing.</param>
    /// <param name="pairs">Simulated pairs.</param>
    public int CopiesOf(LayerKind kind, int pairs)
    {
        bool isAdded = kind.IsCollector() ? Foils == OuterFoils.Whole : kind.IsElectrode() && Coating == OuterCoating.BothSides;
        return pairs + (isAdded ? Ends(kind.Polarity(), pairs) : 0);
    }

    /// <summary>Ends of the stack that show a polarity: the first negative, the last by the number of pairs, and none in the mid-plane.</summary>
    private int Ends(Polarity polarity, int pairs) =>
        (polarity == Polarity.Negative ? 1 : 0) + (!IsHalf && polarity == (pairs % 2 == 0 ? Polarity.Negative : Polarity.Positive) ? 1 : 0);
}
