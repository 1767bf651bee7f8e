namespace Cell3D.Parallel.Mpi;

/// <summary>An extreme value and the lowest rank that holds it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Rank">The rank that contributed it.</param>
public readonly record struct ValueLocation(double Value, int Rank);
