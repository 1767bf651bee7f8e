using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>How many nodes a particle that parts into phases needs: an interface has to span several distances between nodes.</summary>
/// <param name="Nodes">Nodes per particle.</param>
/// <param name="PerInterface">Longest distances between nodes that the thinnest interface spans; infinite where there is none.</param>
public readonly record struct PhaseResolution(int Nodes, double PerInterface)
{
    /// <summary>Nodes of particles without interfaces, and the most that there may be.</summary>
    public const int Default = 41, Most = 500;

    /// <summary>Distances per interface: aimed at, fewest without a warning, fewest at all. With fewer, fronts stick to nodes.</summary>
    public const double Aim = 6, Enough = 4, Least = 2.5;

    /// <summary>The resolution of a number of nodes, or of the one that suffices.</summary>
    /// <param name="material">With its phase separation.</param>
    /// <param name="radius">Of the largest particles [m].</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="nodes">As given; null for as many as are needed.</param>
    /// <param name="share">Factor of the number that is needed.</param>
    public static PhaseResolution For(ActiveMaterial material, double radius, double temperature, int? nodes, double share = 1)
    {
        PhaseSeparation separation = material.PhaseSeparation!;
        double width = separation.InterfaceWidth(temperature) / radius;
        if (nodes is { } given)
            return new(given, width / Coarsest(given));
        if (double.IsPositiveInfinity(width))
            return new((int)Math.Ceiling(share * Default), width);
        int needed = Math.Max(Default, 2 + (int)Math.Ceiling(Math.Min(Most, Aim / width)));
        while (needed < Most && width / Coarsest(needed) < Aim)
            needed++;
        needed = Math.Min(Most, (int)Math.Ceiling(share * needed));
        return new(needed, width / Coarsest(needed));

        double Coarsest(int count) => new ParticleGrid(separation.Shape, Math.Max(ParticleGrid.Fewest, count), separation.Grading).Coarsest;
    }
}
