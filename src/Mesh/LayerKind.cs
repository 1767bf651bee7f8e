namespace Cell3D.Mesh;

/// <summary>What a region of the cell is made for; decides which fields live in its cells.</summary>
public enum LayerKind
{
    /// <summary>Pouch foil or can: heat only.</summary>
    Casing,

    /// <summary>Current collector of the negative electrode.</summary>
    NegativeCollector,

    /// <summary>Porous negative electrode.</summary>
    NegativeElectrode,

    /// <summary>Porous separator.</summary>
    Separator,

    /// <summary>Porous positive electrode.</summary>
    PositiveElectrode,

    /// <summary>Current collector of the positive electrode.</summary>
    PositiveCollector,

    /// <summary>Strip that leads from the negative collectors to the negative terminal.</summary>
    NegativeTab,

    /// <summary>Strip that leads from the positive collectors to the positive terminal.</summary>
    PositiveTab,
}

/// <summary>What each kind of layer conducts and which side it belongs to.</summary>
public static class LayerKindExtensions
{
    /// <summary>Name of the lead at the end of a tab, e.g. "Negative lead".</summary>
    public static string LeadName(this LayerKind tab) => tab.Name().Replace("tab", "lead", StringComparison.Ordinal);

    /// <summary>True where salt and ionic current live: electrodes and separator.</summary>
    public static bool HasElectrolyte(this LayerKind kind) => kind is LayerKind.Separator || kind.IsElectrode();

    /// <summary>True where electronic current lives: electrodes, collectors and tabs.</summary>
    public static bool ConductsElectrons(this LayerKind kind) => kind is not (LayerKind.Casing or LayerKind.Separator);

    /// <summary>True for the two porous electrodes.</summary>
    public static bool IsElectrode(this LayerKind kind) =>
        kind is LayerKind.NegativeElectrode or LayerKind.PositiveElectrode;

    /// <summary>True for the two current collectors.</summary>
    public static bool IsCollector(this LayerKind kind) =>
        kind is LayerKind.NegativeCollector or LayerKind.PositiveCollector;

    /// <summary>True for the two tab strips.</summary>
    public static bool IsTab(this LayerKind kind) => kind is LayerKind.NegativeTab or LayerKind.PositiveTab;

    /// <summary>Name of such a layer in sentences, in case files and in the results, e.g. "Negative electrode".</summary>
    public static string Name(this LayerKind kind) => kind switch
    {
        LayerKind.Casing => "Casing",
        LayerKind.NegativeCollector => "Negative collector",
        LayerKind.NegativeElectrode => "Negative electrode",
        LayerKind.Separator => "Separator",
        LayerKind.PositiveElectrode => "Positive electrode",
        LayerKind.PositiveCollector => "Positive collector",
        LayerKind.NegativeTab => "Negative tab",
        _ => "Positive tab",
    };

    /// <summary>The side of the cell a layer belongs to; <see cref="Mesh.Polarity.None"/> for separator and casing.</summary>
    public static Polarity Polarity(this LayerKind kind) => kind switch
    {
        LayerKind.NegativeCollector or LayerKind.NegativeElectrode or LayerKind.NegativeTab => Mesh.Polarity.Negative,
        LayerKind.PositiveCollector or LayerKind.PositiveElectrode or LayerKind.PositiveTab => Mesh.Polarity.Positive,
        _ => Mesh.Polarity.None,
    };
}
