using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Input.Cases;

/// <summary>Patches of a layer that differ from each other at random: each has a number from a normal distribution of mean 0 and deviation 1.</summary>
/// <remarks>The number belongs to a place, so that it is the same on every mesh, machine and rank.</remarks>
/// <param name="Seed">Which draw of all.</param>
/// <param name="Edge">Edge of a patch in the plane [m].</param>
/// <param name="Through">Patches between the two faces of the layer.</param>
public sealed record Scatter(int Seed, double Edge, int Through)
{
    /// <summary>By which a place may miss the border of a patch, in patches.</summary>
    private const double RoundOff = 1e-6;

    /// <summary>The number of the patch that holds a place.</summary>
    /// <param name="layer">Kind of the layer.</param>
    /// <param name="pair">Number of its pair.</param>
    /// <param name="depth">0 at the layer's face of lower x, 1 at the other.</param>
    /// <param name="along">y; in a roll the distance along the foil [m].</param>
    /// <param name="z">Height [m].</param>
    public double Normal(LayerKind layer, int pair, double depth, double along, double z) =>
        SeededNumbers.At(Seed, (long)layer, pair, Math.Clamp(Index(depth * Through), 0, Through - 1), Index(along / Edge), Index(z / Edge)).NextNormal();

    private static long Index(double patches) => (long)Math.Floor(patches + RoundOff);
}
