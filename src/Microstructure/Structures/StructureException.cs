namespace Cell3D.Microstructure.Structures;

/// <summary>A structure that cannot be made as it is described.</summary>
public sealed class StructureException(string message) : Exception(message);
