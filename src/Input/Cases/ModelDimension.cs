namespace Cell3D.Input.Cases;

/// <summary>In how many dimensions a case is solved.</summary>
public enum ModelDimension
{
    /// <summary>As geometry and mesh of the case say.</summary>
    AsDescribed,

    /// <summary>Single particle model: every electrode is one particle of each of its materials, and electrolyte and solids lead without loss.</summary>
    SingleParticle,

    /// <summary>Single particle model with electrolyte: a uniform reaction in either electrode, means of salt and potentials.</summary>
    SingleParticleWithElectrolyte,

    /// <summary>One column through a pair for the area of all.</summary>
    Column,

    /// <summary>Every column of the mesh for itself, joined by collectors and heat.</summary>
    Columns,

    /// <summary>One pair that stands for all.</summary>
    Pair,

    /// <summary>All pairs of the cell.</summary>
    Whole,
}

/// <summary>What a model in fewer dimensions has of a cell.</summary>
public static class ModelDimensions
{
    /// <summary>Whether all pairs are one column, with one mean temperature but for the difference through that column.</summary>
    public static bool IsLumped(this ModelDimension model) => model is ModelDimension.Column || model.IsAveraged();

    /// <summary>Whether every electrode and the separator is one control volume.</summary>
    public static bool IsAveraged(this ModelDimension model) => model is ModelDimension.SingleParticle or ModelDimension.SingleParticleWithElectrolyte;

    /// <summary>What is solved and what is left out, for the screen; null as described.</summary>
    public static string? InWords(this ModelDimension model) => model switch
    {
        ModelDimension.SingleParticle => $"SPM: a uniform reaction in either electrode; no loss in electrolyte and solids; {Lumped}",
        ModelDimension.SingleParticleWithElectrolyte => $"SPMe: a uniform reaction in either electrode; salt and potentials by their means over each layer; {Lumped}",
        ModelDimension.Column => $"1D: one column for the area of all pairs; {Lumped}",
        ModelDimension.Columns => "2+1D: electrodes and separator conduct ions and electrons through the layers only; collectors and heat in all directions",
        ModelDimension.Pair => "3D pair: one electrode pair stands for all",
        ModelDimension.Whole => "3D: all electrode pairs",
        _ => null,
    };

    private const string Lumped = "no resistance of collectors, tabs and welds; heat of one column that all cooled surfaces of the case cool, without tabs, can and seam";
}
