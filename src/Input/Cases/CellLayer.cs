using Cell3D.Physics.Materials;

namespace Cell3D.Input.Cases;

/// <summary>The layers of one electrode pair, in the order of x.</summary>
public enum StackLayer
{
    /// <summary>Casing on the negative side: heat only.</summary>
    NegativeCasing,

    /// <summary>Negative current collector.</summary>
    NegativeCollector,

    /// <summary>Negative electrode.</summary>
    NegativeElectrode,

    /// <summary>Separator.</summary>
    Separator,

    /// <summary>Positive electrode.</summary>
    PositiveElectrode,

    /// <summary>Positive current collector.</summary>
    PositiveCollector,

    /// <summary>Casing on the positive side: heat only.</summary>
    PositiveCasing,
}

/// <summary>A layer with everything the equations need.</summary>
public sealed record CellLayer
{
    /// <summary>Which layer.</summary>
    public required StackLayer Kind { get; init; }

    /// <summary>Simulated thickness [m]: for a casing shared by the pairs, the simulated pairs' share.</summary>
    public required double Thickness { get; init; }

    /// <summary>What it is made of.</summary>
    public required LayerMaterial Material { get; init; }

    /// <summary>Where the values come from, in the case author's words.</summary>
    public string Source { get; init; } = "";
}
