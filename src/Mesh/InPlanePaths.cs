namespace Cell3D.Mesh;

/// <summary>What of the layers conducts ions and electrons from column to column; heat passes everywhere.</summary>
public enum InPlanePaths
{
    /// <summary>Every layer.</summary>
    AllLayers,

    /// <summary>Collectors and tabs; electrodes and separator conduct through their thickness only.</summary>
    CollectorsAlone,
}
