using Cell3D.Microstructure.Analysis;
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

/// <summary>An electrode of cubic voxels: a unit and its mirror image in turn through the thickness, mirrored at its sides.</summary>
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
    public ResolvedPhase At(int column, int depth) => Phases[(column * Unit.X) + (depth / Unit.X % 2 == 0 ? depth % Unit.X : Unit.X - 1 - (depth % Unit.X))];

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
                    faces += x + 1 < Unit.X && Reacts(x, y, z, x + 1, y, z) ? 1 : 0;
                    faces += y + 1 < Unit.Y && Reacts(x, y, z, x, y + 1, z) ? 1 : 0;
                    faces += z + 1 < Unit.Z && Reacts(x, y, z, x, y, z + 1) ? 1 : 0;
                }
        return (double)faces / Unit.Count;
    }

    /// <summary>Transport efficiency of a phase through the electrode, by the closure problem on the same voxels.</summary>
    public double Efficiency(ResolvedPhase phase)
    {
        // Its mirror images stand around the unit, so that no flux passes its sides and potentials are uniform on its ends.
        return EffectiveTransport.Along(Communicator.Self, Indicator(phase), [0, 1], BoundaryKind.Ends, 0, new(1e-10)).Effective;
    }

    /// <summary>Plates of solid along x between pores: one half of each.</summary>
    /// <param name="length">Voxels of a unit along x.</param>
    /// <param name="solid">Voxels of half a plate.</param>
    /// <param name="pore">Voxels of half a pore.</param>
    /// <param name="units">Units through the thickness.</param>
    public static ResolvedStructure Plates(int length, int solid, int pore, int units) =>
        Of(new(length, solid + pore, 1), units, (_, y, _) => y < solid ? ResolvedPhase.Solid : ResolvedPhase.Pore);

    /// <summary>Plates of solid with an inert block in every pore, which lithium passes above, below and at the side: a unit in three dimensions, its own mirror image along x.</summary>
    /// <param name="length">Voxels of a unit along x.</param>
    /// <param name="solid">Voxels of half a plate.</param>
    /// <param name="pore">Voxels of half a pore, an even number.</param>
    /// <param name="height">Voxels along z, an even number.</param>
    /// <param name="units">Units through the thickness.</param>
    /// <param name="block">Voxels of a block along x, as even or odd as the length; half the length when 0. It stands in the middle of the unit.</param>
    public static ResolvedStructure BlockedPlates(int length, int solid, int pore, int height, int units, int block = 0) =>
        Of(new(length, solid + pore, height), units, (x, y, z) =>
            y < solid ? ResolvedPhase.Solid : Math.Abs((2 * x) + 1 - length) < (block > 0 ? block : length / 2) && y >= solid + (pore / 2) && z < height / 2 ? ResolvedPhase.Inert : ResolvedPhase.Pore);

    /// <summary>A unit from an image.</summary>
    /// <param name="image">All of its voxels.</param>
    /// <param name="phases">What its phases are.</param>
    /// <param name="through">Direction of the image through the electrode: 0 x, 1 y, 2 z.</param>
    /// <param name="units">Units through the thickness.</param>
    /// <remarks>Pores and solid that do not lead from one end to the other are inert: no charge comes to them.</remarks>
    /// <exception cref="ArgumentException">It has no pores or no solid from end to end, or they do not touch.</exception>
    public static ResolvedStructure Of(VoxelImage image, IReadOnlyList<ResolvedPhase> phases, int through, int units)
    {
        VoxelShape whole = image.Shape;
        int[] edges = [whole.X, whole.Y, whole.Z], axes = [through, (through + 1) % 3, (through + 2) % 3];
        ResolvedStructure made = Of(new(edges[axes[0]], edges[axes[1]], edges[axes[2]]), units, (x, y, z) =>
        {
            Span<int> place = stackalloc int[3];
            (place[axes[0]], place[axes[1]], place[axes[2]]) = (x, y, z);
            return phases[image.Phases[(((place[2] * whole.Y) + place[1]) * whole.X) + place[0]]];
        });
        foreach (ResolvedPhase phase in new[] { ResolvedPhase.Pore, ResolvedPhase.Solid })
            if (!made.TakeOutIslands(phase))
                throw new ArgumentException($"its {(phase == ResolvedPhase.Pore ? "pores" : "active material")} lead from no end to the other");
        return made.Area() > 0 ? made : throw new ArgumentException("its pores touch no active material");
    }

    private static ResolvedStructure Of(VoxelShape unit, int units, Func<int, int, int, ResolvedPhase> phase)
    {
        ResolvedPhase[] phases = new ResolvedPhase[unit.Count];
        for (int z = 0, at = 0; z < unit.Z; z++)
            for (int y = 0; y < unit.Y; y++)
                for (int x = 0; x < unit.X; x++)
                    phases[at++] = phase(x, y, z);
        return new(unit, phases, units);
    }

    /// <summary>Makes what a phase has apart from its ways from end to end inert; whether such a way is there.</summary>
    private bool TakeOutIslands(ResolvedPhase phase)
    {
        ResolvedPhase[] phases = (ResolvedPhase[])Phases;
        byte[] reach = Percolation.Reach(Communicator.Self, Indicator(phase), [false, true], 0);
        for (int voxel = 0; voxel < phases.Length; voxel++)
            if (phases[voxel] == phase && reach[voxel] != Percolation.Both)
                phases[voxel] = ResolvedPhase.Inert;
        return reach.Contains(Percolation.Both);
    }

    /// <summary>The unit as an image: 1 where a phase is, 0 elsewhere.</summary>
    private VoxelImage Indicator(ResolvedPhase phase) => new(Unit, new(0, Unit.Z), [.. Phases.Select(other => (byte)(other == phase ? 1 : 0))]);

    private bool Reacts(int x, int y, int z, int otherX, int otherY, int otherZ)
    {
        (ResolvedPhase own, ResolvedPhase other) = (Phase(x, y, z), Phase(otherX, otherY, otherZ));
        return own != other && own != ResolvedPhase.Inert && other != ResolvedPhase.Inert;
    }

    private ResolvedPhase Phase(int x, int y, int z) => Phases[(((z * Unit.Y) + y) * Unit.X) + x];
}
