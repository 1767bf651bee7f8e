namespace Cell3D.Mesh;

/// <summary>
/// What one part exchanges with one other. Both lists are ordered by global cell, so the n-th value sent by one side is
/// the n-th received by the other.
/// </summary>
/// <param name="Rank">The other rank.</param>
/// <param name="Send">Local indices of owned cells that are ghosts there.</param>
/// <param name="Receive">Local indices of ghosts that are owned there; contiguous and increasing.</param>
public sealed record AdjacentPart(int Rank, int[] Send, int[] Receive);
