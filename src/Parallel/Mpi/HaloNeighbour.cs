namespace Cell3D.Parallel.Mpi;

/// <summary>What this rank and one neighbour tell each other.</summary>
/// <param name="Rank">The neighbour's rank.</param>
/// <param name="Send">Local indices of owned entries the neighbour needs, in the order in which it lists them under Receive.</param>
/// <param name="Receive">Local indices of the ghost entries it fills.</param>
public sealed record HaloNeighbour(int Rank, int[] Send, int[] Receive);
