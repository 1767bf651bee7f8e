namespace Cell3D.Input.Gmsh;

/// <summary>What a file holds of a plane; nodes are numbered from 0 in the order of the file.</summary>
internal sealed class MshContent
{
    /// <summary>Names of groups of lines, by physical tag.</summary>
    public Dictionary<long, (string Name, int Line)> Names { get; } = [];

    /// <summary>Physical tags of curves, by the curve's tag.</summary>
    public Dictionary<long, long[]> Curves { get; } = [];

    /// <summary>Number of each node, by tag.</summary>
    public Dictionary<long, int> Nodes { get; } = [];

    /// <summary>Coordinates of the nodes, in units of the file.</summary>
    public List<(double X, double Y, double Z)> Places { get; } = [];

    /// <summary>Triangles and quadrangles with their lines in the file.</summary>
    public List<(int[] Corners, int Line)> Faces { get; } = [];

    /// <summary>Lines, each with the tag of its curve and its line in the file.</summary>
    public List<(int From, int To, long Curve, int Line)> Lines { get; } = [];
}
