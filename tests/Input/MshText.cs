using System.Globalization;
using System.Text;

namespace Cell3D.Tests.Input;

/// <summary>Writes small planes in the format of Gmsh.</summary>
internal static class MshText
{
    /// <summary>A file of nodes and elements; named stretches are lists of nodes, one curve each.</summary>
    internal static string Of(IReadOnlyList<(double X, double Y)> nodes, IReadOnlyList<int[]> faces, params (string Name, int[] Nodes)[] named)
    {
        StringBuilder text = new("$MeshFormat\n4.1 0 8\n$EndMeshFormat\n");
        string[] names = [.. named.Select(stretch => stretch.Name).Distinct()];
        Line(text, $"$PhysicalNames\n{names.Length}");
        for (int i = 0; i < names.Length; i++) Line(text, $"1 {i + 1} \"{names[i]}\"");
        Line(text, $"$EndPhysicalNames\n$Entities\n0 {named.Length} 1 0");
        for (int i = 0; i < named.Length; i++) Line(text, $"{i + 1} 0 0 0 1 1 0 1 {Array.IndexOf(names, named[i].Name) + 1} 0");
        Line(text, $"1 0 0 0 1 1 0 0 0\n$EndEntities\n$Nodes\n1 {nodes.Count} 1 {nodes.Count}\n2 1 0 {nodes.Count}");
        for (int i = 0; i < nodes.Count; i++) Line(text, $"{i + 1}");
        foreach ((double x, double y) in nodes) Line(text, $"{x:R} {y:R} 0");
        int lines = named.Sum(stretch => stretch.Nodes.Length - 1), number = 0;
        IGrouping<int, int[]>[] blocks = [.. faces.GroupBy(face => face.Length)];
        Line(text, $"$EndNodes\n$Elements\n{named.Length + blocks.Length} {lines + faces.Count} 1 {lines + faces.Count}");
        for (int i = 0; i < named.Length; i++)
        {
            Line(text, $"1 {i + 1} 1 {named[i].Nodes.Length - 1}");
            for (int k = 0; k + 1 < named[i].Nodes.Length; k++) Line(text, $"{++number} {named[i].Nodes[k] + 1} {named[i].Nodes[k + 1] + 1}");
        }
        foreach (IGrouping<int, int[]> block in blocks)
        {
            Line(text, $"2 1 {(block.Key == 3 ? 2 : 3)} {block.Count()}");
            foreach (int[] face in block) Line(text, $"{++number} {string.Join(' ', face.Select(node => node + 1))}");
        }
        return text.Append("$EndElements\n").ToString();
    }

    /// <summary>A grid of n × n quadrangles, or of twice as many triangles, between nodes by their numbers along x and y; the lower side is "inlet".</summary>
    internal static string Square(int cells, bool triangles, Func<int, int, (double X, double Y)> node)
    {
        int row = cells + 1;
        List<int[]> faces = [];
        for (int k = 0; k < cells; k++)
            for (int j = 0; j < cells; j++)
            {
                int a = (k * row) + j, b = a + 1, c = b + row, d = a + row;
                if (triangles) faces.AddRange([[a, b, c], [a, c, d]]);
                else faces.Add([a, b, c, d]);
            }
        return Of([.. Enumerable.Range(0, row * row).Select(i => node(i % row, i / row))], faces, ("inlet", [.. Enumerable.Range(0, row)]));
    }

    /// <summary>A disc of rings of triangles around (0, 0), whose upper half is "rim".</summary>
    internal static string Disc(int rings, double radius)
    {
        List<(double X, double Y)> nodes = [(0, 0)];
        List<int[]> faces = [];
        int First(int ring) => 1 + (3 * ring * (ring - 1));
        int Node(int ring, int i) => ring == 0 ? 0 : First(ring) + (i % (6 * ring));
        for (int ring = 1; ring <= rings; ring++)
        {
            for (int i = 0; i < 6 * ring; i++)
                nodes.Add((radius * ring / rings * Math.Cos(Math.PI * i / (3 * ring)), radius * ring / rings * Math.Sin(Math.PI * i / (3 * ring))));
            for (int sector = 0; sector < 6; sector++)
                for (int i = 0; i < ring; i++)
                {
                    faces.Add([Node(ring - 1, (sector * (ring - 1)) + i), Node(ring, (sector * ring) + i), Node(ring, (sector * ring) + i + 1)]);
                    if (i + 1 < ring) faces.Add([Node(ring - 1, (sector * (ring - 1)) + i), Node(ring, (sector * ring) + i + 1), Node(ring - 1, (sector * (ring - 1)) + i + 1)]);
                }
        }
        return Of(nodes, faces, ("rim", [.. Enumerable.Range(0, (3 * rings) + 1).Select(i => Node(rings, i))]));
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
