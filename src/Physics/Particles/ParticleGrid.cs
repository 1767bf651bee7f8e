using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Nodes from the centre to the surface of a particle and the control volumes around them, bounded in the middle between nodes.</summary>
/// <remarks>The outermost node lies on the surface: what reacts there sees its own unknowns. All is in units of R_p and of the particle's volume.</remarks>
public sealed class ParticleGrid
{
    /// <summary>Fewest nodes.</summary>
    public const int Fewest = 4;

    /// <summary>Divides a particle.</summary>
    /// <param name="shape">Its form.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="grading">Innermost over outermost distance of nodes, which change by a constant factor.</param>
    public ParticleGrid(ParticleShape shape, int nodes, double grading = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, Fewest);
        (Shape, Radii, Volumes, Conductances) = (shape, new double[nodes], new double[nodes], new double[nodes - 1]);
        int power = (int)shape, last = nodes - 1;
        double factor = Math.Pow(grading, -1.0 / Math.Max(1, nodes - 2)), distance = 1;
        for (int k = 1; k < nodes; k++, distance *= factor)
            Radii[k] = Radii[k - 1] + distance;
        for (int k = 1; k < nodes; k++)
            Radii[k] /= Radii[last];
        double inner = 0;
        for (int k = 0; k < nodes; k++)
        {
            double face = k < last ? 0.5 * (Radii[k] + Radii[k + 1]) : 1, outer = Math.Pow(face, power + 1);
            Volumes[k] = outer - inner;
            inner = outer;
            if (k < last)
                Conductances[k] = (power + 1) * Math.Pow(face, power) / (Radii[k + 1] - Radii[k]);
        }
    }

    /// <summary>Form of the particle.</summary>
    public ParticleShape Shape { get; }

    /// <summary>ρ = r/R_p of every node, 0 … 1.</summary>
    public double[] Radii { get; }

    /// <summary>Share of the particle's volume of every node; they add up to 1.</summary>
    public double[] Volumes { get; }

    /// <summary>Area over distance between neighbouring nodes, R_p² A/(V d).</summary>
    public double[] Conductances { get; }

    /// <summary>Surface over volume of the particle times R_p: 1, 2 or 3.</summary>
    public int SurfaceToVolume => (int)Shape + 1;

    /// <summary>Longest distance between nodes.</summary>
    public double Coarsest => Math.Max(Radii[1], 1 - Radii[^2]);

    /// <summary>Weights of the nodes in the value at a radius, r/R_p.</summary>
    public double[] At(double radius)
    {
        double[] weights = new double[Radii.Length];
        int left = 0;
        while (left + 2 < Radii.Length && Radii[left + 1] < radius)
            left++;
        double share = (radius - Radii[left]) / (Radii[left + 1] - Radii[left]);
        (weights[left], weights[left + 1]) = (1 - share, share);
        return weights;
    }
}
