namespace Cell3D.Mesh;

/// <summary>An in-plane mesh extruded through a row of levels, with its place in the arrays of the whole mesh.</summary>
/// <param name="plane">In-plane mesh.</param>
/// <param name="levels">x of the levels [m]; length through-thickness cells + 1.</param>
/// <param name="regions">Region of each through-thickness cell.</param>
internal sealed class Body(PlaneMesh plane, double[] levels, int[] regions)
{
    internal PlaneMesh Plane { get; } = plane;

    internal double[] Levels { get; } = levels;

    internal int[] Regions { get; } = regions;

    internal int Depth => Regions.Length;

    internal int CellCount => Plane.CellCount * Depth;

    internal int FaceCount => Plane.CellCount * (Depth - 1) + Plane.Edges.Length * Depth;

    internal int FirstCell { get; set; }

    internal int FirstColumn { get; set; }

    internal int FirstLevel { get; set; }

    internal int FirstVertex { get; set; }

    internal int Cell(int column, int depth) => FirstCell + column * Depth + depth;

    internal double Thickness(int depth) => Levels[depth + 1] - Levels[depth];
}
