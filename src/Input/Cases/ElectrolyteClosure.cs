namespace Cell3D.Input.Cases;

/// <summary>Where the properties of the electrolyte come from.</summary>
internal enum ElectrolyteClosure
{
    /// <summary>They are given themselves.</summary>
    GivenFunctions,

    /// <summary>From friction between cation, anion and solvent.</summary>
    StefanMaxwell,

    /// <summary>From the diffusivities of the ions in a dilute solution.</summary>
    NernstPlanck,
}
