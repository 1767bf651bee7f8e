using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Resolved;

/// <summary>What a voxel of a resolved electrode is.</summary>
public enum ResolvedPhase : byte
{
    /// <summary>Electrolyte.</summary>
    Pore,

    /// <summary>Active material, which conducts electrons.</summary>
    Solid,

    /// <summary>Neither, and no lithium or charge passes.</summary>
    Inert,
}

/// <summary>An electrode of cubic voxels: a unit repeated through the thickness, mirrored at its sides.</summary>
/// <param name="Unit">Voxels of the unit.</param>
/// <param name="Phases">Phase of each, x (through the electrode) fastest, then y, then z.</param>
/// <param name="Units">Units through the thickness.</param>
public sealed record ResolvedStructure(VoxelShape Unit, IReadOnlyList<ResolvedPhase> Phases, int Units)
{
    /// <summary>Whether the electrolyte of the separator is found in line with pores alone, as if it were divided by inert walls: then nothing sets the face of the electrode apart.</summary>
    public bool DividesSeparator { get; init; }

    /// <summary>Voxels through the electrode.</summary>
    public int Depths => Units * Unit.X;

    /// <summary>Phase by column, y fastest, and depth in the electrode.</summary>
    public ResolvedPhase At(int column, int depth) => Phases[(column * Unit.X) + (depth % Unit.X)];

    /// <summary>Share of a phase.</summary>
    public double Share(ResolvedPhase phase) => Phases.Count(other => other == phase) / (double)Phases.Count;

    /// <summary>Faces between pores and solid per volume, in units of one over the edge of a voxel: of the endless structure, without its ends.</summary>
    public double Area()
    {
        long faces = 0;
        for (int z = 0; z < Unit.Z; z++)
            for (int y = 0; y < Unit.Y; y++)
                for (int x = 0; x < Unit.X; x++)
                {
                    faces += Reacts(x, y, z, (x + 1) % Unit.X, y, z) ? 1 : 0;
                    faces += y + 1 < Unit.Y && Reacts(x, y, z, x, y + 1, z) ? 1 : 0;
                    faces += z + 1 < Unit.Z && Reacts(x, y, z, x, y, z + 1) ? 1 : 0;
                }
        return (double)faces / Unit.Count;
    }

    /// <summary>Transport efficiency of a phase through the electrode, by the closure problem on the same voxels.</summary>
    public double Efficiency(ResolvedPhase phase)
    {
        byte[] voxels = [.. Phases.Select(other => (byte)(other == phase ? 1 : 0))];
        // The unit is mirrored at its sides, and where it is its own mirror image along x, ends at fixed potentials repeat it.
        return EffectiveTransport.Along(Communicator.Self, new(Unit, new(0, Unit.Z), voxels), [0, 1], BoundaryKind.Ends, 0, new(1e-10)).Effective;
    }

    /// <summary>Plates of solid along x between pores: one half of each.</summary>
    /// <param name="length">Voxels of a unit along x.</param>
    /// <param name="solid">Voxels of half a plate.</param>
    /// <param name="pore">Voxels of half a pore.</param>
    /// <param name="units">Units through the thickness.</param>
    public static ResolvedStructure Plates(int length, int solid, int pore, int units) =>
        Of(new(length, solid + pore, 1), units, (_, y, _) => y < solid ? ResolvedPhase.Solid : ResolvedPhase.Pore);

    /// <summary>Plates of solid with an inert block in every pore, which lithium passes above, below and at the side: a unit in three dimensions, its own mirror image along x.</summary>
    /// <param name="length">Voxels of a unit along x, a multiple of 4.</param>
    /// <param name="solid">Voxels of half a plate.</param>
    /// <param name="pore">Voxels of half a pore, an even number.</param>
    /// <param name="height">Voxels along z, an even number.</param>
    /// <param name="units">Units through the thickness.</param>
    public static ResolvedStructure BlockedPlates(int length, int solid, int pore, int height, int units) =>
        Of(new(length, solid + pore, height), units, (x, y, z) =>
            y < solid ? ResolvedPhase.Solid : x >= length / 4 && x < 3 * length / 4 && y >= solid + (pore / 2) && z < height / 2 ? ResolvedPhase.Inert : ResolvedPhase.Pore);

    private static ResolvedStructure Of(VoxelShape unit, int units, Func<int, int, int, ResolvedPhase> phase)
    {
        ResolvedPhase[] phases = new ResolvedPhase[unit.Count];
        for (int z = 0, at = 0; z < unit.Z; z++)
            for (int y = 0; y < unit.Y; y++)
                for (int x = 0; x < unit.X; x++)
                    phases[at++] = phase(x, y, z);
        return new(unit, phases, units);
    }

    private bool Reacts(int x, int y, int z, int otherX, int otherY, int otherZ)
    {
        (ResolvedPhase own, ResolvedPhase other) = (Phase(x, y, z), Phase(otherX, otherY, otherZ));
        return own != other && own != ResolvedPhase.Inert && other != ResolvedPhase.Inert;
    }

    private ResolvedPhase Phase(int x, int y, int z) => Phases[(((z * Unit.Y) + y) * Unit.X) + x];
}
